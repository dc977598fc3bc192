"""Amounts of money: how much, in which currency, for which time."""

from __future__ import annotations

import pytest

from bot.redflags.engine import EngineData
from bot.redflags.folding import fold

AMOUNTS = [
    ("alga 1200 € mēnesī", [(1200.0, "month")]),
    ("5000 eiro uz rokas", [(5000.0, "")]),
    ("6 eur/h", [(6.0, "hour")]),
    ("от 150 до 300 евро в день", [(300.0, "day")]),
    ("3500–9000 USD mēnesī", [(8100.0, "month")]),
    ("зарплата 2 000 евро", [(2000.0, "")]),
    ("1.500 € brutto", [(1500.0, "")]),
    ("600-900€ на тиждень", [(900.0, "week")]),
    ("€50 dienā", [(50.0, "day")]),
    ("1ООО€ в дeнь", [(1000.0, "day")]),
    ("5 тыс евро", [(5000.0, "")]),
    ("zvanīt 20000036", []),
    ("12 stundas, 18-25 gadi, 2026", []),
    ("7,1 evro/h netto", [(7.1, "hour")]),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amounts_are_read(data: EngineData, text: str, expected: list[tuple[float, str]]) -> None:
    """Each amount with its value in euro and its period, nothing else."""
    found = data.reader.read(fold(text), "lv").amounts

    assert [(round(amount.euros, 2), amount.period) for amount in found] == expected


def test_all_amounts_were_seen() -> None:
    """The table above is whole."""
    assert len(AMOUNTS) == 14
