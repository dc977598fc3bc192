"""A console with its real core on a SQLite file, and people who write to it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from bot.conversation import (
    Database,
    Desk,
    Feed,
    Frontdoor,
    Operators,
    load_console_vault,
    load_gateway_vault,
    make_keys,
)
from bot.knowledge import Knowledge
from bot.messages import Reply
from bot.redflags import Assessment, RedFlag
from bot.story import Telling
from helpline_console.app import create_app
from tests.console.http_client import HttpClient

PASSWORD = "pietiekami gara parole"
STAFF = ("anna", "berta")
STRENGTHS = {"upfront_payment": "strong", "documents_taken": "critical", "pay_too_good": "weak", "secrecy": "strong"}
CRITICAL = {"movement_restricted", "threats", "minor", "illegal_task", "documents_taken", "sham_marriage"}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass(frozen=True)
class Said:
    """One message of a visitor, with the words in it that are evidence: flag id -> quote."""

    text: str
    evidence: Mapping[str, str]
    risk: str = "none"
    kind: str = "other"
    emergency: bool = False
    language: str = "lv"
    is_disguised: bool = False

    def assessment(self) -> Assessment:
        flags = sorted((self._flag(flag_id, quote) for flag_id, quote in self.evidence.items()), key=lambda f: f.start)
        return Assessment(self.language, self.kind, self.risk, self.emergency, tuple(flags), self.is_disguised)

    def _flag(self, flag_id: str, quote: str) -> RedFlag:
        start = self.text.index(quote)
        strength = "critical" if flag_id in CRITICAL else STRENGTHS.get(flag_id, "strong")
        return RedFlag(flag_id, strength, start, start + len(quote), quote)


def said(text: str, evidence: Mapping[str, str] | None = None, **more: object) -> Said:
    return Said(text, evidence or {}, **more)  # type: ignore[arg-type]


class World:
    """One console, its database and its clock. Conversations come in through the gateway's own door."""

    def __init__(self, folder: Path, url: str, knowledge: Knowledge, origin: str = "http://127.0.0.1:8000") -> None:
        make_keys(folder / "keys")
        self.clock = Clock()
        self.origin = origin
        self.knowledge = knowledge
        self.database = Database(url)
        self.frontdoor = Frontdoor(self.database, load_gateway_vault(folder / "keys"), self.clock)
        self.desk = Desk(self.database, load_console_vault(folder / "keys"), self.clock)
        self.operators = Operators(self.database, self.clock)
        self.feed = Feed(self.database)
        self.app = self.create_app(origin)
        self._numbers = itertools.count(1)
        self._tokens: dict[str, str] = {}
        self._clients: list[HttpClient] = []

    def create_app(self, origin: str) -> FastAPI:
        return create_app(
            desk=self.desk,
            operators=self.operators,
            feed=self.feed,
            knowledge=self.knowledge,
            origin=origin,
            clock=self.clock,
            heartbeat_seconds=0.2,
        )

    def break_database(self) -> None:
        """The file is gone: every further look into it fails."""
        self.database.close()
        Path(str(self.database.engine.url.database)).unlink()

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.database.close()

    # --- operators

    def client(self, address: str = "127.0.0.1", origin: str | None = None) -> HttpClient:
        """A browser that is not signed in; with another origin, the same console under that address."""
        app = self.create_app(origin) if origin else self.app
        client = HttpClient(app, origin or self.origin, address)
        self._clients.append(client)
        return client

    def signed_in(self, login: str = "anna") -> HttpClient:
        """A browser in which an operator is signed in; it sends the CSRF token with every request."""
        client = self.client()
        answer = client.post("/api/login", json={"login": login, "password": PASSWORD})
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client

    # --- visitors

    def visitor(self, *messages: Said, language: str | None = "lv", chat_id: int | None = None) -> str:
        """A new conversation with these messages, still with the assistant; its id."""
        if chat_id is None:
            opened = self.frontdoor.open_web(language)
            conversation_id = opened.conversation.id
            self._tokens[conversation_id] = opened.token
        else:
            conversation_id = self.frontdoor.open_telegram(chat_id).id
            if language:
                self.frontdoor.set_language(conversation_id, language)
        for message in messages:
            self.write(conversation_id, message)
        return conversation_id

    def write(self, conversation_id: str, message: Said, replies: Sequence[Reply] = ()) -> int:
        """The visitor writes, the engine assesses, the assistant answers; the message's number."""
        received = self.frontdoor.receive(
            conversation_id, message.text, channel_message_id=f"message {next(self._numbers)}"
        )
        item = self.frontdoor.next_item(conversation_id)
        assert item is not None
        self.frontdoor.assessed(item, message.assessment())
        self.frontdoor.settle(item, replies)
        return received.seq

    def tells(self, conversation_id: str, text: str, **added: Any) -> int:
        """The visitor writes or presses something that adds to the story; the message's number."""
        number = f"message {next(self._numbers)}"
        received = self.frontdoor.receive(conversation_id, text, channel_message_id=number)
        item = self.frontdoor.next_item(conversation_id)
        assert item is not None
        self.frontdoor.settle(item, [], telling=Telling(received.seq, "lv", **added))
        return received.seq

    def ask_for_person(self, conversation_id: str, language: str = "lv") -> None:
        self.frontdoor.request_handoff(conversation_id, self.knowledge.reply(language, "system.waiting"))

    def waiting(self, *messages: Said, language: str | None = "lv", chat_id: int | None = None) -> str:
        """A conversation that waits for a person; its id."""
        conversation_id = self.visitor(*messages, language=language, chat_id=chat_id)
        self.ask_for_person(conversation_id, language or "lv")
        return conversation_id

    def seen_by_visitor(self, conversation_id: str) -> list[tuple[str, str]]:
        """What the visitor's own page shows: who said what."""
        messages = self.frontdoor.messages(conversation_id, self._tokens[conversation_id])
        return [(message.sender.value, message.text) for message in messages]

    def alias(self, conversation_id: str) -> str:
        view = self.frontdoor.view(conversation_id)
        assert view is not None
        return view.alias
