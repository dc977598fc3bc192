"""The values of the lists: what a public register says of one company, and of itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


class Kind(str, enum.Enum):
    """Which list: licences and revoked licences of the State Employment Agency, or the Enterprise Register."""

    LICENSED = "licensed"
    REVOKED = "revoked"
    REGISTER = "register"


class Status(str, enum.Enum):
    """What a list says of a company."""

    LISTED = "listed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REGISTERED = "registered"
    STRUCK_OFF = "struck_off"


@dataclass(frozen=True)
class Entry:
    """
    One row of a list.

    `registration` is the eleven-digit number of the Enterprise Register. `countries` are codes of the directory and
    `services` ids of lists.yml, or the words of the list where it uses others. `until` is the last day of a licence,
    `ended` the day on which it was revoked or the company was struck off.
    """

    name: str
    status: Status
    registration: str | None = None
    licence: str | None = None
    countries: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    ended: date | None = None

    def has_run_out(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


@dataclass(frozen=True)
class Rejected:
    """A row that was not taken: its number in the file (the first is 1) and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class ListInfo:
    """A list that was imported: of which day it is, how many companies it holds, how many rows could not be read."""

    kind: Kind
    day: date
    entries: int
    rejected: int

    def age_days(self, today: date) -> int:
        """Days since the list was made."""
        return (today - self.day).days
