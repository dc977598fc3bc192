"""Fetch, commit, confirm: the loop that takes updates from Telegram without losing one."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.gateway.telegram.client import Client, retry_seconds
from bot.gateway.telegram.errors import TokenRefused
from bot.gateway.telegram.intake import Intake, Outcome
from bot.gateway.telegram.pace import Health, Pace
from bot.gateway.telegram.updates import KINDS_WANTED, Update, parse

log = logging.getLogger(__name__)

React = Callable[[Outcome], Awaitable[None]]
"""Does what is left to do for stored updates: wake turns, say sentences, answer taps."""


class Poller:
    """
    Polls with one rule: an update is confirmed (by asking for a higher offset) only after it is committed.

    The offset is the id after the last update stored, never a maximum and never persisted: after a quiet week
    Telegram starts its ids anew, lower, and an offset that only grows would stay deaf to them. After an empty answer
    all is confirmed, so the next poll reads from the head again.
    """

    def __init__(self, client: Client, intake: Intake, react: React, pace: Pace, health: Health) -> None:
        self._client = client
        self._intake = intake
        self._react = react
        self._pace = pace
        self._health = health
        self._failures = 0

    async def run(self) -> None:
        """Polls until cancelled. Raises `TokenRefused`; everything else is tried again without end."""
        offset = 0
        while True:
            offset = await self._round(offset)

    async def _round(self, offset: int) -> int:
        try:
            raw = await self._client.fetch(offset, self._pace.poll_seconds, KINDS_WANTED)
        except InvalidToken:
            raise TokenRefused from None
        except Conflict:
            await self._conflict()
            return offset
        except RetryAfter as error:
            await self._pause("throttled", error)
            return offset
        except TelegramError as error:
            await self._pause("unreachable", error)
            return offset
        self._polled(len(raw))
        updates = [update for item in raw if (update := parse(item)) is not None]
        if updates:
            return await self._store(updates, offset)
        if raw:  # nothing in it has an id, so nothing can be confirmed: do not ask for the same at once
            await self._pause("unreadable", ValueError())
        return 0

    async def _store(self, updates: list[Update], offset: int) -> int:
        outcome = await asyncio.to_thread(self._intake.store, updates, offset)
        self._health.updates += outcome.stored
        self._health.set_aside += outcome.set_aside
        try:
            await self._react(outcome)
        except Exception as error:
            # Stored, but nobody was told: not confirmed, so all of it comes again and only what is missing is done.
            await self._pause("not_answered", error)
            return offset
        if outcome.error is not None:
            await self._pause("not_stored", outcome.error)
        return outcome.next_offset

    def _polled(self, count: int) -> None:
        self._failures = 0
        self._health.state = "polling"
        self._health.last_poll_at = time.monotonic()
        log.debug("polled: %d updates", count)

    async def _conflict(self) -> None:
        self._health.state = "conflict"
        self._health.conflicts += 1
        log.critical(
            "Telegram conflict: another program polls with this bot token. A second gateway, or the token is stolen. "
            "Revoke it with BotFather if you run only one. Asking again in %.0f s",
            self._pace.conflict_seconds,
        )
        await asyncio.sleep(self._pace.conflict_seconds)

    async def _pause(self, state: str, error: Exception) -> None:
        self._failures += 1
        self._health.failed_polls += 1
        self._health.state = state
        log.warning("telegram %s: %s (failure %d)", state, type(error).__name__, self._failures)
        wait = self._pace.backoff(self._failures)
        await asyncio.sleep(max(wait, retry_seconds(error) if isinstance(error, RetryAfter) else 0.0))
