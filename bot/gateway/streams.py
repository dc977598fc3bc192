"""How many event streams may be open at once."""

from __future__ import annotations

from collections import Counter


class Streams:
    """Counts open streams: at most `each` of one conversation and `total` of all."""

    def __init__(self, each: int = 4, total: int = 500, retry_seconds: float = 10.0) -> None:
        self._each = each
        self._total = total
        self.retry_seconds = retry_seconds
        self._open: Counter[str] = Counter()

    def __len__(self) -> int:
        return self._open.total()

    def enter(self, conversation_id: str) -> bool:
        """Whether one more stream of the conversation may open; counts it when it may."""
        if self._open[conversation_id] >= self._each or self._open.total() >= self._total:
            return False
        self._open[conversation_id] += 1
        return True

    def leave(self, conversation_id: str) -> None:
        """One stream of the conversation has ended."""
        self._open[conversation_id] -= 1
        self._open += Counter()
