"""What is deleted when, and claims that ran out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, not_, or_, select

from bot.conversation.database import Database
from bot.conversation.minute import Clock, minute_of
from bot.conversation.models import Conversation, FeedRow, OperatorSessionRow, Tombstone
from bot.conversation.operators import is_over
from bot.conversation.shredding import shred
from bot.conversation.transition import lapse, rows_changed
from bot.conversation.views import Purged
from bot.messages import Route

FEED_LIFE = timedelta(minutes=10)
TOMBSTONE_LIFE = timedelta(days=120)
"""Longer than any conversation may live: what an older backup brings back is due at once anyway."""
BATCH = 100
"""Conversations per transaction, so that no visitor waits long for the write lock."""


class Retention:
    """
    Deletes what is due; run it every minute.

    A conversation that never met a human goes `without_human` after its last activity. One that did, or whose visitor
    still waits for one, goes `with_human` after it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        without_human: timedelta = timedelta(hours=24),
        with_human: timedelta = timedelta(days=14),
    ) -> None:
        self._database, self._clock = database, clock
        self._without_human, self._with_human = without_human, with_human

    def run(self) -> Purged:
        """One round; a number for everything that it did."""
        now = self._clock()
        conversations = 0
        while shredded := self._shred_batch(now):
            conversations += shredded
        with self._database.writing() as session:
            requeued = lapse(session, now)
            feed_events = rows_changed(session, delete(FeedRow).where(FeedRow.at < now - FEED_LIFE))
            sessions = rows_changed(session, delete(OperatorSessionRow).where(is_over(now)))
            session.execute(delete(Tombstone).where(Tombstone.day < (now - TOMBSTONE_LIFE).date()))
        if conversations or self._database.is_sqlite:  # SQLite's log also holds work that is done
            self._database.scrub()
        return Purged(conversations, requeued, feed_events, sessions)

    def _shred_batch(self, now: datetime) -> int:
        with self._database.writing() as session:
            due = session.scalars(
                select(Conversation.id).where(self._is_due(now)).order_by(Conversation.id).limit(BATCH)
            ).all()
            for conversation_id in due:
                shred(session, conversation_id, now)
            return len(due)

    def _is_due(self, now: datetime) -> ColumnElement[bool]:
        concerns_human = or_(Conversation.had_human, Conversation.route.in_([Route.WAITING, Route.HUMAN]))
        return or_(
            and_(not_(concerns_human), Conversation.last_activity_at < minute_of(now) - self._without_human),
            and_(concerns_human, Conversation.last_activity_at < minute_of(now) - self._with_human),
        )
