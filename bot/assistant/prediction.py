"""What a classifier thinks of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prediction:
    """A name and how sure the model is of it, 0 to 1."""

    name: str
    confidence: float
