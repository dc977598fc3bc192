"""Stands before every route: foreign pages, other formats and oversized bodies stay out; answers get their headers."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from helpline_console.headers import SECURITY_HEADERS, STRICT_TRANSPORT
from helpline_console.problems import Problem, answer
from helpline_console.session import SAFE_METHODS
from helpline_console.words import Words

MOST_BODY_BYTES = 32 * 1024

log = logging.getLogger("karogs.console")


def refusal(method: str, headers: Mapping[str, str], origin: str) -> Problem | None:
    """
    Why a request must not reach its route, judged by its headers alone.

    A body must say its length beforehand. On plain http, where a machine has several names (localhost, 127.0.0.1, an
    address of the local network), the page's own origin is also the one that the request was sent to.
    """
    if method in SAFE_METHODS:
        return None
    own = {origin} if origin.startswith("https://") else {origin, f"http://{headers.get('host', '')}"}
    if headers.get("sec-fetch-site", "same-origin") != "same-origin" or headers.get("origin", origin) not in own:
        return Problem(403, "forbidden")
    if "transfer-encoding" in headers:
        return Problem(411, "malformed")
    size = headers.get("content-length", "0")
    if not size.isdecimal() or int(size) > MOST_BODY_BYTES:
        return Problem(413, "too_large")
    is_json = headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    return Problem(415, "malformed") if int(size) > 0 and not is_json else None


class Guard:
    """The middleware; `origin` is the console's own."""

    def __init__(self, app: ASGIApp, *, words: Words, origin: str) -> None:
        self._app = app
        self._words = words
        self._origin = origin
        https = origin.startswith("https://")
        self._headers = {**SECURITY_HEADERS, **STRICT_TRANSPORT} if https else SECURITY_HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answered = False

        async def send_with_headers(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        try:
            await self._pass(scope, receive, send_with_headers)
        except Exception as error:
            # The message of an exception may hold a visitor's words: only its class is written down.
            log.error("unhandled %s", type(error).__name__)
            if not answered:
                await self._refuse(Problem(500, "internal"), scope, receive, send_with_headers)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        problem = refusal(scope["method"], Headers(scope=scope), self._origin)
        if problem is None:
            await self._app(scope, receive, send)
        else:
            await self._refuse(problem, scope, receive, send)

    async def _refuse(self, problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
        await answer(self._words, Request(scope), problem)(scope, receive, send)
