"""
What the learned model sees of a text: hashed pieces of letters and words, phrases of the lexicon, amounts of money.

All features share one table of `DIMENSION` columns; a column is found by hashing, so that nothing of the training
texts has to be stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.redflags.amounts import Amount
from bot.redflags.languages import without_marks

DIMENSION = 1 << 17
_MASK = np.uint64(DIMENSION - 1)
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_PIECES = (2, 3, 4, 5)
_STEM = 6
_HIT_WEIGHT = 0.35
_PAY_STEPS = (5, 10, 15, 25, 60, 150, 400, 900, 1600, 2500, 4000, 8000)


@dataclass(frozen=True)
class Features:
    """Columns and their values, float32; a column may stand more than once and then its values add up."""

    columns: NDArray[np.int64]
    values: NDArray[np.float32]


def text_features(text: str, words: Sequence[str], hits: Iterable[str], amounts: Iterable[Amount]) -> Features:
    """
    The features of one text.

    Args:
        text: folded text, in the letters of its language.
        words: its words in order, in the same letters.
        hits: names of phrases found ("upfront_payment", or "no:upfront_payment" where denied).
        amounts: amounts of money in the text.
    """
    blocks = [_letter_block(text), _word_block(words), _named_block(_facts(hits, amounts))]
    columns = np.concatenate([columns for columns, _ in blocks])
    return Features(columns, np.concatenate([values for _, values in blocks]))


def letter_features(text: str) -> Features:
    """Only the pieces of letters, marks kept: what a language is recognised by."""
    return Features(*_letter_block(text, keep_marks=True))


def letter_columns(text: str, *, keep_marks: bool = False) -> list[tuple[int, NDArray[np.int64]]]:
    """
    The columns of the pieces of letters, by length of the piece.

    The n-th column of a length belongs to the piece that begins at character n - 1 of the text: one space is put
    before and behind the text. White space of any kind counts as a space, any digit as a nought.
    """
    plain = text if keep_marks else without_marks(text)
    codes = np.frombuffer(f" {plain} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    codes[(codes >= 48) & (codes <= 57)] = 48
    codes[(codes >= 9) & (codes <= 13)] = 32
    return [(size, _pieces(codes, size).astype(np.int64)) for size in _PIECES if len(codes) >= size]


def _letter_block(text: str, *, keep_marks: bool = False) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    pieces = [columns for _, columns in letter_columns(text, keep_marks=keep_marks)]
    columns, counts = np.unique(np.concatenate(pieces), return_counts=True)
    return columns, _unit(1.0 + np.log(counts))


def _pieces(codes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    value = np.full(len(codes) - size + 1, size, dtype=np.uint64)
    for offset in range(size):
        value = value * _PRIME + codes[offset : len(codes) - size + 1 + offset]
    value = (value ^ (value >> np.uint64(29))) * _MIX
    return (value >> np.uint64(40)) & _MASK


def _word_block(words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    stems = [word[:_STEM] for word in words]
    names = [f"w {stem}" for stem in stems]
    names += [f"b {one} {two}" for one, two in pairwise(stems)]
    names += [f"s {one} {two}" for one, two in zip(stems, stems[2:], strict=False)]
    columns, counts = np.unique(np.array([_column(name) for name in names], dtype=np.int64), return_counts=True)
    return columns, _unit(1.0 + np.log(counts)) if len(columns) else np.zeros(0, dtype=np.float32)


def _named_block(names: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    columns = np.array([_column(name) for name in sorted(set(names))], dtype=np.int64)
    return columns, np.full(len(columns), _HIT_WEIGHT, dtype=np.float32)


def _facts(hits: Iterable[str], amounts: Iterable[Amount]) -> list[str]:
    names = [f"hit {hit}" for hit in hits]
    for amount in amounts:
        step = sum(amount.euros >= limit for limit in _PAY_STEPS)
        names += [f"pay {amount.period} {step}", f"paid {amount.period}"]
        if amount.monthly is not None:
            names.append(f"monthly {sum(amount.monthly >= limit for limit in _PAY_STEPS)}")
    return names


def _column(name: str) -> int:
    return crc32(name.encode("utf-8", "replace")) & (DIMENSION - 1)


def _unit(values: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(values / np.sqrt(np.sum(values * values)), dtype=np.float32)
