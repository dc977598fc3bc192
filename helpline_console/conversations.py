"""One conversation in an operator's hands: read, take, answer, give back, close."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, StringConstraints

from bot.conversation import NotFound, NotYours, Transcript
from bot.messages import LANGUAGES, TEXT_LIMIT, Band, Reply, speech
from helpline_console.parts import Parts, PartsOf
from helpline_console.session import SignedIn
from helpline_console.transcript import OpenConversation, shown
from helpline_console.words import chosen_language

OUTCOMES = ("advice_only", "number_given", "police", "provider", "emergency", "left", "spam")
"""How a conversation may end, as the page offers it."""

router = APIRouter(prefix="/api")


class NewMessage(BaseModel):
    """An operator's answer; the same `client_id` sent again is the same message."""

    client_id: UUID
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LIMIT)]


class Stored(BaseModel):
    """Where a message stands in its conversation."""

    seq: int


class Ending(BaseModel):
    """How a conversation ended: one of `OUTCOMES`, or another word that the helpline counts."""

    outcome: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class Judgement(BaseModel):
    """A lower band and why, for whoever reads the conversation next."""

    band: Band
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


@router.post("/queue/next", response_model=OpenConversation, responses={204: {}})
def take_next(session: SignedIn, request: Request, parts: PartsOf) -> OpenConversation | Response:
    """Takes whoever needs a person most; 204 when nobody waits."""
    conversation_id = parts.desk.next(session.operator_id)
    if conversation_id is None:
        return Response(status_code=204)
    return _joined(parts, session.operator_id, conversation_id, request)


@router.post("/conversations/{conversation_id}/take")
def take(conversation_id: str, session: SignedIn, request: Request, parts: PartsOf) -> OpenConversation:
    """Takes this one."""
    parts.desk.take(session.operator_id, conversation_id)
    return _joined(parts, session.operator_id, conversation_id, request)


@router.get("/conversations/{conversation_id}")
def read(conversation_id: str, session: SignedIn, request: Request, parts: PartsOf) -> OpenConversation:
    """A conversation that waits or is mine; any other is not found."""
    try:
        transcript = parts.desk.transcript(session.operator_id, conversation_id)
    except NotYours:
        raise NotFound("not yours to read") from None
    return shown(transcript, parts.words, chosen_language(request))


@router.post("/conversations/{conversation_id}/messages", status_code=201)
def write(conversation_id: str, message: NewMessage, response: Response, session: SignedIn, parts: PartsOf) -> Stored:
    """Sends an answer: 201 when it is new, 200 when this client id is known already."""
    written = parts.desk.write(session.operator_id, conversation_id, str(message.client_id), message.text)
    if not written.is_new:
        response.status_code = 200
    return Stored(seq=written.seq)


@router.post("/conversations/{conversation_id}/release", status_code=204)
def release(conversation_id: str, session: SignedIn, parts: PartsOf) -> None:
    """Gives it back to the queue."""
    reply = _reply(parts, _transcript(parts, session, conversation_id), "operator_left")
    parts.desk.release(session.operator_id, conversation_id, reply)


@router.post("/conversations/{conversation_id}/return-to-bot", status_code=204)
def return_to_bot(conversation_id: str, session: SignedIn, parts: PartsOf) -> None:
    """Lets the assistant answer again."""
    reply = _reply(parts, _transcript(parts, session, conversation_id), "returned_to_bot")
    parts.desk.return_to_bot(session.operator_id, conversation_id, reply)


@router.post("/conversations/{conversation_id}/close", status_code=204)
def close(conversation_id: str, ending: Ending, session: SignedIn, parts: PartsOf) -> None:
    """Ends it."""
    reply = _reply(parts, _transcript(parts, session, conversation_id), "closed")
    parts.desk.close(session.operator_id, conversation_id, ending.outcome, reply)


@router.post("/conversations/{conversation_id}/band", status_code=204)
def lower_band(conversation_id: str, judgement: Judgement, session: SignedIn, parts: PartsOf) -> None:
    """An operator has read it and finds it less urgent than it looked; 409 when that band is not lower."""
    parts.desk.lower_band(session.operator_id, conversation_id, judgement.band, judgement.reason)


@router.post("/claims/renew", status_code=204)
def renew(session: SignedIn, parts: PartsOf) -> None:
    """Keeps all my conversations mine for another lease."""
    parts.desk.renew(session.operator_id)


def _joined(parts: Parts, operator_id: str, conversation_id: str, request: Request) -> OpenConversation:
    """Tells the visitor that a person is there, and shows the conversation."""
    transcript = parts.desk.transcript(operator_id, conversation_id)
    parts.desk.say(operator_id, conversation_id, _reply(parts, transcript, "operator_joined"))
    transcript = parts.desk.transcript(operator_id, conversation_id)
    return shown(transcript, parts.words, chosen_language(request))


def _transcript(parts: Parts, session: SignedIn, conversation_id: str) -> Transcript:
    return parts.desk.transcript(session.operator_id, conversation_id)


def _reply(parts: Parts, transcript: Transcript, key: str) -> Reply:
    """A sentence of the system as the visitor is spoken to."""
    spoken = speech(transcript.language or LANGUAGES[0], is_easy=transcript.is_easy)
    return parts.knowledge.reply(spoken, f"system.{key}")
