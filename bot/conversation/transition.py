"""Moves conversations from route to route: the only writer of `Conversation.route`."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Delete, Update, select, update
from sqlalchemy.orm import Session

from bot.conversation.announcement import announce
from bot.conversation.errors import AlreadyTaken, IllegalTransition, NotFound
from bot.conversation.minute import minute_of
from bot.conversation.models import Actor, Conversation, RoutingEvent
from bot.conversation.routing import Event, next_route
from bot.messages import Route

LEASE = timedelta(seconds=120)
"""For how long a claim holds without a sign of life of the operator's page."""

ID_FORM = re.compile(r"[0-9a-f]{32}")
NO_CLAIM: dict[str, Any] = {"operator_id": None, "lease_until": None}
NOT_WAITING: dict[str, Any] = {"waiting_since": None}


@dataclass(frozen=True)
class Step:
    """What happened, who did it, when."""

    event: Event
    actor: Actor
    now: datetime


def new_id() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def known_form(conversation_id: str) -> str:
    """The id; raises NotFound for what cannot be one, before a database stumbles over its characters."""
    if ID_FORM.fullmatch(conversation_id) is None:
        raise NotFound("no such conversation")
    return conversation_id


def found(session: Session, conversation_id: str) -> Conversation:
    """The conversation to read; raises NotFound."""
    conversation = session.get(Conversation, known_form(conversation_id))
    if conversation is None:
        raise NotFound("no such conversation")
    return conversation


def locked(session: Session, conversation_id: str) -> Conversation:
    """The conversation, which no other transaction changes until this one ends; raises NotFound."""
    statement = select(Conversation).where(Conversation.id == known_form(conversation_id)).with_for_update()
    conversation = session.scalar(statement)
    if conversation is None:
        raise NotFound("no such conversation")
    return conversation


def rows_changed(session: Session, statement: Update | Delete) -> int:
    """How many rows the statement changed."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)  # an UPDATE or DELETE always gives one
    return result.rowcount


def move(session: Session, conversation: Conversation, event: Event, actor: Actor, now: datetime) -> Route:
    """Moves a locked conversation; raises IllegalTransition and changes nothing when the table knows no way."""
    source = conversation.route
    target = next_route(source, event)
    columns = _columns(source, target, now)
    if not _write_route(session, conversation.id, source, Step(event, actor, now), columns):
        raise IllegalTransition("the route changed meanwhile")
    session.refresh(conversation)
    return target


def claim(session: Session, conversation_id: str, operator_id: str, now: datetime) -> None:
    """Gives a waiting conversation to the operator by one conditional update; raises AlreadyTaken, NotFound."""
    columns = {
        "operator_id": operator_id,
        "lease_until": now + LEASE,
        "claim_epoch": Conversation.claim_epoch + 1,
        "had_human": True,
    }
    if _write_route(
        session, known_form(conversation_id), Route.WAITING, Step(Event.TAKEN, Actor.OPERATOR, now), columns
    ):
        return
    found(session, conversation_id)
    raise AlreadyTaken("it does not wait any more")


def lapse(session: Session, now: datetime) -> int:
    """Sends conversations whose claim ran out back to the queue; how many there were."""
    due = session.scalars(
        select(Conversation)
        .where(Conversation.route == Route.HUMAN, Conversation.lease_until < now)
        .order_by(Conversation.id)
        .with_for_update(skip_locked=True)
    ).all()
    for conversation in due:
        move(session, conversation, Event.LEASE_RAN_OUT, Actor.SYSTEM, now)
    return len(due)


def _columns(source: Route, target: Route, now: datetime) -> dict[str, Any]:
    """What else changes with the route; who comes back from an operator keeps the place in the queue."""
    if target is Route.WAITING:
        return NO_CLAIM if source is Route.HUMAN else {"waiting_since": minute_of(now)}
    if target is Route.BOT:
        return {**NO_CLAIM, **NOT_WAITING, "bot_sender": new_id()}
    return {**NO_CLAIM, **NOT_WAITING}


def _write_route(session: Session, conversation_id: str, source: Route, step: Step, columns: dict[str, Any]) -> bool:
    target = next_route(source, step.event)
    statement = (
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.route == source)
        .values(route=target, **columns)
        .execution_options(synchronize_session=False)
    )
    if rows_changed(session, statement) != 1:
        return False
    session.add(
        RoutingEvent(
            conversation_id=conversation_id,
            source=source,
            target=target,
            event=step.event,
            actor=step.actor,
            at=minute_of(step.now),
        )
    )
    announce(session, conversation_id, "route", step.now)
    if Route.WAITING in (source, target):
        announce(session, conversation_id, "queue", step.now)
    return True
