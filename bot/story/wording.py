"""
Phrases by which an answer is known in free text, written by staff in `nlu_data/dialogue/answers/<language>.yml`.

A phrase is words with spaces: `stem~` any word that starts so, `a|b` either word, `..` up to three words between,
`^` at its beginning: only at the beginning of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WORDS_BETWEEN = 3
READ_CHARACTERS = 4_000

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_WORD = re.compile(r"\w+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´\u2060"))


@dataclass(frozen=True)
class Phrase:
    """A readable phrase: for each place the words that fit there, and whether words may stand before it."""

    places: tuple[tuple[str, ...], ...]
    wide: tuple[bool, ...]
    at_start: bool

    @property
    def length(self) -> int:
        return len(self.places)


def parse(source: str) -> Phrase:
    """The phrase that `source` writes. Raises ValueError for one that begins or ends with a gap, or is empty."""
    at_start = source.startswith("^")
    places: list[tuple[str, ...]] = []
    wide: list[bool] = []
    pending = False
    for word in source.removeprefix("^").split():
        if word == "..":
            pending = True
            continue
        places.append(tuple(_spelled(part) for part in word.split("|")))
        wide.append(pending)
        pending = False
    if not places or pending or wide[0] or any(len(part.rstrip("~")) == 0 for place in places for part in place):
        raise ValueError("a phrase begins and ends with a word")
    return Phrase(tuple(places), tuple(wide), at_start)


def sentences(text: str, *, with_questions: bool = False) -> list[list[str]]:
    """The words of each sentence that states something (or, if wanted, asks something), in one spelling."""
    found = (match.group() for match in _SENTENCE.finditer(text[:READ_CHARACTERS]))
    wanted = (sentence for sentence in found if with_questions or "?" not in sentence)
    return [words for sentence in wanted if (words := _WORD.findall(_spelled(sentence)))]


def stands_in(phrase: Phrase, words: Sequence[str]) -> bool:
    """Whether the phrase stands in the sentence."""
    starts = range(1) if phrase.at_start else range(len(words))
    return any(_fits(phrase, 0, words, start) for start in starts)


def _fits(phrase: Phrase, place: int, words: Sequence[str], position: int) -> bool:
    reach = WORDS_BETWEEN if phrase.wide[place] else 0
    for index in range(position, min(position + reach + 1, len(words))):
        if _is_one_of(words[index], phrase.places[place]):
            return place + 1 == phrase.length or _fits(phrase, place + 1, words, index + 1)
    return False


def _is_one_of(word: str, choices: Sequence[str]) -> bool:
    return any(word.startswith(choice[:-1]) if choice.endswith("~") else word == choice for choice in choices)


def _spelled(text: str) -> str:
    """Small letters, no apostrophes, no marks on Latin letters; Cyrillic й and ї keep theirs, they are letters."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES).replace("ё", "е")
    return "".join(_base(char) for char in plain)


def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0] if "\u00c0" <= char <= "\u024f" else char
