"""Counts without names: what the gateway did since it started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


class Metrics:
    """Counters by (name, label); labels come from short lists in code, never from a visitor."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def count(self, name: str, label: str = "") -> None:
        """Adds one to a counter."""
        self._counts[name, label] += 1

    def exposition(self, gauges: Mapping[str, float]) -> str:
        """All counters and the given gauges in Prometheus' text format."""
        lines = [f"karogs_{name}{_braces(label)} {count}" for (name, label), count in sorted(self._counts.items())]
        lines += [f"karogs_{name} {value:g}" for name, value in sorted(gauges.items())]
        return "".join(line + "\n" for line in lines)


def _braces(label: str) -> str:
    return f'{{kind="{label}"}}' if label else ""
