"""The languages the engine reads, each one a data file: `nlu_data/redflags/languages/<language>.yml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.redflags.errors import RedFlagDataError

LEMMATIZERS = ("simplemma", "pymorphy3", "none")
SCRIPTS = ("latin", "cyrillic")


@dataclass(frozen=True)
class Negators:
    """
    Folded words that deny what follows them or stands before them, the denying prefix, the words for "without".

    `conditions` are words for "if": what stands denied behind one is a condition, and denies nothing else.
    """

    before: frozenset[str]
    after: frozenset[str]
    prefix: str
    without: frozenset[str]
    conditions: frozenset[str]


@dataclass(frozen=True)
class Language:
    """
    How one language is read.

    `letters` and `words` tell it from others; `latin` maps its Latin spelling to its letters, empty where it has none.
    `quantities` are the words around numbers, checked by `QuantityReader`; empty where nobody has listed them yet.
    """

    code: str
    name: str
    script: str
    lemmatizer: str
    letters: frozenset[str]
    words: frozenset[str]
    bare: bool
    negators: Negators
    clause_breaks: frozenset[str]
    lemmas: Mapping[str, str]
    endings: tuple[str, ...]
    latin: Mapping[str, str]
    quantities: Mapping[str, Any]

    def plain(self, word: str) -> str:
        """The form in which words of this language are compared."""
        return without_marks(word) if self.bare else word

    def from_latin(self, text: str) -> tuple[str, list[int]]:
        """The text in the language's own letters and, for each of its characters, the index it came from."""
        letters: list[str] = []
        origin: list[int] = []
        for match in self._spelling.finditer(text):
            for letter in match["itself"] or self.latin[match.group()]:
                letters.append(letter)
                origin.append(match.start())
        return "".join(letters), origin

    @cached_property
    def _spelling(self) -> re.Pattern[str]:
        keys = sorted(self.latin, key=len, reverse=True)
        return re.compile("|".join([*map(_as_typed, keys), r"(?P<itself>(?s:.))"]))


def _as_typed(key: str) -> str:
    """
    The pattern of a Latin spelling. A digit is a letter in "4to" and "xoro6o", and none in "16", "6h" or "4let".

    At the beginning of a word it is one before a vowel or a t, unless that begins the name of a currency or a thousand.
    """
    if not key.isdigit():
        return re.escape(key)
    begins = rf"\b{key}(?=[aeiouyt]{_LETTER})(?!eur|evr|t[iy]s)"
    return rf"(?:{begins}|(?<={_LETTER}){key}(?={_LETTER})|(?<={_LETTER}{{2}}){key}\b)"


_LETTER = r"[^\W\d_]"


def without_marks(word: str) -> str:
    """`jāmaksā` → `jamaksa`; Cyrillic stays, because there a mark makes another letter."""
    return word if word.isascii() else word.translate(_MARKS)


class _MarkTable(dict[int, int]):
    """`str.translate` table that learns each Latin letter's base letter when it first meets it."""

    def __missing__(self, code: int) -> int:
        base = self[code] = ord(unicodedata.normalize("NFD", chr(code))[0]) if code < _LATIN_END else code
        return base


_LATIN_END = 0x370
_MARKS = _MarkTable()


def load_languages(folder: Path) -> dict[str, Language]:
    """All languages of the folder, by code. Raises RedFlagDataError for a broken file or an empty folder."""
    languages = {path.stem: _load(path) for path in sorted(folder.glob("*.yml"))}
    if not languages:
        raise RedFlagDataError(folder.name, "file", "no language file")
    return languages


def _load(path: Path) -> Language:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        negators = data["negators"]
        language = Language(
            code=path.stem,
            name=data["name"],
            script=_one_of(path, data, "script", SCRIPTS),
            lemmatizer=_one_of(path, data, "lemmatizer", LEMMATIZERS),
            letters=frozenset(data["letters"]),
            words=frozenset(word.casefold().replace("ё", "е") for word in data["words"]),
            bare=bool(data["bare"]),
            negators=Negators(
                before=frozenset(negators["before"]),
                after=frozenset(negators["after"]),
                prefix=negators["prefix"],
                without=frozenset(negators["without"]),
                conditions=frozenset(negators["conditions"]),
            ),
            clause_breaks=frozenset(data["clause_breaks"]),
            lemmas=data["lemmas"],
            endings=tuple(sorted(data["endings"], key=len, reverse=True)),
            latin=data.get("latin", {}),
            quantities=data.get("quantities", {}),
        )
    except (KeyError, TypeError) as error:
        raise RedFlagDataError(path.name, str(error), "missing or of the wrong form") from error
    return language


def _one_of(path: Path, data: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    if data[key] not in allowed:
        raise RedFlagDataError(path.name, key, f"must be one of {', '.join(allowed)}, got {data[key]!r}")
    return str(data[key])
