"""Entries of the directory in words: name, numbers, country, who answers now, hours, cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.knowledge.clock import Answering, Availability, availability
from bot.knowledge.directory import Directory, Entry, Phone
from bot.knowledge.hours import Hours
from bot.knowledge.public_holidays import public_holidays

_HOME_ZONE = ZoneInfo("Europe/Riga")
"""Visitors are in Latvia unless they say otherwise: hours of other zones are marked as such."""

_RANK = (Answering.NOW, Answering.DIFFERS, Answering.UNKNOWN, Answering.LATER)
_WEEKDAYS = ("on_monday", "on_tuesday", "on_wednesday", "on_thursday", "on_friday", "on_saturday", "on_sunday")


@dataclass(frozen=True)
class Lines:
    """The directory in one language; with a `moment` (which has a time zone) every line says who answers then."""

    directory: Directory
    language: str
    moment: datetime | None = None

    def line(self, entry: Entry) -> str:
        """One entry in one line."""
        numbers = ", ".join(self._number(entry, phone) for phone in entry.phones)
        country = self.directory.countries[entry.country].name[self.language]
        if entry.works_only_there:
            country = f"{country} ({self._word('works_only_here')})"
        cost = entry.cost[self.language] if entry.cost else ""
        facts = [country, self._hours(entry, entry.hours), cost, self._speaks(entry), self._unchecked(entry)]
        return f"{entry.name[self.language]}: {numbers} — {'; '.join(fact for fact in facts if fact)}"

    def block(self, entries: Sequence[Entry]) -> str:
        """A line for each entry, then the day on which the least recent of them was checked."""
        lines = [f"• {self.line(entry)}" for entry in entries]
        return "\n".join([*lines, f"({self.checked(entries)})"])

    def checked(self, entries: Iterable[Entry]) -> str:
        """When the sources were last read."""
        oldest = min((entry.checked for entry in entries), default=self.directory.compiled)
        return self._word("compiled").format(date=f"{oldest:%d.%m.%Y}")

    def sorted_by_clock(self, entries: Iterable[Entry]) -> list[Entry]:
        """Who answers now first, who is closed last; their own order among equals and without a moment."""
        if self.moment is None:
            return list(entries)
        return sorted(entries, key=lambda entry: _RANK.index(self.answering(entry).answering))

    def answering(self, entry: Entry) -> Availability:
        """Whether somebody answers the first number now. Only with a moment."""
        return self._availability(entry, entry.hours)

    def opening(self, hours: Hours, country: str) -> str:
        """When somebody answers who keeps `hours` in a country: "closed now, opens tomorrow at 9:00". With a moment."""
        if self.moment is None:
            raise ValueError("only a moment says who answers")
        found = availability(hours, self.moment, self.directory.countries[country].zone, public_holidays(country, None))
        return self._now(found)

    def is_late(self, entry: Entry, today: date) -> bool:
        """Whether nobody has checked the entry for too long."""
        return (today - entry.checked).days > self.directory.late_days

    def _availability(self, entry: Entry, hours: Hours) -> Availability:
        if self.moment is None:
            raise ValueError("only a moment says who answers")
        zone = self.directory.countries[entry.country].zone
        return availability(hours, self.moment, zone, public_holidays(entry.country, entry.region))

    def _number(self, entry: Entry, phone: Phone) -> str:
        notes = [phone.note[self.language]] if phone.note else []
        if phone.dial_from_abroad and not phone.display.startswith("+"):
            notes.append(self._word("from_abroad").format(number=phone.dial_from_abroad))
        if phone.hours:
            notes.append(self._hours(entry, phone.hours))
        return f"{phone.display} ({'; '.join(notes)})" if notes else phone.display

    def _hours(self, entry: Entry, hours: Hours) -> str:
        now = self._now(self._availability(entry, hours)) if self.moment else ""
        return ", ".join(fact for fact in (now, hours.text[self.language]) if fact)

    def _now(self, found: Availability) -> str:
        if found.answering is Answering.UNKNOWN:
            return ""
        if found.answering is Answering.DIFFERS:
            return self._word("may_not_answer")
        if found.answering is Answering.NOW:
            return (
                self._word("answers_until").format(time=self._time(found, found.until))
                if found.until
                else self._word("answers_now")
            )
        closed = self._opening(found)
        return f"{self._word('holiday')}, {closed}" if found.is_holiday else closed

    def _opening(self, found: Availability) -> str:
        if found.opens is None:
            return self._word("closed")
        days = (found.opens.date() - found.local.date()).days
        key = {0: "opens_today", 1: "opens_tomorrow"}.get(days, "opens_on")
        day = self._word(_WEEKDAYS[found.opens.weekday()])
        written = f"{found.opens:%d.%m}."
        return self._word(key).format(time=self._time(found, found.opens), day=day, date=written)

    def _time(self, found: Availability, at: datetime) -> str:
        """ "9:00", and that it is the line's own time where that differs from the time at home."""
        written = f"{at.hour}:{at.minute:02d}"
        home = found.local.astimezone(_HOME_ZONE)
        is_other = home.utcoffset() != found.local.utcoffset()
        return f"{written} ({self._word('local_time')})" if is_other else written

    def _speaks(self, entry: Entry) -> str:
        """That they are known to speak the visitor's language, or the one that a Ukrainian speaker mostly knows too."""
        if self.language in (entry.languages or ()):
            return self._word("speaks")
        return self._word("speaks_russian") if self.language == "uk" and "ru" in (entry.languages or ()) else ""

    def _unchecked(self, entry: Entry) -> str:
        if self.moment is None or not self.is_late(entry, self.moment.astimezone(_HOME_ZONE).date()):
            return ""
        return self._word("unchecked").format(date=f"{entry.checked:%d.%m.%Y}")

    def _word(self, key: str) -> str:
        return self.directory.words[key][self.language]
