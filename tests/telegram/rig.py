"""The real gateway parts around the Telegram channel, on a SQLite file, with the assistant played at the wire."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.conversation import (
    Database,
    Desk,
    DeskMessage,
    Frontdoor,
    Operators,
    load_console_vault,
    load_gateway_vault,
    make_keys,
    migrate,
)
from bot.gateway.assistant_client import AssistantClient
from bot.gateway.telegram import Pace, TelegramChannel
from bot.gateway.turns import Turns
from bot.knowledge import Knowledge, load_knowledge
from bot.messages import Reply, Sender
from bot.redflags import Assessment
from bot.story import Story, Telling
from bot.story.listening import Heard
from bot.story.questions import load_questions

PROJECT = Path(__file__).parents[2]
QUICK = Pace(
    poll_seconds=5,
    outbox_seconds=0.05,
    conflict_seconds=0.05,
    first_retry_seconds=0.02,
    longest_retry_seconds=0.1,
    flood_pause_seconds=0.05,
)
"""The channel's pauses, short."""


@cache
def knowledge() -> Knowledge:
    """The project's own sentences."""
    return load_knowledge(PROJECT / "nlu_data")


class LetterListener:
    """Tells the language by its letters and an emergency by one word: what the channel needs of a listener."""

    questions = load_questions(PROJECT / "nlu_data")

    def hear(self, text: str, seq: int, story: Story) -> Heard:
        """A message without flags."""
        if any(letter in text.lower() for letter in "іїєґ"):
            found = "uk"
        elif any("а" <= letter <= "я" for letter in text.lower()):
            found = "ru"
        else:
            found = "lv"
        assessment = Assessment(found, "question", "none", "slepkavo" in text.lower(), ())
        return Heard(assessment, Telling.of(seq, assessment))


class Core:
    """The conversation core on a SQLite file below *folder*: made on first use, opened again by every process."""

    def __init__(self, folder: Path) -> None:
        keys, url = folder / "keys", f"sqlite:///{folder / 'karogs.sqlite'}"
        if not keys.exists():
            make_keys(keys)
            migrate(url)
        self.database = Database(url)
        self.frontdoor = Frontdoor(self.database, load_gateway_vault(keys), now)
        self.desk = Desk(self.database, load_console_vault(keys), now)
        self.operators = Operators(self.database, now)

    def close(self) -> None:
        """Let the file go."""
        self.database.close()

    def operator(self) -> str:
        """The id of an operator."""
        return self.operators.add_operator("anna", "a-long-enough-password-1")

    def conversation_of(self, chat_id: int) -> str:
        """The id of the chat's conversation."""
        view = self.frontdoor.by_chat(chat_id)
        assert view is not None
        return view.id

    def transcript(self, chat_id: int) -> tuple[DeskMessage, ...]:
        """All messages of the chat's conversation, as an operator reads them; puts it in the queue."""
        conversation_id = self.conversation_of(chat_id)
        self.frontdoor.request_handoff(conversation_id, Reply("…"))
        return self.desk.transcript("reader", conversation_id).messages

    def heard(self, chat_id: int) -> list[str]:
        """What the visitor wrote, as stored."""
        return [message.text for message in self.transcript(chat_id) if message.sender is Sender.VISITOR]


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Asked:
    """One question that the assistant got."""

    sender: str
    text: str
    intent: str | None
    language: str


def echo(asked: Asked) -> dict[str, Any]:
    """The usual script: says back what it got, in which language, with a button for a person."""
    heard = asked.intent or asked.text
    return {
        "messages": [{"text": f"{asked.language}: {heard}", "buttons": [{"title": "☎", "payload": "/person"}]}],
        "intent": asked.intent or "greet",
        "signals": [],
    }


@dataclass
class WireAssistant:
    """An HTTP server in the assistant's place, with its channel's contract; `script` makes the answers."""

    script: Callable[[Asked], dict[str, Any]] = echo
    asked: list[Asked] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        routes = [
            Route("/webhooks/karogs/message", self._message, methods=["POST"]),
            Route("/webhooks/karogs/conversations/{sender}", self._forget, methods=["DELETE"]),
        ]
        config = uvicorn.Config(Starlette(routes=routes), log_level="warning", access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._server.serve(sockets=[listening])), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(timeout=10)

    async def _message(self, request: Request) -> JSONResponse:
        body = json.loads(await request.body())
        asked = Asked(*(body[key] for key in ("sender", "text", "intent", "language")))
        self.asked.append(asked)
        return JSONResponse(self.script(asked))

    async def _forget(self, request: Request) -> Response:
        self.forgotten.append(request.path_params["sender"])
        return Response(status_code=204)


def build_channel(
    core: Core, api_url: str, token: str, assistant_url: str, pace: Pace = QUICK
) -> tuple[TelegramChannel, Turns]:
    """The channel and its turns, as the gateway puts them together."""
    turns = Turns(core.frontdoor, LetterListener(), knowledge(), AssistantClient(assistant_url))  # type: ignore[arg-type]
    return TelegramChannel(token, api_url, core.frontdoor, turns, knowledge(), pace=pace), turns


@contextlib.asynccontextmanager
async def running(channel: TelegramChannel, turns: Turns) -> AsyncIterator[asyncio.Task[None]]:
    """The channel at work for as long as the block runs."""
    await turns.recover()
    task = asyncio.create_task(channel.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await turns.stop()


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Returns when *condition* holds; AssertionError when it never does."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it never came to that"
        await asyncio.sleep(0.01)


def texts(keys: Iterable[str], language: str) -> list[str]:
    """Our sentences by key, at an hour that nobody promised to be there."""
    duty = knowledge().text(language, "system.duty_unknown")
    return [knowledge().reply(language, key, duty=duty).text for key in keys]


def in_three_languages(key: str) -> str:
    """A sentence as a chat gets it where nobody chose a language."""
    said = [knowledge().reply(language, key).text for language in knowledge().languages]
    return "\n\n".join(dict.fromkeys(said))
