"""The outbox on its way to Telegram: per chat in order, and nobody waits for somebody else's chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from bot.conversation import ConversationError, Delivery, Frontdoor
from bot.gateway.telegram.errors import TokenRefused
from bot.gateway.telegram.pace import Pace
from bot.gateway.telegram.sending import Done, Hold, Letter, Sender, Undeliverable
from bot.messages import Sender as Author

log = logging.getLogger(__name__)

BATCH = 50
"""Deliveries asked for at a time; conversations with one on its way are left out."""


class Outbox:
    """
    Sends what the conversations put in the outbox.

    At least once: a kill between Telegram's answer and our mark sends that one message again, because `sendMessage`
    cannot be told that it is a repeat, and a doubled sentence is better than a lost one.
    """

    def __init__(self, frontdoor: Frontdoor, sender: Sender, pace: Pace) -> None:
        self._frontdoor = frontdoor
        self._sender = sender
        self._pace = pace
        self._under_way: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._expected: set[asyncio.Task[None]] = set()
        self._is_refused = False
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Sends until cancelled. Raises `TokenRefused`."""
        try:
            while not self._is_refused:
                self._wake.clear()
                for delivery in await self._due():
                    self._start(delivery)
                await self._rest()
            raise TokenRefused
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def expect(self, turn: asyncio.Task[None]) -> None:
        """An answer is being made: until *turn* ends, look often; then look at once."""
        self._expected.add(turn)
        turn.add_done_callback(self._turn_ended)
        self.look()

    def look(self) -> None:
        """There may be something new."""
        self._wake.set()

    def _turn_ended(self, turn: asyncio.Task[None]) -> None:
        self._expected.discard(turn)
        self.look()

    async def _due(self) -> list[Delivery]:
        try:
            return await asyncio.to_thread(self._frontdoor.deliveries, BATCH, under_way=frozenset(self._under_way))
        except Exception as error:
            log.warning("outbox not readable: %s", type(error).__name__)
            await asyncio.sleep(self._pace.first_retry_seconds)
            return []

    async def _rest(self) -> None:
        try:
            pause = self._pace.expecting_seconds if self._expected else self._pace.outbox_seconds
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            return

    def _start(self, delivery: Delivery) -> None:
        self._under_way.add(delivery.conversation_id)
        task = asyncio.create_task(self._carry(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, delivery: Delivery) -> None:
        try:
            async with self._sender.lock(delivery.chat_id):
                await self._send(delivery)
        except TokenRefused:
            self._is_refused = True
        except Exception as error:
            # Not marked, so the core hands it out again in a while.
            log.error("delivery failed: %s", type(error).__name__)
        finally:
            self._under_way.discard(delivery.conversation_id)
            self.look()

    async def _send(self, delivery: Delivery) -> None:
        is_operators = delivery.sender is Author.OPERATOR
        letter = Letter(delivery.chat_id, delivery.text, delivery.buttons, is_operators)
        match await self._sender.send(letter, f"delivery:{delivery.id}"):
            case Done():
                await self._record(self._frontdoor.sent, delivery.id)
            case Hold(seconds):
                pause = self._pace.backoff(delivery.attempts) if seconds is None else seconds
                await self._record(self._frontdoor.retry, delivery.id, pause)
            case Undeliverable(reason):
                log.error("message not deliverable: %s", reason)
                await self._record(self._frontdoor.failed, delivery.id, reason)

    async def _record(self, mark: Callable[..., None], *arguments: Any) -> None:
        """The mark must be made while the chat waits: without it the same message would go out again."""
        attempt = 0
        while True:
            try:
                return await asyncio.to_thread(mark, *arguments)
            except ConversationError:
                return  # shredded meanwhile: there is nothing left to mark
            except Exception as error:
                attempt += 1
                log.warning("delivery not marked: %s", type(error).__name__)
                await asyncio.sleep(self._pace.backoff(attempt))
