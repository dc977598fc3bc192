"""Lists of words in data files: a plain word stands for itself, `word~` for every word that begins so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.redflags.languages import without_marks

_WORD = re.compile(r"\w+")
_LONGEST_ENDING = 12


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words (of one or several parts) in a text without marks; never empty."""
    listed = sorted({without_marks(word.casefold()) for word in words}, key=len, reverse=True)
    return f"(?:{'|'.join(map(_one, listed)) or '(?!)'})"


def _one(word: str) -> str:
    bare = word.removesuffix("~")
    ending = rf"\w{{0,{_LONGEST_ENDING}}}" if word.endswith("~") else ""
    before = r"\b" if bare[0].isalpha() else ""
    after = r"\b" if bare[-1].isalnum() else ""
    return before + re.escape(bare).replace(r"\ ", r"\s") + ending + after


class Names:
    """Which name each word of a text belongs to, by lists of single words; time grows linearly with the text."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        pairs = [(without_marks(word.casefold()), name) for name, words in lists.items() for word in words]
        self._whole = {word: name for word, name in pairs if not word.endswith("~")}
        self._beginnings = {word[:-1]: name for word, name in pairs if word.endswith("~")}
        self._lengths = sorted({len(word) for word in self._beginnings}, reverse=True)

    def of(self, word: str) -> str | None:
        """The name of one word without marks."""
        if word in self._whole:
            return self._whole[word]
        starts = (word[:length] for length in self._lengths if length <= len(word))
        return next((self._beginnings[start] for start in starts if start in self._beginnings), None)

    def within(self, text: str) -> frozenset[str]:
        """The names of all words of a text without marks."""
        return frozenset(name for name in map(self.of, set(_WORD.findall(text))) if name)
