"""The operator's side of a conversation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.conversation import waiting_list
from bot.conversation.announcement import announce
from bot.conversation.band import URGENCY
from bot.conversation.body import Body, clean
from bot.conversation.closing import count_closing
from bot.conversation.content_keys import ConsoleKeys
from bot.conversation.database import Database
from bot.conversation.errors import BandNotLower, NotYours
from bot.conversation.minute import Clock, minute_of
from bot.conversation.models import Actor, BandChange, Conversation, Message, OutboxRow
from bot.conversation.routing import Event
from bot.conversation.scribe import Scribe, known_seq
from bot.conversation.sealing import Place
from bot.conversation.transcript import desk_message, reasons_of, story_told
from bot.conversation.transition import LEASE, claim, found, lapse, locked, move, new_id
from bot.conversation.vault import ConsoleVault
from bot.conversation.views import DeskMessage, QueueEntry, Transcript, Written
from bot.messages import Band, Reply, Route, Sender


class Desk:
    """
    All that the console may do with conversations.

    Methods that name a conversation raise NotFound when there is none and NotYours when another one holds its claim.
    """

    def __init__(self, database: Database, vault: ConsoleVault, clock: Clock) -> None:
        self._database, self._vault, self._clock = database, vault, clock
        self._keys = ConsoleKeys(vault)
        self._scribe = Scribe(self._keys, vault.route_public)

    # --- the queue

    def waiting(self) -> list[QueueEntry]:
        """Who waits for a person: the most urgent band first, in a band the longest wait first."""
        return self._entries(waiting_list.is_waiting())

    def mine(self, operator_id: str) -> list[QueueEntry]:
        """The conversations that this operator has taken, in the same order."""
        return self._entries(waiting_list.is_claimed_by(operator_id))

    def take(self, operator_id: str, conversation_id: str) -> None:
        """Takes a conversation out of the queue; raises AlreadyTaken when it does not wait (any more), NotFound."""
        now = self._clock()
        with self._database.writing() as session:
            lapse(session, now)
            claim(session, conversation_id, operator_id, now)

    def next(self, operator_id: str) -> str | None:
        """Takes the most urgent conversation and gives its id; None: nobody waits."""
        now = self._clock()
        with self._database.writing() as session:
            lapse(session, now)
            first = waiting_list.in_order_of_need(waiting_list.is_waiting()).limit(1)
            conversation = session.scalar(first.with_for_update(skip_locked=True))
            if conversation is None:
                return None
            claim(session, conversation.id, operator_id, now)
            return conversation.id

    def renew(self, operator_id: str) -> None:
        """The operator's page is alive: all claims hold for another 120 s."""
        with self._database.writing() as session:
            session.execute(
                update(Conversation)
                .where(waiting_list.is_claimed_by(operator_id))
                .values(lease_until=self._clock() + LEASE)
            )

    # --- one conversation

    def transcript(self, operator_id: str, conversation_id: str) -> Transcript:
        """The whole conversation; open to who holds the claim, and to every operator while it waits."""
        with self._database.reading() as session:
            conversation = found(session, conversation_id)
            is_mine = conversation.operator_id == operator_id
            if not is_mine and conversation.route is not Route.WAITING:
                raise NotYours("only a waiting conversation or an own claim can be read")
            messages = self._messages(session, conversation_id)
            return _transcript(conversation, is_mine, messages)

    def write(self, operator_id: str, conversation_id: str, client_id: str, text: str) -> Written:
        """Sends the operator's text to the visitor; the same `client_id` again gets the same number, nothing twice."""
        origin = self._vault.origin_hash(conversation_id, client_id)
        with self._claimed(operator_id, conversation_id) as (session, conversation, now):
            conversation.lease_until = now + LEASE
            known = known_seq(session, conversation_id, origin)
            if known is not None:
                return Written(known, False)
            body = Body(clean(text), conversation.language)
            return Written(
                self._scribe.write(session, conversation, Sender.OPERATOR, body, now, origin_hash=origin), True
            )

    def say(self, operator_id: str, conversation_id: str, reply: Reply) -> None:
        """A sentence of the system to the visitor, such as that an operator has joined."""
        with self._claimed(operator_id, conversation_id) as (session, conversation, now):
            self._scribe.reply(session, conversation, Sender.SYSTEM, [reply], now)

    def release(self, operator_id: str, conversation_id: str, reply: Reply) -> None:
        """Back to the queue, at the place that the first request gave."""
        self._leave(operator_id, conversation_id, Event.RELEASED, reply)

    def return_to_bot(self, operator_id: str, conversation_id: str, reply: Reply) -> None:
        """Back to the assistant."""
        self._leave(operator_id, conversation_id, Event.RETURNED_TO_BOT, reply)

    def close(self, operator_id: str, conversation_id: str, outcome: str, reply: Reply) -> None:
        """Ends the conversation and counts its outcome, one word; raises BadOutcome for anything else."""
        with self._claimed(operator_id, conversation_id) as (session, conversation, now):
            count_closing(session, conversation, outcome, now)
            self._scribe.reply(session, conversation, Sender.SYSTEM, [reply], now)
            session.flush()
            move(session, conversation, Event.ENDED, Actor.OPERATOR, now)

    def lower_band(self, operator_id: str, conversation_id: str, band: Band, reason: str) -> None:
        """A named operator finds it less urgent than it looked; raises BandNotLower."""
        with self._claimed(operator_id, conversation_id) as (session, conversation, now):
            if URGENCY[band] <= URGENCY[conversation.band]:
                raise BandNotLower(f"{band.value} is not lower than {conversation.band.value}")
            change = new_id()
            sealed = self._scribe.note(
                session, conversation_id, clean(reason), Place("band_change", "reason", change, conversation_id)
            )
            session.add(
                BandChange(
                    id=change,
                    conversation_id=conversation_id,
                    operator_id=operator_id,
                    source=conversation.band,
                    target=band,
                    reason=sealed,
                    at=minute_of(now),
                )
            )
            conversation.band = band
            announce(session, conversation_id, "queue", now)

    @contextmanager
    def _claimed(self, operator_id: str, conversation_id: str) -> Iterator[tuple[Session, Conversation, datetime]]:
        with self._database.writing() as session:
            conversation = locked(session, conversation_id)
            if conversation.operator_id != operator_id:
                raise NotYours("the claim is not yours")
            yield session, conversation, self._clock()

    def _leave(self, operator_id: str, conversation_id: str, event: Event, reply: Reply) -> None:
        with self._claimed(operator_id, conversation_id) as (session, conversation, now):
            self._scribe.reply(session, conversation, Sender.SYSTEM, [reply], now)
            session.flush()
            move(session, conversation, event, Actor.OPERATOR, now)

    def _entries(self, condition: waiting_list.Condition) -> list[QueueEntry]:
        self._requeue_lapsed()
        with self._database.reading() as session:
            return waiting_list.entries(session, self._keys, condition, self._clock())

    def _requeue_lapsed(self) -> None:
        """Looks first without the write lock: the lists are read far more often than a claim runs out."""
        now = self._clock()
        with self._database.reading() as session:
            has_lapsed = session.scalar(select(Conversation.id).where(Conversation.lease_until < now).limit(1))
        if has_lapsed is not None:
            with self._database.writing() as session:
                lapse(session, now)

    def _messages(self, session: Session, conversation_id: str) -> tuple[DeskMessage, ...]:
        keys = self._keys.for_reading(session, [conversation_id]).get(conversation_id, {})
        rows = session.execute(
            select(Message, OutboxRow.state)
            .outerjoin(
                OutboxRow, (OutboxRow.conversation_id == Message.conversation_id) & (OutboxRow.seq == Message.seq)
            )
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.seq)
        )
        return tuple(desk_message(message, keys, state) for message, state in rows)


def _transcript(conversation: Conversation, is_mine: bool, messages: tuple[DeskMessage, ...]) -> Transcript:
    story = story_told(message.telling for message in messages)
    return Transcript(
        id=conversation.id,
        alias=conversation.alias,
        route=conversation.route,
        band=conversation.band,
        language=conversation.language,
        channel=conversation.channel,
        reasons=reasons_of(story),
        unreachable=conversation.unreachable,
        claim_is_mine=is_mine,
        messages=messages,
        story=story,
        is_easy=conversation.is_easy,
    )
