"""Which words moved a head of the model: evidence for a flag that no phrase of the lexicon shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.redflags.features import letter_columns
from bot.redflags.model import Model
from bot.redflags.reading import Reading

_LONGEST_QUOTE = 120


def strongest_clause(reading: Reading, model: Model, head: str) -> tuple[int, int]:
    """
    The clause that speaks most for the head.

    Returns:
        Its span in the reading's text, end exclusive, never empty. The reading must have a token.
    """
    weight = _weight_by_letter(reading.text, model, model.heads.index(head))
    best = max(_clauses(reading), key=lambda span: _score(weight, span))
    return best


def whole_clauses(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """
    The span widened to the clauses it lies in, so that a person reads a piece of sense and not two words.

    Stays as it is where the clauses are longer than 120 characters together.
    """
    inside = {token.clause for token in reading.tokens if token.start < end and token.end > start}
    words = [token for token in reading.tokens if token.clause in inside and token.is_word]
    if not words or words[-1].end - words[0].start > _LONGEST_QUOTE:
        return start, end
    return min(start, words[0].start), max(end, words[-1].end)


def _score(weight: NDArray[np.float32], span: tuple[int, int]) -> float:
    start, end = span
    return float(weight[start:end].sum() / np.sqrt(end - start))


def _clauses(reading: Reading) -> list[tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for token in reading.tokens:
        if token.is_word:
            start, _ = spans.get(token.clause, (token.start, token.end))
            spans[token.clause] = (start, token.end)
    if not spans:
        return [(reading.tokens[0].start, reading.tokens[-1].end)]
    return list(spans.values())


def _weight_by_letter(text: str, model: Model, head: int) -> NDArray[np.float32]:
    weight = np.zeros(len(text) + 2, dtype=np.float32)
    for size, columns in letter_columns(text):
        pieces = model.weights[columns, head].astype(np.float32)
        for offset in range(size):
            weight[offset : offset + len(pieces)] += pieces / size
    return weight[1:-1]
