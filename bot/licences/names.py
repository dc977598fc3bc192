"""
When two names are one.

Legal form, case, diacritics, alphabet and declension do not count; a typing error makes names alike, never the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.licences.folding import sounded, undoubled, words
from bot.licences.vocabulary import Vocabulary

SHORTEST_STEM = 3
"""Letters that must be left of a word before an ending is taken off it."""

SHORTEST_NEAR = 5
"""Letters of a name below which a likeness means nothing."""

NEAR_FROM = 85.0
"""Likeness in percent (Levenshtein, of stems) from which two names may be one with a typing error."""

_REGISTRATION = re.compile(r"(?<!\d)(?:LV[ -]?)?([4-5]\d{3}[ ]?\d{3}[ ]?\d{4})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True)
class NameKey:
    """A name without its legal form: its folded words (`plain`), and their stems as they sound (`stem`)."""

    plain: str
    stem: str

    def __bool__(self) -> bool:
        return bool(self.plain)

    def likeness(self, other: NameKey) -> float:
        """How alike the stems are, in percent; a name that holds the whole of the other is as alike as can be."""
        if min(len(self.stem), len(other.stem)) < SHORTEST_NEAR:
            return 0.0
        ours, theirs = set(self.stem.split()), set(other.stem.split())
        if len(ours & theirs) >= 2 and (ours <= theirs or theirs <= ours):
            return 100.0
        joined = fuzz.ratio(self.stem.replace(" ", ""), other.stem.replace(" ", ""))
        return max(fuzz.ratio(self.stem, other.stem), joined, fuzz.token_sort_ratio(self.stem, other.stem))


def name_key(name: str, vocabulary: Vocabulary) -> NameKey:
    """The key of `name`; empty when nothing but a legal form is left."""
    bare = without_form(words(name), vocabulary)
    kept = tuple(word for word in bare if word not in vocabulary.connectors) or bare
    return NameKey(" ".join(kept), " ".join(undoubled(stem(sounded(word), vocabulary)) for word in kept))


def without_form(name: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a name without the legal forms at its beginning and end."""
    for form in vocabulary.forms_by_beginning.get(name[0], ()) if name else ():
        if name[: len(form)] == form:
            return without_form(name[len(form) :], vocabulary)
    for form in vocabulary.forms_by_end.get(name[-1], ()) if name else ():
        if name[-len(form) :] == form:
            return without_form(name[: -len(form)], vocabulary)
    return name


def stem(word: str, vocabulary: Vocabulary) -> str:
    """A sounded word without the ending that declension gave it: "servisam", "serviss" and "servis" become one."""
    once = vocabulary.ending(SHORTEST_STEM).sub(r"\1", word)
    # An s or a vowel that looks like an ending may belong to the stem: it is taken off all cases or off none.
    return vocabulary.ending(SHORTEST_STEM + 2).sub(r"\1", once)


def registration_numbers(text: str) -> tuple[str, ...]:
    """The eleven-digit numbers in `text` that may be of the Enterprise Register, in order, each once."""
    return tuple(dict.fromkeys(number.replace(" ", "") for number in _REGISTRATION.findall(text)))
