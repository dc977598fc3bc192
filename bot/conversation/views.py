"""What callers get: frozen values, opened for the one who asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.messages import Band, Button, Channel, Route, Sender
from bot.redflags.assessment import Assessment
from bot.story import Story, Telling

Delivered = Literal["stored", "queued", "sent", "failed"]
"""Web messages are stored for the page to fetch; Telegram's pass the outbox: queued, then sent or failed."""

FeedKind = Literal["message", "route", "queue"]
"""message: a conversation's messages (or their assessment or delivery) changed; route: its route; queue: its place."""


@dataclass(frozen=True)
class ConversationView:
    """
    A conversation as the gateway sees it.

    `language` is None until it is chosen or detected; `is_easy`: the visitor wants its easy form.
    """

    id: str
    alias: str
    route: Route
    language: str | None
    channel: Channel
    is_easy: bool = False


@dataclass(frozen=True)
class Opened:
    """A new web conversation and the only copy of its token (256 bits, URL-safe)."""

    token: str
    conversation: ConversationView


@dataclass(frozen=True)
class Received:
    """Where a visitor's message stands; `is_new` is False when the channel delivered it before."""

    seq: int
    is_new: bool


@dataclass(frozen=True)
class InboxItem:
    """
    A visitor's message that waits to be processed.

    `sender` is the assistant's name for this bot phase, `story` what the messages before it have shown.
    """

    id: int
    conversation_id: str
    seq: int
    text: str
    is_payload: bool
    route: Route
    language: str | None
    sender: str
    story: Story
    is_easy: bool = False


@dataclass(frozen=True)
class Settled:
    """The route when the item was settled, and whether the bot's replies went out (False: somebody else answers)."""

    route: Route
    delivered: bool


@dataclass(frozen=True)
class VisitorMessage:
    """One message for the visitor's page; `at` is UTC, cut to the minute."""

    seq: int
    sender: Sender
    text: str
    language: str | None
    buttons: tuple[Button, ...]
    at: datetime


@dataclass(frozen=True)
class Delivery:
    """One message on its way to Telegram; `attempts` counts this one too, `sender` is who says it."""

    id: int
    conversation_id: str
    seq: int
    chat_id: int
    text: str
    buttons: tuple[Button, ...]
    attempts: int
    sender: Sender


@dataclass(frozen=True)
class QueueEntry:
    """A conversation in an operator's list; `reasons` are flag ids, "emergency" first, strongest first."""

    id: str
    alias: str
    band: Band
    reasons: tuple[str, ...]
    language: str | None
    channel: Channel
    waiting_seconds: int
    unreachable: bool


@dataclass(frozen=True)
class DeskMessage:
    """
    One message for the operator.

    `assessment` only on a visitor's message that was assessed, `telling` on one that could add to the story.
    """

    seq: int
    sender: Sender
    text: str
    at: datetime
    assessment: Assessment | None
    delivery: Delivered
    telling: Telling | None = None


@dataclass(frozen=True)
class Transcript:
    """A conversation opened for an operator, messages in order, and the story that they make together."""

    id: str
    alias: str
    route: Route
    band: Band
    language: str | None
    channel: Channel
    reasons: tuple[str, ...]
    unreachable: bool
    claim_is_mine: bool
    messages: tuple[DeskMessage, ...]
    story: Story
    is_easy: bool = False


@dataclass(frozen=True)
class Written:
    """Where an operator's message stands; `is_new` is False when the same client id wrote it before."""

    seq: int
    is_new: bool


@dataclass(frozen=True)
class Purged:
    """What one run of retention did."""

    conversations: int
    requeued: int
    feed_events: int
    sessions: int


@dataclass(frozen=True)
class FeedEvent:
    """Something changed in a conversation; a hint to read again, not the change itself."""

    id: int
    conversation_id: str
    kind: FeedKind


@dataclass(frozen=True)
class OperatorSession:
    """A signed-in operator; `must_change_password` while the password is the one-time one."""

    operator_id: str
    login: str
    csrf: str
    must_change_password: bool
