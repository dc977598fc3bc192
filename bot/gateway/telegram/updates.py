"""
What we take from a Telegram update, and nothing else.

Telegram sends names, user names, phone numbers, places and forward origins with every update. This is an allow-list:
values are picked one by one out of the raw JSON into our own small objects, so a field that Telegram adds tomorrow
cannot reach us, and a malformed update cannot stop the ones behind it. Pure.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS_WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for."""


class Unreadable(str, enum.Enum):
    """Content that we do not read; the value is its sentence in `system.yml`."""

    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"
    CONTACT = "contact"
    OTHER = "unsupported"


@dataclass(frozen=True)
class Message:
    """
    Something a person wrote or sent in their private chat.

    `key` names this version of the message for de-duplication: the message id, and the edit date of an edited one.
    `text` is the text or the caption, empty when there is none; `unreadable` what came with it that we do not read.
    """

    chat_id: int
    message_id: int
    key: str
    text: str = ""
    unreadable: Unreadable | None = None
    is_edit: bool = False


@dataclass(frozen=True)
class Tap:
    """A button that a person tapped. `query_id` must be answered; `payload` may be anything: it is not checked here."""

    chat_id: int
    query_id: str
    payload: str


@dataclass(frozen=True)
class Membership:
    """The person stopped the bot (`is_blocked`) or started it again."""

    chat_id: int
    is_blocked: bool


@dataclass(frozen=True)
class Gathering:
    """The bot is in a group or a channel, where it must not be."""

    chat_id: int
    can_write: bool


Event = Message | Tap | Membership | Gathering


@dataclass(frozen=True)
class Update:
    """One update: its id, which must be confirmed, and what it means to us; None = nothing."""

    update_id: int
    event: Event | None


def parse(raw: object) -> Update | None:
    """*raw* as an `Update`; None when it has no usable id and so cannot be confirmed either. Never raises."""
    fields = _object(raw)
    update_id = _integer(fields.get("update_id"))
    return None if update_id is None else Update(update_id, _event(fields))


def _event(fields: Mapping[str, Any]) -> Event | None:
    if "message" in fields:
        return _message(_object(fields["message"]), is_edit=False)
    if "edited_message" in fields:
        return _message(_object(fields["edited_message"]), is_edit=True)
    if "callback_query" in fields:
        return _tap(_object(fields["callback_query"]))
    if "my_chat_member" in fields:
        return _membership(_object(fields["my_chat_member"]))
    return None


def _message(fields: Mapping[str, Any], *, is_edit: bool) -> Event | None:
    chat_id, chat_type = _chat(fields)
    message_id = _integer(fields.get("message_id"))
    if chat_id is None or message_id is None or _is_bot(fields):
        return None
    if chat_type != "private":
        return Gathering(chat_id, can_write=chat_type != "channel")
    text = _text(fields.get("text")) or _text(fields.get("caption"))
    unreadable = None if is_edit else _unreadable(fields)
    if not text and unreadable is None:
        return None
    return Message(chat_id, message_id, _key(fields, message_id, is_edit), text, unreadable, is_edit)


def _key(fields: Mapping[str, Any], message_id: int, is_edit: bool) -> str:
    if not is_edit:
        return str(message_id)
    return f"{message_id}:{_integer(fields.get('edit_date')) or 0}"


_QUERY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _tap(fields: Mapping[str, Any]) -> Tap | None:
    chat_id, chat_type = _chat(_object(fields.get("message")))
    query_id, payload = _text(fields.get("id")), _text(fields.get("data"))
    if chat_id is None or chat_type != "private" or not _QUERY_ID.fullmatch(query_id) or _is_bot(fields):
        return None
    return Tap(chat_id, query_id, payload)


def _membership(fields: Mapping[str, Any]) -> Event | None:
    chat_id, chat_type = _chat(fields)
    status = _object(fields.get("new_chat_member")).get("status")
    if chat_id is None:
        return None
    if chat_type == "private":
        return Membership(chat_id, is_blocked=status in ("kicked", "left"))
    is_member = status in ("member", "administrator", "restricted", "creator")
    return Gathering(chat_id, can_write=chat_type != "channel") if is_member else None


_UNREADABLE = {
    "photo": Unreadable.PHOTO,
    "voice": Unreadable.VOICE,
    "audio": Unreadable.VOICE,
    "sticker": Unreadable.STICKER,
    "animation": Unreadable.STICKER,
    "dice": Unreadable.STICKER,
    "contact": Unreadable.CONTACT,
}

_QUIET = frozenset(
    (
        "message_auto_delete_timer_changed",
        "pinned_message",
        "connected_website",
        "write_access_allowed",
        "chat_background_set",
        "boost_added",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    )
)
"""What Telegram itself notes in a chat; a person who sets messages to vanish needs no answer to that."""


def _unreadable(fields: Mapping[str, Any]) -> Unreadable | None:
    for name, kind in _UNREADABLE.items():
        if name in fields:
            return kind
    if str(_object(fields.get("document")).get("mime_type", "")).startswith("image/"):
        return Unreadable.PHOTO
    if _text(fields.get("text")) or _QUIET & fields.keys():
        return None
    return Unreadable.OTHER


def _chat(fields: Mapping[str, Any]) -> tuple[int | None, object]:
    chat = _object(fields.get("chat"))
    return _integer(chat.get("id")), chat.get("type")


def _is_bot(fields: Mapping[str, Any]) -> bool:
    """Bots are not people: answering one may never end. Channels post without a sender."""
    return _object(fields.get("from")).get("is_bot") is True


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _integer(value: object) -> int | None:
    """*value* if it is a whole number that a database column holds (64 bits)."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and -(2**63) <= value < 2**63 else None  # type: ignore[operator,return-value]


def _text(value: object) -> str:
    """*value* if it is text, with lone surrogates replaced: they have no UTF-8 form and could not be stored."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else ""
