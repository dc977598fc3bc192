"""What the engine says of a text: contract 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RISKS = ("none", "low", "medium", "high")
KINDS = ("job_offer", "dating", "help_offer", "in_trouble", "third_party", "question", "other")


@dataclass(frozen=True)
class RedFlag:
    """
    One warning sign in one place of a text.

    `start` and `end` are code points of the text as given, end exclusive, and `evidence` is `text[start:end]`.
    `strength` is weak, strong or critical.
    """

    id: str
    strength: str
    start: int
    end: int
    evidence: str


@dataclass(frozen=True)
class Assessment:
    """
    The engine's answer for one text.

    `flags` are ordered by start and hold each flag id once. An alarm is risk medium or high, or an emergency.
    `is_disguised`: words of the text were hidden from filters (invisible characters, foreign letters, spaced letters).
    """

    language: str
    kind: str
    risk: str
    emergency: bool
    flags: tuple[RedFlag, ...] = ()
    is_disguised: bool = False

    @property
    def is_alarm(self) -> bool:
        return self.emergency or self.risk in ("medium", "high")

    def as_json(self) -> dict[str, Any]:
        """The object of contract 3.1, without an id; `disguised` stands in it where the text is."""
        plain = {
            "language": self.language,
            "kind": self.kind,
            "risk": self.risk,
            "emergency": self.emergency,
            "flags": [vars(flag).copy() for flag in self.flags],
        }
        return plain | ({"disguised": True} if self.is_disguised else {})

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Assessment:
        """The assessment that `as_json` was made from; other keys are ignored."""
        flags = tuple(RedFlag(**flag) for flag in value["flags"])
        emergency, is_disguised = bool(value["emergency"]), bool(value.get("disguised"))
        return cls(value["language"], value["kind"], value["risk"], emergency, flags, is_disguised)
