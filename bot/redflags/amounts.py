"""Amounts of money in a folded text: how much, in which currency, for which time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.redflags.errors import RedFlagDataError

_NUMBER = r"\d{1,3}(?:[ \u00a0.,']\d{3})+(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
HOURS_A_MONTH = {"hour": 168.0, "day": 21.0, "week": 4.33, "month": 1.0}
"""How many of each period a usual month of work holds."""


@dataclass(frozen=True)
class Amount:
    """
    One amount: `start` and `end` in the folded text, end exclusive; `euros` at a rounded rate; `period` hour, day,
    week, month or "" where none is named.
    """

    start: int
    end: int
    euros: float
    period: str

    @property
    def monthly(self) -> float | None:
        """Euros a month of full-time work; None without a period."""
        return self.euros * HOURS_A_MONTH[self.period] if self.period else None


class AmountReader:
    """Reads amounts with the words of `nlu_data/redflags/money.yml`; time grows linearly with the text."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._currency_of = {word: name for name, words in data["currencies"].items() for word in words}
        self._in_euro = data["in_euro"]
        self._period_of = {word: name for name, words in data["periods"].items() for word in words}
        money = _alternatives(self._currency_of)
        thousands = _alternatives({word: "" for word in data["thousands"]})
        period = _alternatives(self._period_of)
        self._amount = re.compile(
            rf"(?<![\w])(?:(?P<before>[€$£₴]) ?)?(?P<number>{_NUMBER})(?:[ +]*[-–—] ?(?P<upto>{_NUMBER}))?"
            rf"(?: ?(?P<thousands>{thousands})\w{{0,5}}\b\.?)?(?:\+? ?(?P<after>{money})\w{{0,6}})?",
        )
        self._period = re.compile(rf"^[^\n.!?\d]{{0,14}}?(?:/|\b)(?P<period>{period})")

    def amounts(self, text: str) -> list[Amount]:
        """Every amount with a currency, in order."""
        found = []
        for match in self._amount.finditer(text):
            currency = match["before"] or match["after"]
            if currency:
                found.append(self._amount_of(text, match, self._currency_of[currency]))
        return found

    def _amount_of(self, text: str, match: re.Match[str], currency: str) -> Amount:
        number = _value(match["upto"] or match["number"]) * (1000 if match["thousands"] else 1)
        after = self._period.match(text[match.end() : match.end() + 28])
        period = self._period_of[after["period"]] if after else ""
        return Amount(match.start(), match.end(), number * self._in_euro[currency], period)


def load_amounts(path: Path) -> AmountReader:
    """The reader of this project's amounts. Raises RedFlagDataError."""
    try:
        return AmountReader(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
        raise RedFlagDataError(path.name, str(error)[:60], "missing or of the wrong form") from error


def _alternatives(words: Mapping[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _value(number: str) -> float:
    digits = re.sub(r"[ \u00a0']", "", number)
    if re.search(r"[.,]\d{3}$", digits):
        digits = re.sub(r"[.,]", "", digits)
    return float(re.sub(r"[.,](?=.*[.,])", "", digits).replace(",", "."))
