"""Is the console alive, can it work: for the machine it runs on, nobody else."""

from __future__ import annotations

import ipaddress
import logging

from fastapi import APIRouter, Depends, Request

from helpline_console.parts import PartsOf
from helpline_console.problems import Problem

log = logging.getLogger("karogs.console")


def on_loopback(request: Request) -> None:
    """Others get the answer of an address that does not exist."""
    host = request.client.host if request.client else ""
    try:
        is_local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise Problem(404, "not_found")


router = APIRouter(dependencies=[Depends(on_loopback)])


@router.get("/livez")
def livez() -> dict[str, bool]:
    """The process answers."""
    return {"alive": True}


@router.get("/readyz")
def readyz(parts: PartsOf) -> dict[str, bool]:
    """The queue can be read."""
    try:
        parts.desk.waiting()
    except Exception as error:
        log.error("not ready: %s", type(error).__name__)
        raise Problem(503, "not_ready") from None
    return {"ready": True}
