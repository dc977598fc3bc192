"""Writes messages: the next number, the envelope, and for Telegram a copy for the outbox, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.announcement import announce
from bot.conversation.body import Body
from bot.conversation.content_keys import WritingKeys
from bot.conversation.minute import minute_of
from bot.conversation.models import Conversation, Message, OutboxRow, OutboxState
from bot.conversation.sealing import Place, encrypt, seal
from bot.messages import Channel, Reply, Sender


def message_place(conversation_id: str, seq: int, column: str) -> Place:
    return Place("message", column, str(seq), conversation_id)


def outbox_place(conversation_id: str, seq: int) -> Place:
    return Place("outbox", "payload", str(seq), conversation_id)


def known_seq(session: Session, conversation_id: str, origin_hash: str) -> int | None:
    """The number that a message with this origin already has."""
    return session.scalar(
        select(Message.seq).where(Message.conversation_id == conversation_id, Message.origin_hash == origin_hash)
    )


class Scribe:
    """Writes with whatever key the process can write with."""

    def __init__(self, keys: WritingKeys, route_public: bytes) -> None:
        self._keys, self._route_public = keys, route_public

    def write(
        self,
        session: Session,
        conversation: Conversation,
        sender: Sender,
        body: Body,
        now: datetime,
        *,
        origin_hash: str | None = None,
    ) -> int:
        """The number of the new message; the conversation must be locked."""
        seq = conversation.last_seq + 1
        key = self._keys.for_writing(session, conversation.id)
        sealed = encrypt(key.key, key.segment, body.packed(), message_place(conversation.id, seq, "body"))
        conversation.last_seq, conversation.last_activity_at = seq, minute_of(now)
        session.add(
            Message(
                conversation_id=conversation.id,
                seq=seq,
                sender=sender,
                at=minute_of(now),
                origin_hash=origin_hash,
                body=sealed,
            )
        )
        session.flush()
        if sender is not Sender.VISITOR and conversation.channel is Channel.TELEGRAM:
            self._post(session, conversation.id, seq, body)
        announce(session, conversation.id, "message", now)
        return seq

    def reply(
        self,
        session: Session,
        conversation: Conversation,
        sender: Sender,
        replies: Sequence[Reply],
        now: datetime,
        *,
        intent: str | None = None,
    ) -> None:
        """Writes replies in the conversation's language, in order."""
        for reply in replies:
            self.write(session, conversation, sender, Body.of(reply, conversation.language, intent), now)

    def assess(self, session: Session, message: Message, packed: bytes) -> None:
        """Keeps an assessment with the message that it is about."""
        key = self._keys.for_writing(session, message.conversation_id)
        place = message_place(message.conversation_id, message.seq, "assessment")
        message.assessment = encrypt(key.key, key.segment, packed, place)

    def tell(self, session: Session, message: Message, packed: bytes) -> None:
        """Keeps what a message added to the story with that message."""
        key = self._keys.for_writing(session, message.conversation_id)
        place = message_place(message.conversation_id, message.seq, "telling")
        message.telling = encrypt(key.key, key.segment, packed, place)

    def note(self, session: Session, conversation_id: str, text: str, place: Place) -> bytes:
        """An operator's words that are no message, sealed like one."""
        key = self._keys.for_writing(session, conversation_id)
        return encrypt(key.key, key.segment, Body(text).packed(), place)

    def _post(self, session: Session, conversation_id: str, seq: int, body: Body) -> None:
        payload = seal(self._route_public, body.packed(), outbox_place(conversation_id, seq))
        session.add(OutboxRow(conversation_id=conversation_id, seq=seq, payload=payload, state=OutboxState.QUEUED))
