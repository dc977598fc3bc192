"""Who waits, and taking the next one."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from bot.conversation import QueueEntry
from bot.messages import Band, Channel
from helpline_console.parts import PartsOf
from helpline_console.session import SignedIn

router = APIRouter(prefix="/api/queue")


class Card(BaseModel):
    """One conversation in a list; `reasons` are flag ids and "emergency"."""

    id: str
    alias: str
    band: Band
    reasons: tuple[str, ...]
    language: str | None
    channel: Channel
    waiting_seconds: int
    unreachable: bool


class Queue(BaseModel):
    """Both lists: who waits, the most urgent first, and what is mine."""

    waiting: list[Card]
    mine: list[Card]


@router.get("")
def queue(session: SignedIn, parts: PartsOf) -> Queue:
    """Both lists as they are now."""
    waiting, mine = parts.desk.waiting(), parts.desk.mine(session.operator_id)
    return Queue(waiting=[card(entry) for entry in waiting], mine=[card(entry) for entry in mine])


def card(entry: QueueEntry) -> Card:
    return Card.model_validate(entry, from_attributes=True)
