"""What a short message is about, beside its letters: the ideas (concepts) that the engine reads in it, as buckets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from joblib import Parallel, delayed

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

_PROCESSES = 2

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


def ideas_in_all(lines: Sequence[tuple[str, str | None]]) -> list[list[int]]:
    """The ideas of each text in its language, or in the one that is found; read by several processes at once."""
    shares = [lines[number::_PROCESSES] for number in range(_PROCESSES)]
    parts = Parallel(n_jobs=_PROCESSES)(delayed(_ideas_of_share)(share) for share in shares)
    return [parts[number % _PROCESSES][number // _PROCESSES] for number in range(len(lines))]


def _ideas_of_share(lines: Sequence[tuple[str, str | None]]) -> list[list[int]]:
    return [ideas_in(text, language, shared_engine()) for text, language in lines]


def with_ideas(pieces: Mapping[int, float], ideas: Sequence[int], weight: float) -> dict[int, float]:
    """Pieces (buckets with weights, of length 1) with ideas of this weight; the length is 1 again. No pieces: none."""
    features = dict(pieces)
    counts = Counter(ideas if pieces else ())
    length = sum(counts.values()) ** 0.5
    for bucket, count in counts.items():
        features[bucket] = features.get(bucket, 0.0) + weight * count**0.5 / length
    whole = sum(value * value for value in features.values()) ** 0.5
    return {bucket: value / whole for bucket, value in features.items()}
