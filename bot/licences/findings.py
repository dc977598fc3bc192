"""What the lists say of the companies in a text. Pure but for reading the lists; today is a value."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.licences.listing import Entry, Kind, ListInfo, Status
from bot.licences.mentions import asked_name, mentioned_names, proper_words
from bot.licences.names import NEAR_FROM, NameKey, name_key, registration_numbers
from bot.licences.published import PublishedLists

MOST_FINDINGS = 3
MOST_ALIKE = 3

SHORTEST_KNOWN = 6
"""Letters of a one-word name from which it is recognised in a text without any legal form beside it."""


class Outcome(str, enum.Enum):
    """What the agency's lists say of one name."""

    NO_LIST = "no_list"
    LISTED = "listed"
    RUN_OUT = "run_out"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ALIKE = "alike"
    NOT_LISTED = "not_listed"


_UNKNOWN = (Outcome.NO_LIST, Outcome.NOT_LISTED)


@dataclass(frozen=True)
class Finding:
    """
    One name and what was found.

    `asked` is the name, or the registration number, as the visitor wrote it. `source` is the list that `outcome` rests
    on (None with NO_LIST) and `entries` its rows (with ALIKE, rows of other names); `revoked_before` are rows of an
    earlier licence, `companies` rows of the Enterprise Register, whose `register` is None where it was never imported.
    `other_number`: the text has a registration number, but not the one that the lists have for this name.
    """

    asked: str
    outcome: Outcome
    entries: tuple[Entry, ...] = ()
    revoked_before: tuple[Entry, ...] = ()
    companies: tuple[Entry, ...] = ()
    source: ListInfo | None = None
    register: ListInfo | None = None
    other_number: bool = False


def findings_in(
    text: str, lists: PublishedLists, today: date, *, is_question: bool = False, is_name: bool = False
) -> tuple[Finding, ...]:
    """
    What the lists say of the companies that `text` names, three at most.

    Of a question about a licence (`is_question`) the words that do not belong to the asking are taken for the name when
    no other is found. Small letters may be a name or just words: what no list has is then told only of a text that is
    known to be a name (`is_name`).
    """
    numbers = registration_numbers(text)
    found = {finding.asked: finding for finding in _by_number(numbers, lists, today)}
    named = {row.name for finding in found.values() for row in (*finding.entries, *finding.companies)}
    guess = asked_name(text, lists.vocabulary) if (is_question or is_name) and not found else None
    for name in _names(text, lists) or ([guess] if guess else []):
        key = name_key(name, lists.vocabulary)
        if key and not any(name_key(row, lists.vocabulary).stem == key.stem for row in named):
            finding = look_up(name, lists, today)
            if name == guess and name.islower() and finding.outcome in _UNKNOWN and not is_name:
                continue
            found.setdefault(key.stem, replace(finding, other_number=_differs(numbers, finding.entries)))
    return tuple(found.values())[:MOST_FINDINGS]


def look_up(name: str, lists: PublishedLists, today: date) -> Finding:
    """What the lists say of one name."""
    key = name_key(name, lists.vocabulary)
    rows = {kind: lists.same(kind, key) for kind in Kind}
    # The register may write the name otherwise than the agency does.
    numbers = {row.registration for kind in (Kind.LICENSED, Kind.REVOKED) for row in rows[kind] if row.registration}
    known = {row.registration for row in rows[Kind.REGISTER]}
    rows[Kind.REGISTER] += [row for n in sorted(numbers - known) for row in lists.by_registration(Kind.REGISTER, n)]
    finding = _judged(name, rows, lists, today)
    if finding.outcome is Outcome.NOT_LISTED:
        alike = _alike(key, lists)
        return replace(finding, outcome=Outcome.ALIKE, entries=alike) if alike else finding
    return finding


def _by_number(numbers: Sequence[str], lists: PublishedLists, today: date) -> Iterator[Finding]:
    for number in numbers:
        rows = {kind: lists.by_registration(kind, number) for kind in Kind}
        if any(rows.values()):
            yield _judged(number, rows, lists, today)


def _judged(asked: str, rows: Mapping[Kind, Sequence[Entry]], lists: PublishedLists, today: date) -> Finding:
    licensed, revoked, register = (lists.info(kind) for kind in (Kind.LICENSED, Kind.REVOKED, Kind.REGISTER))
    unknown = Outcome.NOT_LISTED if licensed else Outcome.NO_LIST
    base = Finding(asked, unknown, companies=tuple(rows[Kind.REGISTER]), source=licensed, register=register)
    both = (*rows[Kind.LICENSED], *rows[Kind.REVOKED])
    gone = tuple(row for row in both if row.status is Status.REVOKED)
    listed = tuple(row for row in rows[Kind.LICENSED] if row.status is Status.LISTED)
    is_newer = bool(licensed and revoked and revoked.day > licensed.day)
    valid = tuple(row for row in listed if not row.has_run_out(today) and not _taken_away(row, gone, is_newer))
    for outcome, found in (
        (Outcome.SUSPENDED, tuple(row for row in both if row.status is Status.SUSPENDED)),
        (Outcome.LISTED, valid),
        (Outcome.REVOKED, gone),
        (Outcome.RUN_OUT, listed),
    ):
        if found:
            source = licensed if found[0] in rows[Kind.LICENSED] else revoked
            before = gone if outcome is Outcome.LISTED else ()
            return replace(base, outcome=outcome, entries=found, revoked_before=before, source=source)
    return base


def _taken_away(row: Entry, gone: Sequence[Entry], is_newer: bool) -> bool:
    """Whether a licence was revoked after it was given; where a day is missing the newer list is believed."""
    of_same = (
        end for end in gone if None in (end.registration, row.registration) or end.registration == row.registration
    )
    return any(end.ended > row.since if end.ended and row.since else is_newer for end in of_same)


def _alike(key: NameKey, lists: PublishedLists) -> tuple[Entry, ...]:
    """The rows of the agency's lists whose names come nearest, the nearest first."""
    near = [
        (other.likeness(key), kind, other) for kind in (Kind.LICENSED, Kind.REVOKED) for other, _ in lists.names(kind)
    ]
    best = sorted((found for found in near if found[0] >= NEAR_FROM), key=lambda found: -found[0])[:MOST_ALIKE]
    rows: dict[str, Entry] = {}
    for _, kind, other in best:
        for row in lists.same(kind, other):
            rows.setdefault(row.name, row)
    return tuple(rows.values())[:MOST_ALIKE]


def _names(text: str, lists: PublishedLists) -> list[str]:
    return [*mentioned_names(text, lists.vocabulary), *_known_names(text, lists)]


def _known_names(text: str, lists: PublishedLists) -> Iterator[str]:
    """The names of the agency's lists that stand in the text with capital letters and without a legal form."""
    runs = (name_key(" ".join(run), lists.vocabulary).stem for run in proper_words(text))
    told = "".join(f" {run} |" for run in runs)
    for kind in (Kind.LICENSED, Kind.REVOKED):
        for key, name in lists.names(kind):
            is_telling = " " in key.stem or len(key.stem) >= SHORTEST_KNOWN
            if is_telling and f" {key.stem} " in told:
                yield name


def _differs(numbers: Sequence[str], entries: Sequence[Entry]) -> bool:
    known = {entry.registration for entry in entries} - {None}
    return bool(numbers and known and not known & set(numbers))
