"""The people of the end-to-end tests: a visitor on the web, one on Telegram, an operator. They use the real doors."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import httpx

from tests.e2e.installation import Karogs, until
from tests.telegram.botapi import World

PATIENCE_SECONDS = 45.0


def answered(call: Callable[[], httpx.Response]) -> httpx.Response:
    """Calls until the process answers: what a page does while the line is down."""

    def once() -> httpx.Response | None:
        try:
            answer = call()
        except httpx.TransportError:
            return None
        if answer.status_code in {429, 503}:
            return None
        assert answer.status_code < 400, answer.text
        return answer

    found: httpx.Response = until(once, PATIENCE_SECONDS, "the process answers")
    return found


class WebVisitor:
    """Somebody on the chat page's API."""

    def __init__(self, karogs: Karogs, language: str | None = None) -> None:
        self._http = httpx.Client(base_url=karogs.visitor, timeout=20, trust_env=False)
        opened = answered(lambda: self._http.post("/v1/conversations", json={"language": language}))
        self._http.headers["Authorization"] = f"Bearer {opened.json()['token']}"
        self.alias = opened.json()["conversation"]["alias"]

    def say(self, text: str) -> int:
        """The message's number; sent again with the same id while the gateway is down."""
        message = {"client_id": str(uuid.uuid4()), "text": text}
        return int(answered(lambda: self._http.post("/v1/messages", json=message)).json()["seq"])

    def read(self) -> dict[str, Any]:
        """The route and all messages."""
        answer: dict[str, Any] = answered(lambda: self._http.get("/v1/messages")).json()
        return answer

    def texts(self, sender: str) -> list[str]:
        return [message["text"] for message in self.read()["messages"] if message["from"] == sender]

    def asked_and_answered(self, text: str) -> str:
        """What the assistant or the system says to the text, as one string."""
        seq = self.say(text)

        def answer() -> list[str]:
            messages = self.read()["messages"]
            return [m["text"] for m in messages if m["seq"] > seq and m["from"] != "visitor"]

        until(answer, PATIENCE_SECONDS, "an answer")
        return "\n".join(answer())

    def waits_for(self, sender: str, text: str) -> None:
        until(lambda: text in self.texts(sender), PATIENCE_SECONDS, f"the {sender} says it")

    def waits_for_route(self, route: str) -> None:
        until(lambda: self.read()["route"] == route, PATIENCE_SECONDS, f"route {route}")

    def delete(self) -> None:
        assert self._http.delete("/v1/conversation").status_code == 204
        assert self._http.get("/v1/messages").status_code == 401


class TelegramVisitor:
    """Somebody in a private chat with the bot."""

    def __init__(self, world: World, chat_id: int) -> None:
        self._world, self.chat_id = world, chat_id

    def say(self, text: str) -> None:
        self._world.text(self.chat_id, text)

    def tap(self, payload: str) -> None:
        self._world.tap(self.chat_id, payload)

    def received(self) -> list[str]:
        return self._world.sent_to(self.chat_id)

    def waits_for(self, words: str) -> None:
        until(
            lambda: any(words in text for text in self.received()), PATIENCE_SECONDS, f"{words!r} arrives on Telegram"
        )

    def waits_for_one_more(self, than: int) -> None:
        until(lambda: len(self.received()) > than, PATIENCE_SECONDS, "an answer on Telegram")


class Operator:
    """Somebody signed in to the console."""

    def __init__(self, karogs: Karogs) -> None:
        self._http = httpx.Client(base_url=karogs.console, timeout=20, trust_env=False)
        signed_in = answered(lambda: self._http.post("/api/login", json=karogs.ready["operator"]))
        assert signed_in.status_code == 200, signed_in.text
        self._http.headers["X-CSRF-Token"] = signed_in.json()["csrf"]

    def queue(self) -> dict[str, Any]:
        queue: dict[str, Any] = self._http.get("/api/queue").json()
        return queue

    def finds_waiting(self, reason: str, language: str, channel: str) -> dict[str, Any]:
        """The first who waits for this reason."""

        def found() -> dict[str, Any] | None:
            for entry in self.queue()["waiting"]:
                if reason in entry["reasons"] and (entry["language"], entry["channel"]) == (language, channel):
                    return dict(entry)
            return None

        entry: dict[str, Any] = until(found, PATIENCE_SECONDS, "somebody waits")
        return entry

    def takes(self, conversation: str) -> None:
        assert self._post(conversation, "take").status_code == 200

    def reads(self, conversation: str) -> dict[str, Any]:
        shown: dict[str, Any] = self._http.get(f"/api/conversations/{conversation}").json()
        return shown

    def marked(self, conversation: str, flag: str) -> list[str]:
        """The words marked with the flag in the transcript."""
        messages = self.reads(conversation)["messages"]
        return [part["text"] for message in messages for part in message["segments"] if flag in part["flags"]]

    def writes(self, conversation: str, text: str) -> None:
        answer = self._post(conversation, "messages", {"client_id": str(uuid.uuid4()), "text": text})
        assert answer.status_code == 201, answer.text

    def closes(self, conversation: str) -> None:
        answer = self._post(conversation, "close", {"outcome": "advice_only"})
        assert answer.is_success, answer.text

    def _post(self, conversation: str, action: str, body: dict[str, str] | None = None) -> httpx.Response:
        return self._http.post(f"/api/conversations/{conversation}/{action}", json=body or {})
