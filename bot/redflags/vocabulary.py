"""The vocabulary: which features the model knows, how telling each is, and how a text becomes a row of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.redflags.features import CONCEPTS, FACTS, LETTERS, SORTS, WORDS, Occurrences, sorts_of

_WEIGHT = {LETTERS: 1.0, WORDS: 0.5, CONCEPTS: 1.0, FACTS: 0.1}
"""How much each sort counts beside the others (measured on held-out batches, docs/recognition.md)."""
_WEIGHTS = np.array([_WEIGHT[sort] for sort in range(SORTS)])


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

    @cached_property
    def _sorts(self) -> NDArray[np.int64]:
        return sorts_of(self.keys)

    def known(self, occurring: Occurrences) -> Occurrences:
        """The same with columns in place of keys, without what is unknown; `row` takes these."""
        columns = self.columns(occurring.keys)
        return occurring.at(columns >= 0, columns.astype(np.uint64))

    def row(self, known: Occurrences, span: tuple[int, int] | None = None) -> Row:
        """The numbers of a text, or of one span of it: each sort together has one length, but every fact its own."""
        found, counts = np.unique(known.inside(*span) if span else known.keys, return_counts=True)
        columns = found.astype(np.int64)
        sorts = self._sorts[columns]
        values = np.where(sorts == FACTS, 1.0, (1.0 + np.log(counts)) * self.rarity[columns])
        lengths = np.sqrt(np.bincount(sorts, values * values, minlength=SORTS))
        lengths[FACTS] = 1.0
        return Row(columns, np.asarray(values / lengths[sorts] * _WEIGHTS[sorts], dtype=np.float32))


def vocabulary_of(texts: Sequence[Occurrences], fewest: int) -> Vocabulary:
    """The features that stand in at least `fewest` of the texts."""
    keys, counts = np.unique(np.concatenate([np.unique(text.keys) for text in texts]), return_counts=True)
    often = counts >= fewest
    rarity = 1.0 + np.log((1 + len(texts)) / (1 + counts[often]))
    return Vocabulary(keys[often], rarity.astype(np.float32))
