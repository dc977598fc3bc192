"""The lists in the database: of each kind one is current. An import never holds up the conversations beside it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import cast

from sqlalchemy import Select, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.conversation import Database
from bot.conversation.models import LicenceEntry, LicenceList
from bot.licences.errors import OlderList, TooManyRejected
from bot.licences.listing import Entry, Kind, ListInfo, Rejected, Status
from bot.licences.published import publish
from bot.licences.vocabulary import Vocabulary

_ENTRIES = cast(Table, LicenceEntry.__table__)

BATCH = 2_000
"""Rows of one transaction: SQLite has one writer at a time, and visitors' messages must not wait for a whole list."""


class Register:
    """The imported lists of an installation. `now` is the clock."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now

    def replace(
        self,
        kind: Kind,
        day: date,
        read: Iterable[Entry | Rejected],
        *,
        most_rejected: float = 1.0,
        allow_older: bool = False,
    ) -> tuple[ListInfo, list[Rejected]]:
        """
        Puts a list in the place of the present one of its kind, which stays current until all of the new one is there.

        Raises OlderList when the present one is of a later day, TooManyRejected when more than the share
        `most_rejected` was rejected or nothing was left, and whatever going through `read` raises; then nothing has
        changed.
        """
        self._refuse_older(kind, day, allow_older)
        self._clear_away()
        list_id, rejected = uuid.uuid4().hex, list[Rejected]()
        with self._database.writing() as session:
            session.add(LicenceList(id=list_id, kind=kind.value, day=day, imported_at=self._now()))
        try:
            entries = self._insert(list_id, _taken(read, rejected))
            if len(rejected) > most_rejected * (entries + len(rejected)) or not entries:
                raise TooManyRejected(entries, rejected)
            self._make_current(list_id, kind, entries, len(rejected))
        finally:
            self._clear_away()
        return ListInfo(kind, day, entries, len(rejected)), rejected

    def remove(self, kind: Kind) -> bool:
        """Forgets a list; False when there was none."""
        with self._database.writing() as session:
            present = _current(session, kind)
            if present:
                present.current = False
        self._clear_away()
        return present is not None

    def lists(self) -> list[ListInfo]:
        """What is there."""
        query = select(LicenceList).where(LicenceList.current).order_by(LicenceList.kind)
        with self._database.reading() as session:
            rows = session.scalars(query).all()
        return [ListInfo(Kind(row.kind), row.day, row.entries, row.rejected) for row in rows]

    def entries(self, kind: Kind) -> Iterator[Entry]:
        """The rows of the current list in the order of its file."""
        query = select(LicenceEntry).join(LicenceList).where(LicenceList.kind == kind.value, LicenceList.current)
        with self._database.reading() as session:
            for row in session.scalars(query.order_by(LicenceEntry.id).execution_options(yield_per=BATCH)):
                yield _entry(row)

    def publish(self, path: Path, vocabulary: Vocabulary) -> None:
        """Writes the copy that the assistant reads."""
        publish(path, [(info, self.entries(info.kind)) for info in self.lists()], vocabulary)

    def _refuse_older(self, kind: Kind, day: date, allow_older: bool) -> None:
        with self._database.reading() as session:
            present = _current(session, kind)
        if present and present.day > day and not allow_older:
            raise OlderList(kind.value, present.day, day)

    def _insert(self, list_id: str, entries: Iterator[Entry]) -> int:
        count = 0
        while batch := [_values(list_id, entry) for entry in islice(entries, BATCH)]:
            with self._database.writing() as session:
                # The table and not the class: the ORM would insert row by row.
                session.connection().execute(insert(_ENTRIES), batch)
            count += len(batch)
        return count

    def _make_current(self, list_id: str, kind: Kind, entries: int, rejected: int) -> None:
        of_kind = update(LicenceList).where(LicenceList.kind == kind.value)
        with self._database.writing() as session:
            session.execute(of_kind.values(current=False))
            this = update(LicenceList).where(LicenceList.id == list_id)
            session.execute(this.values(current=True, entries=entries, rejected=rejected))

    def _clear_away(self) -> None:
        """Deletes what is not current, also what an import left that was killed."""
        old = select(LicenceList.id).where(LicenceList.current.is_(False))
        rows = select(LicenceEntry.id).where(LicenceEntry.list_id.in_(old)).limit(BATCH)
        while self._deleted(rows):
            pass
        with self._database.writing() as session:
            session.execute(delete(LicenceList).where(LicenceList.current.is_(False)))

    def _deleted(self, rows: Select[int]) -> bool:
        with self._database.writing() as session:
            return bool(
                session.scalars(delete(LicenceEntry).where(LicenceEntry.id.in_(rows)).returning(LicenceEntry.id)).all()
            )


def _current(session: Session, kind: Kind) -> LicenceList | None:
    return session.scalars(select(LicenceList).where(LicenceList.kind == kind.value, LicenceList.current)).one_or_none()


def _taken(read: Iterable[Entry | Rejected], rejected: list[Rejected]) -> Iterator[Entry]:
    for item in read:
        if isinstance(item, Rejected):
            rejected.append(item)
        else:
            yield item


def _values(list_id: str, entry: Entry) -> dict[str, object]:
    columns = {**vars(entry), "status": entry.status.value}
    return {**columns, "countries": list(entry.countries), "services": list(entry.services), "list_id": list_id}


def _entry(row: LicenceEntry) -> Entry:
    return Entry(
        name=row.name,
        status=Status(row.status),
        registration=row.registration,
        licence=row.licence,
        countries=tuple(row.countries),
        services=tuple(row.services),
        since=row.since,
        until=row.until,
        ended=row.ended,
    )
