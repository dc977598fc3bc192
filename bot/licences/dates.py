"""Dates as Latvian offices write them."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DOTTED = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})")
_SPOKEN = re.compile(r"(?P<year>\d{4})\.?\s*gada\s+(?P<day>\d{1,2})\.?\s*(?P<name>[^\W\d_]+)", re.IGNORECASE)
_MONTHS = ("janv", "febr", "mart", "apr", "maij", "jūnij", "jūlij", "aug", "sept", "okt", "nov", "dec")


def dates_in(text: str) -> tuple[date, ...]:
    """The dates in `text` in order: 2026-11-20, 20.11.2026, 20/11/2026, 2026. gada 20. novembris."""
    found = [(match.start(), _date(match)) for form in (_ISO, _DOTTED, _SPOKEN) for match in form.finditer(text)]
    return tuple(day for _, day in sorted((at, day) for at, day in found if day is not None))


def _date(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    month = int(parts["month"]) if "month" in parts else _month(parts["name"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    """1 to 12; 0 where no month is called so."""
    return next((number for number, begin in enumerate(_MONTHS, start=1) if name.lower().startswith(begin)), 0)
