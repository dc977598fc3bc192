"""The lexicon: every sentence that its authors promise, and files that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.redflags.engine import EngineData, load_data
from bot.redflags.errors import RedFlagDataError
from bot.redflags.folding import fold


def recognised(data: EngineData, language: str, text: str) -> set[str]:
    """The flags whose phrases stand in the text and are not denied there."""
    return {one.flag for one in data.reader.read(fold(text), language).found if not one.is_denied}


def promises(data: EngineData, kind: str) -> Iterator[tuple[str, str, str]]:
    for code, lexicon in data.lexicons.items():
        for flag, texts in getattr(lexicon, kind).items():
            yield from ((code, flag, text) for text in texts)


def test_examples_are_recognised(data: EngineData) -> None:
    """Every example of every flag is recognised by its own language's phrases."""
    cases = list(promises(data, "examples"))
    missed = [(code, flag, text) for code, flag, text in cases if flag not in recognised(data, code, text)]

    assert len(cases) >= 350
    assert missed == []


def test_counterexamples_are_not_recognised(data: EngineData) -> None:
    """Denials and honest look-alikes are left alone."""
    cases = list(promises(data, "counterexamples"))
    wrong = [(code, flag, text) for code, flag, text in cases if flag in recognised(data, code, text)]

    assert len(cases) >= 170
    assert wrong == []


def test_every_flag_has_phrases_in_every_language(data: EngineData) -> None:
    """No flag is forgotten in a language, nor is the emergency."""
    lists = {code: {phrase.flag for phrase in lexicon.phrases} for code, lexicon in data.lexicons.items()}

    assert lists == {code: {*data.flags, "emergency"} for code in ("lv", "ru", "uk")}
    assert len(data.flags) == 30


def test_latvian_without_diacritics_is_recognised(data: EngineData) -> None:
    """What people type on a foreign keyboard is read like the spelling with marks."""
    assert "upfront_payment" in recognised(data, "lv", "Pirms darba jaiemaksa 150 eiro kila")


def test_russian_in_latin_letters_is_recognised(data: EngineData) -> None:
    """Transliterated Russian is read in its own letters."""
    assert "documents_taken" in recognised(data, "ru", "zagran pasport sdajote menedzheru")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mne 16. v tt", "мне 16. в тт"),
        ("4to xoro6o, no4", "что хорошо, ноч"),
        ("6h, 16let, 4let, 640eur, 6tys", "6х, 16лет, 4лет, 640еур, 6тыс"),
    ],
)
def test_a_digit_is_a_letter_only_inside_a_word(data: EngineData, typed: str, read: str) -> None:
    """ "6" is typed for "ш" in "xoro6o"; an age, hours and money are none the less numbers."""
    assert data.languages["ru"].from_latin(typed)[0] == read


BROKEN = [
    ("lexicon/lv.yml", "no_such_flag: {phrases: [darbs]}", "lv.yml: no_such_flag: no such flag"),
    ("lexicon/ru.yml", "minor: {phrases: ['.. работа']}", "ru.yml: minor: .. работа: a phrase begins and ends with a word"),
    ("lexicon/uk.yml", "minor: {phrases: []}", "uk.yml: minor: needs phrases"),
    ("lexicon/uk.yml", "minor: [", "uk.yml: line 2: not YAML"),
    ("flags.yml", "flags: [{id: x, strength: big, points_to: [], means: y}]", "flags.yml: x: strength must be one of weak, strong, critical"),
    ("flags.yml", "flags: []", "flags.yml: flags: no flag"),
    ("languages/lv.yml", "name: x", "lv.yml: 'negators': missing or of the wrong form"),
    ("money.yml", "currencies: {}", "money.yml: 'periods': missing or of the wrong form"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "content", "sentence"), BROKEN)
def test_broken_file_is_refused_by_name(broken_data: Path, file: str, content: str, sentence: str) -> None:
    """Nothing starts with a broken file, and the error says where to look."""
    (broken_data / "redflags" / file).write_text(content, encoding="utf-8")

    with pytest.raises(RedFlagDataError) as error:
        load_data(broken_data)

    assert str(error.value) == sentence


def test_missing_lexicon_is_refused(broken_data: Path) -> None:
    """A language without its lexicon does not start."""
    (broken_data / "redflags" / "lexicon" / "lv.yml").unlink()

    with pytest.raises(RedFlagDataError, match=r"lv\.yml: file: No such file"):
        load_data(broken_data)
