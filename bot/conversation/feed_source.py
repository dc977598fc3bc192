"""Where the feed's events come from: SQLite is asked every 30 ms, PostgreSQL tells by itself."""

from __future__ import annotations

import sqlite3
import time
from typing import Any, Protocol

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.announcement import POSTGRES_CHANNEL
from bot.conversation.database import Database
from bot.conversation.views import FeedEvent, FeedKind

POLL_SECONDS = 0.03
WAIT_SECONDS = 0.3
POSTGRES_OVERLAP = 200
"""PostgreSQL's numbers may be committed out of order; after a broken connection some are told again."""

SOURCE_ERRORS = (sqlite3.Error, psycopg.Error, SQLAlchemyError)
SINCE = "SELECT id, conversation_id, kind FROM feed_event WHERE id > {mark} ORDER BY id"
NEWEST = "SELECT coalesce(max(id), 0) FROM feed_event"


class Source(Protocol):
    """Blocks for less than half a second at a time."""

    last: int

    def wait(self) -> list[FeedEvent]: ...

    def close(self) -> None: ...


def open_source(database: Database, after: int | None) -> Source:
    """Events after that number; None: from now on."""
    return SqliteSource(database, after) if database.is_sqlite else PostgresSource(database, after)


class SqliteSource:
    """`data_version` changes when another connection has committed; only then the table is read."""

    def __init__(self, database: Database, after: int | None) -> None:
        self._raw = database.dedicated()
        self._cursor = self._raw.cursor()
        self._version = -1
        self.last = self._first(NEWEST) if after is None else after

    def wait(self) -> list[FeedEvent]:
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            version = self._first("PRAGMA data_version")
            if version != self._version:
                self._version = version
                return self._read()
            time.sleep(POLL_SECONDS)
        return []

    def close(self) -> None:
        self._raw.close()

    def _read(self) -> list[FeedEvent]:
        self._cursor.execute(SINCE.format(mark="?"), (self.last,))
        events = [FeedEvent(*row) for row in self._cursor.fetchall()]
        self.last = events[-1].id if events else self.last
        return events

    def _first(self, statement: str) -> int:
        self._cursor.execute(statement)
        row = self._cursor.fetchone()
        assert row is not None  # both statements always give a row
        return int(row[0])


class PostgresSource:
    """Listens; each notification carries the whole event and comes in the order of the commits."""

    def __init__(self, database: Database, after: int | None) -> None:
        self._raw = database.dedicated()
        self._driver: psycopg.Connection[Any] = self._raw.dbapi_connection  # type: ignore[assignment]
        self._driver.execute(f"LISTEN {POSTGRES_CHANNEL}")
        self._missed = [] if after is None else self._since(after - POSTGRES_OVERLAP)
        self.last = self._missed[-1].id if self._missed else after or 0

    def wait(self) -> list[FeedEvent]:
        missed, self._missed = self._missed, []
        if missed:
            return missed
        events = [_parsed(note.payload) for note in self._driver.notifies(timeout=WAIT_SECONDS, stop_after=1)]
        self.last = max([self.last, *(event.id for event in events)])
        return events

    def close(self) -> None:
        self._raw.close()

    def _since(self, mark: int) -> list[FeedEvent]:
        return [FeedEvent(*row) for row in self._driver.execute(SINCE.format(mark="%s"), (mark,)).fetchall()]


def _parsed(payload: str) -> FeedEvent:
    number, conversation_id, kind = payload.split("|")
    known: FeedKind = kind  # type: ignore[assignment]  # the table's check lets nothing else in
    return FeedEvent(int(number), conversation_id, known)
