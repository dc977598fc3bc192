"""The pauses of the channel, and what it counts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Pace:
    """All pauses, in seconds; the defaults are for Telegram itself, tests take shorter ones."""

    poll_seconds: int = 25
    outbox_seconds: float = 0.2
    expecting_seconds: float = 0.02
    conflict_seconds: float = 15.0
    first_retry_seconds: float = 1.0
    longest_retry_seconds: float = 60.0
    flood_window_seconds: float = 10.0
    flood_pause_seconds: float = 1.0
    repeat_seconds: float = 60.0

    def backoff(self, attempt: int) -> float:
        """How long to wait after failed attempt number *attempt* (from 1): doubling, with jitter, never zero."""
        pause = min(self.longest_retry_seconds, self.first_retry_seconds * 2.0 ** min(attempt - 1, 16))
        return pause * random.uniform(0.5, 1.0)  # noqa: S311 (spreads retries, guards nothing)


@dataclass
class Health:
    """
    How the channel does, for `/readyz` and `/metrics`: a state and counters, no ids.

    `state` is starting, polling, unreachable, conflict or stopped. `conflicts` above 0 means that somebody else polls
    with our token: a second gateway, or a stolen token.
    """

    state: str = "starting"
    conflicts: int = 0
    failed_polls: int = 0
    updates: int = 0
    set_aside: int = 0
    sent: int = 0
    throttled: int = 0
    blocked: int = 0
    rejected: int = 0
    last_poll_at: float = field(default=0.0, repr=False)
