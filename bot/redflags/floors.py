"""Floors: figures below which a model must not replace the one in use (`nlu_data/redflags/floors.yml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.redflags.datafile import mapping
from bot.redflags.errors import RedFlagDataError
from bot.redflags.scoring import Pair, figures

CEILINGS = frozenset({"false_alarm", "false_emergency"})
"""Figures that must not be above their mark; all others must not be below it."""
FIGURES = frozenset(
    {
        "danger_recall",
        "false_alarm",
        "emergency_recall",
        "false_emergency",
        "language",
        "kind",
        "flags_micro_f1",
        "flags_macro_f1",
    }
)


class FloorsBroken(Exception):
    """A newly trained model is worse than the floors allow; `broken` says which figures, a sentence each."""

    def __init__(self, broken: Sequence[str]) -> None:
        super().__init__("the new model is not put in use: " + "; ".join(broken))
        self.broken = tuple(broken)


def load_floors(path: Path) -> dict[str, dict[str, float]]:
    """The marks of each group ("all" or a language) by figure. Raises RedFlagDataError."""
    floors: dict[str, dict[str, float]] = {}
    for group, marks in mapping(path).items():
        for name, mark in marks.items() if isinstance(marks, dict) else [(group, None)]:
            if name not in FIGURES or not isinstance(mark, int | float) or not 0 <= mark <= 1:
                raise RedFlagDataError(path.name, f"{group}: {name}", "must be a figure with a number from 0 to 1")
        floors[group] = {name: float(mark) for name, mark in marks.items()}
    return floors


def broken_floors(pairs: Sequence[Pair], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A sentence for each mark that the validated messages do not keep; a figure of nothing breaks no mark."""
    broken = []
    for group, marks in floors.items():
        reached = figures([pair for pair in pairs if group in ("all", pair[0].language)])
        for name, mark in marks.items():
            value = reached[name]
            if value is not None and (value > mark if name in CEILINGS else value < mark):
                broken.append(f"{group}: {name} is {value:.3f}, the mark is {mark}")
    return broken
