"""What changed, told to whoever listens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

from bot.conversation.database import Database
from bot.conversation.views import FeedEvent


class Feed:
    """Hints that conversations changed, within 100 ms of the commit, to any number of subscribers."""

    def __init__(self, database: Database) -> None: ...

    def subscribe(self) -> AbstractAsyncContextManager[AsyncIterator[FeedEvent]]:
        raise NotImplementedError
