"""Leaves a hint for the feed in the transaction that changed something."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bot.conversation.minute import minute_of
from bot.conversation.models import FeedRow
from bot.conversation.views import FeedKind

POSTGRES_CHANNEL = "karogs_feed"


def announce(session: Session, conversation_id: str, kind: FeedKind, now: datetime) -> None:
    """Once per conversation and kind in a transaction; PostgreSQL's listeners are woken at the commit."""
    said: set[tuple[str, str]] = session.info.setdefault("announced", set())
    if (conversation_id, kind) in said:
        return
    said.add((conversation_id, kind))
    row = insert(FeedRow).values(conversation_id=conversation_id, kind=kind, at=minute_of(now)).returning(FeedRow.id)
    number = session.execute(row).scalar_one()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            text("SELECT pg_notify(:channel, :payload)"),
            {"channel": POSTGRES_CHANNEL, "payload": f"{number}|{conversation_id}|{kind}"},
        )
