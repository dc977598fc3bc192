"""A real gateway on a real port over a real database, and a visitor who talks to it over HTTP."""

from __future__ import annotations

import json
import shutil
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import uvicorn

from bot.commands.places import default_places
from bot.conversation import Database, Desk, Feed, Frontdoor, load_console_vault, load_gateway_vault, make_keys
from bot.gateway.app import create_app
from bot.gateway.assistant_client import AssistantClient
from bot.knowledge import Knowledge
from bot.redflags.engine import Engine
from bot.story.listening import Listener
from bot.story.questions import load_questions
from bot.story.topics import load_topics
from tests.gateway.assistant import Assistant

PATIENCE_SECONDS = 20.0
Value = TypeVar("Value")


def eventually(look: Callable[[], Value]) -> Value:
    """What `look` returns as soon as it is true; fails when it never becomes so."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not (found := look()):
        assert time.monotonic() < ends_at, "it did not happen"
        time.sleep(0.02)
    return found


class Installation:
    """The database and the keys of one helpline, outliving any gateway that is started on them."""

    def __init__(
        self, folder: Path, empty_database: Path, engine: Engine, knowledge: Knowledge, assistant: Assistant
    ) -> None:
        self.engine, self.knowledge, self.assistant = engine, knowledge, assistant
        self.listener = Listener(engine, load_questions(default_places().nlu_data))
        keys = folder / "keys"
        keys.mkdir()
        make_keys(keys)
        self.database_file = folder / "karogs.db"
        shutil.copyfile(empty_database, self.database_file)
        self.database = Database(f"sqlite:///{self.database_file}")
        self.frontdoor = Frontdoor(self.database, load_gateway_vault(keys), now)
        self.desk = Desk(self.database, load_console_vault(keys), now)

    @contextmanager
    def running(self, *, port: int = 0, **options: Any) -> Iterator[Visitor]:
        """A gateway in use, and a visitor at its door; `options` go to `create_app`."""
        app = create_app(
            frontdoor=self.frontdoor,
            feed=Feed(self.database),
            engine=self.engine,
            questions=self.listener.questions,
            topics=load_topics(default_places().nlu_data),
            knowledge=self.knowledge,
            assistant=AssistantClient(self.assistant.url, deadline_seconds=options.pop("deadline_seconds", 1.0)),
            **options,
        )
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", port))
            listener.listen(64)
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            config = uvicorn.Config(
                app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1
            )
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            eventually(lambda: server.started)
            with httpx.Client(base_url=url, timeout=30, trust_env=False) as http:
                yield Visitor(http)
            server.should_exit = True
            thread.join()


class Visitor:
    """Somebody with a browser; `http` speaks to the gateway without a token."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        self.token = ""

    @property
    def url(self) -> str:
        return str(self.http.base_url)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def opens(self, language: str | None = None, **headers: str) -> httpx.Response:
        """Opens a conversation and keeps its token."""
        answer = self.http.post("/v1/conversations", json={"language": language}, headers=headers)
        self.token = answer.json().get("token", "")
        return answer

    def writes(self, text: str, client_id: str | None = None) -> httpx.Response:
        """Sends one message."""
        body = json.dumps({"client_id": client_id or str(uuid.uuid4()), "text": text}, ensure_ascii=False)
        return self.http.post("/v1/messages", content=body.encode(), headers=self.headers)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.http.post(path, json=body, headers=self.headers)

    def deletes(self) -> httpx.Response:
        return self.http.delete("/v1/conversation", headers=self.headers)

    def reads(self, after: int = 0) -> dict[str, Any]:
        """Route and messages."""
        answer = self.http.get("/v1/messages", params={"after": after}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        return content

    def answers(self, count: int = 1) -> list[dict[str, Any]]:
        """What the other side said, once it has said `count` things."""

        def heard() -> list[dict[str, Any]]:
            messages = [message for message in self.reads()["messages"] if message["from"] != "visitor"]
            return messages if len(messages) >= count else []

        return eventually(heard)

    def is_settled(self, installation: Installation) -> None:
        """Waits until nothing this gateway received is left to do."""
        eventually(lambda: not installation.frontdoor.pending())


def now() -> datetime:
    return datetime.now(UTC)
