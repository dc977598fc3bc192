"""The gateway's side of the assistant's channel: one question, one answer, or a plain "unavailable"."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.gateway.breaker import Breaker
from bot.messages import PAYLOADS, Button, Reply
from bot.redflags import Assessment
from bot.story import Story

CHANNEL_PATH = "/webhooks/karogs"


class BotUnavailable(Exception):
    """The assistant gave no usable answer; `reason` is one word without anything a visitor wrote."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"assistant unavailable: {reason}")
        self.reason = reason


@dataclass(frozen=True)
class Question:
    """
    One turn of a visitor: a text with its assessment, or (`intent` set, without its slash) a button.

    `story` is that of the conversation with this message, whose number is `seq`.
    """

    sender: str
    seq: int
    language: str
    text: str = ""
    intent: str | None = None
    assessment: Assessment | None = None
    story: Story = field(default_factory=Story)
    is_easy: bool = False

    def as_json(self) -> dict[str, Any]:
        """The body of the request."""
        return {
            "sender": self.sender,
            "seq": self.seq,
            "language": self.language,
            "easy": self.is_easy,
            "text": self.text,
            "intent": self.intent,
            "assessment": self.assessment.as_json() if self.assessment else None,
            "story": self.story.as_json(),
        }


@dataclass(frozen=True)
class Answer:
    """What the assistant said: replies in order, the intent it saw, and what it asks the gateway to do."""

    replies: tuple[Reply, ...]
    intent: str
    signals: tuple[str, ...]


class AssistantClient:
    """
    Asks the assistant's channel at `url`, waiting at most `deadline_seconds` for the whole answer.

    A refused connection, a late, non-200, unreadable or empty answer all raise `BotUnavailable`; while the breaker
    is open it is raised at once.
    """

    def __init__(self, url: str, deadline_seconds: float = 3.0, breaker: Breaker | None = None) -> None:
        self._deadline = deadline_seconds
        self._breaker = breaker or Breaker(time.monotonic)
        # trust_env off: a proxy variable of the machine must never see what a visitor wrote.
        self._http = httpx.AsyncClient(base_url=url, timeout=deadline_seconds, trust_env=False)

    @property
    def is_open(self) -> bool:
        """Whether the breaker refuses calls now."""
        return self._breaker.is_open

    async def ask(self, question: Question) -> Answer:
        """The assistant's answer to one turn."""
        if not self._breaker.allows():
            raise BotUnavailable("breaker_open")
        try:
            answer = await self._ask(question.as_json())
        except BotUnavailable:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return answer

    async def _ask(self, question: Mapping[str, Any]) -> Answer:
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._http.post(f"{CHANNEL_PATH}/message", json=question)
        except (httpx.HTTPError, TimeoutError) as error:
            raise BotUnavailable(type(error).__name__) from None
        if response.status_code != httpx.codes.OK:
            raise BotUnavailable(f"status_{response.status_code}")
        return _read_answer(response)

    async def forget(self, sender: str) -> bool:
        """Whether the assistant dropped what it held in memory of `sender`; it does so by itself within an hour."""
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._http.delete(f"{CHANNEL_PATH}/conversations/{sender}")
        except (httpx.HTTPError, TimeoutError):
            return False
        return response.is_success

    async def is_ready(self) -> bool:
        """Whether the assistant says that a warm-up turn has worked."""
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._http.get(f"{CHANNEL_PATH}/health")
        except (httpx.HTTPError, TimeoutError):
            return False
        return response.is_success

    async def close(self) -> None:
        await self._http.aclose()


def _read_answer(response: httpx.Response) -> Answer:
    try:
        body = response.json()
        answer = Answer(
            replies=tuple(_read_reply(message) for message in body["messages"]),
            intent=str(body.get("intent") or ""),
            signals=tuple(str(signal) for signal in body.get("signals") or ()),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise BotUnavailable("unreadable") from None
    if not answer.replies and not answer.signals:
        raise BotUnavailable("empty")
    return answer


def _read_reply(message: Mapping[str, Any]) -> Reply:
    text = message["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("a message without text")
    buttons = tuple(Button(str(button["title"]), str(button["payload"])) for button in message.get("buttons") or ())
    return Reply(text, tuple(button for button in buttons if button.payload in PAYLOADS))
