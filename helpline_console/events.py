"""Tells an open page that something changed: ids and kinds only. What changed, the page reads by itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from bot.conversation import FeedEvent, FeedOverrun
from helpline_console.parts import Parts, PartsOf
from helpline_console.session import SignedIn, session_id_of

router = APIRouter(prefix="/api")


@router.get("/events")
async def events(session: SignedIn, request: Request, parts: PartsOf) -> StreamingResponse:
    """Server-sent events: `ready` once listening, then `message`, `route` and `queue`; `signed_out` is the last one."""
    session_id = session_id_of(request, parts) or ""
    return StreamingResponse(stream(parts, session_id), media_type="text/event-stream")


async def stream(parts: Parts, session_id: str) -> AsyncIterator[str]:
    """The events of one page, until it goes away or its session ends; holds no database connection between them."""
    async with parts.feed.subscribe() as changes:
        yield _event("ready", {})
        try:
            async for change in _with_heartbeats(changes, parts.heartbeat_seconds):
                if await run_in_threadpool(parts.operators.session, session_id) is None:
                    yield _event("signed_out", {})
                    return
                yield _event("alive", {}) if change is None else _change(change)
        except FeedOverrun:
            # The page connects again and reads everything anew.
            return


async def _with_heartbeats(changes: AsyncIterator[FeedEvent], seconds: float) -> AsyncIterator[FeedEvent | None]:
    """The changes, and None whenever none came for a while."""
    following: asyncio.Task[FeedEvent] | None = None
    try:
        while True:
            following = following or asyncio.ensure_future(_next(changes))
            done, _ = await asyncio.wait({following}, timeout=seconds)
            if not done:
                yield None
                continue
            try:
                change = following.result()
            except StopAsyncIteration:
                return
            following = None
            yield change
    finally:
        if following:
            following.cancel()


async def _next(changes: AsyncIterator[FeedEvent]) -> FeedEvent:
    return await anext(changes)


def _change(change: FeedEvent) -> str:
    return f"id: {change.id}\n" + _event(change.kind, {"conversation_id": change.conversation_id})


def _event(kind: str, data: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(data)}\n\n"
