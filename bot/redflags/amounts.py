"""Amounts of money in a folded text: how much, in which currency, for which time, before or after tax."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.redflags.errors import RedFlagDataError
from bot.redflags.languages import without_marks
from bot.redflags.wordings import Names, pattern_of

_NUMBER = r"\d{1,3}(?:[ \u00a0.,']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_PERIOD_DISTANCE = 18
_BEHIND = 48
HOURS_A_MONTH = {"hour": 168.0, "day": 21.0, "week": 4.33, "month": 1.0, "year": 1 / 12}
"""How many of each period a usual month of work holds."""


@dataclass(frozen=True)
class Amount:
    """
    One amount: `start` and `end` in the folded text, end exclusive; `euros` at a rounded rate; `period` hour, day,
    week, month, year or "" where none is named; `tax` net, gross or "" where the text does not say.
    """

    start: int
    end: int
    euros: float
    period: str
    tax: str = ""

    @property
    def monthly(self) -> float | None:
        """Euros a month of full-time work; None without a period."""
        return self.euros * HOURS_A_MONTH[self.period] if self.period else None


class AmountReader:
    """Reads amounts with the words of `nlu_data/redflags/money.yml`; time grows linearly with the text."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._currency_of = Names(data["currencies"])
        self._signs = {word: name for name, words in data["currencies"].items() for word in words if len(word) == 1}
        self._in_euro = {name: float(data["in_euro"][name]) for name in data["currencies"]}
        self._period_of = Names(data["periods"])
        self._tax = {name: re.compile(pattern_of(words)) for name, words in data["tax"].items()}
        tax = pattern_of(word for words in data["tax"].values() for word in words)
        money = pattern_of(word for words in data["currencies"].values() for word in words)
        period = pattern_of(word for words in data["periods"].values() for word in words)
        self._amount = re.compile(
            rf"(?<![\w])(?:(?P<before>[€$£₴]) ?)?(?P<number>{_NUMBER})(?:[ +]*[-–—] ?(?P<upto>{_NUMBER}))?"
            rf"(?: ?(?P<thousands>{pattern_of(data['thousands'])})\.?)?(?:\+? ?(?P<after>{money})(?:\.(?=/))?)?",
        )
        an_hour = pattern_of(data["an_hour"])
        self._taxed = re.compile(rf"^(?: ?{an_hour})?[ ,/(]{{0,3}}{tax}")
        self._an_hour = re.compile(rf"^ ?{an_hour}")
        self._period = re.compile(rf"^[^\n.!?\d,;(]{{0,{_PERIOD_DISTANCE}}}?(?P<period>{period})")

    @property
    def in_euro(self) -> Mapping[str, float]:
        """One unit of each currency in euro."""
        return self._in_euro

    def amounts(self, text: str) -> list[Amount]:
        """Every amount with a currency, and pay that names none ("850 bruto", "5,60 h"), in order."""
        plain = without_marks(text)
        found = []
        for match in self._amount.finditer(plain):
            behind = plain[match.end() : match.end() + _BEHIND]
            currency = self._currency(match)
            if currency:
                found.append(self._amount_of(match, behind, currency))
            elif self._taxed.match(behind):
                found.append(self._bare_pay(match, behind))
            elif re.search(r"[.,]\d\d$", match["number"]) and self._an_hour.match(behind):
                found.append(Amount(match.start(), match.end(), _value(match["number"]), "hour"))
        return found

    def _currency(self, match: re.Match[str]) -> str | None:
        word = match["before"] or match["after"]
        return (self._signs.get(word) or self._currency_of.of(word)) if word else None

    def _amount_of(self, match: re.Match[str], behind: str, currency: str) -> Amount:
        number = _value(match["upto"] or match["number"]) * (1000 if match["thousands"] else 1)
        return Amount(
            match.start(), match.end(), number * self._in_euro[currency], self._period_in(behind), self._tax_in(behind)
        )

    def _bare_pay(self, match: re.Match[str], behind: str) -> Amount:
        number = _value(match["upto"] or match["number"]) * (1000 if match["thousands"] else 1)
        return Amount(match.start(), match.end(), number, self._period_in(behind), self._tax_in(behind))

    def _period_in(self, behind: str) -> str:
        after = self._period.match(behind)
        return (self._period_of.of(after["period"]) or "") if after else ""

    def _tax_in(self, behind: str) -> str:
        near = re.split(r"[\n\d;!?]", behind, maxsplit=1)[0]
        return next((name for name, words in self._tax.items() if words.search(near)), "")


def load_amounts(path: Path) -> AmountReader:
    """The reader of this project's amounts. Raises RedFlagDataError."""
    try:
        return AmountReader(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise RedFlagDataError(path.name, str(error)[:60], "missing or of the wrong form") from error


def _value(number: str) -> float:
    digits = re.sub(r"[ \u00a0']", "", number)
    if re.search(r"[.,]\d{3}$", digits):
        digits = re.sub(r"[.,]", "", digits)
    return float(re.sub(r"[.,](?=.*[.,])", "", digits).replace(",", "."))
