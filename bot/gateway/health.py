"""Whether the gateway lives, whether it is ready, and its counts: for this machine only."""

from __future__ import annotations

import asyncio
import ipaddress
import logging

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.gateway.parts import PartsOf

log = logging.getLogger(__name__)

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""A request with one of these came through a proxy, whatever address it seems to come from."""


async def only_local(request: Request) -> None:
    """Hides a route from every other machine."""
    host = request.client.host if request.client else ""
    try:
        is_local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_local = False
    if not is_local or any(name in request.headers for name in FORWARDED):
        raise HTTPException(404)


router = APIRouter(dependencies=[Depends(only_local)])


@router.get("/livez")
async def livez() -> Response:
    """The event loop answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def readyz(parts: PartsOf) -> Response:
    """200 when messages can be stored; a missing assistant is told, not held against it."""
    try:
        pending = len(await asyncio.to_thread(parts.frontdoor.pending))
    except Exception as error:
        log.warning("not ready: %s", type(error).__name__)
        return JSONResponse({"ready": False, "database": "down"}, 503)
    assistant = "up" if await parts.assistant.is_ready() else "down"
    return JSONResponse({"ready": True, "database": "up", "assistant": assistant, "pending": pending})


@router.get("/metrics")
async def metrics(parts: PartsOf) -> Response:
    """Counters and gauges in Prometheus' text format, without names or ids."""
    gauges = {"event_streams": float(len(parts.streams)), "assistant_breaker_open": float(parts.assistant.is_open)}
    return PlainTextResponse(parts.metrics.exposition(gauges))
