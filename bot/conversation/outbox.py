"""
Messages on their way to Telegram: at least once, in order within a conversation, conversations apart from each other.

A row is queued, then sending, then sent or failed. Rows that another process was sending when it died, or that were
never confirmed, become due again.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from bot.conversation.announcement import announce
from bot.conversation.body import Body
from bot.conversation.errors import Unreadable
from bot.conversation.models import Conversation, Message, OutboxRow, OutboxState, TelegramChat
from bot.conversation.scribe import outbox_place
from bot.conversation.sealing import Place
from bot.conversation.transition import new_id
from bot.conversation.vault import GatewayVault
from bot.conversation.views import Delivery
from bot.messages import Route, Sender

logger = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=60)
"""After this long without a word about a delivery it is tried again."""


def chat_place(conversation_id: str) -> Place:
    return Place("telegram_chat", "chat", conversation_id, conversation_id)


class Courier:
    """One sending process; what it was sending is due again as soon as another one asks."""

    def __init__(self, vault: GatewayVault) -> None:
        self._vault, self._name = vault, new_id()

    def collect(self, session: Session, limit: int, now: datetime, under_way: Collection[str] = ()) -> list[Delivery]:
        """The first open row of each conversation that is not under way, if it is due; marked as being sent."""
        is_free = OutboxRow.conversation_id.not_in(under_way)
        rows = session.execute(self._due(now).where(is_free).limit(limit)).all()
        taken = [self._taken(row, chat, sender, now) for row, chat, sender in rows]
        return [delivery for delivery in taken if delivery is not None]

    def _due(self, now: datetime) -> Select[OutboxRow, TelegramChat, Sender]:
        heads = select(func.min(OutboxRow.id)).where(OutboxRow.payload.is_not(None)).group_by(OutboxRow.conversation_id)
        is_due = or_(OutboxRow.next_at.is_(None), OutboxRow.next_at <= now)
        is_lost = and_(OutboxRow.state == OutboxState.SENDING, OutboxRow.courier != self._name)
        return (
            select(OutboxRow, TelegramChat, Message.sender)
            .join(TelegramChat, TelegramChat.conversation_id == OutboxRow.conversation_id)
            .join(Message, (Message.conversation_id == OutboxRow.conversation_id) & (Message.seq == OutboxRow.seq))
            .where(OutboxRow.id.in_(heads), or_(is_due, is_lost))
            .order_by(OutboxRow.id)
            .with_for_update(of=OutboxRow, skip_locked=True)
        )

    def _taken(self, row: OutboxRow, chat: TelegramChat, sender: Sender, now: datetime) -> Delivery | None:
        """None when the route key does not open it: it waits for the right key and holds up no other chat."""
        row.state, row.courier, row.next_at = OutboxState.SENDING, self._name, now + PATIENCE
        row.attempts += 1
        assert row.payload is not None  # the statement asked for rows that have one
        try:
            body = Body.unpacked(self._vault.open(row.payload, outbox_place(row.conversation_id, row.seq)))
            chat_id = int(self._vault.open(chat.chat, chat_place(row.conversation_id)))
        except Unreadable:
            logger.error("a delivery does not open: is route.key the key of this database?")
            return None
        return Delivery(row.id, row.conversation_id, row.seq, chat_id, body.text, body.buttons, row.attempts, sender)


def has_open(session: Session) -> bool:
    """Whether anything waits at all; cheaper to ask than to take the write lock for nothing."""
    return session.scalar(select(OutboxRow.id).where(OutboxRow.payload.is_not(None)).limit(1)) is not None


def confirm(session: Session, delivery_id: int, now: datetime) -> None:
    """Telegram has it."""
    row = _open_row(session, delivery_id)
    if row is not None:
        _finish(session, row, OutboxState.SENT, now)


def postpone(session: Session, delivery_id: int, until: datetime) -> None:
    """Try again then; the conversation's later messages wait for it."""
    row = _open_row(session, delivery_id)
    if row is not None:
        row.state, row.next_at = OutboxState.QUEUED, until


def give_up(session: Session, delivery_id: int, is_blocked: bool, now: datetime) -> None:
    """Telegram will never take it; the operator sees it, and that the visitor cannot be reached if they blocked us."""
    row = _open_row(session, delivery_id)
    if row is None:
        return
    _finish(session, row, OutboxState.FAILED, now)
    if is_blocked:
        session.get_one(Conversation, row.conversation_id).unreachable = True
        announce(session, row.conversation_id, "queue", now)
    announce(session, row.conversation_id, "message", now)


def _open_row(session: Session, delivery_id: int) -> OutboxRow | None:
    """None when it was settled already or the conversation is shredded."""
    # The conversation is locked first, as everywhere: two orders of locking would block each other on PostgreSQL.
    owner = select(OutboxRow.conversation_id).where(OutboxRow.id == delivery_id).scalar_subquery()
    session.execute(select(Conversation.id).where(Conversation.id == owner).with_for_update())
    return session.scalar(
        select(OutboxRow).where(OutboxRow.id == delivery_id, OutboxRow.payload.is_not(None)).with_for_update()
    )


def _finish(session: Session, row: OutboxRow, state: OutboxState, now: datetime) -> None:
    row.state, row.payload, row.next_at, row.courier = state, None, None, None
    if session.get_one(Conversation, row.conversation_id).route is Route.HUMAN:
        announce(session, row.conversation_id, "message", now)
