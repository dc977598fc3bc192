"""Which messages stand in a chat, so that they can be taken away again. In memory only."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

KEPT_SECONDS = 48 * 3_600
"""Telegram lets a bot delete messages of a private chat, its own and the person's, for 48 hours."""


class ChatHistory:
    """
    The ids of the last messages of each chat; forgets the chats heard longest ago beyond `chats`.

    Nothing of it is stored: after a restart only newer messages are known, so what a visitor is told must not
    promise that the chat itself is emptied.
    """

    def __init__(self, clock: Callable[[], float], chats: int = 5_000, messages: int = 500) -> None:
        self._clock = clock
        self._chats = chats
        self._messages = messages
        self._seen: OrderedDict[int, deque[tuple[float, int]]] = OrderedDict()

    def note(self, chat_id: int, message_id: int) -> None:
        """Remembers a message of the chat, whoever wrote it."""
        self._seen.setdefault(chat_id, deque(maxlen=self._messages)).append((self._clock(), message_id))
        self._seen.move_to_end(chat_id)
        while len(self._seen) > self._chats:
            self._seen.popitem(last=False)

    def take(self, chat_id: int) -> list[int]:
        """The ids that can still be deleted, ascending, each once; forgets the chat."""
        since = self._clock() - KEPT_SECONDS
        return sorted({message_id for at, message_id in self._seen.pop(chat_id, ()) if at > since})
