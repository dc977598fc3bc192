"""Concepts: words of one meaning, in any language and form, become one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.redflags.concepts import load_thesaurus
from bot.redflags.datafile import mapping
from bot.redflags.engine import EngineData
from bot.redflags.errors import RedFlagDataError
from bot.redflags.folding import fold
from tests.redflags.conftest import ROOT


def senses(data: EngineData, language: str, text: str) -> set[str]:
    """All concepts of a text."""
    reading = data.reader.read(fold(text), language)
    return {concept for sense in reading.senses for concept in sense}


ONE_IDEA = [
    ("lv", "Tavu pasi glabāšu seifā."),
    ("lv", "tavu pasi glabasu seifa"),
    ("ru", "Твоего паспорта никто не увидит."),
    ("ru", "tvoy pasport u menia"),
    ("uk", "Свій паспорт віддаси водієві."),
]


@pytest.mark.parametrize(("language", "text"), ONE_IDEA)
def test_one_idea_is_one_concept(data: EngineData, language: str, text: str) -> None:
    """A passport is a passport in every language, form and spelling."""
    assert "passport" in {concept.removeprefix("-") for concept in senses(data, language, text)}


DENIED = [
    ("lv", "Bez depozīta, viss par velti."),
    ("ru", "Не надо паспорта."),
    ("uk", "Без паспорта, просто приїздіть."),
]


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_a_denied_idea_is_another_one(data: EngineData, language: str, text: str) -> None:
    """What a word of denial belongs to is marked, and what stands in the next clause is not."""
    found = senses(data, language, text)

    assert any(concept.startswith("-") for concept in found)
    assert any(not concept.startswith("-") and concept != "no" for concept in found)


def test_every_language_has_the_same_concepts(data: EngineData) -> None:
    """A concept that a language lacks would not carry over what was learned."""
    concepts = {code: set(mapping(ROOT / "redflags" / "concepts" / f"{code}.yml")) for code in data.languages}

    assert len(concepts["lv"]) > 1_000
    assert concepts["lv"] == concepts["ru"] == concepts["uk"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("passport: pase", "passport"), ("passport: [1]", "passport"), ('passport: ["pa~"]', "passport: pa~"), ("[]", "")],
)
def test_a_broken_concept_is_refused_by_name(tmp_path: Path, data: EngineData, content: str, sentence: str) -> None:
    """A concept that is no list of words, or a stem that would catch strangers, names file and concept."""
    (tmp_path / "lv.yml").write_text(content, encoding="utf-8")

    with pytest.raises(RedFlagDataError, match=rf"lv\.yml.*{sentence}"):
        load_thesaurus(tmp_path, data.lemmatizers)
