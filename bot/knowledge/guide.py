"""Whom to call: from where the person is, what they need, how old they are, what they speak and what time it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.clock import Answering
from bot.knowledge.directory import Directory, Entry, spoken_words
from bot.knowledge.lines import Lines

HOME = "LV"
ADULT = 18
REACH = 3
"""Words between "I am" and the country that it is about."""

_POLICE = "police"
_AGE = re.compile(r"(?<!\d)(\d{1,2})\s*(?:-?\s*(?:gad|g\.|лет|год|рок|рік))")


@dataclass(frozen=True)
class Caller:
    """
    Who asks for a number.

    `here` is the country (code) where the person is, None where they did not say; `named` are other countries that they
    speak of. `needs` are ids of the directory: child, crisis, police.
    """

    language: str
    here: str | None = None
    named: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()

    @property
    def is_abroad(self) -> bool:
        """Whether they are in another country than Latvia, as they said themselves."""
        return self.here not in (None, HOME)


@dataclass(frozen=True)
class Door:
    """
    One way to help: its entries in the order in which they are said.

    `need` has the title; with `country` set it is about that country. No entries: there is no checked number, and the
    title alone is not enough.
    """

    need: str
    entries: tuple[Entry, ...]
    country: str | None = None

    def title(self, lines: Lines) -> str:
        """Its heading, with the country where it is about one."""
        directory = lines.directory
        title = (directory.needs.get(self.need) or directory.doors[self.need]).title[lines.language]
        is_named = self.need == "there" and self.country
        return f"{title} ({directory.countries[str(self.country)].name[lines.language]})" if is_named else title


def caller_of(text: str, language: str, directory: Directory, *, is_child: bool = False) -> Caller:
    """What a message says of the person who asks. `is_child`: it is known from elsewhere that they are under 18."""
    here, named = _places(text, directory)
    words = spoken_words(text)
    needs = {need.id for need in directory.needs.values() if any(word.startswith(need.stems) for word in words)}
    if is_child or any(int(age) < ADULT for age in _AGE.findall(text.casefold())):
        needs.add("child")
    return Caller(language, here, named, frozenset(needs))


def doors(caller: Caller, lines: Lines) -> tuple[Door, ...]:
    """
    The doors in the order in which they are offered: danger first, then always the police and help without the police.

    A person abroad gets the lines of the country where they are, the consulate, and Latvian lines that can be dialled
    from there; others get the Latvian lines, with those of the countries that they named right after danger.
    """
    found = _abroad(caller, lines) if caller.is_abroad else _at_home(caller, lines)
    return tuple(door for door in found if door.entries)


def _at_home(caller: Caller, lines: Lines) -> Iterator[Door]:
    directory = lines.directory
    yield Door("emergency", _of(directory, "danger"))
    for need in ("child", "crisis"):
        if need in caller.needs:
            yield Door(need, _of(directory, need))
    for country in caller.named:
        yield Door("there", tuple(_in_order(_of_country(directory, country), caller, lines)), country)
    if any(country != "UA" for country in caller.named):
        yield Door("abroad", _of(directory, "abroad"))
    yield Door(_POLICE, _of(directory, _POLICE))
    helpers = _helpers(_helping(directory), caller, lines)
    yield Door("advice", helpers)
    for need in ("child", "crisis"):
        is_told = need in caller.needs or all(entry in helpers for entry in _of(directory, need))
        if not is_told and not caller.named:
            yield Door(need, _of(directory, need))
    if not caller.named:
        yield Door("abroad", _of(directory, "abroad"))
    if caller.language == "uk" and not caller.named:
        yield Door("ukraine", _of(directory, "ukraine"))


def _abroad(caller: Caller, lines: Lines) -> Iterator[Door]:
    directory, here = lines.directory, str(caller.here)
    local = _of_country(directory, here)
    union = directory.countries[here].in_union
    danger = [entry for entry in local if "emergency" in entry.categories] or (_of(directory, "union") if union else ())
    police = [entry for entry in local if _POLICE in entry.categories] or danger
    children = [entry for entry in local if "children" in entry.categories]
    others = [entry for entry in local if entry not in (*danger, *police, *children)]
    yield Door("emergency", tuple(danger), here)
    if "child" in caller.needs:
        yield Door("child", tuple(children), here)
    yield Door(_POLICE, tuple(police), here)
    reachable = [entry for entry in _helping(directory) if entry.phones[0].dial_from_abroad]
    yield Door("advice", (*_in_order(others, caller, lines), *_in_order(reachable, caller, lines)), here)
    yield Door("home", _of(directory, "home"))


def _helpers(entries: tuple[Entry, ...], caller: Caller, lines: Lines) -> tuple[Entry, ...]:
    """By the clock; with the crisis line, which always answers, where nobody else does now."""
    if lines.moment and not any(lines.answering(entry).answering is Answering.NOW for entry in entries):
        entries += tuple(entry for entry in _of(lines.directory, "crisis") if "crisis" not in caller.needs)
    return tuple(_in_order(entries, caller, lines))


def _in_order(entries: Iterable[Entry], caller: Caller, lines: Lines) -> list[Entry]:
    """By the clock, and among equals those first that are known to speak the caller's language."""
    return lines.sorted_by_clock(sorted(entries, key=lambda entry: caller.language not in (entry.languages or ())))


def _of(directory: Directory, need: str) -> tuple[Entry, ...]:
    wanted = directory.needs.get(need) or directory.doors[need]
    return tuple(directory.entries[entry_id] for entry_id in wanted.entries)


def _helping(directory: Directory) -> tuple[Entry, ...]:
    return (*_of(directory, "advice"), *_of(directory, "more_advice"))


def _of_country(directory: Directory, country: str) -> list[Entry]:
    return [entry for entry in directory.entries.values() if entry.country == country]


def _places(text: str, directory: Directory) -> tuple[str | None, tuple[str, ...]]:
    """Where the person is, by their own words, and the other countries that they name."""
    words = spoken_words(text)
    found = (_country_after(words, at, directory) for at in range(len(words)))
    here = next((country for country in found if country), None)
    named = [code for code in directory.named_countries(text) if code not in (here, HOME, "EU")]
    return here, tuple(named)


def _country_after(words: list[str], at: int, directory: Directory) -> str | None:
    """The country where somebody says with the word at `at` that they are."""
    place = directory.place
    if words[at] not in place.being and words[at] not in place.myself:
        return None
    for after in range(at + 1, min(at + 2 + REACH, len(words))):
        found = [code for code in directory.named_countries(" ".join(words[after : after + 2])) if code != "EU"]
        if found and _begins_with(words[after], found[0], directory):
            return found[0]
        is_between = words[after] in place.between
        if words[after] in place.leaving or (words[at] in place.myself and not is_between):
            return None
    return None


def _begins_with(word: str, country: str, directory: Directory) -> bool:
    return any(stem.startswith(word) or word.startswith(stem) for stem in directory.countries[country].stems)
