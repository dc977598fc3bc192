"""When a line answers, by the clock on the wall of its own country."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.knowledge.required import WEEKDAYS

DAY = 24 * 60
SEARCH_DAYS = 15
"""How far ahead the next opening is looked for: longer than any run of holidays."""

_SPAN = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)")

Span = tuple[int, int]
"""Minutes of the day from which and until which somebody answers, 0 to 1440, the end exclusive."""

Words = Mapping[str, str]
"""One sentence in every language of the directory: lv, ru, uk, en."""


@dataclass(frozen=True)
class Schedule:
    """`week` has the spans of Monday to Sunday; `on_holidays` says whether public holidays are days like others."""

    week: tuple[tuple[Span, ...], ...]
    on_holidays: bool

    def is_open(self, at: datetime, holidays: Container[date]) -> bool:
        """Whether somebody answers at this time of its country."""
        minute = at.hour * 60 + at.minute
        return any(start <= minute < end for start, end in self._spans(at.date(), holidays))

    def closes(self, at: datetime, holidays: Container[date]) -> datetime | None:
        """When it closes next, being open; None when that is not within a day."""
        minute, day = at.hour * 60 + at.minute, at.date()
        end = next(end for start, end in self._spans(day, holidays) if start <= minute < end)
        if end == DAY:
            next_day = day + timedelta(days=1)
            end = DAY + next((end for start, end in self._spans(next_day, holidays) if start == 0), 0)
        return None if end == 2 * DAY else _moment(day, end, at)

    def opens(self, at: datetime, holidays: Container[date]) -> datetime | None:
        """When it opens next, being closed; None when that is not within two weeks."""
        starts = (
            _moment(day, start, at)
            for day in (at.date() + timedelta(days=n) for n in range(SEARCH_DAYS))
            for start, _ in self._spans(day, holidays)
        )
        return next((start for start in starts if start > at), None)

    def _spans(self, day: date, holidays: Container[date]) -> tuple[Span, ...]:
        return () if not self.on_holidays and day in holidays else self.week[day.weekday()]


ALWAYS = Schedule(week=(((0, DAY),),) * 7, on_holidays=True)


@dataclass(frozen=True)
class Hours:
    """
    When somebody answers.

    `kind` is always, set, differs (the sources contradict each other) or unknown. `schedules` has one for each thing
    that a source says: none where the times of day are not known, several where the sources differ.
    """

    kind: str
    text: Words
    schedules: tuple[Schedule, ...] = ()


def spans_of(text: str) -> tuple[Span, ...]:
    """The spans of "9:00-13:00, 14:00-17:00". Raises ValueError for anything else, and for one that ends too early."""
    return tuple(_span(part.strip()) for part in text.split(","))


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(text)
    start, end = (int(match[hour]) * 60 + int(match[hour + 1]) for hour in (1, 3))
    if not start < end <= DAY:
        raise ValueError(text)
    return start, end


def schedule_of(text: str) -> Schedule:
    """
    The schedule of "mon-fri 9:00-21:00; sat,sun 10:00-14:00"; a day that is not named has no hours, and a holiday none.

    Raises ValueError for anything else.
    """
    weekly: dict[str, tuple[Span, ...]] = {}
    for part in text.split(";"):
        days, _, spans = part.strip().partition(" ")
        weekly |= dict.fromkeys(_named_days(days), spans_of(spans))
    return Schedule(tuple(days_of(weekly, WEEKDAYS)), on_holidays=False)


def _named_days(text: str) -> Iterator[str]:
    for part in text.split(","):
        first, _, last = part.partition("-")
        start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if end < start:
            raise ValueError(text)
        yield from WEEKDAYS[start : end + 1]


def days_of(weekly: Mapping[str, Sequence[Span]], weekdays: Sequence[str]) -> Iterator[tuple[Span, ...]]:
    """The spans of every day of the week, none where a day is not in `weekly`."""
    return (tuple(weekly.get(day, ())) for day in weekdays)


def _moment(day: date, minute: int, like: datetime) -> datetime:
    days, minutes = divmod(minute, DAY)
    return datetime.combine(day + timedelta(days=days), time(minutes // 60, minutes % 60), tzinfo=like.tzinfo)
