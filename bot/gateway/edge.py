"""The outermost layer: strict headers on every answer, and a useful answer when everything else has failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

NO_FEATURES = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "clipboard-read",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


def strict_headers(frame_ancestors: Sequence[str]) -> dict[str, str]:
    """The headers of every answer; `frame_ancestors` are the origins that may frame the chat, usually none."""
    framing = " ".join(frame_ancestors) or "'none'"
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        f"frame-ancestors {framing}; base-uri 'none'; form-action 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Permissions-Policy": NO_FEATURES,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noarchive",
    }


class Edge:
    """
    Adds the headers a route has not set itself, and turns an unexpected error into `last_resort(request)`.

    The error is logged by class name only: its message may hold what a visitor wrote.
    """

    def __init__(self, app: ASGIApp, headers: dict[str, str], last_resort: Callable[[Request], Response]) -> None:
        self._app = app
        self._headers = headers
        self._last_resort = last_resort

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        is_started = False

        async def send_strictly(message: Message) -> None:
            nonlocal is_started
            if message["type"] == "http.response.start":
                is_started = True
                self._complete(MutableHeaders(scope=message))
            await send(message)

        try:
            await self._app(scope, receive, send_strictly)
        except asyncio.CancelledError:
            # The server is stopping and ends an open stream; the page opens the next one.
            log.info("request cancelled")
        except Exception as error:
            log.error("request failed: %s", type(error).__name__)
            if not is_started:
                await self._last_resort(Request(scope))(scope, receive, send_strictly)

    def _complete(self, headers: MutableHeaders) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
