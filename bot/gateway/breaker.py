"""The circuit breaker before the assistant: no visitor waits for a process that is known to be down."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable


class Breaker:
    """
    Opens for `open_seconds` after `failures` failures within `window_seconds`; then one call at a time may try.

    One success closes it. `clock` gives monotonic seconds.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        failures: int = 3,
        window_seconds: float = 30.0,
        open_seconds: float = 15.0,
    ) -> None:
        self._clock = clock
        self._limit = failures
        self._window = window_seconds
        self._pause = open_seconds
        self._failed_at: deque[float] = deque(maxlen=failures)
        self._closed_until_failure = True
        self._retry_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the next call would be refused."""
        return not self._closed_until_failure and self._clock() < self._retry_at

    def allows(self) -> bool:
        """Whether a call may be made now; while open, the first caller after the pause is the one that tries."""
        if self._closed_until_failure:
            return True
        if self._clock() < self._retry_at:
            return False
        self._retry_at = self._clock() + self._pause
        return True

    def succeeded(self) -> None:
        self._failed_at.clear()
        self._closed_until_failure = True

    def failed(self) -> None:
        now = self._clock()
        self._failed_at.append(now)
        is_burst = len(self._failed_at) == self._limit and now - self._failed_at[0] <= self._window
        if is_burst or not self._closed_until_failure:
            self._closed_until_failure = False
            self._retry_at = now + self._pause
