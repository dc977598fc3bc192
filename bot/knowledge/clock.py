"""Who answers at a given moment. Pure: the moment is a value, hours are read in the line's own time zone."""

from __future__ import annotations

import enum
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.knowledge.hours import Hours


class Answering(str, enum.Enum):
    """Whether somebody answers; `differs`: the sources do not agree about this hour."""

    NOW = "now"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    LATER = "later"


@dataclass(frozen=True)
class Availability:
    """
    A line at one moment, in its own time.

    `until` is when it closes (None: not within a day), `opens` when it answers again; `is_holiday`: it would answer
    now, were it not for a public holiday.
    """

    answering: Answering
    local: datetime
    until: datetime | None = None
    opens: datetime | None = None
    is_holiday: bool = False


def availability(hours: Hours, moment: datetime, zone: str, holidays: Container[date]) -> Availability:
    """
    Whether somebody answers at `moment` (with its time zone).

    Where sources differ, a line answers when all of them say so and is closed when none does; the earliest closing and
    the latest opening are told.
    """
    local = moment.astimezone(ZoneInfo(zone))
    are_open = [schedule.is_open(local, holidays) for schedule in hours.schedules]
    if not are_open:
        return Availability(Answering.UNKNOWN, local)
    if all(are_open):
        closing = [schedule.closes(local, holidays) for schedule in hours.schedules]
        return Availability(Answering.NOW, local, until=min(filter(None, closing), default=None))
    if any(are_open):
        return Availability(Answering.DIFFERS, local)
    opening = [schedule.opens(local, holidays) for schedule in hours.schedules]
    would_answer = any(schedule.is_open(local, ()) for schedule in hours.schedules)
    return Availability(Answering.LATER, local, opens=max(filter(None, opening), default=None), is_holiday=would_answer)
