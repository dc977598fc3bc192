"""The vocabulary: which features the model knows, how telling each is, and how a text becomes a row of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.redflags.features import CONCEPTS, FACTS, LETTERS, SORTS, WORDS, Occurrences

_WEIGHT = {LETTERS: 1.0, WORDS: 0.5, CONCEPTS: 1.0, FACTS: 0.1}
"""How much each sort counts beside the others (measured on held-out batches, docs/recognition.md)."""


@dataclass(frozen=True)
class Row:
    """One text or sentence as numbers: columns of the vocabulary, each once, and their values, float32."""

    columns: NDArray[np.int64]
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """
    `keys` of the known features, sorted; `rarity` (float32) of each: 1 for one in every text, more for a rarer one.

    A feature's column is its place in `keys`.
    """

    keys: NDArray[np.uint64]
    rarity: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.keys)

    def columns(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The column of each key, -1 where it is unknown."""
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, places, -1)

    def known(self, blocks: Iterable[Occurrences]) -> list[Occurrences]:
        """The blocks with columns in place of keys, without what is unknown; `row` takes these."""
        return [self._known(block) for block in blocks]

    def _known(self, block: Occurrences) -> Occurrences:
        columns = self.columns(block.keys)
        seen = columns >= 0
        return Occurrences(block.sort, columns[seen].astype(np.uint64), block.starts[seen], block.ends[seen])

    def row(self, known: Iterable[Occurrences], span: tuple[int, int] | None = None) -> Row:
        """The numbers of a text, or of one span of it."""
        parts = [self._part(block.sort, block.inside(*span) if span else block.keys) for block in known]
        return Row(np.concatenate([columns for columns, _ in parts]), np.concatenate([values for _, values in parts]))

    def _part(self, sort: int, occurring: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        found, counts = np.unique(occurring, return_counts=True)
        columns = found.astype(np.int64)
        if sort == FACTS:
            return columns, np.full(len(columns), _WEIGHT[sort], dtype=np.float32)
        values = (1.0 + np.log(counts)) * self.rarity[columns]
        length = np.sqrt(np.sum(values * values)) if len(values) else 1.0
        return columns, np.asarray(values / length * _WEIGHT[sort], dtype=np.float32)


def vocabulary_of(texts: Sequence[Sequence[Occurrences]], fewest: int) -> Vocabulary:
    """The features that stand in at least `fewest` of the texts."""
    per_sort = [_counted([text[sort].keys for text in texts], fewest) for sort in range(SORTS)]
    keys = np.concatenate([keys for keys, _ in per_sort])
    counts = np.concatenate([counts for _, counts in per_sort])
    order = np.argsort(keys)
    rarity = 1.0 + np.log((1 + len(texts)) / (1 + counts[order]))
    return Vocabulary(keys[order], rarity.astype(np.float32))


def _counted(texts: Sequence[NDArray[np.uint64]], fewest: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    keys, counts = np.unique(np.concatenate([np.unique(keys) for keys in texts]), return_counts=True)
    often = counts >= fewest
    return keys[often], counts[often]
