"""Copies of a SQLite database, and putting one in place without bringing back what was deleted since."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.conversation.database import Database, migrate
from bot.conversation.models import Conversation, Tombstone
from bot.conversation.shredding import mark_of, shred

PRIVATE = 0o600


class BackupError(Exception):
    """The copy cannot be made or used; the sentence says why."""


def back_up(database: Path, copy: Path) -> None:
    """A whole, checked copy of a database that may be in use. Raises BackupError; never writes over a file."""
    if copy.exists():
        raise BackupError(f"{copy.name} exists already")
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source:
        copy.touch(PRIVATE)  # an empty file is filled, so that nobody else may read it at any moment
        source.execute("VACUUM INTO ?", (str(copy),))
    _check(copy)


def restore(copy: Path, database: Path, now: datetime) -> int:
    """
    Puts a copy in place of the database; nothing may be running.

    Conversations that were shredded since the copy was made, as the database in place remembers, are shredded again.
    Claims of that time have long run out: the first round of retention puts those conversations back in the queue.

    Returns:
        How many conversations were shredded again.
    """
    _check(copy)
    marks = _tombstones(database) if database.exists() else frozenset()
    fresh = database.with_name(database.name + ".restoring")
    _remove(fresh)
    fresh.touch(PRIVATE)
    fresh.write_bytes(copy.read_bytes())
    migrate(f"sqlite:///{fresh}")
    again = _bury(Database(f"sqlite:///{fresh}"), marks, now)
    _remove(database)
    fresh.rename(database)
    return again


def _bury(database: Database, marks: frozenset[str], now: datetime) -> int:
    with database.writing() as session:
        back = [one for one in session.scalars(select(Conversation.id)) if mark_of(one) in marks]
        for conversation_id in back:
            shred(session, conversation_id, now)
        for mark in marks:
            session.merge(Tombstone(mark=mark, day=now.date()))
    database.scrub()
    database.close()
    return len(back)


def _tombstones(database: Path) -> frozenset[str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return frozenset(mark for (mark,) in connection.execute("SELECT mark FROM tombstone"))


def _check(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"{copy.name} cannot be read: {error}") from None
    if answer != "ok":
        raise BackupError(f"{copy.name} is damaged")


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
