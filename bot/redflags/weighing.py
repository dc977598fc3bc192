"""
Weighing: the last step of the model, from what each head says by itself to what is believed of it beside the others.

A flag that stands out speaks for danger, a dangerous text for an emergency, an honest one against any flag.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FLAG = "flag:"
_GREATEST = 4
_FARTHEST = 9.0


def probability(margins: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probabilities that margins stand for; 0 is a half."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(margins, -30, 30))))


def weighed(heads: Sequence[str], margins: NDArray[np.float64]) -> NDArray[np.float64]:
    """
    What is put on the scales.

    Args:
        margins: of shape (texts, heads).

    Returns:
        Of shape (texts, heads + 5): all margins, the four greatest of flags, how many flags are expected.
    """
    bounded = np.clip(margins, -_FARTHEST, _FARTHEST)
    flags = bounded[:, [head.startswith(FLAG) for head in heads]]
    greatest = -np.sort(-flags, axis=1)[:, :_GREATEST]
    missing = np.full((len(flags), _GREATEST - greatest.shape[1]), -_FARTHEST)
    expected = probability(flags).sum(axis=1, keepdims=True)
    return np.hstack([bounded, greatest, missing, expected])


def heard_by(head: str, heads: Sequence[str]) -> NDArray[np.int64]:
    """The columns of `weighed` that count for a head: for a flag its own and what is no flag, else all (measured)."""
    columns = [*heads, *("" for _ in range(_GREATEST + 1))]
    is_heard = [not head.startswith(FLAG) or one == head or not one.startswith(FLAG) for one in columns]
    return np.flatnonzero(is_heard)


@dataclass(frozen=True)
class Weighing:
    """The heads that are weighed anew, with weights of shape (weighed, heads) and biases."""

    heads: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def chances(self, heads: Sequence[str], margins: NDArray[np.float64]) -> NDArray[np.float64]:
        """
        The probability of each of the given heads, of shape (texts, heads): weighed anew where this holds the head.

        Args:
            margins: of shape (texts, heads).
        """
        chances = probability(margins)
        anew = probability(weighed(heads, margins) @ self.weights + self.bias)
        for column, head in enumerate(self.heads):
            chances[:, heads.index(head)] = anew[:, column]
        return chances
