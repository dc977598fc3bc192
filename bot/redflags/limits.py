"""Limits: from which probability a head counts, chosen on validation messages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.redflags.fitting import Head
from bot.redflags.judgement import WITH_PHRASE
from bot.redflags.reading import Reading

FALSE_ALARMS = 0.07
"""The danger head alone may alarm on this share of the honest validation messages."""
FALSE_EMERGENCIES = 0.01
SURE = 0.003
"""The share of honest messages that the danger head may call high."""
DOUBT = 0.8
"""Flags alone raise an alarm when the danger head reaches this part of its limit (measured: less only adds alarms)."""
_GRID = np.arange(0.15, 0.8, 0.025)


def limits_of(heads: Sequence[Head], chances: NDArray[np.float64], readings: Sequence[Reading]) -> dict[str, float]:
    """
    The limit of each head, and of the danger head's extra steps.

    Returns:
        "flag:…" where F1 is best; "danger", "danger_high" and "emergency" where a set share of the others is reached;
        "doubt": the part of the danger limit below which flags alone raise no alarm.
    """
    limits: dict[str, float] = {"doubt": DOUBT}
    for index, head in enumerate(heads):
        answered = head.labels >= 0
        scores, labels = chances[answered, index], head.labels[answered]
        if head.name == "danger":
            limits["danger"] = _limit_for_share(scores[labels == 0], FALSE_ALARMS)
            limits["danger_high"] = max(_limit_for_share(scores[labels == 0], SURE), limits["danger"])
        elif head.name == "emergency":
            limits[head.name] = _limit_for_share(scores[labels == 0], FALSE_EMERGENCIES)
        elif head.name.startswith("flag:"):
            limits[head.name] = _best_f1(scores, labels, [_has_phrase(head, reading) for reading in readings], answered)
    return limits


def _limit_for_share(others: NDArray[np.float64], share: float) -> float:
    return float(np.clip(np.quantile(others, 1 - share), 0.05, 0.95))


def _has_phrase(head: Head, reading: Reading) -> bool:
    flag = head.name.removeprefix("flag:")
    return any(one.flag == flag and not one.is_denied for one in reading.found)


def _best_f1(
    scores: NDArray[np.float64], labels: NDArray[np.int8], phrases: Sequence[bool], answered: NDArray[np.bool_]
) -> float:
    shown = np.where(np.array(phrases)[answered], 1 / WITH_PHRASE, 1.0)

    def score(limit: float) -> float:
        chosen = scores * shown >= limit
        return float(2 * (chosen & (labels == 1)).sum() / max(1, chosen.sum() + (labels == 1).sum()))

    return float(max(_GRID, key=score))
