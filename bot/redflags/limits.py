"""Limits: from which probability a head counts, chosen on validation messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.redflags.fitting import Head
from bot.redflags.judgement import WITH_PHRASE
from bot.redflags.reading import Reading

FALSE_ALARMS = 0.045
"""The danger head alone may alarm on this share of a language's honest validation messages."""
FALSE_EMERGENCIES = 0.0125
"""The emergency head alone; with what `judgement` asks of the danger head a few less are left (0.0116)."""
SURE = 0.003
"""The share of honest messages that the danger head may call high."""
DOUBT = 0.8
"""Flags alone raise an alarm when the danger head reaches this part of its limit (measured: less only adds alarms)."""
SURER = 1.4
"""
A flag must be so much surer than where F1 is best: a sign shown that is not in the text costs trust. On 1,582 messages
newer than the model F1 was the same from 1.2 to 1.5 (0.718, 0.717).
"""
_ENOUGH_OTHERS = 200
"""A language with fewer honest messages uses the limit of all."""
_GRID = np.arange(0.1, 0.85, 0.025)


def limits_of(
    heads: Sequence[Head], chances: NDArray[np.float64], readings: Sequence[Reading], languages: Sequence[str]
) -> dict[str, float]:
    """
    The limit of each head, and of the danger head's extra steps.

    Args:
        chances: of shape (readings, heads), from a model that has not seen the reading. languages: of each reading.

    Returns:
        "flag:…" a little above where F1 is best; "danger", "danger_high" and "emergency" where a set share of the
        others is reached, the first and the last also by language ("danger:lv"); "doubt": the part of the danger limit
        below which flags alone raise no alarm.
    """
    limits: dict[str, float] = {"doubt": DOUBT}
    spoken = np.array(languages)
    for index, head in enumerate(heads):
        others = head.labels == 0
        if head.name == "danger":
            limits.update(_by_language(head.name, chances[others, index], spoken[others], FALSE_ALARMS))
            limits["danger_high"] = max(limit_for_share(chances[others, index], SURE), limits["danger"])
        elif head.name == "emergency":
            limits.update(_by_language(head.name, chances[others, index], spoken[others], FALSE_EMERGENCIES))
        elif head.name.startswith("flag:"):
            answered = head.labels >= 0
            phrases = np.array([_has_phrase(head, reading) for reading in readings])[answered]
            limits[head.name] = SURER * _best_f1(chances[answered, index], head.labels[answered], phrases)
    return limits


def _by_language(
    name: str, others: NDArray[np.float64], languages: NDArray[np.str_], share: float
) -> Mapping[str, float]:
    limits = {name: limit_for_share(others, share)}
    for code in _codes(languages):
        limits[f"{name}:{code}"] = limit_for_share(others[languages == code], share)
    return limits


def _codes(languages: NDArray[np.str_]) -> Iterable[str]:
    codes, counts = np.unique(languages, return_counts=True)
    return (str(code) for code, count in zip(codes, counts, strict=True) if count >= _ENOUGH_OTHERS)


def limit_for_share(others: NDArray[np.float64], share: float) -> float:
    """The probability that only this share of the others reaches, between 0.05 and 0.95."""
    return float(np.clip(np.quantile(others, 1 - share), 0.05, 0.95))


def _has_phrase(head: Head, reading: Reading) -> bool:
    flag = head.name.removeprefix("flag:")
    return any(one.flag == flag and not one.is_denied for one in reading.found)


def _best_f1(scores: NDArray[np.float64], labels: NDArray[np.int8], phrases: NDArray[np.bool_]) -> float:
    shown = np.where(phrases, 1 / WITH_PHRASE, 1.0)

    def score(limit: float) -> float:
        chosen = scores * shown >= limit
        return float(2 * (chosen & (labels == 1)).sum() / max(1, chosen.sum() + (labels == 1).sum()))

    return float(max(_GRID, key=score))
