"""The visitor's API: contract 3.2. A bearer token, no cookies, nothing a visitor wrote in any log."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, StrictBool, StrictStr
from starlette.responses import JSONResponse, Response, StreamingResponse

from bot.conversation import ConversationView
from bot.gateway.bodies import checked_text, read_json
from bot.gateway.events import message_json, visitor_events
from bot.gateway.findings import findings_of
from bot.gateway.languages import requested_language, wished_language
from bot.gateway.limits import Opening
from bot.gateway.parts import Parts, PartsOf
from bot.gateway.problems import Crowded, Malformed, SlowDown, UnknownToken
from bot.messages import PAYLOADS, speech

router = APIRouter(prefix="/v1")

LAST_SEQ = 2**53
LanguageWord = Literal["lv", "ru", "uk"]


class OpeningBody(BaseModel):
    """The language the visitor chose, null when they did not choose, and whether they want its easy form."""

    language: LanguageWord | None = None
    easy: StrictBool = False


class MessageBody(BaseModel):
    """One message; `client_id` is a UUID that the page keeps when it sends the message again."""

    client_id: StrictStr
    text: StrictStr


class LanguageBody(BaseModel):
    """The language the visitor changes to, and whether to its easy form: as before when null."""

    language: LanguageWord
    easy: StrictBool | None = None


class CheckBody(BaseModel):
    """A text to check, and the language to explain it in: its own when null."""

    text: StrictStr
    language: LanguageWord | None = None


@dataclass(frozen=True)
class Visitor:
    """Who asks: the token and the conversation that it opens."""

    token: str
    conversation: ConversationView


async def visitor_of(request: Request, parts: PartsOf) -> Visitor:
    """The visitor whose token the request carries; raises `UnknownToken`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token.isascii() or not 0 < len(token) <= 200:
        raise UnknownToken
    conversation = await asyncio.to_thread(parts.frontdoor.by_token, token)
    if conversation is None:
        raise UnknownToken
    request.state.language = conversation.language or requested_language(request.headers.get("accept-language"))
    request.state.speech = speech(request.state.language, is_easy=conversation.is_easy)
    return Visitor(token, conversation)


VisitorOf = Annotated[Visitor, Depends(visitor_of)]


@router.post("/conversations")
async def open_conversation(request: Request, parts: PartsOf) -> Response:
    """Opens a conversation; the token in the answer is its only key."""
    body = await read_json(request, OpeningBody)
    opening, wait = parts.limits.opening(_address(request))
    if opening is Opening.REFUSED:
        raise Crowded(wait)
    opened = await asyncio.to_thread(parts.frontdoor.open_web, body.language)
    if body.easy:
        await parts.turns.choose_easy(opened.conversation.id, True)
    wished = wished_language(request.headers.get("accept-language"))
    if body.language is None and wished is not None:
        parts.turns.expect_language(opened.conversation.id, wished)
    if opening is Opening.CROWDED:
        parts.limits.crowd(opened.conversation.id)
    parts.metrics.count("conversations_total", opening.value)
    messages = await asyncio.to_thread(parts.frontdoor.messages, opened.conversation.id, opened.token)
    answer = {
        "token": opened.token,
        "conversation": _conversation_json(opened.conversation),
        "messages": [message_json(message) for message in messages],
    }
    return JSONResponse(answer, 201)


@router.post("/messages")
async def send_message(request: Request, parts: PartsOf, visitor: VisitorOf) -> Response:
    """Stores a message, then answers; the assistant's reply follows by itself."""
    body = await read_json(request, MessageBody)
    client_id = _client_id(body.client_id)
    text = checked_text(body.text)
    conversation_id = visitor.conversation.id
    await _refuse_flood(parts, conversation_id, text)
    received = await asyncio.to_thread(
        parts.frontdoor.receive, conversation_id, text, channel_message_id=client_id, payload=text in PAYLOADS
    )
    if received.is_new:
        parts.limits.message_received(conversation_id)
        parts.metrics.count("inbound_total", "web")
    parts.turns.wake(conversation_id)
    return JSONResponse({"seq": received.seq}, 201 if received.is_new else 200)


@router.get("/messages")
async def read_messages(request: Request, parts: PartsOf, visitor: VisitorOf) -> Response:
    """The messages after a seq, and who answers now."""
    after = _seq(request.query_params.get("after"))
    messages = await asyncio.to_thread(parts.frontdoor.messages, visitor.conversation.id, visitor.token, after)
    answer = {
        "route": visitor.conversation.route.value,
        "messages": [message_json(message) for message in messages],
    }
    return JSONResponse(answer)


@router.get("/events")
async def stream_events(request: Request, parts: PartsOf, visitor: VisitorOf) -> Response:
    """The same messages as they come, until ten minutes have passed or the conversation is deleted."""
    after = _seq(request.headers.get("last-event-id") or request.query_params.get("after"))
    conversation_id = visitor.conversation.id
    changed = parts.streams.enter(conversation_id)
    if changed is None:
        raise SlowDown(parts.streams.retry_seconds)
    stream = visitor_events(
        frontdoor=parts.frontdoor,
        feed=parts.feed,
        patience=parts.patience,
        conversation_id=conversation_id,
        token=visitor.token,
        after=after,
        changed=changed,
        leave=partial(parts.streams.leave, conversation_id, changed),
    )
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@router.post("/handoff")
async def ask_for_person(request: Request, parts: PartsOf, visitor: VisitorOf) -> Response:
    """The same as asking in words; asking again changes nothing."""
    await parts.turns.hand_over(visitor.conversation.id, request.state.speech)
    parts.metrics.count("handoffs_total")
    return Response(status_code=202)


@router.post("/language")
async def choose_language(request: Request, parts: PartsOf, visitor: VisitorOf) -> Response:
    """Everything from now on is said in the chosen language."""
    body = await read_json(request, LanguageBody)
    await parts.turns.choose_language(visitor.conversation.id, body.language)
    if body.easy is not None:
        await parts.turns.choose_easy(visitor.conversation.id, body.easy)
    return JSONResponse({"language": body.language})


@router.delete("/conversation")
async def delete_conversation(parts: PartsOf, visitor: VisitorOf) -> Response:
    """Shreds the conversation before it answers."""
    await parts.turns.shred(visitor.conversation.id)
    parts.metrics.count("deleted_total")
    return Response(status_code=204)


@router.post("/check")
async def check_text(request: Request, parts: PartsOf) -> Response:
    """What the engine sees in a text, in words; nothing is stored."""
    body = await read_json(request, CheckBody)
    text = checked_text(body.text)
    wait = parts.limits.check_wait(_address(request))
    if wait > 0:
        raise SlowDown(wait)
    assessment = await asyncio.to_thread(parts.engine.assess, text)
    return JSONResponse(findings_of(assessment, parts.knowledge, body.language or assessment.language).as_json())


def _conversation_json(conversation: ConversationView) -> dict[str, Any]:
    return {"alias": conversation.alias, "route": conversation.route.value, "language": conversation.language}


async def _refuse_flood(parts: Parts, conversation_id: str, text: str) -> None:
    wait = parts.limits.message_wait(conversation_id)
    if wait == 0:
        return
    assessment = await asyncio.to_thread(parts.engine.assess, text)
    if not assessment.emergency:
        parts.metrics.count("refused_total", "message_rate")
        raise SlowDown(wait)


def _client_id(value: str) -> str:
    try:
        parsed = uuid.UUID(value)
    except ValueError:
        raise Malformed from None
    if str(parsed) != value.lower():
        raise Malformed
    return str(parsed)


def _seq(value: str | None) -> int:
    if value is None or value == "":
        return 0
    if not value.isascii() or not value.isdecimal() or len(value) > 16 or int(value) > LAST_SEQ:
        raise Malformed
    return int(value)


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None
