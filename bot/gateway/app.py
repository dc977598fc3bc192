"""The gateway as a web application, built from the parts it is given."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import cast

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.conversation import Feed, Frontdoor, NotFound
from bot.gateway import health, visitor_api, visitor_pages
from bot.gateway.assistant_client import AssistantClient
from bot.gateway.edge import Edge, strict_headers
from bot.gateway.events import Patience
from bot.gateway.languages import requested_language
from bot.gateway.limits import Limits, Rates
from bot.gateway.pages import Pages
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem, UnknownToken, error_response, problem_response
from bot.gateway.streams import Streams
from bot.gateway.telegram.channel import TELEGRAM_API, TelegramChannel
from bot.gateway.turns import Turns
from bot.knowledge import Knowledge
from bot.knowledge.hours import Schedule
from bot.redflags.engine import Engine
from bot.story.listening import Listener
from bot.story.questions import Questions
from bot.story.topics import Topics

log = logging.getLogger(__name__)

EXIT_URL = "https://videscentrs.lvgmc.lv/"
"""Latvia's weather service: what quick exit opens."""

RECOVERY_PAUSE_SECONDS = 2.0


@dataclass(frozen=True)
class TelegramSettings:
    """The bot's token and the server of the Bot API."""

    bot_token: str
    api_base_url: str = TELEGRAM_API


def create_app(
    *,
    frontdoor: Frontdoor,
    feed: Feed,
    engine: Engine,
    questions: Questions,
    topics: Topics,
    knowledge: Knowledge,
    assistant: AssistantClient,
    telegram: TelegramSettings | None = None,
    duty: Schedule | None = None,
    rates: Rates | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    patience: Patience | None = None,
    exit_url: str = EXIT_URL,
    frame_ancestors: Sequence[str] = (),
) -> FastAPI:
    """
    The gateway.

    `duty` is when operators usually are there. `frame_ancestors` are origins whose pages may show the chat in a frame
    (none by default: they get a link).
    The lifespan settles what a former process left pending, and runs Telegram beside the web when it is given.
    """
    streams = Streams()
    listener = Listener(engine, questions)
    turns = Turns(frontdoor, listener, knowledge, assistant, topics=topics, duty=duty, changed=streams.tell)
    channel = (
        TelegramChannel(telegram.bot_token, telegram.api_base_url, frontdoor, turns, knowledge) if telegram else None
    )
    parts = Parts(
        frontdoor=frontdoor,
        feed=feed,
        engine=engine,
        knowledge=knowledge,
        assistant=assistant,
        turns=turns,
        limits=Limits(monotonic, rates),
        pages=Pages(knowledge, exit_url, may_be_framed=bool(frame_ancestors)),
        patience=patience or Patience(),
        streams=streams,
    )
    app = FastAPI(
        title="Karogs",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(parts, channel),
    )
    app.state.parts = parts
    for router in (visitor_api.router, visitor_pages.router, health.router):
        app.include_router(router)
    _add_problem_handlers(app)
    app.add_middleware(Edge, headers=strict_headers(frame_ancestors), last_resort=_last_resort(parts))
    return app


def _lifespan(
    parts: Parts, channel: TelegramChannel | None
) -> Callable[[FastAPI], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        running = [asyncio.create_task(_recover(parts.turns))]
        if channel is not None:
            running.append(asyncio.create_task(_run_telegram(channel)))
        yield
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await parts.turns.stop()
        await parts.assistant.close()

    return lifespan


async def _recover(turns: Turns) -> None:
    """Settles what a former process left; a database that does not answer yet is asked again."""
    while True:
        try:
            recovered = await turns.recover()
        except Exception as error:
            log.error("recovery failed: %s", type(error).__name__)
            await asyncio.sleep(RECOVERY_PAUSE_SECONDS)
        else:
            return log.info("gateway started, pending conversations: %d", recovered)


async def _run_telegram(channel: TelegramChannel) -> None:
    try:
        await channel.run()
    except Exception as error:
        # The web goes on: one channel must not take the other with it.
        log.critical("telegram stopped: %s", type(error).__name__)


def _add_problem_handlers(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _answer_problem)
    app.add_exception_handler(NotFound, _answer_not_found)
    app.add_exception_handler(HTTPException, _answer_http_error)


async def _answer_problem(request: Request, error: Exception) -> Response:
    return problem_response(cast(Problem, error), _parts(request).knowledge, _language(request))


async def _answer_not_found(request: Request, _: Exception) -> Response:
    # The conversation was shredded between the check of its token and its use.
    return problem_response(UnknownToken(), _parts(request).knowledge, _language(request))


async def _answer_http_error(request: Request, error: Exception) -> Response:
    status = cast(HTTPException, error).status_code
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "malformed")
    headers = dict(cast(HTTPException, error).headers or {})
    return error_response(code, status, _parts(request).knowledge, _language(request), headers)


def _last_resort(parts: Parts) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        parts.metrics.count("failed_total")
        return error_response("unavailable", 503, parts.knowledge, _language(request), {"Retry-After": "5"})

    return answer


def _parts(request: Request) -> Parts:
    return cast(Parts, request.app.state.parts)


def _language(request: Request) -> str:
    known: str | None = getattr(request.state, "language", None)
    return known or requested_language(request.headers.get("accept-language"))
