"""
The door to the database: SQLite or PostgreSQL.

SQLite's transactions are begun by hand: writers with BEGIN IMMEDIATE, because one that reads first and writes later
cannot be helped by waiting (SQLITE_BUSY at once).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection

from bot.conversation.errors import DatabaseNotMigrated

MIGRATIONS = Path(__file__).with_name("migrations")
SQLITE_SETTINGS = (
    "PRAGMA busy_timeout=5000",  # first: the others may have to wait
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a message that was acknowledged survives a power cut
    "PRAGMA secure_delete=ON",  # without it, deleted keys stay on free pages
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
CHECKPOINT_PAUSES = (0.0, 0.05, 0.2, 0.5)
SHREDDED_TABLES = "conversation, web_visitor, telegram_chat, content_key, message, inbox, outbox, band_change"
BEGIN = "sqlite_begin"
MIGRATION_LOCK = 5_312_026


class Database:
    """A migrated database; raises DatabaseNotMigrated when its schema is not this program's."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writer = self.engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        self._check_schema()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction, committed at the end; on SQLite no other writer runs meanwhile."""
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that changes nothing."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def dedicated(self) -> PoolProxiedConnection:
        """A plain driver connection in autocommit mode that the caller keeps and closes."""
        raw = self.engine.raw_connection()
        raw.detach()
        if not self.is_sqlite:
            driver: Any = raw.dbapi_connection
            driver.set_autocommit(True)
        return raw

    def scrub(self) -> bool:
        """
        Makes deleted rows unreadable in the files: SQLite's log is emptied, PostgreSQL's tables are vacuumed.

        False when a reader held SQLite's log for too long; the next run finishes the work. PostgreSQL's own log keeps
        what it wrote until the server recycles it.
        """
        raw = self.dedicated()
        try:
            if self.is_sqlite:
                return _emptied_log(raw)
            raw.cursor().execute(f"VACUUM {SHREDDED_TABLES}")
            return True
        finally:
            raw.close()

    def close(self) -> None:
        """Lets every connection go."""
        self.engine.dispose()

    def _check_schema(self) -> None:
        with self.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
        needed = ScriptDirectory(str(MIGRATIONS)).get_current_head()
        if found != needed:
            self.close()
            raise DatabaseNotMigrated(found, needed)


def migrate(url: str) -> None:
    """Brings the database to the newest schema; safe to repeat, all or nothing."""
    _make_private_file(url)
    engine = make_engine(url)
    try:
        with engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"}).begin() as connection:
            if engine.dialect.name == "postgresql":  # one at a time, as BEGIN IMMEDIATE makes it on SQLite
                connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine with this project's settings; statements never show their parameters."""
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin or commit anything by itself
    for setting in SQLITE_SETTINGS:
        connection.execute(setting)


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))


def _emptied_log(raw: PoolProxiedConnection) -> bool:
    cursor = raw.cursor()
    for pause in CHECKPOINT_PAUSES:
        time.sleep(pause)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone() or (1,)
        if not busy:
            return True
    return False


def _make_private_file(url: str) -> None:
    """Creates SQLite's file for its owner alone; its log files take the same mode."""
    name = make_url(url).database
    if url.startswith("sqlite") and name and name != ":memory:":
        os.close(os.open(name, os.O_CREAT | os.O_RDWR, 0o600))
