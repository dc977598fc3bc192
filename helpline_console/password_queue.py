"""Keeps password checks from eating the machine: each one takes 64 MiB and a core for a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

AT_ONCE = 2
LONGEST_QUEUE = 20


class QueueFull(Exception):
    """Too many sign-ins wait already."""


class PasswordQueue:
    """Runs at most two checks at once, in threads; twenty may wait."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    async def run(self, check: Callable[[], str | None]) -> str | None:
        """What *check* returns or raises. Raises QueueFull without waiting."""
        if self._inside >= AT_ONCE + LONGEST_QUEUE:
            raise QueueFull
        self._inside += 1
        try:
            async with self._places:
                return await run_in_threadpool(check)
        finally:
            self._inside -= 1
