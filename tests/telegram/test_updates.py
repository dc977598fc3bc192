"""The allow-list: what is taken from an update, and that nothing else ever is."""

from __future__ import annotations

import dataclasses
from typing import Any

import telegram
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.gateway.telegram.updates import (
    KINDS_WANTED,
    Gathering,
    Membership,
    Message,
    Tap,
    Unreadable,
    Update,
    parse,
)

CANARY = "Canary"
ANN = 1_001
PRIVATE = {"id": ANN, "type": "private", "first_name": CANARY, "username": CANARY}
USER = {
    "id": ANN,
    "is_bot": False,
    "first_name": CANARY,
    "last_name": CANARY,
    "username": CANARY,
    "language_code": "xx",
}
FILE = {"file_id": CANARY, "file_unique_id": CANARY}


def message(**fields: Any) -> dict[str, Any]:
    """A raw private message."""
    return {"message_id": 7, "date": 1, "chat": PRIVATE, "from": USER, **fields}


CASES: list[tuple[dict[str, Any], object]] = [
    ({"message": message(text="Labdien")}, Message(ANN, 7, "7", "Labdien")),
    ({"message": message(photo=[FILE])}, Message(ANN, 7, "7", "", Unreadable.PHOTO)),
    ({"message": message(photo=[FILE], caption="darbs")}, Message(ANN, 7, "7", "darbs", Unreadable.PHOTO)),
    ({"message": message(document={**FILE, "mime_type": "image/png"})}, Message(ANN, 7, "7", "", Unreadable.PHOTO)),
    ({"message": message(document=FILE)}, Message(ANN, 7, "7", "", Unreadable.OTHER)),
    ({"message": message(voice=FILE)}, Message(ANN, 7, "7", "", Unreadable.VOICE)),
    ({"message": message(audio=FILE)}, Message(ANN, 7, "7", "", Unreadable.VOICE)),
    ({"message": message(video=FILE)}, Message(ANN, 7, "7", "", Unreadable.OTHER)),
    ({"message": message(video_note=FILE)}, Message(ANN, 7, "7", "", Unreadable.OTHER)),
    ({"message": message(sticker=FILE)}, Message(ANN, 7, "7", "", Unreadable.STICKER)),
    ({"message": message(animation=FILE, document=FILE)}, Message(ANN, 7, "7", "", Unreadable.STICKER)),
    ({"message": message(contact={"phone_number": CANARY})}, Message(ANN, 7, "7", "", Unreadable.CONTACT)),
    ({"message": message(location={"latitude": 56.9})}, Message(ANN, 7, "7", "", Unreadable.OTHER)),
    ({"message": message(poll={"question": CANARY})}, Message(ANN, 7, "7", "", Unreadable.OTHER)),
    ({"message": message(of_next_year={"x": CANARY})}, Message(ANN, 7, "7", "", Unreadable.OTHER)),
    ({"message": message(message_auto_delete_timer_changed={"message_auto_delete_time": 1})}, None),
    ({"message": message(pinned_message=message(text=CANARY))}, None),
    (
        {"message": message(text="x", reply_to_message=message(text=CANARY), quote={"text": CANARY})},
        Message(ANN, 7, "7", "x"),
    ),
    ({"message": message(text="x", forward_origin={"sender_user": USER})}, Message(ANN, 7, "7", "x")),
    ({"message": message(text="x") | {"from": USER | {"is_bot": True}}}, None),
    ({"message": message(text="x", via_bot={"username": CANARY})}, Message(ANN, 7, "7", "x")),
    ({"edited_message": message(text="y", edit_date=9)}, Message(ANN, 7, "7:9", "y", None, True)),
    ({"edited_message": message(caption="y", photo=[FILE], edit_date=9)}, Message(ANN, 7, "7:9", "y", None, True)),
    ({"edited_message": message(location={"latitude": 1.0}, edit_date=9)}, None),
    (
        {"callback_query": {"id": "5", "from": USER, "message": message(text=CANARY), "data": "/lv"}},
        Tap(ANN, "5", "/lv"),
    ),
    (
        {"callback_query": {"id": "5", "from": USER, "message": {"chat": PRIVATE, "message_id": 7, "date": 0}}},
        Tap(ANN, "5", ""),
    ),
    ({"callback_query": {"id": "5", "from": USER, "inline_message_id": CANARY, "data": "/lv"}}, None),
    (
        {"my_chat_member": {"chat": PRIVATE, "from": USER, "new_chat_member": {"status": "kicked"}}},
        Membership(ANN, True),
    ),
    (
        {"my_chat_member": {"chat": PRIVATE, "from": USER, "new_chat_member": {"status": "member"}}},
        Membership(ANN, False),
    ),
    (
        {"my_chat_member": {"chat": {"id": -5, "type": "group"}, "new_chat_member": {"status": "member"}}},
        Gathering(-5, True),
    ),
    (
        {"my_chat_member": {"chat": {"id": -5, "type": "channel"}, "new_chat_member": {"status": "administrator"}}},
        Gathering(-5, False),
    ),
    ({"my_chat_member": {"chat": {"id": -5, "type": "group"}, "new_chat_member": {"status": "left"}}}, None),
    ({"message": message(text=CANARY, chat={"id": -5, "type": "supergroup", "title": CANARY})}, Gathering(-5, True)),
    ({"message": message(text=CANARY, chat={"id": -5, "type": "channel"})}, Gathering(-5, False)),
    ({"channel_post": message(text=CANARY)}, None),
    ({"inline_query": {"id": "1", "from": USER, "query": CANARY}}, None),
]


def test_every_kind_of_update_is_read_as_it_should() -> None:
    """Whole values compared; None means: confirmed and forgotten."""
    seen = 0
    for raw, expected in CASES:
        assert parse({"update_id": 3, **raw}) == Update(3, expected), raw  # type: ignore[arg-type]
        seen += 1

    assert seen == 36


def test_what_has_no_id_is_no_update() -> None:
    """It cannot be confirmed either."""
    odd: list[object] = [None, 3, "x", [], {}, {"update_id": "3"}, {"update_id": True}, {"update_id": 2**64}]

    assert [parse(raw) for raw in odd] == [None] * 8


def test_lone_surrogates_are_replaced() -> None:
    """They have no UTF-8 form and could not be stored; real pairs stay."""
    parsed = parse({"update_id": 3, "message": message(text="a\ud800b \ud83d\ude00 😀")})

    assert parsed == Update(3, Message(ANN, 7, "7", "a\ufffdb 😀 😀"))


def test_only_these_kinds_are_asked_for() -> None:
    """No inline queries, no reactions, no members' lists."""
    assert KINDS_WANTED == ("message", "edited_message", "callback_query", "my_chat_member")


ANYTHING = st.sampled_from(
    [
        CANARY,
        {"id": 31337, "first_name": CANARY, "is_bot": False, CANARY: CANARY},
        {"type": "user", "sender_user": {"id": 31337, "username": CANARY}, "date": 1},
        {"status": CANARY, "user": {"id": 31337, "first_name": CANARY}},
        {"phone_number": CANARY, "latitude": 56.9, "longitude": 24.1, "file_id": CANARY},
        [{"file_id": CANARY}],
        [CANARY, [CANARY]],
        31337,
        56.9,
        True,
        None,
        {},
        [],
    ]
)


def names_of(kind: type[telegram.TelegramObject]) -> list[str]:
    """All field names that python-telegram-bot knows of an object of the Bot API."""
    return sorted({name.strip("_") for parent in kind.__mro__ for name in getattr(parent, "__slots__", ())} | {"from"})


MESSAGE_FIELDS = names_of(telegram.Message)


def filled(names: list[str], **fixed: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with some of the named fields filled with anything, and the fixed ones as given."""
    others = [name for name in names if name not in fixed]
    return st.dictionaries(st.sampled_from(others), ANYTHING, max_size=12).map(lambda made: made | fixed)


CHATS = filled(names_of(telegram.Chat), id=ANN, type="private")
MESSAGES = st.builds(
    lambda made, chat, edit_date: made | {"chat": chat, "edit_date": edit_date},
    filled(MESSAGE_FIELDS, message_id=7, text="said", caption=None),
    CHATS,
    st.integers(0, 9),
)
UPDATES = st.one_of(
    st.builds(lambda kind, made: {kind: made}, st.sampled_from(["message", "edited_message"]), MESSAGES),
    st.builds(
        lambda made, message: {"callback_query": made | {"message": message}},
        filled(names_of(telegram.CallbackQuery), id="5", data="/lv", message=None),
        MESSAGES,
    ),
    st.builds(
        lambda made, chat: {"my_chat_member": made | {"chat": chat}},
        filled(names_of(telegram.ChatMemberUpdated), chat=None),
        CHATS,
    ),
    filled(names_of(telegram.Update)),
)


@settings(max_examples=2_000, deadline=None)
@given(UPDATES)
def test_no_other_field_gets_through(raw: dict[str, Any]) -> None:
    """Whatever stands in every field that Telegram knows: only the words, the ids and the kind come out."""
    parsed = parse({**raw, "update_id": 3})

    assert parsed is not None
    assert CANARY not in repr(parsed)
    if parsed.event is not None:
        assert set(flat(parsed.event)) <= {ANN, 7, "7", "said", "5", "/lv", True, False, None, *Unreadable} | {
            f"7:{date}" for date in range(10)
        }


@settings(max_examples=500, deadline=None)
@given(ANYTHING, st.sampled_from(KINDS_WANTED), st.sampled_from(["chat", "message", "from", "id", "text", "data"]))
def test_nothing_makes_the_parser_fail(value: object, kind: str, field: str) -> None:
    """Any JSON at all in any place."""
    assert parse({"update_id": 3, kind: value}) is not None
    assert parse({"update_id": 3, kind: {**message(text="x"), field: value}}) is not None
    parse(value)


def flat(event: object) -> list[object]:
    """All values of an event."""
    assert dataclasses.is_dataclass(event)
    return [getattr(event, field.name) for field in dataclasses.fields(event)]


def test_the_test_knows_telegrams_fields() -> None:
    """A library that hides its fields would make the tests above blind."""
    assert len(MESSAGE_FIELDS) > 80
    assert {"contact", "location", "forward_origin", "via_bot", "author_signature"} <= set(MESSAGE_FIELDS)
