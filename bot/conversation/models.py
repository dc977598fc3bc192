"""The tables. What stands here in clear is all that a stolen database tells; everything else is an envelope."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.conversation.minute import UtcDateTime
from bot.conversation.routing import Event
from bot.messages import LANGUAGES, Band, Channel, Route, Sender

ID = String(32)
HASH = String(64)

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Actor(str, enum.Enum):
    """Who moved a conversation: a class of people, never a person."""

    VISITOR = "visitor"
    OPERATOR = "operator"
    SYSTEM = "system"


class Recipient(str, enum.Enum):
    """To whom a content key is sealed."""

    CONSOLE = "console"
    VISITOR = "visitor"


class OutboxState(str, enum.Enum):
    """How far a message to Telegram has come."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


def _words(kind: type[enum.Enum], name: str) -> Enum:
    """A column of the enum's words, checked by the database."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


_LANGUAGE = Enum(*LANGUAGES, name="language", native_enum=False, create_constraint=True, length=2)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


def _conversation_key() -> Mapped[str]:
    return mapped_column(ID, ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)


class Conversation(Base):
    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint("(route = 'human') = (operator_id IS NOT NULL)", name="operator_while_human"),
        CheckConstraint("(route = 'human') = (lease_until IS NOT NULL)", name="lease_while_human"),
        CheckConstraint("route <> 'waiting' OR waiting_since IS NOT NULL", name="waits_since"),
        CheckConstraint("route NOT IN ('bot', 'closed') OR waiting_since IS NULL", name="waits_no_more"),
        Index(None, "route", "lease_until"),
        Index(None, "last_activity_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    alias: Mapped[str] = mapped_column(String(20))
    channel: Mapped[Channel] = mapped_column(_words(Channel, "channel"))
    language: Mapped[str | None] = mapped_column(_LANGUAGE)
    is_easy: Mapped[bool] = mapped_column(default=False, server_default=false())
    route: Mapped[Route] = mapped_column(_words(Route, "route"))
    band: Mapped[Band] = mapped_column(_words(Band, "band"))
    bot_sender: Mapped[str] = mapped_column(ID)
    last_seq: Mapped[int] = mapped_column(default=0)
    last_activity_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # No foreign key: a claim outlives the operator's account by a lease at most.
    operator_id: Mapped[str | None] = mapped_column(ID)
    claim_epoch: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    had_human: Mapped[bool] = mapped_column(default=False)
    unreachable: Mapped[bool] = mapped_column(default=False)
    story: Mapped[bytes | None] = mapped_column(LargeBinary)


class WebVisitor(Base):
    __tablename__ = "web_visitor"

    conversation_id: Mapped[str] = _conversation_key()
    token_hash: Mapped[str] = mapped_column(HASH, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)


class TelegramChat(Base):
    __tablename__ = "telegram_chat"

    conversation_id: Mapped[str] = _conversation_key()
    chat_hash: Mapped[str] = mapped_column(HASH, unique=True)
    chat: Mapped[bytes] = mapped_column(LargeBinary)


class ContentKeyRow(Base):
    __tablename__ = "content_key"

    conversation_id: Mapped[str] = _conversation_key()
    segment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recipient: Mapped[Recipient] = mapped_column(_words(Recipient, "recipient"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Message(Base):
    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "origin_hash"),
        CheckConstraint("seq > 0", name="seq"),
        CheckConstraint("assessment IS NULL OR sender = 'visitor'", name="only_visitors_are_assessed"),
    )

    conversation_id: Mapped[str] = _conversation_key()
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sender: Mapped[Sender] = mapped_column(_words(Sender, "sender"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    origin_hash: Mapped[str | None] = mapped_column(HASH)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    assessment: Mapped[bytes | None] = mapped_column(LargeBinary)
    telling: Mapped[bytes | None] = mapped_column(LargeBinary)


def _of_message() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["conversation_id", "seq"], ["message.conversation_id", "message.seq"], ondelete="CASCADE"
    )


class InboxRow(Base):
    """A visitor's message that waits to be processed; gone when it is settled."""

    __tablename__ = "inbox"
    __table_args__ = (_of_message(), UniqueConstraint("conversation_id", "seq"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ID)
    seq: Mapped[int]
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class OutboxRow(Base):
    """A message to Telegram; `next_at` None means now, the payload is gone when it is sent or failed."""

    __tablename__ = "outbox"
    __table_args__ = (
        _of_message(),
        UniqueConstraint("conversation_id", "seq"),
        CheckConstraint("(payload IS NULL) = (state IN ('sent', 'failed'))", name="payload_until_done"),
        Index("ix_outbox_open", "conversation_id", "id", sqlite_where=text("payload IS NOT NULL"),
              postgresql_where=text("payload IS NOT NULL")),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ID)
    seq: Mapped[int]
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[OutboxState] = mapped_column(_words(OutboxState, "state"))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    courier: Mapped[str | None] = mapped_column(ID)


class RoutingEvent(Base):
    __tablename__ = "routing_event"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ID, ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    source: Mapped[Route] = mapped_column(_words(Route, "source"))
    target: Mapped[Route] = mapped_column(_words(Route, "target"))
    event: Mapped[Event] = mapped_column(_words(Event, "event"))
    actor: Mapped[Actor] = mapped_column(_words(Actor, "actor"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BandChange(Base):
    """An operator lowered the band; the reason is text and therefore sealed."""

    __tablename__ = "band_change"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ID, ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    operator_id: Mapped[str] = mapped_column(ID)
    source: Mapped[Band] = mapped_column(_words(Band, "source"))
    target: Mapped[Band] = mapped_column(_words(Band, "target"))
    reason: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClosingCount(Base):
    """How many conversations ended how in a week (its Monday); no way back to any of them."""

    __tablename__ = "closing_count"

    week: Mapped[date] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(40), primary_key=True)
    band: Mapped[Band] = mapped_column(_words(Band, "band"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(_words(Channel, "channel"), primary_key=True)
    language: Mapped[str] = mapped_column(String(7), primary_key=True)
    count: Mapped[int]


class Tombstone(Base):
    """That a conversation was shredded, for restores of older backups: a hash of its random id, and the day."""

    __tablename__ = "tombstone"

    mark: Mapped[str] = mapped_column(HASH, primary_key=True)
    day: Mapped[date]


class FeedRow(Base):
    __tablename__ = "feed_event"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ID)
    kind: Mapped[str] = mapped_column(Enum("message", "route", "queue", name="kind", native_enum=False,
                                           create_constraint=True, length=20))  # fmt: skip
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Operator(Base):
    __tablename__ = "operator"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    one_time: Mapped[bool]
    switched_off: Mapped[bool] = mapped_column(default=False)


class OperatorSessionRow(Base):
    __tablename__ = "operator_session"

    id_hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    operator_id: Mapped[str] = mapped_column(ID, ForeignKey("operator.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LicenceList(Base):
    """A public list that was imported; of each kind one is current, another is just being read or taken away."""

    __tablename__ = "licence_list"
    __table_args__ = (
        Index("ix_licence_list_current", "kind", unique=True, sqlite_where=text("current"),
              postgresql_where=text("current")),
    )  # fmt: skip

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(Enum("licensed", "revoked", "register", name="kind", native_enum=False,
                                           create_constraint=True, length=20))  # fmt: skip
    day: Mapped[date]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entries: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    current: Mapped[bool] = mapped_column(default=False)


class LicenceEntry(Base):
    """One company of a public list: nothing of any visitor."""

    __tablename__ = "licence_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[str] = mapped_column(ID, ForeignKey("licence_list.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(1000))
    status: Mapped[str] = mapped_column(Enum("listed", "suspended", "revoked", "registered", "struck_off",
                                             name="status", native_enum=False, create_constraint=True,
                                             length=20))  # fmt: skip
    registration: Mapped[str | None] = mapped_column(String(11))
    licence: Mapped[str | None] = mapped_column(String(200))
    countries: Mapped[list[str]] = mapped_column(JSON)
    services: Mapped[list[str]] = mapped_column(JSON)
    since: Mapped[date | None]
    until: Mapped[date | None]
    ended: Mapped[date | None]
