"""Stored messages opened for the one who asks: the visitor's page, the operator's desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.conversation.body import Body, unpacked_assessment, unpacked_telling
from bot.conversation.errors import Unreadable
from bot.conversation.models import Message, OutboxState
from bot.conversation.scribe import message_place
from bot.conversation.sealing import decrypt, segment_of
from bot.conversation.views import Delivered, DeskMessage, VisitorMessage
from bot.redflags.assessment import Assessment
from bot.story import Story, Telling

DELIVERED: dict[OutboxState | None, Delivered] = {
    None: "stored",
    OutboxState.QUEUED: "queued",
    OutboxState.SENDING: "queued",
    OutboxState.SENT: "sent",
    OutboxState.FAILED: "failed",
}
EMERGENCY = "emergency"
ILLEGIBLE = "\N{REPLACEMENT CHARACTER}"
"""Stands for a message whose key this console does not have: it must be seen that there is one."""

Keys = Mapping[int, bytes]


def visitor_message(row: Message, keys: Keys) -> VisitorMessage:
    """Raises Unreadable."""
    body = Body.unpacked(_opened(row, "body", row.body, keys))
    return VisitorMessage(row.seq, row.sender, body.text, body.language, body.buttons, row.at)


def desk_message(row: Message, keys: Keys, state: OutboxState | None) -> DeskMessage:
    """A message that does not open shows as the replacement character."""
    try:
        text = Body.unpacked(_opened(row, "body", row.body, keys)).text
    except Unreadable:
        text = ILLEGIBLE
    assessment = assessment_of(row, keys)
    telling = telling_of(row, keys, assessment)
    return DeskMessage(row.seq, row.sender, text, row.at, assessment, DELIVERED[state], telling)


def assessment_of(row: Message, keys: Keys) -> Assessment | None:
    """None when the message was not assessed, or does not open."""
    if row.assessment is None:
        return None
    try:
        return unpacked_assessment(_opened(row, "assessment", row.assessment, keys))
    except Unreadable:
        return None


def telling_of(row: Message, keys: Keys, assessment: Assessment | None) -> Telling | None:
    """What the message added to the story; of a message without one, what its assessment says."""
    if row.telling is not None:
        try:
            return unpacked_telling(_opened(row, "telling", row.telling, keys))
        except Unreadable:
            return None
    return Telling.of(row.seq, assessment) if assessment else None


def story_told(tellings: Iterable[Telling | None]) -> Story:
    """The story that the messages make together."""
    story = Story()
    for telling in tellings:
        story = story.hearing(telling) if telling else story
    return story


def reasons_of(story: Story) -> tuple[str, ...]:
    """Why a person must look: "emergency" first, then the flags that stand, the strongest first."""
    return (*([EMERGENCY] if story.emergency else []), *story.flags)


def _opened(row: Message, column: str, envelope: bytes, keys: Keys) -> bytes:
    key = keys.get(segment_of(envelope))
    if key is None:
        raise Unreadable(f"message.{column}: the key of its segment is missing")
    return decrypt(key, envelope, message_place(row.conversation_id, row.seq, column))
