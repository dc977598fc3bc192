"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from helpline_console.attempts import address_prefix
from helpline_console.headers import FORGET_THIS_SITE
from helpline_console.parts import Parts, PartsOf
from helpline_console.password_queue import QueueFull
from helpline_console.problems import Problem, wait
from helpline_console.session import SignedIn, delete_cookie, session_id_of, set_cookie

BUSY_SECONDS = 5

router = APIRouter(prefix="/api")


Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class Credentials(BaseModel):
    """What the sign-in form sends; `code` is reserved for the second factor."""

    login: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    password: Password
    code: Annotated[str, StringConstraints(max_length=20)] | None = None


@router.post("/login")
async def login(credentials: Credentials, request: Request, parts: PartsOf) -> JSONResponse:
    """Opens a session. The same 401 for an unknown login and for a wrong password."""
    operator_id = await _verify(credentials, _prefix_of(request), parts)
    return await _with_session(operator_id, parts)


async def _verify(credentials: Credentials, prefix: str, parts: Parts) -> str:
    _refuse_if_too_early(credentials, prefix, parts)

    def check() -> str | None:
        # Again, because many may have failed while this one waited for its turn.
        _refuse_if_too_early(credentials, prefix, parts)
        return parts.operators.verify(credentials.login, credentials.password)

    try:
        operator_id = await parts.password_queue.run(check)
    except QueueFull:
        raise wait(503, "busy", BUSY_SECONDS) from None
    if operator_id is None:
        parts.attempts.failed(credentials.login, prefix)
        raise Problem(401, "wrong_login")
    parts.attempts.succeeded(credentials.login, prefix)
    return operator_id


def _refuse_if_too_early(credentials: Credentials, prefix: str, parts: Parts) -> None:
    seconds = parts.attempts.seconds_to_wait(credentials.login, prefix)
    if seconds:
        raise wait(429, "slow_down", seconds)


class NewPassword(BaseModel):
    """The password that was, and the one that shall be."""

    password: Password
    new_password: Password


@router.post("/password")
async def change_password(change: NewPassword, session: SignedIn, request: Request, parts: PartsOf) -> JSONResponse:
    """Sets a chosen password, ends every session of this operator and opens a new one here."""
    credentials = Credentials(login=session.login, password=change.password)
    operator_id = await _verify(credentials, _prefix_of(request), parts)
    await run_in_threadpool(parts.operators.change_password, operator_id, change.new_password)
    return await _with_session(operator_id, parts)


async def _with_session(operator_id: str, parts: Parts) -> JSONResponse:
    session_id, csrf = await run_in_threadpool(parts.operators.open_session, operator_id)
    response = JSONResponse({"csrf": csrf})
    set_cookie(response, parts, session_id)
    return response


def _prefix_of(request: Request) -> str:
    return address_prefix(request.client.host if request.client else None)


@router.post("/logout", status_code=204)
def logout(session: SignedIn, request: Request, parts: PartsOf) -> Response:
    """Ends this session."""
    session_id = session_id_of(request, parts)
    if session_id:
        parts.operators.end_session(session_id)
    response = Response(status_code=204, headers=FORGET_THIS_SITE)
    delete_cookie(response, parts)
    return response
