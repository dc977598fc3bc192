"""Counts how conversations ended; nothing leads from a count back to a conversation."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.conversation.errors import BadOutcome
from bot.conversation.models import ClosingCount, Conversation

OUTCOME = re.compile(r"[a-z][a-z0-9_]{0,39}")
UNKNOWN_LANGUAGE = "unknown"


def count_closing(session: Session, conversation: Conversation, outcome: str, now: datetime) -> None:
    """One more conversation ended like this in this week; raises BadOutcome for anything but one word."""
    if OUTCOME.fullmatch(outcome) is None:
        raise BadOutcome("an outcome is one word of lower-case letters, digits and underscores")
    today = now.astimezone(timezone.utc).date()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(ClosingCount).values(
        week=today - timedelta(days=today.weekday()),
        outcome=outcome,
        band=conversation.band,
        channel=conversation.channel,
        language=conversation.language or UNKNOWN_LANGUAGE,
        count=1,
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["week", "outcome", "band", "channel", "language"], set_={"count": ClosingCount.count + 1}
        )
    )
