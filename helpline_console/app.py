"""Puts the console together from the parts it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from bot.conversation import Desk, Feed, Operators
from bot.knowledge import Knowledge
from helpline_console import conversations, events, health, numbers, page, problems, queue, sign_in
from helpline_console.attempts import Attempts
from helpline_console.guard import Guard
from helpline_console.parts import Parts
from helpline_console.password_queue import PasswordQueue
from helpline_console.words import Words

ROUTERS = tuple(part.router for part in (sign_in, queue, conversations, numbers, events, page, health))


def create_app(
    *,
    desk: Desk,
    operators: Operators,
    feed: Feed,
    knowledge: Knowledge,
    origin: str,
    clock: Callable[[], datetime],
    heartbeat_seconds: float = 15.0,
) -> FastAPI:
    """
    The console as an ASGI application.

    `origin` is what browsers send as Origin when they show this console ("https://console.example"): other
    origins are refused, and it decides whether the session cookie is Secure. `heartbeat_seconds` is how often an
    open page hears that its connection and its session still live, at most 60. Raises KnowledgeError when a word
    of the console is missing a value.
    """
    words = Words(knowledge)
    origin = origin.rstrip("/")
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    app.state.parts = Parts(
        desk=desk,
        operators=operators,
        feed=feed,
        knowledge=knowledge,
        words=words,
        origin=origin,
        clock=clock,
        heartbeat_seconds=heartbeat_seconds,
        attempts=Attempts(clock),
        password_queue=PasswordQueue(),
    )
    problems.install(app, words)
    app.add_middleware(Guard, words=words, origin=origin)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=page.STATIC), name="static")
    return app
