"""
Easy language: texts in short sentences and plain words, written beside the ordinary ones.

A file under `knowledge/<language>/easy/` holds the easy form of some texts of the file of the same name. What it does
not hold is said as it stands, and must be easy enough already: `hard_places` says where a text is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.knowledge.catalogue import Catalogue, text_files, texts_of
from bot.knowledge.documents import Document
from bot.knowledge.flags import FlagText
from bot.knowledge.placeholders import without_placeholders
from bot.knowledge.required import EASY_FILES
from bot.knowledge.topics import Topic
from bot.messages import Reply

WORDS_OF_SENTENCE = 12
LETTERS_OF_WORD = 16
CLAUSES_OF_SENTENCE = 2
"""The most of each that easy language allows here: a choice of ours, made countable."""

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_HARD_MARK = re.compile(r"[;()\[\]–—/]")


def easy_file(language: str, name: str) -> str:
    """The path of a file of easy texts under the data folder."""
    return f"knowledge/{language}/easy/{name}.yml"


def hard_places(text: str) -> list[str]:
    """What in `text` is not easy: sentences too long, words too long, more than one idea; empty when it is easy."""
    found = []
    for sentence in _SENTENCE_END.split(without_placeholders(text)):
        words = _WORD.findall(sentence)
        if len(words) > WORDS_OF_SENTENCE:
            found.append(f"{len(words)} words: {sentence.strip()}")
        if sentence.count(",") >= CLAUSES_OF_SENTENCE or _HARD_MARK.search(sentence):
            found.append(f"more than one idea: {sentence.strip()}")
        found += [f"long word: {word}" for word in words if len(word) > LETTERS_OF_WORD]
    return found


def easy_catalogue(root: Path, language: str, ordinary: Catalogue) -> Catalogue:
    """The catalogue of the easy form; buttons are those of the ordinary text where none are given."""
    catalogue = dict(ordinary)
    for name in text_files(language).keys() & EASY_FILES:
        document = _read(root, language, name)
        for key, reply in texts_of(document).items():
            known = ordinary.get(f"{name}.{key}")
            if known is None:
                raise document.error(key, "key", "is not in the ordinary file")
            catalogue[f"{name}.{key}"] = Reply(reply.text, reply.buttons or known.buttons)
    return catalogue


def easy_flags(root: Path, language: str, ordinary: Mapping[str, FlagText]) -> Mapping[str, FlagText]:
    """The words of the flags in easy form."""
    document = _read(root, language, "flags")
    return {flag: replace(text, **_given(document, flag, vars(text))) for flag, text in _known(document, ordinary)}


def easy_topics(root: Path, language: str, name: str, ordinary: Mapping[str, Topic]) -> Mapping[str, Topic]:
    """The topics of one file in easy form."""
    document = _read(root, language, name)
    allowed = {"title": "", "text": ""}
    return {topic: replace(text, **_given(document, topic, allowed)) for topic, text in _known(document, ordinary)}


def _read(root: Path, language: str, name: str) -> Document:
    return Document.read(root, easy_file(language, name))


def _known(document: Document, ordinary: Mapping[str, Any]) -> list[tuple[str, Any]]:
    for unknown in sorted(set(document.mapping()) - set(ordinary)):
        raise document.error(unknown, "id", "is not in the ordinary file")
    return list(ordinary.items())


def _given(document: Document, entry: str, allowed: Mapping[str, object]) -> dict[str, str]:
    given = document.mapping().get(entry)
    if given is None:
        return {}
    mapping = document.mapping_of(given, entry, "content")
    for unknown in sorted(set(mapping) - set(allowed)):
        raise document.error(entry, unknown, "is not known here")
    return {key: document.sentence(value, entry, key) for key, value in mapping.items()}
