"""The database's own rules, and that migrations lead to the models."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from bot.conversation import Database, DatabaseNotMigrated, Frontdoor, migrate
from bot.conversation.database import make_engine
from bot.conversation.models import Base
from tests.conversation.conftest import telegram_with, waiting_with, web_with


def _plain(value: Any) -> Any:
    """Types and clauses have no equality of their own."""
    return {key: str(inner) for key, inner in value.items()} if isinstance(value, dict) else str(value)


def schema_of(engine: Engine) -> dict[str, Any]:
    """Everything that the database says of its tables."""
    look = inspect(engine)

    def by_name(found: list[Any]) -> list[str]:
        return sorted(str({key: _plain(value) for key, value in entry.items()}) for entry in found)

    return {
        table: {
            "columns": by_name(look.get_columns(table)),
            "primary": look.get_pk_constraint(table),
            "foreign": by_name(look.get_foreign_keys(table)),
            "unique": by_name(look.get_unique_constraints(table)),
            "checks": by_name(look.get_check_constraints(table)),
            "indexes": by_name(look.get_indexes(table)),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def test_migrations_lead_to_the_models(empty_urls: tuple[str, str]) -> None:
    """Columns, keys, checks and indexes are the same as those the models create."""
    migrate(empty_urls[0])
    migrated, created = make_engine(empty_urls[0]), make_engine(empty_urls[1])
    Base.metadata.create_all(created)
    found = schema_of(migrated)
    assert len(found) == 16
    assert found == schema_of(created)
    migrated.dispose()
    created.dispose()


def test_migrating_twice_changes_nothing(empty_urls: tuple[str, str]) -> None:
    """A second run finds the newest schema."""
    migrate(empty_urls[0])
    engine = make_engine(empty_urls[0])
    before = schema_of(engine)
    migrate(empty_urls[0])
    assert schema_of(engine) == before
    engine.dispose()


def test_a_database_without_the_newest_schema_is_refused(empty_urls: tuple[str, str]) -> None:
    """The error says what was found, what is needed and how to get there."""
    with pytest.raises(DatabaseNotMigrated, match="at schema none, this program needs 0004: run `karogs migrate`"):
        Database(empty_urls[0])


def test_the_sqlite_files_are_for_the_owner_alone(tmp_path: Path) -> None:
    """Nobody else on the machine reads the database or its log."""
    migrate(f"sqlite:///{tmp_path}/karogs.db")
    database = Database(f"sqlite:///{tmp_path}/karogs.db")
    with database.reading() as session:
        session.execute(text("SELECT 1 FROM conversation"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    database.close()
    assert modes == {"karogs.db": 0o600, "karogs.db-wal": 0o600, "karogs.db-shm": 0o600}


def test_sqlite_keeps_what_was_acknowledged_and_wipes_what_was_deleted(sqlite_url: str) -> None:
    """Full synchronisation, write-ahead log, secure deletion, foreign keys, five seconds of patience."""
    database = Database(sqlite_url)
    with database.reading() as session:
        settings = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("synchronous", "journal_mode", "secure_delete", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert settings == {
        "synchronous": 2,
        "journal_mode": "wal",
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


BROKEN = {
    "an operator without the human route": "UPDATE conversation SET operator_id = 'x'",
    "a lease without the human route": "UPDATE conversation SET lease_until = last_activity_at",
    "the human route without an operator": "UPDATE conversation SET route = 'human' WHERE route = 'waiting'",
    "waiting since never": "UPDATE conversation SET waiting_since = NULL WHERE route = 'waiting'",
    "waiting with the assistant": "UPDATE conversation SET waiting_since = last_activity_at WHERE route = 'bot'",
    "an unknown route": "UPDATE conversation SET route = 'lost'",
    "an unknown band": "UPDATE conversation SET band = 'blue'",
    "an unknown channel": "UPDATE conversation SET channel = 'post'",
    "an unknown language": "UPDATE conversation SET language = 'en'",
    "an unknown sender": "UPDATE message SET sender = 'god'",
    "an assessed answer": "UPDATE message SET assessment = body WHERE sender = 'assistant'",
    "message number nought": "UPDATE message SET seq = 0 WHERE seq = 2",
    "the same number twice": "UPDATE message SET seq = 1 WHERE seq = 2",
    "the same channel message twice": (
        "UPDATE message SET origin_hash = (SELECT min(origin_hash) FROM message m"
        " WHERE m.conversation_id = message.conversation_id)"
    ),
    "work for a message that is not there": "UPDATE inbox SET seq = 99",
    "two conversations of one chat": "UPDATE telegram_chat SET chat_hash = 'same'",
    "two conversations of one token": "UPDATE web_visitor SET token_hash = 'same'",
    "a sent message with its payload": "UPDATE outbox SET state = 'sent'",
    "a queued message without payload": "UPDATE outbox SET payload = NULL",
    "a key for a conversation that is not there": "UPDATE content_key SET conversation_id = 'x'",
    "an unknown feed kind": "UPDATE feed_event SET kind = 'gossip'",
}


def test_the_list_of_broken_states_is_complete() -> None:
    """Twenty-one statements would break the store."""
    assert len(BROKEN) == 21


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_itself_refuses(name: str, url: str, frontdoor: Frontdoor) -> None:
    """Whatever a program does wrong, the state stays one that the design knows."""
    web_with(frontdoor)
    waiting = waiting_with(frontdoor)
    telegram_with(frontdoor, 1)
    telegram_with(frontdoor, 2)
    frontdoor.receive(waiting, "vēl", channel_message_id="more")
    with Database(url).writing() as session, pytest.raises(IntegrityError):
        _execute(session.connection(), BROKEN[name])


def _execute(connection: Connection, statement: str) -> None:
    with connection.begin_nested():
        connection.execute(text(statement))


def test_an_engine_never_shows_parameters(sqlite_url: str) -> None:
    """An error message of the database holds no value of a visitor."""
    engine = make_engine(sqlite_url)
    with engine.connect() as connection, pytest.raises(IntegrityError) as failure:
        connection.execute(text("INSERT INTO conversation (id) VALUES (:id)"), {"id": "secret-value"})
    engine.dispose()
    assert "secret-value" not in str(failure.value)
    assert create_engine(sqlite_url).hide_parameters is False
