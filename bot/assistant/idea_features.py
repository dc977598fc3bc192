"""What a short message is about, beside its letters: the ideas (concepts) that the engine reads in it, as buckets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.assistant.features import BUCKETS
from bot.assistant.surroundings import models_folder
from bot.redflags.engine import Engine, load_trained
from bot.redflags.folding import fold
from bot.redflags.identification import identify

IN_TOPICS, IN_INTENTS = 0.8, 0.6
"""
How much the ideas count beside the pieces, by unseen lines: of topics, when they had half as many examples, 46 of 100
were known with them and 35 with pieces alone; of intents 62 and 58.
"""

_SPREAD = 2_654_435_761
"""Spreads the engine's keys over the buckets (Knuth's multiplicative hashing)."""


@lru_cache(maxsize=1)
def shared_engine() -> Engine:
    """The trained engine, loaded once. Raises ModelMissing, RedFlagDataError."""
    return load_trained(models_folder())


def ideas_in(text: str, language: str | None, engine: Engine) -> list[int]:
    """The bucket of each idea in a text of this language or, where None, of the one that is found."""
    folded = fold(text)
    spoken = language or identify(folded, engine.reader.languages, engine.model.letters)
    keys = engine.reader.concepts(folded, spoken).keys.tolist()
    return [int(key) * _SPREAD % BUCKETS for key in keys]


def with_ideas(pieces: Mapping[int, float], ideas: Sequence[int], weight: float) -> dict[int, float]:
    """Pieces (buckets with weights, of length 1) with ideas of this weight; the length is 1 again. No pieces: none."""
    features = dict(pieces)
    counts = Counter(ideas if pieces else ())
    length = sum(counts.values()) ** 0.5
    for bucket, count in counts.items():
        features[bucket] = features.get(bucket, 0.0) + weight * count**0.5 / length
    whole = sum(value * value for value in features.values()) ** 0.5
    return {bucket: value / whole for bucket, value in features.items()}
