"""
The copy of the lists that the assistant reads: one SQLite file with public data and nothing else.

The action server must not see the database, which holds conversations: it gets this file. It is written whole and put
in place at once, and opened anew for every question, so that a new list is in use from the next question on.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.licences.listing import Entry, Kind, ListInfo, Status
from bot.licences.names import NameKey, name_key
from bot.licences.vocabulary import Vocabulary

_TABLES = """
CREATE TABLE made (fingerprint TEXT NOT NULL);
CREATE TABLE list (kind TEXT PRIMARY KEY, day TEXT NOT NULL, entries INTEGER NOT NULL, rejected INTEGER NOT NULL);
CREATE TABLE entry (kind TEXT NOT NULL, plain TEXT NOT NULL, stem TEXT NOT NULL, name TEXT NOT NULL,
    status TEXT NOT NULL, registration TEXT, licence TEXT, countries TEXT NOT NULL, services TEXT NOT NULL,
    since TEXT, until TEXT, ended TEXT);
"""
_INDEXES = """
CREATE INDEX entry_stem ON entry (kind, stem);
CREATE INDEX entry_registration ON entry (registration);
"""
_COLUMNS = "name, status, registration, licence, countries, services, since, until, ended"


def publish(path: Path, lists: Sequence[tuple[ListInfo, Iterable[Entry]]], vocabulary: Vocabulary) -> None:
    """Writes all lists to `path`; a reader sees the old file or the new one."""
    made = _fingerprint([info for info, _ in lists], vocabulary)
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as file, file:
        file.executescript(_TABLES)
        file.execute("INSERT INTO made VALUES (?)", (made,))
        for info, entries in lists:
            values = (info.kind.value, info.day.isoformat(), info.entries, info.rejected)
            file.execute("INSERT INTO list VALUES (?, ?, ?, ?)", values)
            rows = (_row(info.kind, entry, vocabulary) for entry in entries)
            file.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 12)})", rows)  # noqa: S608 - question marks
        file.executescript(_INDEXES)
    os.replace(partial, path)


@dataclass(frozen=True)
class PublishedLists:
    """The lists of one published file; without the file there are none."""

    path: Path | None
    vocabulary: Vocabulary

    def info(self, kind: Kind) -> ListInfo | None:
        """What is known of one list; None when it was never imported."""
        rows = self._rows("SELECT kind, day, entries, rejected FROM list WHERE kind = ?", kind.value)
        return next((ListInfo(Kind(k), date.fromisoformat(day), int(n), int(bad)) for k, day, n, bad in rows), None)

    def is_of(self, infos: Sequence[ListInfo]) -> bool:
        """Whether the file holds these lists, with the keys of this vocabulary."""
        return self._rows("SELECT fingerprint FROM made") == [(_fingerprint(infos, self.vocabulary),)]

    def same(self, kind: Kind, key: NameKey) -> list[Entry]:
        """The companies whose name is `key` but for declension, diacritics, case, alphabet and legal form."""
        return self._entries("kind = ? AND stem = ?", kind.value, key.stem)

    def by_registration(self, kind: Kind, number: str) -> list[Entry]:
        """The rows with this number of the Enterprise Register."""
        return self._entries("registration = ? AND kind = ?", number, kind.value)

    def names(self, kind: Kind) -> list[tuple[NameKey, str]]:
        """The name of every company of a list, with its key."""
        rows = self._rows("SELECT DISTINCT plain, stem, name FROM entry WHERE kind = ?", kind.value)
        return [(NameKey(plain, stem), name) for plain, stem, name in rows]

    def _entries(self, where: str, *values: str) -> list[Entry]:
        rows = self._rows(f"SELECT {_COLUMNS} FROM entry WHERE {where} ORDER BY rowid", *values)  # noqa: S608
        return [_entry(row) for row in rows]

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        if self.path is None or not self.path.is_file():
            return []
        with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as file:
            return file.execute(query, values).fetchall()


def _fingerprint(infos: Sequence[ListInfo], vocabulary: Vocabulary) -> str:
    return hashlib.sha256(repr((list(infos), vocabulary)).encode()).hexdigest()


def _row(kind: Kind, entry: Entry, vocabulary: Vocabulary) -> tuple[str | None, ...]:
    key = name_key(entry.name, vocabulary)
    days = (day.isoformat() if day else None for day in (entry.since, entry.until, entry.ended))
    named = (json.dumps(words, ensure_ascii=False) for words in (entry.countries, entry.services))
    return (
        kind.value,
        key.plain,
        key.stem,
        entry.name,
        entry.status.value,
        entry.registration,
        entry.licence,
        *named,
        *days,
    )


def _entry(row: Sequence[str]) -> Entry:
    name, status, registration, licence, countries, services, *days = row
    since, until, ended = (date.fromisoformat(day) if day else None for day in days)
    places, kinds = tuple(json.loads(countries)), tuple(json.loads(services))
    return Entry(name, Status(status), registration, licence, places, kinds, since, until, ended)
