"""What Rasa remembers of a conversation: intents and actions, no words, for an hour, in memory."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.redaction import redacted

LIFE_SECONDS = 3600.0
MOST_CONVERSATIONS = 5000


class PrivateTrackerStore(TrackerStore):
    """Keeps redacted trackers; the oldest leave when there are too many, and each an hour after its last message."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        life_seconds: float = LIFE_SECONDS,
        most_conversations: int = MOST_CONVERSATIONS,
        **kwargs: Any,
    ) -> None:
        # An event broker would be told every word: there is none.
        super().__init__(domain, None)
        self._life_seconds = life_seconds
        self._most = most_conversations
        self._kept: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps what `redaction` leaves of the tracker."""
        kept = json.dumps(redacted(tracker.as_dialogue().as_dict()))
        self._kept[tracker.sender_id] = (time.monotonic() + self._life_seconds, kept)
        self._kept.move_to_end(tracker.sender_id)
        self._forget_due()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker, or None when it is unknown or forgotten."""
        self._forget_due()
        if sender_id not in self._kept:
            return None
        return self.deserialise_tracker(sender_id, self._kept[sender_id][1])

    async def keys(self) -> Iterable[str]:
        """The senders that are remembered."""
        return list(self._kept)

    def forget(self, sender_id: str) -> None:
        """Forgets a conversation at once; an unknown one changes nothing."""
        self._kept.pop(sender_id, None)

    def _forget_due(self) -> None:
        now = time.monotonic()
        while self._kept:
            sender_id, (due, _) = next(iter(self._kept.items()))
            if due > now and len(self._kept) <= self._most:
                return
            self.forget(sender_id)
