"""The event streams that are open now, and how they learn what this process itself has changed."""

from __future__ import annotations

import asyncio
from collections import defaultdict


class Streams:
    """
    At most `each` open streams of one conversation and `total` of all.

    Changes made by this process are told at once; those of others come through the feed a moment later.
    """

    def __init__(self, each: int = 4, total: int = 500, retry_seconds: float = 10.0) -> None:
        self._each = each
        self._total = total
        self.retry_seconds = retry_seconds
        self._open: defaultdict[str, list[asyncio.Event]] = defaultdict(list)

    def __len__(self) -> int:
        return sum(map(len, self._open.values()))

    def enter(self, conversation_id: str) -> asyncio.Event | None:
        """What is set after each change of the conversation; None when no more streams may open."""
        if len(self._open.get(conversation_id, ())) >= self._each or len(self) >= self._total:
            return None
        changed = asyncio.Event()
        self._open[conversation_id].append(changed)
        return changed

    def leave(self, conversation_id: str, changed: asyncio.Event) -> None:
        """One stream of the conversation has ended."""
        self._open[conversation_id].remove(changed)
        if not self._open[conversation_id]:
            del self._open[conversation_id]

    def tell(self, conversation_id: str) -> None:
        """Something changed in the conversation."""
        for changed in self._open.get(conversation_id, ()):
            changed.set()
