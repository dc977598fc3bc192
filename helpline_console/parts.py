"""What the console is made of, handed in once and given to every route."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from bot.conversation import Desk, Feed, Operators
from bot.knowledge import Knowledge
from helpline_console.attempts import Attempts
from helpline_console.password_queue import PasswordQueue
from helpline_console.words import Words


@dataclass(frozen=True)
class Parts:
    """The parts of one console; `origin` is scheme, host and port as browsers send it, without a final slash."""

    desk: Desk
    operators: Operators
    feed: Feed
    knowledge: Knowledge
    words: Words
    origin: str
    clock: Callable[[], datetime]
    heartbeat_seconds: float
    attempts: Attempts
    password_queue: PasswordQueue

    @property
    def is_https(self) -> bool:
        return self.origin.startswith("https://")


def parts_of(request: Request) -> Parts:
    """The parts that `create_app` was given."""
    return cast(Parts, request.app.state.parts)


PartsOf = Annotated[Parts, Depends(parts_of)]
