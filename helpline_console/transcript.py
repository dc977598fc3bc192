"""A conversation as the page shows it: messages in segments, what the engine saw, what to mind for safety."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from bot.conversation import DeskMessage, Transcript
from bot.messages import ANSWERS, PAYLOADS, TAPS, Band, Channel, Route, Sender
from bot.redflags import RISKS, Assessment
from bot.story import Voice
from helpline_console.segments import Segment, cut
from helpline_console.words import Words

STRENGTHS = ("critical", "strong", "weak")


class Message(BaseModel):
    """
    One message; the texts of its segments joined are what was written.

    `pressed` is the name of the button in a visitor's message that is none of their words.
    """

    model_config = ConfigDict(serialize_by_alias=True)

    seq: int
    sender: Sender = Field(serialization_alias="from")
    segments: tuple[Segment, ...]
    at: datetime
    delivery: str
    pressed: str | None


class Quote(BaseModel):
    """The visitor's own words behind a flag, and the message that they stand in."""

    seq: int
    text: str


class SeenFlag(BaseModel):
    """
    A red flag of this conversation, with its name and its reason in the operator's language.

    `withdrawn`: the visitor corrected it, it counts no more.
    """

    id: str
    strength: str
    name: str
    why: str
    quotes: list[Quote]
    withdrawn: bool = False


class Given(BaseModel):
    """What the visitor answered to a question of the guided check, and in which message."""

    question: str
    answer: str
    seq: int


class Summary(BaseModel):
    """
    The story: what all messages together have shown, without what the visitor took back.

    `risk` is that of the story and `kind` that of its gravest message; both None before anything was heard.
    Flags: those that count before those withdrawn, critical first. Answers in the order of their questions.
    """

    risk: str | None
    kind: str | None
    flags: list[SeenFlag]
    answers: list[Given]


class Safety(BaseModel):
    """
    What to mind before writing. Nobody's identity is ever verified: a visitor is anonymous.

    `easy_language`: the visitor wants short sentences. `disguised`: what they pasted hides its words from filters.
    """

    identity_verified: bool = False
    emergency: bool
    minor: bool
    movement_restricted: bool
    easy_language: bool
    disguised: bool
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
        pressed=_pressed(message),
    )


def _pressed(message: DeskMessage) -> str | None:
    if message.sender is not Sender.VISITOR or message.text not in PAYLOADS:
        return None
    tap = TAPS.get(message.text)
    return "change" if tap and tap.answer is None else message.text.removeprefix("/")


def _summary(transcript: Transcript, words: Words, language: str) -> Summary:
    assessments = [message.assessment for message in transcript.messages if message.assessment]
    worst = max(assessments, key=_weight, default=None)
    story = transcript.story
    flags = sorted(_seen_flags(transcript, words, language), key=_place)
    facts = story.facts
    answers = [
        Given(question=question, answer=facts[question].answer, seq=story.fact_seqs[question])
        for question in ANSWERS
        if question in facts
    ]
    is_heard = bool(worst or story.tellings)
    return Summary(
        risk=story.risk if is_heard else None, kind=worst.kind if worst else None, flags=flags, answers=answers
    )


def _place(flag: SeenFlag) -> tuple[bool, int]:
    return flag.withdrawn, STRENGTHS.index(flag.strength)


def _weight(assessment: Assessment) -> tuple[bool, int]:
    return assessment.emergency, RISKS.index(assessment.risk)


def _seen_flags(transcript: Transcript, words: Words, language: str) -> list[SeenFlag]:
    story = transcript.story
    seen: dict[str, SeenFlag] = {}
    for flag_id, strength, quote in _quotes(transcript, words, language):
        name, why = words.flag(language, flag_id)
        entry = SeenFlag(id=flag_id, strength=strength, name=name, why=why, quotes=[])
        entry = seen.setdefault(flag_id, entry)
        entry.withdrawn = flag_id not in story.evidence
        entry.quotes.append(quote)
    return list(seen.values())


def _quotes(transcript: Transcript, words: Words, language: str) -> Iterator[tuple[str, str, Quote]]:
    """Each piece of evidence: the visitor's own words, or the answer that they gave."""
    for message in transcript.messages:
        for flag in message.assessment.flags if message.assessment else ():
            yield flag.id, flag.strength, Quote(seq=message.seq, text=flag.evidence)
        for fact in message.telling.facts if message.telling and message.telling.voice is Voice.OWN else ():
            answer = words.text(language, f"pressed_answer_{fact.question}_{fact.answer}")
            for flag_id, strength in fact.raises:
                yield flag_id, strength, Quote(seq=message.seq, text=answer)


def _safety(transcript: Transcript) -> Safety:
    assessments = [message.assessment for message in transcript.messages if message.assessment]
    ids = transcript.story.flags
    return Safety(
        emergency=transcript.band is Band.RED or any(assessment.emergency for assessment in assessments),
        minor="minor" in ids,
        movement_restricted="movement_restricted" in ids,
        easy_language=transcript.is_easy,
        disguised=any(assessment.is_disguised for assessment in assessments),
        unreachable=transcript.unreachable,
    )
