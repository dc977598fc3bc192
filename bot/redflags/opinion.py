"""Opinion: what the learned model makes of a reading, from the whole text and its sentences together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.redflags.features import Occurrences
from bot.redflags.model import Model
from bot.redflags.reading import Reading
from bot.redflags.windows import windows

_SENTENCES_SHARE = {"flag": 0.4, "danger": 0.3, "emergency": 0.3}
"""How much the sentences say beside the whole text; a kind is judged from the whole text alone."""
_LONGEST_QUOTE = 120


def mixed(
    heads: Sequence[str], text: NDArray[np.float32], sentence_heads: Sequence[str], sentences: NDArray[np.float32]
) -> NDArray[np.float64]:
    """
    The margin of each head, from its margins in the whole text and in the sentences, of shape (heads).

    Danger lies in all sentences together (their mean), anything else in the one that shows it most.

    Args:
        text: of shape (heads). sentences: of shape (sentences, sentence_heads), at least one sentence.
    """
    most = dict(zip(sentence_heads, sentences.max(axis=0).tolist(), strict=True))
    mean = dict(zip(sentence_heads, sentences.mean(axis=0).tolist(), strict=True))
    margins = text.astype(np.float64)
    for column, head in enumerate(heads):
        share = _SENTENCES_SHARE.get(head.split(":")[0], 0.0) if head in most else 0.0
        margins[column] += share * ((mean if head == "danger" else most).get(head, 0.0) - margins[column])
    return margins


@dataclass(frozen=True)
class Opinion:
    """
    The model's view of one reading that has at least one token.

    In validation `foreseen` holds the chances from a model that has not seen the text; the evidence is then its first
    sentence, because nobody reads it.
    """

    model: Model
    reading: Reading
    foreseen: Mapping[str, float] | None = None

    @cached_property
    def chances(self) -> Mapping[str, float]:
        """The probability of each head."""
        return self._chances(self._windows) if self.foreseen is None else self.foreseen

    @cached_property
    def emergency(self) -> float:
        """
        The probability of an emergency in the text, or in the text without its first or last sentence.

        So an honest sentence put before or behind a cry for help cannot hide it.
        """
        if self.foreseen is not None:
            return self.foreseen["emergency"]
        parts = [self._windows[1:], self._windows[:-1]] if len(self._windows) > 1 else []
        return max(chances["emergency"] for chances in (self.chances, *map(self._chances, parts)))

    def _chances(self, part: Sequence[tuple[int, int]]) -> dict[str, float]:
        """The probability of each head in the part of the text that these neighbouring windows make."""
        heads = self.model.texts.heads
        span = None if len(part) == len(self._windows) else (part[0][0], part[-1][1])
        text = self.model.texts.margins(self.model.vocabulary.row(self._known, span))
        sentences = self._margins[self._windows.index(part[0]) :][: len(part)]
        margins = mixed(heads, text, self.model.sentences.heads, sentences)
        return dict(zip(heads, self.model.weighing.chances(heads, margins[np.newaxis])[0].tolist(), strict=True))

    def reaches(self, head: str, share: float = 1.0) -> bool:
        """True when the head is learned and its probability is at least this share of its limit."""
        if head not in self.chances:
            return False
        chance = self.emergency if head == "emergency" else self.chances[head]
        return chance >= share * self.model.limit(head, self.reading.language)

    def evidence(self, head: str) -> tuple[int, int]:
        """The sentence that speaks most for the head or, where it is long, its clause; a span of the reading's text."""
        if self.foreseen is not None or head not in self.model.sentences.heads:
            return self._windows[0]
        column = self.model.sentences.heads.index(head)
        start, end = self._windows[int(self._margins[:, column].argmax())]
        if end - start <= _LONGEST_QUOTE:
            return start, end
        return max(self._clauses(start, end), key=lambda span: float(self._margin(span)[column]))

    @cached_property
    def _known(self) -> Occurrences:
        return self.model.vocabulary.known(self.reading.occurrences())

    @cached_property
    def _windows(self) -> list[tuple[int, int]]:
        return windows(self.reading.tokens)

    @cached_property
    def _margins(self) -> NDArray[np.float32]:
        return np.stack([self._margin(span) for span in self._windows])

    def _margin(self, span: tuple[int, int]) -> NDArray[np.float32]:
        return self.model.sentences.margins(self.model.vocabulary.row(self._known, span))

    def _clauses(self, start: int, end: int) -> list[tuple[int, int]]:
        spans: dict[int, tuple[int, int]] = {}
        for token in self.reading.tokens:
            if token.is_word and start <= token.start and token.end <= end:
                first, _ = spans.get(token.clause, (token.start, token.end))
                spans[token.clause] = (first, token.end)
        return list(spans.values()) or [(start, end)]
