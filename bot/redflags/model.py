"""
The learned model: one linear scale ("head") a question, over the hashed features; numpy only, no pickle.

Heads are named `flag:<id>`, `kind:<kind>`, `language:<code>`, `danger` and `emergency`. A head answers a probability.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.redflags.errors import ModelMissing
from bot.redflags.features import DIMENSION, Features

WEIGHTS, SETTINGS = "weights.npz", "model.json"


@dataclass(frozen=True)
class Model:
    """
    Weights of all heads and the limits from which a probability counts.

    `weights` is float16 of shape (columns, heads); `limits` has a number between 0 and 1 for each head; `known` holds
    the dictionary forms of the training texts' words by language.
    """

    fingerprint: str
    heads: tuple[str, ...]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]
    limits: Mapping[str, float]
    known: Mapping[str, Mapping[str, tuple[str, ...]]]

    def probabilities(self, features: Features) -> dict[str, float]:
        """The probability of every head for these features."""
        scores = features.values @ self.weights[features.columns].astype(np.float32) + self.bias
        return dict(zip(self.heads, (1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))).tolist(), strict=True))

    def best(self, prefix: str, probabilities: Mapping[str, float], allowed: Sequence[str]) -> str:
        """The name, without its prefix, of the most probable of the allowed heads."""
        return max(allowed, key=lambda name: probabilities.get(prefix + name, -1.0))

    def save(self, folder: Path) -> None:
        """Writes the model into an existing folder."""
        np.savez(folder / WEIGHTS, weights=self.weights, bias=self.bias)
        settings = {"fingerprint": self.fingerprint, "heads": self.heads, "limits": self.limits, "known": self.known}
        (folder / SETTINGS).write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")


def trained_fingerprint(folder: Path) -> str | None:
    """The fingerprint of the model in the folder; None where there is no model."""
    try:
        return str(_settings(folder)["fingerprint"])
    except ModelMissing:
        return None


def _settings(folder: Path) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelMissing("no trained model; run `karogs train`") from None
    return settings


def load_model(folder: Path) -> Model:
    """The model in the folder. Raises ModelMissing when there is none."""
    settings = _settings(folder)
    with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
        weights, bias = arrays["weights"], arrays["bias"]
    if weights.shape != (DIMENSION, len(settings["heads"])):
        raise ModelMissing("the model has another shape; run `karogs train`")
    known = {code: {word: tuple(keys) for word, keys in words.items()} for code, words in settings["known"].items()}
    return Model(settings["fingerprint"], tuple(settings["heads"]), weights, bias, settings["limits"], known)
