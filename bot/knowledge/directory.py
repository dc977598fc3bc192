"""The help directory: whom to call, where, when and at what cost. Every number that is ever spoken stands here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.knowledge.hours import Hours, Words
from bot.knowledge.typed_numbers import digits

_WORD = re.compile(r"[^\W_]+")


def spoken_words(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return _WORD.findall(text.casefold())


@dataclass(frozen=True)
class Phone:
    """
    One number of an entry.

    `dial_from_abroad` is None where the number works inside one country only; `works_only_in` is then its code.
    `hours` is None where those of the entry are its own.
    """

    display: str
    note: Words | None
    dial_inside_country: str
    dial_from_abroad: str | None
    works_only_in: str | None
    hours: Hours | None = None


@dataclass(frozen=True)
class Entry:
    """
    One service.

    `sources` are ids of sources.yml, `status` is confirmed or conflict, `checked` the day on which the sources were
    last read or the number last called; `region` a part of the country with public holidays of its own.
    """

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
    checked: date
    region: str | None = None

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
    """
    The entries that answer one need, in the order in which they are said; `by_clock`: who answers now comes first.

    `stems` are beginnings of words by which a visitor's text speaks of the need (lower case).
    """

    id: str
    title: Words
    entries: tuple[str, ...]
    by_clock: bool = False
    stems: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceWords:
    """
    Words before a country (lower case) by which somebody says that they are there.

    `being`: verbs, up to three other words may follow, but none of `leaving`; `myself`: only words of `between` may.
    """

    being: frozenset[str]
    myself: frozenset[str]
    between: frozenset[str]
    leaving: frozenset[str]


@dataclass(frozen=True)
class Directory:
    """
    All entries by id, in the order of the file, with what is needed to say them in words.

    After `soon_days` an entry should be checked again, after `late_days` every line says that it was not.
    `doors` are what only the guide needs besides the needs.
    """

    compiled: date
    soon_days: int
    late_days: int
    entries: Mapping[str, Entry]
    countries: Mapping[str, Country]
    needs: Mapping[str, Need]
    doors: Mapping[str, Need]
    words: Mapping[str, Words]
    place: PlaceWords

    def dialled(self) -> frozenset[str]:
        """The digits of every number, to find them where they were typed by hand."""
        phones = [phone for entry in self.entries.values() for phone in entry.phones]
        forms = [form for p in phones for form in (p.display, p.dial_inside_country, p.dial_from_abroad) if form]
        return frozenset(digits(form) for form in forms)

    def named_countries(self, text: str) -> tuple[str, ...]:
        """The codes of the countries that `text` names, in the order of the directory."""
        words = f" {' '.join(spoken_words(text))}"
        return tuple(c.code for c in self.countries.values() if any(f" {stem}" in words for stem in c.stems))
