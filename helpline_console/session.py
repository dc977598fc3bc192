"""Who is asking: the session cookie and the CSRF token that belongs to it."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from bot.conversation import OperatorSession
from helpline_console.parts import Parts, PartsOf
from helpline_console.problems import Problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "X-CSRF-Token"


def cookie_name(is_https: bool) -> str:
    """`__Host-` binds the cookie to this host and to https; browsers refuse it on plain http."""
    return "__Host-karogs" if is_https else "karogs"


def session_id_of(request: Request, parts: Parts) -> str | None:
    """The session id that the browser sent."""
    return request.cookies.get(cookie_name(parts.is_https))


def session_of(request: Request, parts: Parts) -> OperatorSession | None:
    """The live session of this request."""
    session_id = session_id_of(request, parts)
    return parts.operators.session(session_id) if session_id else None


def signed_in(request: Request, parts: PartsOf) -> OperatorSession:
    """The operator behind a request; 401 without a live session, 403 for a change without its CSRF token."""
    session = session_of(request, parts)
    if session is None:
        raise Problem(401, "not_signed_in")
    sent = request.headers.get(CSRF_HEADER, "")
    if request.method not in SAFE_METHODS and not hmac.compare_digest(sent.encode(), session.csrf.encode()):
        raise Problem(403, "forbidden")
    return session


SignedIn = Annotated[OperatorSession, Depends(signed_in)]


def set_cookie(response: Response, parts: Parts, session_id: str) -> None:
    """Hand the session to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(
        cookie_name(parts.is_https), session_id, path="/", secure=parts.is_https, httponly=True, samesite="strict"
    )


def delete_cookie(response: Response, parts: Parts) -> None:
    """Take the session back."""
    response.delete_cookie(
        cookie_name(parts.is_https), path="/", secure=parts.is_https, httponly=True, samesite="strict"
    )
