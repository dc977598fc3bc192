"""
Concepts: one idea, the same in every language (`nlu_data/redflags/concepts/<language>.yml`).

They let the learned model carry over what it learned from one word, or one language, to others that mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.redflags.datafile import mapping
from bot.redflags.errors import RedFlagDataError
from bot.redflags.languages import Negators, without_marks
from bot.redflags.tokens import Lemmatizer, Token

DENIED = "-"
"""Stands before a concept that the text denies."""
NO = "no"
"""The concept of a word of denial itself."""
_REACH = 3
_SHORTEST_STEM = 3
_MEMORY_LIMIT = 50_000


class Thesaurus:
    """Looks up the concepts of words by their dictionary forms and beginnings, in all languages at once."""

    def __init__(self, by_key: Mapping[str, Sequence[str]], by_stem: Mapping[str, Sequence[str]]) -> None:
        self._by_key, self._by_stem = by_key, by_stem
        self._longest = max(map(len, by_stem), default=0)
        self._memory: dict[str, tuple[str, ...]] = {}

    def senses(self, tokens: Sequence[Token], negators: Negators) -> list[tuple[str, ...]]:
        """For each token its concepts, with `DENIED` before those that a word of denial in the clause belongs to."""
        found: list[tuple[str, ...]] = []
        reach, clause = 0, -1
        for token in tokens:
            reach, clause = reach if token.clause == clause else 0, token.clause
            if token.text in negators.before or without_marks(token.text) in negators.before:
                found.append((*self._concepts(token), NO))
                reach = _REACH
                continue
            concepts = self._concepts(token)
            found.append(tuple(DENIED + concept for concept in concepts) if reach > 0 else concepts)
            reach = 0 if concepts else reach - token.is_word
        return found

    def _concepts(self, token: Token) -> tuple[str, ...]:
        concepts = self._memory.get(token.text)
        if concepts is None:
            concepts = self._looked_up(token)
            if len(self._memory) < _MEMORY_LIMIT:
                self._memory[token.text] = concepts
        return concepts

    def _looked_up(self, token: Token) -> tuple[str, ...]:
        plain = without_marks(token.text)
        found = {concept for key in token.keys for concept in self._by_key.get(key, ())}
        if token.is_word:
            for length in range(_SHORTEST_STEM, min(len(plain), self._longest) + 1):
                found.update(self._by_stem.get(plain[:length], ()))
        return tuple(sorted(found))


def load_thesaurus(folder: Path, lemmatizers: Mapping[str, Lemmatizer]) -> Thesaurus:
    """
    The thesaurus of the folder; a language without a file has no concepts.

    Raises:
        RedFlagDataError: naming file, concept and word.
    """
    by_key: dict[str, list[str]] = {}
    by_stem: dict[str, list[str]] = {}
    for code, lemmatizer in lemmatizers.items():
        path = folder / f"{code}.yml"
        for concept, words in (_entries(path) if path.exists() else {}).items():
            for word in words:
                if word.endswith("~"):
                    _enter(by_stem, [_stem(path, concept, lemmatizer.language.plain(word[:-1]))], concept)
                else:
                    _enter(by_key, lemmatizer.keys(word), concept)
    return Thesaurus(by_key, by_stem)


def _enter(table: dict[str, list[str]], keys: Iterable[str], concept: str) -> None:
    for key in keys:
        concepts = table.setdefault(key, [])
        if concept not in concepts:
            concepts.append(concept)


def _stem(path: Path, concept: str, stem: str) -> str:
    if len(stem) < _SHORTEST_STEM:
        raise RedFlagDataError(path.name, f"{concept}: {stem}~", f"a stem needs {_SHORTEST_STEM} letters")
    return stem


def _entries(path: Path) -> dict[str, list[str]]:
    entries = mapping(path)
    for concept, words in entries.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise RedFlagDataError(path.name, str(concept), "must be a list of words")
    return {str(concept): [word.casefold().replace("ё", "е") for word in words] for concept, words in entries.items()}
