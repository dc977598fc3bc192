"""What one message added to the story: flags by their places, denials, facts. No words of the visitor."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.redflags.assessment import Assessment

PERSONAL = frozenset({"in_trouble", "third_party"})
"""Kinds of message that tell what happens to somebody."""


class Voice(str, enum.Enum):
    """Whose words a message holds: the visitor's own, a pasted text, or the recruiter's answer to their questions."""

    OWN = "own"
    PASTED = "pasted"
    REPLY = "reply"


@dataclass(frozen=True)
class Mark:
    """A red flag in one message: `start` and `end` are code points of that message, end exclusive."""

    flag: str
    strength: str
    start: int
    end: int


@dataclass(frozen=True)
class Fact:
    """
    The answer to a question of the guided check.

    `raises` are the flags that it means, each with its strength; `clears` those that it takes back.
    """

    question: str
    answer: str
    raises: tuple[tuple[str, str], ...] = ()
    clears: tuple[str, ...] = ()


@dataclass(frozen=True)
class Telling:
    """
    One message of the visitor as the story keeps it.

    `seq` is the number of the message in its conversation; `denied` are flags that it says are not so; `asked_back`
    says that the answer to it was the visitor's questions for the recruiter, `turns`: that it turns to another offer.
    """

    seq: int
    language: str
    kind: str = "other"
    risk: str = "none"
    emergency: bool = False
    flags: tuple[Mark, ...] = ()
    denied: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    voice: Voice = Voice.OWN
    asked_back: bool = False
    turns: bool = False

    @classmethod
    def of(cls, seq: int, assessment: Assessment, **more: Any) -> Telling:
        """What the assessment of the message `seq` adds; `more` are further fields."""
        marks = tuple(Mark(flag.id, flag.strength, flag.start, flag.end) for flag in assessment.flags)
        found = (assessment.language, assessment.kind, assessment.risk, assessment.emergency)
        return cls(seq, *found, marks, **more)

    @property
    def says_something(self) -> bool:
        """Whether the story would be another one without it."""
        return bool(
            self.flags or self.denied or self.facts or self.emergency or self.asked_back or self.risk != "none"
        ) or (self.voice is not Voice.OWN or self.turns)

    @property
    def is_personal(self) -> bool:
        """Whether the visitor tells of trouble of their own or of somebody they know, and of no offer."""
        return self.voice is Voice.OWN and (self.emergency or self.kind in PERSONAL)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "seq": self.seq,
            "language": self.language,
            "kind": self.kind,
            "risk": self.risk,
            "emergency": self.emergency,
            "flags": [[mark.flag, mark.strength, mark.start, mark.end] for mark in self.flags],
            "denied": list(self.denied),
            "facts": [
                [fact.question, fact.answer, list(map(list, fact.raises)), list(fact.clears)] for fact in self.facts
            ],
            "voice": self.voice.value,
            "asked_back": self.asked_back,
            "turns": self.turns,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Telling:
        """The telling that `as_json` was made from. Raises KeyError, TypeError or ValueError for anything else."""
        facts = (
            Fact(question, answer, tuple((flag, strength) for flag, strength in raises), tuple(clears))
            for question, answer, raises, clears in value["facts"]
        )
        return cls(
            seq=value["seq"],
            language=value["language"],
            kind=value["kind"],
            risk=value["risk"],
            emergency=value["emergency"],
            flags=tuple(Mark(*mark) for mark in value["flags"]),
            denied=tuple(value["denied"]),
            facts=tuple(facts),
            voice=Voice(value["voice"]),
            asked_back=value["asked_back"],
            turns=value.get("turns", False),  # conversations that were kept before there was such a thing
        )
