"""What can go wrong with a list of licences."""

from __future__ import annotations

from datetime import date

from bot.licences.listing import Rejected


class ListRefused(Exception):
    """A file cannot be taken as a list; the sentence says why and what to do, and names no visitor."""


class OlderList(ListRefused):
    """A newer list of this kind is already there."""

    def __init__(self, kind: str, present: date, given: date) -> None:
        super().__init__(
            f"the {kind} list of {present} is newer than the given one of {given}; --older takes it anyway"
        )
        self.present, self.given = present, given


class TooManyRejected(ListRefused):
    """So many rows could not be read that "not on the list" would mean nothing."""

    def __init__(self, entries: int, rejected: list[Rejected]) -> None:
        share = f"{len(rejected)} of {entries + len(rejected)} rows"
        super().__init__(f"{share} could not be read: a company in one of them would be called not listed")
        self.entries, self.rejected = entries, rejected
