"""
The keys of a conversation's words, a new one for each segment.

A segment is what one process writes with one key in its memory: the gateway cannot read a key back, so after a restart
it opens the next segment. Every key is sealed to the console and, on the web, to the visitor.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from bot.conversation.errors import Unreadable
from bot.conversation.models import ContentKeyRow, Recipient, WebVisitor
from bot.conversation.sealing import Place, new_key, seal
from bot.conversation.vault import ConsoleVault, GatewayVault, VisitorVault

KEYS_IN_MEMORY = 2_000

Name = TypeVar("Name", bound=Hashable)
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class ContentKey:
    """The key of one segment, open."""

    segment: int
    key: bytes


class WritingKeys(Protocol):
    """Who can give the key to write with now."""

    def for_writing(self, session: Session, conversation_id: str) -> ContentKey: ...


class KeyMemory(Generic[Name, Kept]):
    """A bounded number of open keys; the one used least lately goes first."""

    def __init__(self, limit: int = KEYS_IN_MEMORY) -> None:
        self._limit, self._lock = limit, threading.Lock()
        self._keys: OrderedDict[Name, Kept] = OrderedDict()

    def get(self, name: Name) -> Kept | None:
        with self._lock:
            kept = self._keys.get(name)
            if kept is not None:
                self._keys.move_to_end(name)
            return kept

    def put(self, name: Name, key: Kept) -> None:
        with self._lock:
            self._keys[name] = key
            while len(self._keys) > self._limit:
                self._keys.popitem(last=False)

    def forget(self, name: Name) -> None:
        with self._lock:
            self._keys.pop(name, None)


class GatewayKeys:
    """The gateway's: only keys that it made itself since it started, in memory."""

    def __init__(self, vault: GatewayVault) -> None:
        self._public = vault.content_public
        self._memory: KeyMemory[str, ContentKey] = KeyMemory()

    def for_writing(self, session: Session, conversation_id: str) -> ContentKey:
        key = self._memory.get(conversation_id)
        # The stored key decides: one whose transaction was rolled back must not be written with.
        if key is None or not _is_stored(session, conversation_id, key.segment):
            key = open_segment(session, conversation_id, self._public)
            self._memory.put(conversation_id, key)
        return key

    def forget(self, conversation_id: str) -> None:
        self._memory.forget(conversation_id)


class ConsoleKeys:
    """The console's: every key that the private content key opens."""

    def __init__(self, vault: ConsoleVault) -> None:
        self._vault = vault
        self._memory: KeyMemory[tuple[str, int], bytes] = KeyMemory()

    def for_writing(self, session: Session, conversation_id: str) -> ContentKey:
        keys = self.for_reading(session, [conversation_id]).get(conversation_id, {})
        if not keys:
            return open_segment(session, conversation_id, self._vault.content_public)
        newest = max(keys)
        return ContentKey(newest, keys[newest])

    def for_reading(self, session: Session, conversation_ids: Iterable[str]) -> dict[str, dict[int, bytes]]:
        """Conversation -> segment -> key; what does not open is left out."""
        rows = session.scalars(
            select(ContentKeyRow).where(
                ContentKeyRow.conversation_id.in_(list(conversation_ids)), ContentKeyRow.recipient == Recipient.CONSOLE
            )
        )
        keys: dict[str, dict[int, bytes]] = {}
        for row in rows:
            key = self._opened(row)
            if key is not None:
                keys.setdefault(row.conversation_id, {})[row.segment] = key
        return keys

    def _opened(self, row: ContentKeyRow) -> bytes | None:
        known = self._memory.get((row.conversation_id, row.segment))
        if known is not None:
            return known
        try:
            key = self._vault.open(row.sealed, _place(row.conversation_id, row.segment, row.recipient))
        except Unreadable:
            return None
        self._memory.put((row.conversation_id, row.segment), key)
        return key


def visitor_keys(session: Session, conversation_id: str, visitor: VisitorVault) -> dict[int, bytes]:
    """Segment -> key, for the one who holds the token; raises Unreadable."""
    rows = session.scalars(
        select(ContentKeyRow).where(
            ContentKeyRow.conversation_id == conversation_id, ContentKeyRow.recipient == Recipient.VISITOR
        )
    )
    return {
        row.segment: visitor.open(row.sealed, _place(conversation_id, row.segment, Recipient.VISITOR)) for row in rows
    }


def open_segment(session: Session, conversation_id: str, console_public: bytes) -> ContentKey:
    """Makes the next segment's key and stores it sealed to everyone who may read."""
    last = session.scalar(
        select(func.max(ContentKeyRow.segment)).where(ContentKeyRow.conversation_id == conversation_id)
    )
    opened = ContentKey((last or 0) + 1, new_key())
    recipients = {Recipient.CONSOLE: console_public}
    visitor = session.get(WebVisitor, conversation_id)
    if visitor is not None:
        recipients[Recipient.VISITOR] = visitor.public_key
    for recipient, public in recipients.items():
        sealed = seal(public, opened.key, _place(conversation_id, opened.segment, recipient))
        session.add(
            ContentKeyRow(conversation_id=conversation_id, segment=opened.segment, recipient=recipient, sealed=sealed)
        )
    return opened


def _is_stored(session: Session, conversation_id: str, segment: int) -> bool:
    seen: set[tuple[str, int]] = session.info.setdefault("stored_keys", set())  # a session is one transaction
    if (conversation_id, segment) in seen:
        return True
    is_stored = bool(
        session.scalar(
            select(
                exists().where(
                    ContentKeyRow.conversation_id == conversation_id,
                    ContentKeyRow.segment == segment,
                    ContentKeyRow.recipient == Recipient.CONSOLE,
                )
            )
        )
    )
    if is_stored:
        seen.add((conversation_id, segment))
    return is_stored


def _place(conversation_id: str, segment: int, recipient: Recipient) -> Place:
    return Place("content_key", "sealed", f"{segment}:{recipient.value}", conversation_id)
