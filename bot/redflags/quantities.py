"""
Quantities in a folded text that are no money: hours of work, ages, leaving at once, deductions and fines.

Words come from every language's file together, for people mix languages; every search is bounded, so time grows
linearly with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.redflags.errors import RedFlagDataError
from bot.redflags.languages import Language, without_marks
from bot.redflags.wordings import pattern_of

HOURS, WEEK_HOURS, AGE, LEAVES, DEDUCTION, FINE = "hours", "week hours", "age", "leaves", "deduction", "fine"
_LISTS = (
    *("hours", "per_day", "per_week", "shift", "not_hours", "not_time", "from", "to", "evening", "contact"),
    *("years", "not_age", "of_age", "only_from", "only_to"),
    *("leave", "tomorrow", "today"),
    *("deduct", "not_deduct", "fine", "denied", "denied_after", "denied_words"),
)
_HOURS_A_DAY = (4.0, 20.0)
_HOURS_A_WEEK = (10.0, 110.0)
_AGES = (8.0, 99.0)
_GROWN_UP = 18
_YOUNG = 36


@dataclass(frozen=True)
class Quantity:
    """
    One quantity: `kind` is one of the six above; `start` and `end` in the folded text, end exclusive.

    `low` and `high` bound hours (a day or a week) or years of age, None where the text gives no such bound; of a
    deduction `high` is its percent. `when` is "today" or "tomorrow" of leaving; `is_denied` says "nothing is deducted".
    """

    kind: str
    start: int
    end: int
    low: float | None = None
    high: float | None = None
    when: str = ""
    is_denied: bool = False

    def facts(self) -> list[str]:
        """Its names for the learned model."""
        if self.kind in {HOURS, WEEK_HOURS}:
            return _steps(self.kind, self.high or 0.0, (12, 14) if self.kind == HOURS else (49, 60))
        if self.kind == AGE:
            return _ages(self.low, self.high)
        if self.kind == LEAVES:
            return ["leaves soon", f"leaves {self.when}"]
        name = f"no {self.kind}" if self.is_denied else self.kind
        return [name, f"{name} percent"] if self.high is not None else [name]


def _steps(kind: str, hours: float, limits: tuple[int, ...]) -> list[str]:
    passed = [f"{kind} {limit}+" for limit in limits if hours >= limit]
    return passed or [f"{kind} usual"]


def _ages(low: float | None, high: float | None) -> list[str]:
    if low is not None and low == high:
        return (
            ["age under 18"]
            if low < _GROWN_UP
            else ["age 18-21"]
            if low < 22
            else ["age 60+"]
            if low >= 60
            else ["age"]
        )
    if low is not None and low < _GROWN_UP:
        return ["age from under 18"]
    return ["age young range"] if high is not None and high < _YOUNG else ["age range"]


class QuantityReader:
    """Reads quantities with the words of all languages. Raises RedFlagDataError for a list of the wrong form."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        words = {name: pattern_of(_words(languages, name)) for name in _LISTS}
        self._numbers = _numbers(languages)
        number = rf"(?:\d{{1,3}}(?:[.,]5)?(?![\d])|{pattern_of(self._numbers)})"
        span = rf"(?<![\w.,:/-])(?P<low>{number})(?:\s?[-–—/]\s?(?P<high>{number}))?"
        clock = rf"(?:{number})(?:[:.]\d\d)?(?:-?\w{{1,2}}\b)?(?:\s\w{{3,7}})?"
        self._hours = re.compile(rf"{span}[\s-]?(?P<unit>{words['hours']})")
        self._rota = re.compile(r"(?<![\w/.,:])(?P<high>1[0-6])\s?/\s?[67](?![\w/.,])")
        self._clock = re.compile(
            rf"{words['from']}\s(?P<low>{clock})\s?(?:[-–—]|\s?{words['to']})\s?(?P<high>{number})(?:[:.]\d\d)?(?!\s?[%€$£.])"
            rf"(?P<behind>[^\n.!?]{{0,14}})"
        )
        self._other_unit = re.compile(rf"^\s?-?(?:{words['years']}|{words['not_time']}|\d)")
        self._first_number = re.compile(number)
        self._per_day = re.compile(rf"^\W{{0,3}}{words['per_day']}")
        self._per_week = re.compile(rf"^\W{{0,3}}(?:\w{{1,12}}\W)?{words['per_week']}")
        self._shift = re.compile(rf"{words['shift']}\W{{1,3}}(?:\w{{1,12}}\W{{1,2}})?$")
        self._not_hours = re.compile(rf"{words['not_hours']}\W{{1,2}}$")
        self._evening = re.compile(words["evening"])
        self._age = re.compile(rf"{span}\s?-?(?P<unit>{words['years']})")
        self._either = frozenset(_words(languages, "hours")) & frozenset(_words(languages, "years"))
        self._person = re.compile(rf"{words['of_age']}\W{{1,3}}(?:\w{{2,6}}\s)?$")
        self._contact = re.compile(words["contact"])
        self._said_age = re.compile(
            rf"{words['of_age']}\W{{1,3}}(?:\w{{2,6}}\s)?{span}(?=\s{{0,2}}(?:$|[,.!?;:)\n](?!\d)|(?:un|и|і|й|та|а|bet|но|але)\b))"
        )
        self._plus = re.compile(r"(?<![\w.,:])(?P<low>1[4-9]|2[0-5])\s?\+(?!\s?\d)")
        self._not_age = re.compile(words["not_age"])
        self._only_from = re.compile(rf"{words['only_from']}\s$")
        self._only_to = re.compile(rf"{words['only_to']}\s$")
        self._both = re.compile(rf"{words['only_from']}\s(?P<low>\d{{1,2}})\s?{words['only_to']}\s$")
        soon = {"tomorrow": words["tomorrow"], "today": words["today"]}
        near = r"[^.!?\n,;]{0,30}?"
        self._leaves = {
            when: re.compile(rf"{words['leave']}{near}{word}|{word}{near}{words['leave']}")
            for when, word in soon.items()
        }
        self._taken = {DEDUCTION: re.compile(words["deduct"]), FINE: re.compile(words["fine"])}
        self._denied_words = re.compile(words["denied_words"])
        self._denied_before = re.compile(rf"{words['denied']} $")
        self._denied_after = re.compile(rf"^\W{{1,2}}{words['denied_after']}")
        self._not_deducted = re.compile(rf"^\W?(?:\w{{1,10}}\W)?{words['not_deduct']}")
        self._percent = re.compile(r"(\d{1,2})\s?(?:%|процент|percent|відсот|procent)")

    def quantities(self, text: str) -> list[Quantity]:
        """Every quantity of a folded text, by its place."""
        plain = without_marks(text)
        found = [*self._hours_in(plain), *self._ages_in(plain), *self._leaving_in(plain), *self._deductions_in(plain)]
        return sorted(found, key=lambda quantity: (quantity.start, quantity.end, quantity.kind))

    def _hours_in(self, text: str) -> Iterator[Quantity]:
        for match in self._hours.finditer(text):
            high = self._value(match["high"] or match["low"])
            kind = self._kind_of_hours(text, match, high)
            if kind:
                yield Quantity(kind, match.start(), match.end(), self._value(match["low"]), high)
        for match in self._rota.finditer(text):
            yield Quantity(HOURS, match.start(), match.end(), float(match["high"]), float(match["high"]))
        for match in self._clock.finditer(text):
            hours = self._worked(match)
            if hours and not self._contact.search(text[max(0, match.start() - 16) : match.start()]):
                yield Quantity(HOURS, match.start(), match.end("high"), hours, hours)

    def _kind_of_hours(self, text: str, match: re.Match[str], hours: float) -> str:
        before, behind = text[max(0, match.start() - 28) : match.start()], text[match.end() : match.end() + 24]
        if match["unit"] in self._either and self._person.search(before):
            return ""
        if self._per_week.match(behind):
            return WEEK_HOURS if _within(hours, _HOURS_A_WEEK) else ""
        if not _within(hours, _HOURS_A_DAY):
            return ""
        if self._per_day.match(behind) or self._shift.search(before):
            return HOURS
        is_word = len(match["unit"]) > 2 and match["unit"] not in self._either
        return HOURS if is_word and 10 <= hours <= 18 and not self._not_hours.search(before) else ""

    def _worked(self, match: re.Match[str]) -> float | None:
        """Hours from one time of day to another; None where the numbers are no times."""
        first = self._first_number.search(match["low"])
        start, end = self._value(first[0]) if first else 0.0, self._value(match["high"])
        evening = bool(self._evening.search(match["behind"]))
        if evening and end <= 12:
            end += 12
        is_day = 3 <= start <= 12 and 16 <= end <= 24
        return end - start if is_day and (evening or self._no_other_unit(match["behind"])) else None

    def _no_other_unit(self, behind: str) -> bool:
        return not self._other_unit.match(behind)

    def _ages_in(self, text: str) -> Iterator[Quantity]:
        for match in self._age.finditer(text):
            before, behind = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 22]
            is_unclear = match["unit"] in self._either and not self._person.search(before)
            if not is_unclear and not self._not_age.search(f"{before}|{behind}"):
                yield from self._age_of(text, match)
        for match in self._said_age.finditer(text):
            yield from self._age_of(text, match, is_said=True)
        for match in self._plus.finditer(text):
            yield Quantity(AGE, match.start(), match.end(), float(match["low"]), None)

    def _age_of(self, text: str, match: re.Match[str], *, is_said: bool = False) -> Iterator[Quantity]:
        low = self._value(match["low"])
        high = self._value(match["high"]) if match["high"] else low
        before = text[match.start() if is_said else max(0, match.start() - 16) : match.start("low")]
        both = self._both.search(before)
        if both:
            bounds: tuple[float | None, float | None] = (float(both["low"]), high)
        elif not match["high"] and self._only_from.search(before):
            bounds = (low, None)
        elif not match["high"] and self._only_to.search(before):
            bounds = (None, high)
        else:
            bounds = (low, high)
        if all(bound is None or _within(bound, _AGES) for bound in bounds) and (bounds[0] or 0) <= (bounds[1] or 99):
            yield Quantity(AGE, match.start(), match.end(), *bounds)

    def _leaving_in(self, text: str) -> Iterator[Quantity]:
        for when, pattern in self._leaves.items():
            yield from (Quantity(LEAVES, match.start(), match.end(), when=when) for match in pattern.finditer(text))

    def _deductions_in(self, text: str) -> Iterator[Quantity]:
        for kind, pattern in self._taken.items():
            for match in pattern.finditer(text):
                before, behind = text[max(0, match.start() - 26) : match.start()], text[match.end() : match.end() + 40]
                if kind == DEDUCTION and self._not_deducted.match(behind):
                    continue
                is_denied = bool(self._denied_before.search(before) or self._denied_after.match(behind))
                percent = self._percent.search(re.split(r"[.!?\n]", before + behind)[-1])
                share = float(percent[1]) if percent and kind == DEDUCTION else None
                yield Quantity(kind, match.start(), match.end(), high=share, is_denied=is_denied)
        for match in self._denied_words.finditer(text):
            yield Quantity(DEDUCTION, match.start(), match.end(), is_denied=True)

    def _value(self, written: str) -> float:
        return float(self._numbers.get(written) or written.replace(",", "."))


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _words(languages: Mapping[str, Language], name: str) -> list[str]:
    words = []
    for code, language in languages.items():
        listed = language.quantities.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(word, str) and word.strip("~") for word in listed):
            raise RedFlagDataError(f"{code}.yml", f"quantities.{name}", "must be a list of words")
        words += listed
    return words


def _numbers(languages: Mapping[str, Language]) -> dict[str, int]:
    """The value of each number word, without marks."""
    values: dict[str, int] = {}
    for code, language in languages.items():
        unknown = set(language.quantities) - {*_LISTS, "numbers"}
        if unknown:
            raise RedFlagDataError(f"{code}.yml", f"quantities.{min(unknown)}", "no such list")
        for value, words in language.quantities.get("numbers", {}).items():
            if not isinstance(value, int) or not isinstance(words, list):
                raise RedFlagDataError(f"{code}.yml", f"quantities.numbers.{value}", "must be a number with its words")
            values |= {without_marks(word.casefold()): value for word in words}
    return values
