"""A plain keyword list: what the engine is measured beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class KeywordList:
    """Beginnings of words, or of neighbouring words, of all languages together; case and marks between do not count."""

    keywords: Sequence[str]

    def found(self, text: str) -> list[str]:
        """The keywords that stand in the text."""
        words = _spoken(text)
        return [keyword for keyword in self.keywords if keyword in words]


def load_keywords(path: Path) -> KeywordList:
    """The list in a YAML file of keywords by language."""
    by_language = yaml.safe_load(path.read_text(encoding="utf-8"))
    return KeywordList([_spoken(keyword) for keywords in by_language.values() for keyword in keywords])


def _spoken(text: str) -> str:
    """The words with a space before each, so that a keyword is found at the beginning of a word only."""
    return "".join(f" {word}" for word in _WORD.findall(text.casefold()))
