"""What the routes of the edge work with; the composition root builds it once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from bot.conversation import Feed, Frontdoor
from bot.gateway.assistant_client import AssistantClient
from bot.gateway.events import Patience
from bot.gateway.limits import Limits
from bot.gateway.metrics import Metrics
from bot.gateway.pages import Pages
from bot.gateway.streams import Streams
from bot.gateway.turns import Turns
from bot.knowledge import Knowledge
from bot.redflags.engine import Engine


@dataclass(frozen=True)
class Parts:
    """The parts of one running gateway."""

    frontdoor: Frontdoor
    feed: Feed
    engine: Engine
    knowledge: Knowledge
    assistant: AssistantClient
    turns: Turns
    limits: Limits
    pages: Pages
    patience: Patience
    streams: Streams
    metrics: Metrics = field(default_factory=Metrics)


async def parts_of(request: Request) -> Parts:
    """The parts that the app was built from."""
    return cast(Parts, request.app.state.parts)


PartsOf = Annotated[Parts, Depends(parts_of)]
