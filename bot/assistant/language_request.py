"""Which language somebody asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.assistant.features import normalised
from bot.knowledge import KnowledgeError
from bot.knowledge.documents import Document
from bot.messages import LANGUAGES

_FILE = "dialogue/language_names.yml"
_WHOLE_WORD_LENGTH = 3

LanguageNames = Mapping[str, tuple[str, ...]]
"""The beginnings of words that name each language; those of up to three letters must be the whole word."""


def load_language_names(root: Path) -> LanguageNames:
    """The names from the data folder `root`. Raises KnowledgeError."""
    document = Document.read(root, _FILE)
    names = document.mapping()
    for language in LANGUAGES:
        if not isinstance(names.get(language), list):
            raise KnowledgeError(_FILE, language, "names", "must be a list")
    return {language: tuple(str(name) for name in names[language]) for language in LANGUAGES}


def requested_language(text: str, names: LanguageNames, written_in: str) -> str:
    """The language that `text` names last, or else the one it is written in."""
    for word in reversed(normalised(text)):
        for language, beginnings in names.items():
            if any(_names(word, beginning) for beginning in beginnings):
                return language
    return written_in


def _names(word: str, beginning: str) -> bool:
    return word == beginning if len(beginning) <= _WHOLE_WORD_LENGTH else word.startswith(beginning)
