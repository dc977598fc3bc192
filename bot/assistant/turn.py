"""One turn over the wire: what the gateway asks and what it is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import LANGUAGES, TEXT_LIMIT, IntentPayload

_SENDER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_INTENTS = frozenset(payload.intent for payload in IntentPayload)


class MalformedTurn(ValueError):
    """The request does not keep the contract; the message names the key, never its value."""


@dataclass(frozen=True)
class Turn:
    """A visitor's text, or the intent of a button that they pressed (the text is then empty)."""

    sender: str
    text: str
    intent: str | None
    language: str

    @classmethod
    def from_json(cls, value: Any) -> Turn:
        """Raises MalformedTurn."""
        if not isinstance(value, dict):
            raise MalformedTurn("the body must be an object")
        sender, text, intent, language = (value.get(key) for key in ("sender", "text", "intent", "language"))
        if not isinstance(sender, str) or not _SENDER.fullmatch(sender):
            raise MalformedTurn("sender")
        if intent is not None and intent not in _INTENTS:
            raise MalformedTurn("intent")
        if intent is None and (not isinstance(text, str) or len(text) > TEXT_LIMIT):
            raise MalformedTurn("text")
        if language not in LANGUAGES:
            raise MalformedTurn("language")
        return cls(sender, _unslashed(text) if intent is None else "", intent, language)


def parsed_button(intent: str) -> dict[str, Any]:
    """What Rasa would have understood, for a button: its intent, without asking the classifier."""
    return {"text": f"/{intent}", "intent": {"name": intent, "confidence": 1.0}, "entities": []}


def answer(messages: Sequence[Mapping[str, Any]], intent: str) -> dict[str, Any]:
    """The body of a good answer, from what Rasa's collecting output channel holds."""
    texts = [_as_reply(message) for message in messages if message.get("text")]
    customs = [message["custom"] for message in messages if message.get("custom")]
    signals = [custom["signal"] for custom in customs if "signal" in custom]
    return {"messages": texts, "intent": intent, "signals": signals}


def _as_reply(message: Mapping[str, Any]) -> dict[str, Any]:
    buttons = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or ()]
    return {"text": message["text"], "buttons": buttons}


def _unslashed(text: str) -> str:
    """Rasa takes a text that begins with a slash for an intent with full confidence: it must never see one."""
    stripped = text.strip()
    return f"\u2060{stripped}" if stripped.startswith("/") else stripped
