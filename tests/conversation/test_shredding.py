"""Deleted stays deleted: the database's files are searched for what was in them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.conversation import Database, Desk, Frontdoor, load_console_vault, load_gateway_vault, migrate
from bot.conversation.shredding import mark_of
from bot.messages import Band, Reply
from tests.conversation.conftest import DANGEROUS, WAIT, Clock, say, telegram_with, waiting_with, web_with
from tests.postgres import Server

SECRETS = {
    "content_key": ("sealed",),
    "message": ("body", "assessment"),
    "inbox": ("payload",),
    "outbox": ("payload",),
    "telegram_chat": ("chat", "chat_hash"),
    "web_visitor": ("token_hash", "public_key"),
    "band_change": ("reason",),
    "conversation": ("bot_sender", "alias"),
}
"""Every column that holds something of one visitor's."""


@pytest.fixture
def sqlite(sqlite_url: str) -> Database:
    return Database(sqlite_url)


def values_of(database: Database, conversation_id: str) -> list[bytes]:
    """All secret values of one conversation, as they stand in the files."""
    found: list[bytes] = []
    with database.reading() as session:
        for table, columns in SECRETS.items():
            key = "id" if table == "conversation" else "conversation_id"
            statement = text(f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = :id")
            for row in session.execute(statement, {"id": conversation_id}):
                found += [value.encode() if isinstance(value, str) else bytes(value) for value in row if value]
    return found


def in_files(folder: Path, values: list[bytes]) -> int:
    """How many of the values are found anywhere in the database's files."""
    content = b"".join(file.read_bytes() for file in folder.glob("karogs.db*"))
    return sum(value in content for value in values)


def lives(database: Database, keys: Path, clock: Clock) -> tuple[Frontdoor, list[str]]:
    """Twenty conversations with everything that can be stored about one."""
    frontdoor = Frontdoor(database, load_gateway_vault(keys), clock)
    desk = Desk(database, load_console_vault(keys), clock)
    ids = [_life(frontdoor, desk, number) for number in range(20)]
    return frontdoor, ids


def _life(frontdoor: Frontdoor, desk: Desk, number: int) -> str:
    is_web = number % 2 == 0
    conversation_id = web_with(frontdoor)[0] if is_web else telegram_with(frontdoor, 900 + number)
    say(frontdoor, conversation_id, "Pase " * 300, DANGEROUS)
    frontdoor.request_handoff(conversation_id, WAIT)
    desk.take("one", conversation_id)
    desk.write("one", conversation_id, "c", "Labdien")
    desk.lower_band("one", conversation_id, Band.YELLOW, "iemesls")
    frontdoor.receive(conversation_id, "gaida", channel_message_id="w")
    return conversation_id


def test_a_shredded_conversation_is_in_no_file(sqlite: Database, keys: Path, clock: Clock, tmp_path: Path) -> None:
    """Keys, texts, chat id, token: before shredding all are found in the files, after it none; the others stay."""
    frontdoor, ids = lives(sqlite, keys, clock)
    gone, kept = ids[:10], ids[10:]
    before = {conversation_id: values_of(sqlite, conversation_id) for conversation_id in ids}
    secrets = [value for conversation_id in gone for value in before[conversation_id]]
    assert len(secrets) > 150
    assert in_files(tmp_path, secrets) == len(secrets)
    assert [frontdoor.shred(conversation_id) for conversation_id in gone] == [True] * 10
    assert in_files(tmp_path, secrets) == 0
    assert in_files(tmp_path, gone_ids(gone)) <= len(gone)
    remaining = [value for conversation_id in kept for value in before[conversation_id]]
    assert in_files(tmp_path, remaining) == len(remaining)
    sqlite.close()
    assert in_files(tmp_path, secrets) == 0


def gone_ids(ids: list[str]) -> list[bytes]:
    return [conversation_id.encode() for conversation_id in ids]


def test_shredding_under_load_leaves_nothing_either(sqlite: Database, keys: Path, clock: Clock, tmp_path: Path) -> None:
    """Other visitors write and read all the time while ten conversations are shredded."""
    frontdoor, ids = lives(sqlite, keys, clock)
    busy, stop = frontdoor.open_web("lv"), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            frontdoor.receive(busy.conversation.id, "x", channel_message_id=f"{number}")
            frontdoor.messages(busy.conversation.id, busy.token, after=number - 2)

    threads = [threading.Thread(target=write) for _ in range(2)]
    secrets = [value for conversation_id in ids for value in values_of(sqlite, conversation_id)]
    for thread in threads:
        thread.start()
    outcomes = [frontdoor.shred(conversation_id) for conversation_id in ids]
    stop.set()
    for thread in threads:
        thread.join()
    sqlite.scrub()
    assert outcomes == [True] * 20
    assert in_files(tmp_path, secrets) == 0
    sqlite.close()


def test_a_long_reader_is_reported_and_the_next_run_finishes(
    sqlite: Database, keys: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A snapshot of before the shredding holds SQLite's log; the answer is honest about it."""
    monkeypatch.setattr("bot.conversation.database.CHECKPOINT_PAUSES", (0.0,))
    monkeypatch.setattr("bot.conversation.database.SQLITE_SETTINGS", SHORT_PATIENCE)
    impatient = Database(f"sqlite:///{tmp_path}/karogs.db")
    frontdoor, ids = lives(impatient, keys, clock)
    secrets = values_of(impatient, ids[0])
    with sqlite.reading() as session:
        session.execute(text("SELECT count(*) FROM message")).scalar()
        assert frontdoor.shred(ids[0]) is False
        assert in_files(tmp_path, secrets) > 0
    assert impatient.scrub() is True
    assert in_files(tmp_path, secrets) == 0
    impatient.close()
    sqlite.close()


def test_a_tombstone_says_only_that_something_was_here(database: Database, frontdoor: Frontdoor) -> None:
    """A hash of the random id and the day, for restores of older backups."""
    conversation_id = waiting_with(frontdoor)
    frontdoor.shred(conversation_id)
    with database.reading() as session:
        rows = session.execute(text("SELECT mark, day FROM tombstone")).all()
        left = [
            session.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in (*SECRETS, "routing_event", "inbox")
        ]
    assert [(mark, str(day)) for mark, day in rows] == [(mark_of(conversation_id), "2026-11-23")]
    assert set(left) == {0}


def test_postgres_keeps_no_dead_rows_after_shredding(postgres_server: Server, keys: Path, clock: Clock) -> None:
    """The tables' files are vacuumed; PostgreSQL's own log lives as long as the server keeps it."""
    name = postgres_server.create()
    migrate(postgres_server.url(name))
    database = Database(postgres_server.url(name))
    frontdoor, ids = lives(database, keys, clock)
    for conversation_id in ids:
        frontdoor.shred(conversation_id)
    with database.reading() as session:
        sizes = {table: session.execute(text(f"SELECT pg_relation_size('{table}')")).scalar() for table in SECRETS}
    database.close()
    postgres_server.drop(name)
    assert sizes == dict.fromkeys(SECRETS, 0)


def test_the_gateway_forgets_the_key_it_had_in_memory(database: Database, frontdoor: Frontdoor) -> None:
    """After shredding no key of the conversation is left in the process."""
    conversation_id, _ = web_with(frontdoor)
    assert frontdoor._keys._memory.get(conversation_id) is not None
    frontdoor.shred(conversation_id)
    assert frontdoor._keys._memory.get(conversation_id) is None


def test_a_rolled_back_key_is_never_written_with(
    database: Database, frontdoor: Frontdoor, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the first transaction of a conversation fails, the next message gets a key that is stored."""
    opened = frontdoor.open_web("lv")
    conversation_id = opened.conversation.id
    with pytest.raises(TypeError):
        frontdoor.receive(conversation_id, "x", channel_message_id="1", payload=object())  # type: ignore[arg-type]
    frontdoor.receive(conversation_id, "Labdien", channel_message_id="1")
    assert [m.text for m in frontdoor.messages(conversation_id, opened.token)] == ["Labdien"]
    frontdoor.request_handoff(conversation_id, Reply("gaidiet"))
    assert [m.text for m in desk.transcript("one", conversation_id).messages] == ["Labdien", "gaidiet"]


SHORT_PATIENCE = (
    "PRAGMA busy_timeout=50",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
)
