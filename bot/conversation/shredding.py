"""Deletes a conversation whole: its row takes the keys, texts, chat id and waiting work with it."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timezone

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.conversation.announcement import announce
from bot.conversation.models import Conversation, FeedRow, Tombstone


def mark_of(conversation_id: str) -> str:
    """The tombstone's mark; the id is 128 random bits, so the mark leads back to nothing."""
    return hmac.new(b"karogs tombstone v1", conversation_id.encode(), hashlib.sha256).hexdigest()


def shred(session: Session, conversation_id: str, now: datetime) -> None:
    """One transaction's part: rows away, tombstone up. The files are clean after `Database.scrub`."""
    session.execute(delete(FeedRow).where(FeedRow.conversation_id == conversation_id))
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))
    session.merge(Tombstone(mark=mark_of(conversation_id), day=now.astimezone(timezone.utc).date()))
    announce(session, conversation_id, "route", now)
    announce(session, conversation_id, "queue", now)
