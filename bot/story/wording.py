"""
Phrases by which an answer is known in free text, written by staff in `nlu_data/dialogue/answers/<language>.yml`.

A phrase is words with spaces: `stem~` any word that starts so, `a|b` either word, `..` up to three words between,
`^` at its beginning: only at the beginning of a sentence, `$` at its end: only at the end of one. In answers the words
between never deny: "mother .. knows" does not stand in "mother does not know".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WORDS_BETWEEN = 3
READ_CHARACTERS = 4_000

DENIALS = frozenset({"не", "ne", "nav", "нет", "немає"})
"""Words that deny what comes after them, in the spelling of `sentences`."""

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_WORD = re.compile(r"\w+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´\u2060"))


@dataclass(frozen=True)
class Place:
    """What fits into one place of a phrase: whole words, and beginnings of words."""

    words: frozenset[str]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, choices: Sequence[str]) -> Place:
        """Of choices as they are written: a stem ends with a tilde. Raises ValueError for an empty one."""
        if any(not choice.rstrip("~") for choice in choices):
            raise ValueError("a phrase begins and ends with a word")
        words = frozenset(choice for choice in choices if not choice.endswith("~"))
        return cls(words, tuple(choice[:-1] for choice in choices if choice.endswith("~")))

    def fits(self, word: str) -> bool:
        """Whether the word, in the spelling of `sentences`, fits here."""
        return word in self.words or word.startswith(self.stems)


@dataclass(frozen=True)
class Phrase:
    """
    A readable phrase: for each place the words that fit, whether words may stand before it, and where it stands.

    `is_affirming`: no word between may deny.
    """

    places: tuple[Place, ...]
    wide: tuple[bool, ...]
    at_start: bool
    at_end: bool = False
    is_affirming: bool = False

    @property
    def length(self) -> int:
        return len(self.places)


def parse(source: str, *, is_affirming: bool = False) -> Phrase:
    """The phrase that `source` writes. Raises ValueError for one that begins or ends with a gap, or is empty."""
    at_start = source.startswith("^")
    places: list[Place] = []
    wide: list[bool] = []
    pending = False
    for word in source.removeprefix("^").removesuffix("$").split():
        if word == "..":
            pending = True
            continue
        places.append(Place.of([_spelled(part) for part in word.split("|")]))
        wide.append(pending)
        pending = False
    if not places or pending or wide[0]:
        raise ValueError("a phrase begins and ends with a word")
    return Phrase(tuple(places), tuple(wide), at_start, source.endswith("$"), is_affirming)


def sentences(text: str, *, with_questions: bool = False) -> list[list[str]]:
    """The words of each sentence that states something (or, if wanted, asks something), in one spelling."""
    found = (match.group() for match in _SENTENCE.finditer(text[:READ_CHARACTERS]))
    wanted = (sentence for sentence in found if with_questions or "?" not in sentence)
    return [words for sentence in wanted if (words := _WORD.findall(_spelled(sentence)))]


def asks(text: str) -> bool:
    """Whether a text holds a question, and not its mark alone."""
    return "?" in text and any(char.isalpha() for char in text)


def stands_in(phrase: Phrase, words: Sequence[str]) -> bool:
    """Whether the phrase stands in the sentence."""
    return any(stands_at(phrase, words, start) for start in range(len(words)))


def stands_at(phrase: Phrase, words: Sequence[str], position: int) -> bool:
    """Whether the phrase stands in the sentence and begins with the word at `position`."""
    return (not phrase.at_start or position == 0) and _fits(phrase, 0, words, position)


def _fits(phrase: Phrase, place: int, words: Sequence[str], position: int) -> bool:
    reach = WORDS_BETWEEN if phrase.wide[place] else 0
    for index in range(position, min(position + reach + 1, len(words))):
        if phrase.places[place].fits(words[index]):
            if place + 1 < phrase.length:
                return _fits(phrase, place + 1, words, index + 1)
            return not phrase.at_end or index + 1 == len(words)
        if phrase.is_affirming and words[index] in DENIALS:
            return False
    return False


def _spelled(text: str) -> str:
    """Small letters, no apostrophes, no marks on Latin letters; Cyrillic й and ї keep theirs, they are letters."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES).replace("ё", "е")
    return "".join(_base(char) for char in plain)


def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0] if "\u00c0" <= char <= "\u024f" else char
