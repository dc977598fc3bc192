"""The help directory: whom to call, where, when and at what cost. Every number that is ever spoken stands here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.knowledge.typed_numbers import digits

_WORD = re.compile(r"[^\W_]+")

Words = Mapping[str, str]
"""One sentence in every language of the directory: lv, ru, uk, en."""


@dataclass(frozen=True)
class Phone:
    """
    One number of an entry.

    `dial_from_abroad` is None where the number works inside one country only; `works_only_in` is then its code.
    """

    display: str
    note: Words | None
    dial_inside_country: str
    dial_from_abroad: str | None
    works_only_in: str | None


@dataclass(frozen=True)
class Hours:
    """
    When somebody answers.

    `kind` is always, set, differs (the sources contradict each other) or unknown; `weekly` holds "HH:MM-HH:MM"
    by weekday (mon … sun) where the hours are set and known.
    """

    kind: str
    text: Words
    weekly: Mapping[str, str] | None


@dataclass(frozen=True)
class Entry:
    """One service. `sources` are ids of sources.yml; `status` is confirmed or conflict."""

    id: str
    country: str
    categories: tuple[str, ...]
    name: Words
    phones: tuple[Phone, ...]
    hours: Hours
    cost: Words | None
    languages: tuple[str, ...] | None
    audience: Words
    sources: tuple[str, ...]
    status: str
    compiled: date

    @property
    def works_only_there(self) -> bool:
        """Whether no number of it can be dialled from another country (said of countries other than Latvia)."""
        return self.country not in ("LV", "EU") and all(phone.works_only_in for phone in self.phones)


@dataclass(frozen=True)
class Country:
    """
    A country by name.

    `zone` is its time zone (of the capital), `in_union` whether it is in the European Union, where 112 works; `stems`
    are beginnings of words by which a visitor's text names it (lower case).
    """

    code: str
    name: Words
    stems: tuple[str, ...]
    zone: str
    in_union: bool


@dataclass(frozen=True)
class Need:
    """The entries that answer one need, in the order in which they are said."""

    id: str
    title: Words
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Directory:
    """All entries by id, in the order of the file, with what is needed to say them in words."""

    compiled: date
    entries: Mapping[str, Entry]
    countries: Mapping[str, Country]
    needs: Mapping[str, Need]
    words: Mapping[str, Words]

    def line(self, language: str, entry: Entry) -> str:
        """Name, numbers, country, hours and cost in one line."""
        numbers = ", ".join(self._number(language, phone) for phone in entry.phones)
        country = self.countries[entry.country].name[language]
        if entry.works_only_there:
            country = f"{country} ({self.words['works_only_here'][language]})"
        facts = [country, entry.hours.text[language], entry.cost[language] if entry.cost else ""]
        return f"{entry.name[language]}: {numbers} — {'; '.join(fact for fact in facts if fact)}"

    def compiled_line(self, language: str) -> str:
        """When the sources were last read."""
        return self.words["compiled"][language].format(date=f"{self.compiled:%d.%m.%Y}")

    def dialled(self) -> frozenset[str]:
        """The digits of every number, to find them where they were typed by hand."""
        phones = [phone for entry in self.entries.values() for phone in entry.phones]
        forms = [form for p in phones for form in (p.display, p.dial_inside_country, p.dial_from_abroad) if form]
        return frozenset(digits(form) for form in forms)

    def named_countries(self, text: str) -> tuple[str, ...]:
        """The codes of the countries that `text` names, in the order of the directory."""
        words = " ".join(_WORD.findall(text.casefold()))
        return tuple(c.code for c in self.countries.values() if any(f" {stem}" in f" {words}" for stem in c.stems))

    def _number(self, language: str, phone: Phone) -> str:
        notes = [phone.note[language]] if phone.note else []
        if phone.dial_from_abroad and not phone.display.startswith("+"):
            notes.append(self.words["from_abroad"][language].format(number=phone.dial_from_abroad))
        return f"{phone.display} ({'; '.join(notes)})" if notes else phone.display
