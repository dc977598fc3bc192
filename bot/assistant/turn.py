"""One turn over the wire: what the gateway asks and what it is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.messages import ASSISTANT_PAYLOADS, CHOICES, LANGUAGES, TAPS, TEXT_LIMIT, speech
from bot.redflags.assessment import Assessment
from bot.story import Story

_SENDER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BUTTONS = frozenset(payload.removeprefix("/") for payload in ASSISTANT_PAYLOADS)


class MalformedTurn(ValueError):
    """The request does not keep the contract; the message names the key, never its value."""


@dataclass(frozen=True)
class Turn:
    """
    A visitor's text with its assessment, or the button that they pressed: its payload without the slash.

    `story` is what the conversation has shown with this message, whose number in it is `seq`: the gateway has heard
    it, and nothing is assessed a second time here.
    """

    sender: str
    text: str
    intent: str | None
    language: str
    seq: int = 1
    assessment: Assessment | None = None
    story: Story = field(default_factory=Story)
    is_easy: bool = False

    @classmethod
    def from_json(cls, value: Any) -> Turn:
        """Raises MalformedTurn."""
        if not isinstance(value, dict):
            raise MalformedTurn("the body must be an object")
        sender, text, intent, language = (value.get(key) for key in ("sender", "text", "intent", "language"))
        if not isinstance(sender, str) or not _SENDER.fullmatch(sender):
            raise MalformedTurn("sender")
        if intent is not None and intent not in _BUTTONS:
            raise MalformedTurn("intent")
        if intent is None and (not isinstance(text, str) or len(text) > TEXT_LIMIT):
            raise MalformedTurn("text")
        if language not in LANGUAGES:
            raise MalformedTurn("language")
        is_easy = value.get("easy") is True
        if intent is not None:
            return cls(sender, "", intent, language, _seq(value), None, _story(value), is_easy)
        return cls(sender, _unslashed(text), None, language, _seq(value), _assessment(value), _story(value), is_easy)

    @property
    def metadata(self) -> dict[str, Any]:
        """What components and actions are told about the message; the tracker store keeps nothing of it."""
        return {
            "language": self.language,
            "speech": speech(self.language, is_easy=self.is_easy),
            "seq": self.seq,
            "assessment": self.assessment.as_json() if self.assessment else None,
            "story": self.story.as_json(),
        }


def parsed_button(button: str) -> dict[str, Any]:
    """
    What Rasa would have understood, for a button: its intent, without asking the classifier.

    The taps of the guided check are all of the intent `answer`, or `change`, and what is chosen out of a list has the
    intent of the list; `button` says which one it was.
    """
    tap = TAPS.get(f"/{button}")
    intent = CHOICES.get(f"/{button}", button) if tap is None else "change" if tap.answer is None else "answer"
    return {"text": f"/{button}", "intent": {"name": intent, "confidence": 1.0}, "entities": [], "button": button}


def answer(messages: Sequence[Mapping[str, Any]], intent: str) -> dict[str, Any]:
    """The body of a good answer, from what Rasa's collecting output channel holds."""
    texts = [_as_reply(message) for message in messages if message.get("text")]
    customs = [message["custom"] for message in messages if message.get("custom")]
    signals = [custom["signal"] for custom in customs if "signal" in custom]
    return {"messages": texts, "intent": intent, "signals": signals}


def _as_reply(message: Mapping[str, Any]) -> dict[str, Any]:
    buttons = [{"title": button["title"], "payload": button["payload"]} for button in message.get("buttons") or ()]
    return {"text": message["text"], "buttons": buttons}


def _seq(value: Mapping[str, Any]) -> int:
    seq = value.get("seq")
    if not isinstance(seq, int) or seq < 1:
        raise MalformedTurn("seq")
    return seq


def _assessment(value: Mapping[str, Any]) -> Assessment:
    try:
        return Assessment.from_json(value["assessment"])
    except (LookupError, TypeError):
        raise MalformedTurn("assessment") from None


def _story(value: Mapping[str, Any]) -> Story:
    try:
        return Story.from_json(value["story"])
    except (LookupError, TypeError, ValueError):
        raise MalformedTurn("story") from None


def _unslashed(text: str) -> str:
    """Rasa takes a text that begins with a slash for an intent with full confidence: it must never see one."""
    stripped = text.strip()
    return f"\u2060{stripped}" if stripped.startswith("/") else stripped
