"""Steadiness: what does not change the sense of a text does not change its assessment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.redflags.engine import Engine
from bot.redflags.examples import Example, load_examples
from bot.redflags.lexicon import load_flags
from tests.redflags.conftest import ROOT

LANGUAGES = ("lv", "ru", "uk")
FLAGS = frozenset(load_flags(ROOT / "redflags" / "flags.yml"))
_LOOKALIKES = str.maketrans("аеорсухіАЕОРСУХІ", "aeopcyxiAEOPCYXI")
_CYRILLIC_LOOKALIKES = str.maketrans("aeopcxAEOPCX", "аеорсхАЕОРСХ")


def examples(language: str) -> list[Example]:
    """The labelled messages of a language."""
    return load_examples(ROOT / "redflags" / "examples" / f"{language}.jsonl", FLAGS)


def invisible(text: str) -> str:
    """A zero-width space behind every second letter."""
    return "".join(letter + ("\u200b" if index % 2 else "") for index, letter in enumerate(text))


def lookalikes(text: str) -> str:
    """Letters of the other alphabet that look the same, in every second word."""
    words = text.split(" ")
    table = _LOOKALIKES if any("а" <= letter <= "я" for letter in text.casefold()) else _CYRILLIC_LOOKALIKES
    return " ".join(word.translate(table) if index % 2 else word for index, word in enumerate(words))


def struck(text: str) -> str:
    """A combining stroke on every letter of every third word."""
    words = text.split(" ")
    return " ".join(
        "".join(letter + "\u0336" for letter in word) if index % 3 == 0 else word for index, word in enumerate(words)
    )


def wide(text: str) -> str:
    """Latin letters and digits in their wide forms."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@pytest.mark.parametrize("disguise", [invisible, lookalikes, struck, wide], ids=lambda disguise: disguise.__name__)
def test_a_disguise_keeps_the_flags(engine: Engine, disguise: Callable[[str], str]) -> None:
    """At least 95 of 100 flags found in a plain text are found in its disguised copy too."""
    plain = kept = texts = 0
    for language in LANGUAGES:
        for example in [one for one in examples(language) if one.danger == "dangerous"][::60]:
            found = {flag.id for flag in engine.assess(example.text, language).flags}
            plain, kept = plain + len(found), kept + len(found & flags_of(engine, disguise(example.text), language))
            texts += 1

    assert texts > 80
    assert plain > 150
    assert kept >= 0.95 * plain


def flags_of(engine: Engine, text: str, language: str) -> set[str]:
    """The ids of the flags found."""
    return {flag.id for flag in engine.assess(text, language).flags}


HONEST = {
    "lv": "Šodien veikalā nopirku maizi un pienu. ",
    "ru": "Сегодня в магазине я купила хлеб и молоко. ",
    "uk": "Сьогодні в магазині я купила хліб і молоко. ",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_honest_sentence_hides_no_emergency(engine: Engine, language: str) -> None:
    """A cry for help stays an emergency with small talk before it or behind it."""
    cries = [one.text for one in examples(language) if one.emergency][::4]
    seen = [text for text in cries if engine.assess(text, language).emergency and text[-1] in ".!?"]

    hidden = [
        text
        for text in seen
        for around in (HONEST[language] + text, f"{text} {HONEST[language]}")
        if not engine.assess(around, language).emergency
    ]

    assert len(seen) > 20
    assert hidden == []
