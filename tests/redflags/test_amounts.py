"""Amounts of money: how much, in which currency, for which time, before or after tax."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.redflags.amounts import load_amounts
from bot.redflags.engine import EngineData
from bot.redflags.errors import RedFlagDataError
from bot.redflags.folding import fold

AMOUNTS = [
    ("lv", "alga 1200 € mēnesī", [(1200.0, "month", "")]),
    ("lv", "5000 eiro uz rokas", [(5000.0, "", "net")]),
    ("lv", "6 eur/h", [(6.0, "hour", "")]),
    ("ru", "от 150 до 300 евро в день", [(300.0, "day", "")]),
    ("lv", "3500–9000 USD mēnesī", [(8100.0, "month", "")]),
    ("ru", "зарплата 2 000 евро", [(2000.0, "", "")]),
    ("lv", "1.500 € brutto", [(1500.0, "", "gross")]),
    ("uk", "600-900€ на тиждень", [(900.0, "week", "")]),
    ("lv", "€50 dienā", [(50.0, "day", "")]),
    ("ru", "1ООО€ в дeнь", [(1000.0, "day", "")]),
    ("ru", "5 тыс евро", [(5000.0, "", "")]),
    ("lv", "7,1 evro/h netto", [(7.1, "hour", "net")]),
    ("lv", "1 200 €", [(1200.0, "", "")]),
    ("lv", "1.200,50 eiro", [(1200.5, "", "")]),
    ("lv", "15€/st", [(15.0, "hour", "")]),
    ("lv", "13-15 eur/h", [(15.0, "hour", "")]),
    ("lv", "3 tūkst. eiro mēnesī", [(3000.0, "month", "")]),
    ("lv", "3 tukst eiro", [(3000.0, "", "")]),
    ("ru", "14 евро брутто в час", [(14.0, "hour", "gross")]),
    ("uk", "14 євро за годину", [(14.0, "hour", "")]),
    ("uk", "25 zł/год", [(5.75, "hour", "")]),
    ("lv", "850 bruto", [(850.0, "", "gross")]),
    ("ru", "800 на руки", [(800.0, "", "net")]),
    ("lv", "likme 5,60 h", [(5.6, "hour", "")]),
    ("lv", "1010 bruto, divas maiņas", [(1010.0, "", "gross")]),
    ("ru", "950–1150 евро. смены 10 часов", [(1150.0, "", "")]),
    ("lv", "78 000 eiro gadā", [(78000.0, "year", "")]),
    ("ru", "5000 евро место", [(5000.0, "", "")]),
    ("lv", "500 eur hotelī", [(500.0, "", "")]),
    ("lv", "zvanīt 20000036", []),
    ("lv", "12 stundas, 18-25 gadi, 2026", []),
    ("lv", "Brīvības iela 75-12, 3. stāvs", []),
    ("ru", "выезд 12.11.2026 в 7:30", []),
    ("uk", "тел. +371 20000036, кв. 15", []),
    ("ru", "5 комнат, 2 к. дома", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), AMOUNTS)
def test_amounts_are_read(data: EngineData, language: str, text: str, expected: list[tuple[float, str, str]]) -> None:
    """Each amount with its value in euro, its period and its tax, nothing else."""
    found = data.reader.read(fold(text), language).amounts

    assert [(round(amount.euros, 2), amount.period, amount.tax) for amount in found] == expected


def test_all_amounts_were_seen() -> None:
    """The table above is whole."""
    assert len(AMOUNTS) == 35


def test_a_currency_without_a_rate_is_refused(broken_data: Path) -> None:
    """The message names the file and the currency."""
    path = broken_data / "redflags" / "money.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("UAH: 0.02, ", ""), encoding="utf-8")

    with pytest.raises(RedFlagDataError, match=r"money\.yml: 'UAH'"):
        load_amounts(path)
