"""What changed, told to whoever listens: one watching thread, any number of subscribers."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress

from bot.conversation.database import Database
from bot.conversation.errors import FeedOverrun
from bot.conversation.feed_source import SOURCE_ERRORS, Source, open_source
from bot.conversation.views import FeedEvent

MAILBOX_LIMIT = 10_000
RETRY_SECONDS = 0.5

logger = logging.getLogger(__name__)


class Feed:
    """Hints that conversations changed, within 100 ms of the commit, to any number of subscribers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._mailboxes: list[Mailbox] = []
        self._watch: Watch | None = None

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[AsyncIterator[FeedEvent]]:
        """
        Everything that is committed after the block is entered comes.

        Events of the same conversation and kind that were not read yet are merged. The iterator raises FeedOverrun
        when its reader is far behind.
        """
        mailbox = Mailbox()
        watch = self._enter(mailbox)
        try:
            await asyncio.shield(asyncio.wrap_future(watch.started))
            yield mailbox
        finally:
            self._leave(mailbox)

    def _enter(self, mailbox: Mailbox) -> Watch:
        with self._lock:
            self._mailboxes.append(mailbox)
            if self._watch is None:
                self._watch = Watch(self._database, self._fan_out)
                self._watch.start()
            return self._watch

    def _leave(self, mailbox: Mailbox) -> None:
        with self._lock:
            self._mailboxes.remove(mailbox)
            if not self._mailboxes and self._watch is not None:
                self._watch.stop()
                self._watch = None

    def _fan_out(self, event: FeedEvent) -> None:
        with self._lock:
            mailboxes = list(self._mailboxes)
        for mailbox in mailboxes:
            mailbox.deliver(event)


class Mailbox:
    """One subscriber's events: one hint after the last change is enough, so equal ones are merged."""

    def __init__(self, limit: int = MAILBOX_LIMIT) -> None:
        self._loop, self._limit = asyncio.get_running_loop(), limit
        self._waiting: OrderedDict[tuple[str, str], FeedEvent] = OrderedDict()
        self._arrived = asyncio.Event()
        self._is_overrun = False

    def deliver(self, event: FeedEvent) -> None:
        """Called from the watching thread."""
        with suppress(RuntimeError):  # the reader's event loop was closed before it left
            self._loop.call_soon_threadsafe(self._put, event)

    def _put(self, event: FeedEvent) -> None:
        self._waiting.pop((event.conversation_id, event.kind), None)
        self._waiting[event.conversation_id, event.kind] = event
        if len(self._waiting) > self._limit:
            self._is_overrun = True
            self._waiting.clear()
        self._arrived.set()

    def __aiter__(self) -> AsyncIterator[FeedEvent]:
        return self

    async def __anext__(self) -> FeedEvent:
        while not self._waiting and not self._is_overrun:
            self._arrived.clear()
            await self._arrived.wait()
        if self._is_overrun:
            raise FeedOverrun("too many events wait: subscribe again and read the state anew")
        return self._waiting.popitem(last=False)[1]


class Watch(threading.Thread):
    """Reads the source until it is stopped; a lost database is asked again, and what was missed is told then."""

    def __init__(self, database: Database, tell: Callable[[FeedEvent], None]) -> None:
        super().__init__(name="conversation-feed", daemon=True)
        self._database, self._tell = database, tell
        self._stopping = threading.Event()
        self._last: int | None = None
        self.started: Future[None] = Future()

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._follow()
            except SOURCE_ERRORS as error:
                logger.warning("feed interrupted: %s", type(error).__name__)
                self._stopping.wait(RETRY_SECONDS)

    def _follow(self) -> None:
        source = open_source(self._database, self._last)
        try:
            self._last = source.last
            if not self.started.done():
                self.started.set_result(None)
            self._drain(source)
        finally:
            source.close()

    def _drain(self, source: Source) -> None:
        while not self._stopping.is_set():
            for event in source.wait():
                if not self._stopping.is_set():
                    self._tell(event)
            self._last = source.last
