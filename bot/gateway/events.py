"""A conversation as server-sent events: hints come from the feed, what is new is read from the database."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Any

from bot.conversation import Feed, FeedOverrun, Frontdoor, NotFound, VisitorMessage
from bot.messages import Route


@dataclass(frozen=True)
class Patience:
    """Seconds between heartbeats, and seconds after which a stream ends and the page opens the next one."""

    heartbeat_seconds: float = 15.0
    stream_seconds: float = 600.0


@dataclass(frozen=True)
class News:
    """Who answers now, and the messages not seen yet."""

    route: Route
    messages: list[VisitorMessage]


async def visitor_events(
    *,
    frontdoor: Frontdoor,
    feed: Feed,
    patience: Patience,
    conversation_id: str,
    token: str,
    after: int,
    changed: asyncio.Event,
    leave: Callable[[], None],
) -> AsyncGenerator[bytes]:
    """
    Messages with their seq as id, `route` events, and `gone` when the conversation was deleted.

    The database is read only after `changed` was set or a heartbeat, each time in a short session of its own.
    `leave` is called at the end, however it comes.
    """
    watch = asyncio.create_task(_watch(feed, conversation_id, changed))
    ends_at = asyncio.get_running_loop().time() + patience.stream_seconds
    route: Route | None = None
    try:
        yield b": connected\n\n"
        while asyncio.get_running_loop().time() < ends_at:
            changed.clear()
            news = await asyncio.to_thread(_read, frontdoor, conversation_id, token, after)
            if news is None:
                yield _event("gone", {})
                return
            if news.route is not route:
                route = news.route
                yield _event("route", {"route": route.value})
            for message in news.messages:
                after = message.seq
                yield _event("message", message_json(message), message.seq)
            if not await _is_set_within(changed, patience.heartbeat_seconds):
                yield b": \n\n"
    finally:
        watch.cancel()
        leave()


def message_json(message: VisitorMessage) -> dict[str, Any]:
    """A message as contract 3.2 shows it."""
    return {
        "seq": message.seq,
        "from": message.sender.value,
        "text": message.text,
        "language": message.language,
        "buttons": [{"title": button.title, "payload": button.payload} for button in message.buttons],
        "at": message.at.isoformat(),
    }


async def _watch(feed: Feed, conversation_id: str, changed: asyncio.Event) -> None:
    while True:
        with contextlib.suppress(FeedOverrun):
            async with feed.subscribe() as events:
                # Whatever happened before the subscription has to be read as well.
                changed.set()
                async for event in events:
                    if event.conversation_id == conversation_id:
                        changed.set()


def _read(frontdoor: Frontdoor, conversation_id: str, token: str, after: int) -> News | None:
    view = frontdoor.by_token(token)
    if view is None:
        return None
    try:
        return News(view.route, frontdoor.messages(conversation_id, token, after))
    except NotFound:
        return None


async def _is_set_within(changed: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await changed.wait()
    return False


def _event(kind: str, data: dict[str, Any], seq: int | None = None) -> bytes:
    identity = "" if seq is None else f"id: {seq}\n"
    return f"{identity}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
