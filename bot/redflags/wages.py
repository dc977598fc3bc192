"""
Wages: what the pay in a text is worth, beside the law and the usual pay of the country and trade that it names.

A value for whoever judges, no flag by itself. The numbers stand in `nlu_data/redflags/wages.yml`, each with its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.redflags.amounts import HOURS_A_MONTH, Amount
from bot.redflags.errors import RedFlagDataError
from bot.redflags.languages import without_marks
from bot.redflags.wordings import Names

BELOW, USUAL, HIGH, FAR_ABOVE = "below minimum", "usual", "high", "far above"
_FULL_DAY = 7.0
_AN_HOURS_PAY, _A_MONTHS_PAY = 25.0, 300.0
_NO_PAY = 60_000.0
"""Euros a month beyond which an amount is no pay, but a prize, a price or read wrongly."""
_SHARES = ("net", "below", "usual", "far_above", "average_per_minimum")


@dataclass(frozen=True)
class Pay:
    """
    One amount judged as pay: `start` and `end` in the folded text, end exclusive; `monthly` gross euros of full-time
    work; `ratio` to the minimum of the country, None where it has none; `name` is one of the four above.
    """

    start: int
    end: int
    monthly: float
    ratio: float | None
    name: str


@dataclass(frozen=True)
class Wage:
    """Gross euros a month of full-time work in one country; `minimum` is None where no law or agreement was found."""

    minimum: float | None
    average: float


@dataclass(frozen=True)
class WageTable:
    """
    What work is paid, from `wages.yml`.

    `home` is the country meant by a text of a language that names none; `europe` stands for any country not named;
    `trades` are shares of a country's average; `shares` the bounds of the four names.
    """

    countries: Mapping[str, Wage]
    trades: Mapping[str, float]
    europe: Wage
    home: Mapping[str, str]
    shares: Mapping[str, float]
    country_names: Names
    trade_names: Names
    abroad: Names
    pay_words: Names
    other_words: Names
    part_time_words: Names

    def judged(
        self, text: str, language: str, amounts: Iterable[Amount], hours_a_day: float | None = None
    ) -> list[Pay]:
        """
        The judgement of every amount of a folded text that is pay, in order.

        Args:
            language: code of the language the text is read in.
            hours_a_day: of the work, when the text names them; pay of part-time work is reckoned as of full time.
        """
        plain = without_marks(text)
        wage = self._wage(plain, language)
        trades = [self.trades[trade] for trade in self.trade_names.within(plain)]
        usual = wage.average * (max(trades) if trades else 1.0) * self.shares["usual"]
        is_part_time = bool(self.part_time_words.within(plain))
        pay = []
        position = 0
        for amount in amounts:
            monthly = self._gross(amount, *_beside(plain, amount, position), hours_a_day)
            position = amount.end
            if (
                monthly
                and monthly < _NO_PAY
                and not (is_part_time and amount.period not in {"hour", "day"} and monthly < usual)
            ):
                pay.append(self._pay(amount, monthly, wage, usual))
        return pay

    def _wage(self, text: str, language: str) -> Wage:
        named = self.country_names.within(text)
        home = self.home.get(language, "")
        elsewhere = named - {self.home.get(code, "") for code in self.home}
        if elsewhere:
            return _widest([self.countries[country] for country in sorted(elsewhere)])
        if named:
            return self.countries[next(iter(named))]
        return self.countries[home] if home and not self.abroad.within(text) else self.europe

    def _gross(self, amount: Amount, before: str, after: str, hours_a_day: float | None) -> float | None:
        if self.other_words.within(f"{before} {after}"):
            return None
        period = amount.period or self._period(amount, before)
        if period == "day" and amount.tax and amount.euros >= _A_MONTHS_PAY:
            period = "month"  # "780 gross from the first day"
        if not period:
            return None
        full_time = _FULL_DAY / hours_a_day if period == "month" and hours_a_day and hours_a_day < _FULL_DAY else 1.0
        tax = self.shares["net"] if amount.tax == "net" else 1.0
        return amount.euros * HOURS_A_MONTH[period] / tax * full_time

    def _period(self, amount: Amount, before: str) -> str:
        """What an amount without a period is paid for, when words say that it is pay."""
        if not amount.tax and not self.pay_words.within(before):
            return ""
        return "hour" if amount.euros <= _AN_HOURS_PAY else "month" if amount.euros >= _A_MONTHS_PAY else ""

    def _pay(self, amount: Amount, monthly: float, wage: Wage, usual: float) -> Pay:
        ratio = monthly / wage.minimum if wage.minimum else None
        if ratio is not None and ratio < self.shares["below"]:
            name = BELOW
        else:
            name = USUAL if monthly <= usual else HIGH if monthly <= usual * self.shares["far_above"] else FAR_ABOVE
        return Pay(amount.start, amount.end, monthly, ratio, name)


def _beside(text: str, amount: Amount, since: int) -> tuple[str, str]:
    """What stands before an amount in its sentence, not before the place `since`, and behind it in its part of one."""
    before = text[max(since, amount.start - 48) : amount.start]
    after = text[amount.end : amount.end + 28]
    for sign in ("\n", ";", ". ", "!", "?", "+"):
        before = before.rpartition(sign)[2]
    for sign in ("\n", ";", ", ", ". ", "!", "?", "+", "(", "/"):
        after = after.partition(sign)[0] or after[:1]
    return before, after


def _widest(wages: Sequence[Wage]) -> Wage:
    """The lowest minimum and the highest average: what is unusual in none of the countries stays usual."""
    minima = [wage.minimum for wage in wages]
    known = [minimum for minimum in minima if minimum is not None]
    return Wage(min(known) if len(known) == len(minima) else None, max(wage.average for wage in wages))


def load_wages(path: Path, words: Path, in_euro: Mapping[str, float]) -> WageTable:
    """
    The project's wages, checked: every number has a source that is listed and a year. Raises RedFlagDataError.

    Args:
        path: `wages.yml`. words: `money.yml`, for the words beside an amount. in_euro: one unit of each currency.
    """
    try:
        return _WageFile(path.name, _read(path), in_euro).table(_read(words))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RedFlagDataError(path.name, str(error)[:60], "missing or of the wrong form") from error


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RedFlagDataError(path.name, "file", "no YAML") from error


class _WageFile:
    """One `wages.yml` while it is checked."""

    def __init__(self, file: str, data: Mapping[str, Any], in_euro: Mapping[str, float]) -> None:
        self._file, self._data, self._in_euro = file, data, in_euro
        self._shares = {name: self._number("shares", name, data["shares"][name]) for name in _SHARES}

    def table(self, words: Mapping[str, Any]) -> WageTable:
        data = self._data
        countries = {name: self._wage(f"countries.{name}", entry) for name, entry in data["countries"].items()}
        trades = {name: self._trade(f"trades.{name}", entry) for name, entry in data["trades"].items()}
        for language, country in data["home"].items():
            if country not in countries:
                raise RedFlagDataError(self._file, f"home.{language}", f"no such country: {country}")
        return WageTable(
            countries,
            trades,
            self._wage("europe", data["europe"]),
            data["home"],
            self._shares,
            Names({name: self._names(f"countries.{name}", entry) for name, entry in data["countries"].items()}),
            Names({name: self._names(f"trades.{name}", entry) for name, entry in data["trades"].items()}),
            Names({"abroad": data["abroad"]}),
            Names({"pay": words["pay"]}),
            Names({"other": words["not_pay"]}),
            Names({"part time": words["part_time"]}),
        )

    def _names(self, where: str, entry: Mapping[str, Any]) -> list[str]:
        names = entry.get("names")
        if not isinstance(names, list) or not names or not all(isinstance(name, str) and name for name in names):
            raise RedFlagDataError(self._file, f"{where}.names", "must be a list of words")
        return names

    def _wage(self, where: str, entry: Mapping[str, Any]) -> Wage:
        minimum = self._monthly(f"{where}.minimum", entry.get("minimum"))
        average = self._monthly(f"{where}.average", entry.get("average"))
        if average is None and minimum is None:
            raise RedFlagDataError(self._file, where, "needs a minimum or an average")
        return Wage(minimum, average if average is not None else (minimum or 0.0) * self._shares["average_per_minimum"])

    def _trade(self, where: str, entry: Mapping[str, Any]) -> float:
        self._check_source(where, entry)
        return self._number(where, "share", entry.get("share"))

    def _monthly(self, where: str, entry: Mapping[str, Any] | None) -> float | None:
        if entry is None:
            return None
        self._check_source(where, entry)
        amount, currency, per = (
            self._number(where, "amount", entry.get("amount")),
            entry.get("currency", "EUR"),
            entry["per"],
        )
        if per not in HOURS_A_MONTH:
            raise RedFlagDataError(self._file, f"{where}.per", f"must be one of {', '.join(HOURS_A_MONTH)}")
        if currency not in self._in_euro:
            raise RedFlagDataError(self._file, f"{where}.currency", "no such currency in money.yml")
        return amount * self._in_euro[currency] * HOURS_A_MONTH[per]

    def _check_source(self, where: str, entry: Mapping[str, Any]) -> None:
        if entry.get("source") not in self._data["sources"]:
            raise RedFlagDataError(self._file, f"{where}.source", "must be one of the sources listed")
        if not isinstance(entry.get("year"), int):
            raise RedFlagDataError(self._file, f"{where}.year", "must be a year")

    def _number(self, where: str, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise RedFlagDataError(self._file, f"{where}.{key}", "must be a number above 0")
        return float(value)
