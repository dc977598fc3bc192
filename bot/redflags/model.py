"""
The learned model: linear scales ("heads") over the features of the whole text and of each sentence; numpy only.

Heads are named `flag:<id>`, `kind:<kind>`, `danger`, `emergency`, and `language:<code>` among the letters' own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.redflags.errors import ModelMissing
from bot.redflags.vocabulary import Row, Vocabulary
from bot.redflags.weighing import Weighing

WEIGHTS, SETTINGS = "weights.npz", "model.json"


@dataclass(frozen=True)
class Scales:
    """Heads with their weights, float16 of shape (columns, heads), and biases, float32 of shape (heads)."""

    heads: tuple[str, ...]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    def margins(self, row: Row) -> NDArray[np.float32]:
        """How far each head leans to yes (above 0) or no, of shape (heads)."""
        return np.asarray(row.values @ self.weights[row.columns].astype(np.float32) + self.bias, dtype=np.float32)


@dataclass(frozen=True)
class Model:
    """
    All that was learned.

    `texts`, `sentences` and `letters` are the scales for whole texts, for sentences and for languages; `weighing` puts
    the heads together; `limits` holds from which probability a head counts; `known` the dictionary forms of words that
    were met in training, by language.
    """

    fingerprint: str
    vocabulary: Vocabulary
    texts: Scales
    sentences: Scales
    letters: Scales
    weighing: Weighing
    limits: Mapping[str, float]
    known: Mapping[str, Mapping[str, tuple[str, ...]]]

    def limit(self, head: str, language: str) -> float:
        """The probability from which the head counts in this language."""
        return self.limits.get(f"{head}:{language}", self.limits[head])

    def save(self, folder: Path) -> None:
        """Writes the model into an existing folder."""
        scales: dict[str, Scales | Weighing] = {
            "texts": self.texts,
            "sentences": self.sentences,
            "letters": self.letters,
            "weighing": self.weighing,
        }
        arrays = {f"{name}_{part}": getattr(one, part) for name, one in scales.items() for part in ("weights", "bias")}
        np.savez(folder / WEIGHTS, keys=self.vocabulary.keys, rarity=self.vocabulary.rarity, **arrays)
        settings = {
            "fingerprint": self.fingerprint,
            "heads": {name: one.heads for name, one in scales.items()},
            "limits": self.limits,
            "known": self.known,
        }
        (folder / SETTINGS).write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")


def trained_fingerprint(folder: Path) -> str | None:
    """The fingerprint of the model in the folder; None where there is no model."""
    try:
        return str(_settings(folder)["fingerprint"])
    except ModelMissing:
        return None


def load_model(folder: Path) -> Model:
    """The model in the folder. Raises ModelMissing when there is none."""
    settings = _settings(folder)
    with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
        vocabulary = Vocabulary(arrays["keys"], arrays["rarity"])
        parts = {
            name: (tuple(heads), arrays[f"{name}_weights"], arrays[f"{name}_bias"])
            for name, heads in settings["heads"].items()
        }
    known = {code: {word: tuple(keys) for word, keys in words.items()} for code, words in settings["known"].items()}
    return Model(
        fingerprint=settings["fingerprint"],
        vocabulary=vocabulary,
        texts=Scales(*parts["texts"]),
        sentences=Scales(*parts["sentences"]),
        letters=Scales(*parts["letters"]),
        weighing=Weighing(*parts["weighing"]),
        limits=settings["limits"],
        known=known,
    )


def _settings(folder: Path) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelMissing("no trained model; run `karogs train`") from None
    return settings
