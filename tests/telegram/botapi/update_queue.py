"""The queue of updates, with the offsets of tdlib's TQueue as the published Bot API server uses it."""

from __future__ import annotations

from typing import Any

Update = dict[str, Any]

FUTURE = 10
"""An offset more than this above the newest id is "in the future" and is answered from the head of the queue."""


class UpdateQueue:
    """Updates wait here until a `getUpdates` with a higher offset forgets them."""

    def __init__(self, first_id: int = 700_000_001) -> None:
        self._next_id = first_id
        self._waiting: list[Update] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, update: Update) -> int:
        """Append *update*; returns the id that it got."""
        update_id = self._next_id
        self._next_id += 1
        self._waiting.append({"update_id": update_id, **update})
        return update_id

    def fetch(self, offset: int, limit: int) -> list[Update]:
        """
        At most *limit* updates from *offset* on, forgetting all before it.

        Offset 0 reads the head and forgets nothing; a negative one counts from the end and forgets what is before;
        one that lies in the future reads the head and forgets nothing.
        """
        if offset < 0:
            offset = max(self._next_id + offset, self._head())
        if offset > self._next_id + FUTURE:
            offset = 0
        if offset > 0:
            self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        return self._waiting[:limit]

    def restart(self, first_id: int) -> None:
        """After a quiet week the ids start anew at *first_id*; only an empty queue can be a week old."""
        if self._waiting:
            raise ValueError(f"{len(self._waiting)} updates wait: this week was not quiet")
        self._next_id = first_id

    def clear(self) -> None:
        """Forget everything that waits (`drop_pending_updates`)."""
        self._waiting = []

    def _head(self) -> int:
        return int(self._waiting[0]["update_id"]) if self._waiting else self._next_id
