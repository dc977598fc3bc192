"""The queue and an operator's own conversations: order, waiting time, and why somebody is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from bot.conversation.band import URGENCY
from bot.conversation.content_keys import ConsoleKeys
from bot.conversation.models import Conversation, Message, RoutingEvent
from bot.conversation.routing import Event
from bot.conversation.transcript import Keys, assessment_of, reasons_of, story_told, telling_of
from bot.conversation.views import QueueEntry
from bot.messages import Route
from bot.story import Story

Condition = ColumnElement[bool]


def in_order_of_need(condition: Condition) -> Select[Conversation]:
    """Conversations by band, then by how long they wait; within a minute the request that came first."""
    urgency = case({band.value: place for band, place in URGENCY.items()}, value=Conversation.band)
    request = (
        select(func.max(RoutingEvent.id))
        .where(RoutingEvent.conversation_id == Conversation.id, RoutingEvent.event == Event.ASKED_FOR_PERSON)
        .scalar_subquery()
    )
    return select(Conversation).where(condition).order_by(urgency, Conversation.waiting_since, request)


def is_waiting() -> Condition:
    return Conversation.route == Route.WAITING


def is_claimed_by(operator_id: str) -> Condition:
    return Conversation.operator_id == operator_id


def entries(session: Session, keys: ConsoleKeys, condition: Condition, now: datetime) -> list[QueueEntry]:
    """The conversations as an operator's list shows them."""
    conversations = session.scalars(in_order_of_need(condition)).all()
    reasons = _reasons(session, keys, [conversation.id for conversation in conversations])
    return [_entry(conversation, reasons.get(conversation.id, ()), now) for conversation in conversations]


def _entry(conversation: Conversation, reasons: tuple[str, ...], now: datetime) -> QueueEntry:
    since = conversation.waiting_since or now
    return QueueEntry(
        id=conversation.id,
        alias=conversation.alias,
        band=conversation.band,
        reasons=reasons,
        language=conversation.language,
        channel=conversation.channel,
        waiting_seconds=max(0, int((now - since).total_seconds())),
        unreachable=conversation.unreachable,
    )


def _reasons(session: Session, keys: ConsoleKeys, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    opened = keys.for_reading(session, ids)
    rows = session.scalars(
        select(Message)
        .where(Message.conversation_id.in_(ids), Message.assessment.is_not(None) | Message.telling.is_not(None))
        .order_by(Message.conversation_id, Message.seq)
    )
    found: dict[str, list[Message]] = {}
    for row in rows:
        found.setdefault(row.conversation_id, []).append(row)
    return {
        conversation_id: reasons_of(_story(messages, opened.get(conversation_id, {})))
        for conversation_id, messages in found.items()
    }


def _story(messages: Sequence[Message], keys: Keys) -> Story:
    return story_told(telling_of(message, keys, assessment_of(message, keys)) for message in messages)
