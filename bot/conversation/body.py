"""What is inside an envelope: JSON, padded so that its length tells little."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.messages import Button, Reply
from bot.redflags.assessment import Assessment
from bot.story import Telling

STEP = 256


@dataclass(frozen=True)
class Body:
    """The words of one message; `intent` is what the assistant took the question for."""

    text: str
    language: str | None = None
    buttons: tuple[Button, ...] = ()
    intent: str | None = None

    @classmethod
    def of(cls, reply: Reply, language: str | None, intent: str | None = None) -> Body:
        return cls(reply.text, language, reply.buttons, intent)

    def packed(self) -> bytes:
        return pack(asdict(self))

    @classmethod
    def unpacked(cls, data: bytes) -> Body:
        value = unpack(data)
        buttons = tuple(Button(**button) for button in value["buttons"])
        return cls(value["text"], value["language"], buttons, value["intent"])


@dataclass(frozen=True)
class Work:
    """What waits in the inbox: the visitor's words, or the payload of a button."""

    text: str
    is_payload: bool

    def packed(self) -> bytes:
        return pack(asdict(self))

    @classmethod
    def unpacked(cls, data: bytes) -> Work:
        return cls(**unpack(data))


def packed_assessment(assessment: Assessment) -> bytes:
    return pack(assessment.as_json())


def unpacked_assessment(data: bytes) -> Assessment:
    return Assessment.from_json(unpack(data))


def packed_telling(telling: Telling) -> bytes:
    return pack(telling.as_json())


def unpacked_telling(data: bytes) -> Telling:
    return Telling.from_json(unpack(data))


def clean(text: str) -> str:
    """The text with lone surrogates replaced: they are no characters and no JSON answer can carry them."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def pack(value: dict[str, Any]) -> bytes:
    """JSON, filled with spaces to the next multiple of 256 bytes."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return data.ljust(-(-len(data) // STEP) * STEP)


def unpack(data: bytes) -> dict[str, Any]:
    """What `pack` was given."""
    value: dict[str, Any] = json.loads(data)
    return value
