"""What speed and memory are counted in: the seconds of a call, how they spread, the megabytes of a process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def seconds_of(call: Callable[[], object]) -> float:
    """How long the call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """How many were measured (at least two), and the milliseconds that half and 95 of 100 of them stay below."""
    cuts = statistics.quantiles(seconds, n=20)
    return {"n": len(seconds), "p50_ms": round(cuts[9] * 1000, 2), "p95_ms": round(cuts[18] * 1000, 2)}


def megabytes(pid: int, size: str = "Pss") -> float:
    """Memory of a process now, in MB: "Pss" counts pages that processes share once over all of them, "Rss" in each."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{size}:"))
