"""A file of the agency or the register, read into entries; every row left out has a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.licences.dates import dates_in
from bot.licences.errors import ListRefused
from bot.licences.folding import words
from bot.licences.listing import Entry, Kind, Rejected, Status
from bot.licences.parts import parts_of
from bot.licences.rules import Layout, Rules
from bot.licences.table_file import Row, read_rows

HEADINGS_WITHIN = 30
"""Rows in which the headings must stand: offices put titles above them."""

ENDED = (Status.REVOKED, Status.STRUCK_OFF)

Countries = Callable[[str], tuple[str, ...]]
"""The codes of the countries that some words name; the directory's `named_countries`."""


@dataclass(frozen=True)
class ListFile:
    """
    A file of which the headings were understood; `rows` can be gone through once.

    `day` is the date that stands above the headings, None where there is none; `places` says which column was found
    under which index of `headings`.
    """

    layout: Layout
    day: date | None
    headings: tuple[str, ...]
    places: Mapping[str, int]
    rows: Iterator[Row]


class _BadRow(Exception):
    """Why a row is not taken, as a person reads it."""


def open_list(path: Path, rules: Rules, kind: Kind | None = None) -> ListFile:
    """
    Finds the headings of a file, and by them its kind unless `kind` is given.

    Raises ListRefused, with the headings that were found, when no known kind fits.
    """
    rows = read_rows(path)
    above: list[str] = []
    layouts = [rules.layout(kind)] if kind else rules.layouts
    widest: tuple[str, ...] = ()
    for _, (_, cells) in zip(range(HEADINGS_WITHIN), rows, strict=False):
        for layout in layouts:
            places = layout.places(cells)
            if layout.knows(places) or (kind and set(layout.required) < set(places)):
                days = dates_in(" ".join(above))
                return ListFile(layout, days[-1] if days else None, cells, places, rows)
        above.extend(cells)
        widest = max(widest, cells, key=lambda row: sum(map(bool, row)))
    raise ListRefused(
        f"{path.name}: no row has the headings of a known list. The fullest row was: "
        f"{' | '.join(filter(None, widest)) or 'empty'}. Add its headings to nlu_data/licences/lists.yml"
    )


def entries_of(file: ListFile, rules: Rules, countries: Countries) -> Iterator[Entry | Rejected]:
    """Every row below the headings, as an entry or with the reason why it is none; a repeated row is none."""
    seen: dict[Entry, int] = {}
    for number, cells in file.rows:
        if cells == file.headings:
            continue  # headings that are repeated on every page or sheet
        try:
            entry = _entry(file, cells, rules, countries)
            if entry in seen:
                raise _BadRow(f"says the same as row {seen[entry]}")
            seen[entry] = number
        except _BadRow as problem:
            yield Rejected(number, str(problem))
            continue
        yield entry


def _entry(file: ListFile, cells: tuple[str, ...], rules: Rules, countries: Countries) -> Entry:
    def cell(column: str) -> str:
        at = file.places.get(column)
        return cells[at] if at is not None and at < len(cells) else ""

    for column in file.layout.required:
        if not cell(column):
            raise _BadRow(f"has no {column}")
    since, until, ended = (_day(cell(column), column) for column in ("since", "until", "ended"))
    if since and until and until < since:
        raise _BadRow("ends before it begins")
    status = _status(file.layout, cell("state"), ended, rules)
    places = parts_of(cell("countries"))
    if status is Status.LISTED and "countries" in file.places and not places:
        raise _BadRow("has no countries: for which country the licence is cannot be said")
    return Entry(
        name=_name(cell("name")),
        status=status,
        registration=_registration(cell("registration")),
        licence=cell("licence") or None,
        countries=tuple(dict.fromkeys(code for place in places for code in countries(place) or (place,))),
        services=tuple(dict.fromkeys(rules.service(service) for service in parts_of(cell("services")))),
        since=since,
        until=until,
        ended=ended,
    )


def _name(cell: str) -> str:
    if not any(char.isalpha() for char in cell):
        raise _BadRow("has no letters in its name")
    return " ".join(cell.split())


def _status(layout: Layout, cell: str, ended: date | None, rules: Rules) -> Status:
    if not cell:
        return _ended(layout) if ended else layout.status
    status = rules.state(cell)
    if status is None:
        raise _BadRow(f"has a state that nlu_data/licences/lists.yml does not know: {cell}")
    return status


def _ended(layout: Layout) -> Status:
    return Status.STRUCK_OFF if layout.kind is Kind.REGISTER else Status.REVOKED


def _registration(cell: str) -> str | None:
    number = "".join(char for char in cell if char.isdigit())
    if not cell:
        return None
    if len(number) != 11:
        raise _BadRow(f"has a registration number of {len(number)} digits; it must have 11")
    return number


def _day(cell: str, column: str) -> date | None:
    if not cell or cell in ("-", "–") or words(cell) == ("beztermina",):
        return None
    days = dates_in(cell)
    if not days or days[0].year < 1900:
        raise _BadRow(f"has no readable date under {column}: {cell}")
    return days[0]


def sorted_out(read: Iterable[Entry | Rejected]) -> tuple[list[Entry], list[Rejected]]:
    """Entries and rejected rows apart."""
    entries: list[Entry] = []
    rejected: list[Rejected] = []
    for item in read:
        if isinstance(item, Entry):
            entries.append(item)
        else:
            rejected.append(item)
    return entries, rejected
