"""What shows the topic of a short message: its pieces, and the concepts that the engine reads in it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from bot.assistant.features import BUCKETS, hashed
from bot.assistant.surroundings import models_folder
from bot.redflags.engine import Engine, load_trained
from bot.redflags.features import CONCEPTS
from bot.redflags.folding import fold
from bot.redflags.identification import identify

_CONCEPTS_COUNT = 1.2
"""How much the concepts count beside the pieces: with them 46 of 100 unseen lines are known, with pieces alone 35."""

_SPREAD = 2_654_435_761
"""Spreads the engine's keys over the buckets (Knuth's multiplicative hashing)."""


@lru_cache(maxsize=1)
def shared_engine() -> Engine:
    """The trained engine, loaded once. Raises ModelMissing, RedFlagDataError."""
    return load_trained(models_folder())


def topic_features(text: str, language: str | None, engine: Engine) -> dict[int, float]:
    """Buckets with weights, of length 1, of a text in this language or, where None, in the one that is found."""
    folded = fold(text)
    spoken = language or identify(folded, engine.reader.languages, engine.model.letters)
    features = dict(hashed(text))
    keys = engine.reader.read(folded, spoken).occurrences()[CONCEPTS].keys.tolist()
    counts = Counter(int(key) * _SPREAD % BUCKETS for key in keys)
    length = sum(counts.values()) ** 0.5
    for bucket, count in counts.items():
        features[bucket] = features.get(bucket, 0.0) + _CONCEPTS_COUNT * count**0.5 / length
    whole = sum(weight * weight for weight in features.values()) ** 0.5
    return {bucket: weight / whole for bucket, weight in features.items()}
