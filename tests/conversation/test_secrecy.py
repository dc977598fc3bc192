"""What a stolen database tells: the columns of the design, and no word more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, create_engine

from bot.conversation import Database, Desk, Frontdoor, load_console_vault, load_gateway_vault
from bot.conversation.errors import Unreadable
from bot.conversation.models import Base
from bot.conversation.sealing import Place, decrypt, segment_of, unseal
from bot.conversation.visitors import new_alias
from bot.messages import Band, Button, Reply
from bot.redflags.assessment import Assessment, RedFlag
from tests.conversation.conftest import Clock

CHAT_ID = 70123456789
VISITOR_WORDS = "Man atņēma pasi Jēkabpilī kaķis-VISITOR"
ANSWER_WORDS = "Tas ir brīdinājums kaķis-ANSWER"
OPERATOR_WORDS = "Esmu operatore kaķis-OPERATOR"
REASON_WORDS = "pārbaudīju kaķis-REASON"
TITLE_WORDS = "Poga kaķis-TITLE"
CHANNEL_ID = "update-kaķis-CHANNEL-99"
INTENT = "intent_kaķis"
FLAG = "documents_taken"

IN_CLEAR = {
    "alembic_version": {"version_num"},
    "band_change": {"id", "conversation_id", "operator_id", "source", "target", "at"},
    "closing_count": {"week", "outcome", "band", "channel", "language", "count"},
    "content_key": {"conversation_id", "segment", "recipient"},
    "conversation": {
        "id",
        "alias",
        "channel",
        "language",
        "route",
        "band",
        "bot_sender",
        "last_seq",
        "last_activity_at",
        "waiting_since",
        "operator_id",
        "claim_epoch",
        "lease_until",
        "had_human",
        "is_easy",
        "unreachable",
    },
    "feed_event": {"id", "conversation_id", "kind", "at"},
    "inbox": {"id", "conversation_id", "seq"},
    # Public lists: nothing of any visitor.
    "licence_entry": {
        "id",
        "list_id",
        "name",
        "status",
        "registration",
        "licence",
        "countries",
        "services",
        "since",
        "until",
        "ended",
    },
    "licence_list": {"id", "kind", "day", "imported_at", "entries", "rejected", "current"},
    "message": {"conversation_id", "seq", "sender", "at"},
    "operator": {"id", "login", "one_time", "switched_off"},
    "operator_session": {"operator_id", "opened_at", "seen_at"},
    "outbox": {"id", "conversation_id", "seq", "state", "attempts", "next_at", "courier"},
    "routing_event": {"id", "conversation_id", "source", "target", "event", "actor", "at"},
    "telegram_chat": {"conversation_id"},
    "tombstone": {"day"},
    "web_visitor": {"conversation_id"},
}
HIDDEN = {
    "band_change": {"reason"},
    "content_key": {"sealed"},
    "conversation": {"story"},
    "inbox": {"payload"},
    "message": {"body", "assessment", "telling", "origin_hash"},
    "operator": {"password_hash"},
    "operator_session": {"id_hash"},
    "outbox": {"payload"},
    "telegram_chat": {"chat", "chat_hash"},
    "tombstone": {"mark"},
    "web_visitor": {"token_hash", "public_key"},
}


def told(frontdoor: Frontdoor, desk: Desk) -> list[str]:
    """Lives through everything and gives every string that must not be in the database."""
    opened = frontdoor.open_web("lv")
    for conversation_id in (opened.conversation.id, frontdoor.open_telegram(CHAT_ID).id):
        _tell(frontdoor, desk, conversation_id)
    return [
        VISITOR_WORDS,
        ANSWER_WORDS,
        OPERATOR_WORDS,
        REASON_WORDS,
        TITLE_WORDS,
        CHANNEL_ID,
        INTENT,
        FLAG,
        str(CHAT_ID),
        opened.token,
        "kaķis",
        "VISITOR",
    ]


def _tell(frontdoor: Frontdoor, desk: Desk, conversation_id: str) -> None:
    assessment = Assessment("lv", "job_offer", "high", True, (RedFlag(FLAG, "critical", 0, 3, VISITOR_WORDS),))
    reply = Reply(ANSWER_WORDS, (Button(TITLE_WORDS, "/person"),))
    frontdoor.receive(conversation_id, VISITOR_WORDS, channel_message_id=CHANNEL_ID)
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    frontdoor.assessed(item, assessment, [reply])
    frontdoor.settle(item, [reply], intent=INTENT)
    frontdoor.receive(conversation_id, VISITOR_WORDS, channel_message_id=CHANNEL_ID + "2")
    frontdoor.request_handoff(conversation_id, reply)
    desk.take("one", conversation_id)
    desk.write("one", conversation_id, CHANNEL_ID, OPERATOR_WORDS)
    desk.lower_band("one", conversation_id, Band.GREY, REASON_WORDS)


def test_the_sqlite_files_hold_no_secret_in_clear(sqlite_url: str, tmp_path: Path, keys: Path, clock: Clock) -> None:
    """Words in any encoding, flag ids, chat id, token, channel ids: in no file, before and after the log is emptied."""
    database = Database(sqlite_url)
    frontdoor = Frontdoor(database, load_gateway_vault(keys), clock)
    strings = told(frontdoor, Desk(database, load_console_vault(keys), clock))
    assert len(strings) == 12
    for _ in range(2):
        content = b"".join(file.read_bytes() for file in tmp_path.glob("karogs.db*"))
        assert len(content) > 50_000
        assert [string for string in strings if _occurs(string, content)] == []
        database.scrub()
    database.close()


def _occurs(string: str, content: bytes) -> bool:
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return any(string.encode(encoding) in content for encoding in encodings)


def test_a_dump_of_postgres_holds_no_secret_in_clear(migrated_postgres_url: str, keys: Path, clock: Clock) -> None:
    """Every value of every table, as text and as bytes."""
    database = Database(migrated_postgres_url)
    frontdoor = Frontdoor(database, load_gateway_vault(keys), clock)
    strings = told(frontdoor, Desk(database, load_console_vault(keys), clock))
    content = b"\n".join(
        bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
        for rows in rows_of(migrated_postgres_url).values()
        for row in rows
        for value in row.values()
    )
    database.close()
    assert len(content) > 5_000
    assert [string for string in strings if _occurs(string, content)] == []


def rows_of(url: str) -> dict[str, list[dict[str, Any]]]:
    engine, metadata = create_engine(url), MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        rows = {
            table.name: [dict(row._mapping) for row in connection.execute(table.select())]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return rows


def test_every_column_is_either_listed_as_clear_or_hidden(url: str) -> None:
    """A new column must be put on one of the two lists by somebody who thought about it."""
    engine, metadata = create_engine(url), MetaData()
    metadata.reflect(engine)
    engine.dispose()
    found = {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}
    assert len(found) == 17
    assert found == {table: IN_CLEAR[table] | HIDDEN.get(table, set()) for table in IN_CLEAR}


def test_times_about_visitors_are_cut_to_the_minute(frontdoor: Frontdoor, desk: Desk, url: str) -> None:
    """Only the lease of an operator and a postponed delivery need seconds."""
    told(frontdoor, desk)
    seconds = {
        (table, column): value.second
        for table, rows in rows_of(url).items()
        for row in rows
        for column, value in row.items()
        if hasattr(value, "second") and column not in ("lease_until", "next_at")
    }
    assert len(seconds) >= 6
    assert set(seconds.values()) == {0}


def test_the_gateway_at_rest_reads_nothing_of_what_it_stored(
    frontdoor: Frontdoor, desk: Desk, url: str, keys: Path
) -> None:
    """With the route key, the public content key and the whole database, no text and no assessment opens."""
    told(frontdoor, desk)
    route_key = (keys / "route.key").read_bytes()
    attempts = 0
    for row in rows_of(url)["content_key"]:
        for owner in ("console", "visitor"):
            place = Place("content_key", "sealed", f"{row['segment']}:{owner}", row["conversation_id"])
            attempts += 1
            with pytest.raises(Unreadable):
                unseal(route_key, bytes(row["sealed"]), place)
    assert attempts == 6


def test_the_console_reads_no_chat_id_and_no_waiting_work(
    frontdoor: Frontdoor, desk: Desk, url: str, keys: Path
) -> None:
    """With the content key and the whole database, what is sealed to the gateway stays shut."""
    told(frontdoor, desk)
    content_key = (keys / "content.key").read_bytes()
    rows = rows_of(url)
    places = [
        (row["chat"], Place("telegram_chat", "chat", row["conversation_id"], row["conversation_id"]))
        for row in rows["telegram_chat"]
    ] + [
        (row["payload"], Place(table, "payload", str(row["seq"]), row["conversation_id"]))
        for table in ("inbox", "outbox")
        for row in rows[table]
    ]
    assert len(places) >= 6
    for envelope, place in places:
        with pytest.raises(Unreadable):
            unseal(content_key, bytes(envelope), place)


def test_every_conversation_has_keys_of_its_own(frontdoor: Frontdoor, desk: Desk, url: str, keys: Path) -> None:
    """The key of one conversation opens its messages and not those of another."""
    told(frontdoor, desk)
    rows, content_key = rows_of(url), (keys / "content.key").read_bytes()
    opened = {
        row["conversation_id"]: unseal(
            content_key,
            bytes(row["sealed"]),
            Place("content_key", "sealed", f"{row['segment']}:console", row["conversation_id"]),
        )
        for row in rows["content_key"]
        if row["recipient"] == "console"
    }
    assert len(set(opened.values())) == 2
    outcomes = [_opens(opened, row, owner) for row in rows["message"] for owner in opened]
    assert (outcomes.count(True), outcomes.count(False)) == (len(rows["message"]), len(rows["message"]))


def _opens(opened: dict[str, bytes], row: dict[str, Any], owner: str) -> bool:
    assert segment_of(bytes(row["body"])) == 1
    place = Place("message", "body", str(row["seq"]), row["conversation_id"])
    try:
        decrypt(opened[owner], bytes(row["body"]), place)
    except Unreadable:
        return False
    return True


def test_the_lists_know_every_table_of_the_models() -> None:
    """Fourteen tables of ours beside Alembic's."""
    assert set(Base.metadata.tables) == set(IN_CLEAR) - {"alembic_version"}


def test_names_that_operators_call_conversations_by_are_random() -> None:
    """An alias has three syllables and two digits, tells nothing and rarely repeats."""
    aliases = [new_alias() for _ in range(500)]
    assert len(set(aliases)) > 495
    assert all(re.fullmatch(r"[A-Z][a-z]{5} \d\d", alias) for alias in aliases)
