"""A conversation as the page shows it: messages in segments, what the engine saw, what to mind for safety."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from bot.conversation import DeskMessage, Transcript
from bot.messages import Band, Channel, Route, Sender
from bot.redflags import RISKS, Assessment
from helpline_console.segments import Segment, cut
from helpline_console.words import Words

STRENGTHS = ("critical", "strong", "weak")


class Message(BaseModel):
    """One message; the texts of its segments joined are what was written."""

    model_config = ConfigDict(serialize_by_alias=True)

    seq: int
    sender: Sender = Field(serialization_alias="from")
    segments: tuple[Segment, ...]
    at: datetime
    delivery: str


class Quote(BaseModel):
    """The visitor's own words behind a flag, and the message that they stand in."""

    seq: int
    text: str


class SeenFlag(BaseModel):
    """A red flag of this conversation, with its name and its reason in the operator's language."""

    id: str
    strength: str
    name: str
    why: str
    quotes: list[Quote]


class Summary(BaseModel):
    """
    What the engine made of all messages together.

    `risk` is the highest one and `kind` that of the message it came from; both None before anything was assessed.
    Flags: critical first, then as they came up.
    """

    risk: str | None
    kind: str | None
    flags: list[SeenFlag]


class Safety(BaseModel):
    """What to mind before writing. Nobody's identity is ever verified: a visitor is anonymous."""

    identity_verified: bool = False
    emergency: bool
    minor: bool
    movement_restricted: bool
    unreachable: bool


class OpenConversation(BaseModel):
    """Answer of GET /api/conversations/{id}."""

    id: str
    alias: str
    route: Route
    band: Band
    reasons: tuple[str, ...]
    language: str | None
    channel: Channel
    claim_is_mine: bool
    summary: Summary
    safety: Safety
    messages: list[Message]


def shown(transcript: Transcript, words: Words, language: str) -> OpenConversation:
    """The transcript for an operator who reads *language* (lv or en)."""
    return OpenConversation(
        id=transcript.id,
        alias=transcript.alias,
        route=transcript.route,
        band=transcript.band,
        reasons=transcript.reasons,
        language=transcript.language,
        channel=transcript.channel,
        claim_is_mine=transcript.claim_is_mine,
        summary=_summary(transcript, words, language),
        safety=_safety(transcript),
        messages=[_message(message) for message in transcript.messages],
    )


def _message(message: DeskMessage) -> Message:
    flags = message.assessment.flags if message.assessment else ()
    return Message(
        seq=message.seq,
        sender=message.sender,
        segments=cut(message.text, flags),
        at=message.at,
        delivery=message.delivery,
    )


def _summary(transcript: Transcript, words: Words, language: str) -> Summary:
    assessments = [message.assessment for message in transcript.messages if message.assessment]
    worst = max(assessments, key=_weight, default=None)
    flags = sorted(_seen_flags(transcript.messages, words, language), key=lambda flag: STRENGTHS.index(flag.strength))
    return Summary(risk=worst.risk if worst else None, kind=worst.kind if worst else None, flags=flags)


def _weight(assessment: Assessment) -> tuple[bool, int]:
    return assessment.emergency, RISKS.index(assessment.risk)


def _seen_flags(messages: Iterable[DeskMessage], words: Words, language: str) -> list[SeenFlag]:
    seen: dict[str, SeenFlag] = {}
    for message in messages:
        for flag in message.assessment.flags if message.assessment else ():
            name, why = words.flag(language, flag.id)
            entry = seen.setdefault(
                flag.id, SeenFlag(id=flag.id, strength=flag.strength, name=name, why=why, quotes=[])
            )
            entry.quotes.append(Quote(seq=message.seq, text=flag.evidence))
    return list(seen.values())


def _safety(transcript: Transcript) -> Safety:
    assessments = [message.assessment for message in transcript.messages if message.assessment]
    ids = {flag.id for assessment in assessments for flag in assessment.flags}
    return Safety(
        emergency=transcript.band is Band.RED or any(assessment.emergency for assessment in assessments),
        minor="minor" in ids,
        movement_restricted="movement_restricted" in ids,
        unreachable=transcript.unreachable,
    )
