"""What is deleted when, and claims that ran out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.conversation.database import Database
from bot.conversation.views import Purged


class Retention:
    """Deletes what is due; run it every minute."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        *,
        without_human: timedelta = timedelta(hours=24),
        with_human: timedelta = timedelta(days=14),
    ) -> None: ...

    def run(self) -> Purged:
        raise NotImplementedError
