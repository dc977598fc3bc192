"""
Visitors' messages that wait to be processed.

Their words are sealed to the route key: the only stored text that the gateway can read, because it must go on after a
crash. The row goes in the transaction that settles it.
"""

from __future__ import annotations

import logging

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.conversation.body import Work
from bot.conversation.errors import Unreadable
from bot.conversation.models import Conversation, InboxRow
from bot.conversation.sealing import Place
from bot.conversation.stories import story_of
from bot.conversation.vault import GatewayVault
from bot.conversation.views import InboxItem
from bot.story import Story

logger = logging.getLogger(__name__)


def put(session: Session, vault: GatewayVault, conversation_id: str, seq: int, work: Work) -> None:
    """Keeps the work of answering a message."""
    payload = vault.seal(work.packed(), _place(conversation_id, seq))
    session.add(InboxRow(conversation_id=conversation_id, seq=seq, payload=payload))


def pending(session: Session) -> list[str]:
    """Ids of conversations with unsettled work, the longest waiting first."""
    statement = select(InboxRow.conversation_id).group_by(InboxRow.conversation_id).order_by(func.min(InboxRow.id))
    return list(session.scalars(statement))


def first(session: Session, vault: GatewayVault, conversation_id: str) -> InboxItem | None:
    """The oldest work that opens. What does not open waits for the right key and holds up nothing."""
    conversation = session.get(Conversation, conversation_id)
    rows = session.scalars(
        select(InboxRow).where(InboxRow.conversation_id == conversation_id).order_by(InboxRow.seq)
    ).yield_per(10)
    for row in rows:
        work = _opened(vault, row)
        if work is not None and conversation is not None:
            return _item(row, work, conversation, story_of(vault, conversation))
    return None


def _opened(vault: GatewayVault, row: InboxRow) -> Work | None:
    try:
        return Work.unpacked(vault.open(row.payload, _place(row.conversation_id, row.seq)))
    except Unreadable:
        logger.error("a message that waits does not open: is route.key the key of this database?")
        return None


def _item(row: InboxRow, work: Work, conversation: Conversation, story: Story) -> InboxItem:
    return InboxItem(
        id=row.id,
        conversation_id=row.conversation_id,
        seq=row.seq,
        text=work.text,
        is_payload=work.is_payload,
        route=conversation.route,
        language=conversation.language,
        sender=conversation.bot_sender,
        story=story,
        is_easy=conversation.is_easy,
    )


def _place(conversation_id: str, seq: int) -> Place:
    return Place("inbox", "payload", str(seq), conversation_id)
