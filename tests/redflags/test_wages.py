"""Wages: pay beside the minimum and the usual pay of the country and trade that a text names."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.redflags.engine import EngineData, load_data
from bot.redflags.errors import RedFlagDataError
from bot.redflags.folding import fold

JUDGEMENTS = [
    ("lv", "Noliktavas darbinieks Rīgā, alga 1100 € bruto mēnesī", ["usual"]),
    ("lv", "Alga 600 € bruto mēnesī, pilna slodze", ["below minimum"]),
    ("lv", "Alga 600 € mēnesī, pusslodze", []),
    ("lv", "Apkopēja, 4 stundas dienā, 450 € mēnesī", ["usual"]),
    ("lv", "Viesmīle Rīgā, 4500 € mēnesī", ["far above"]),
    ("lv", "Vācijā noliktavā 2600 € bruto mēnesī", ["usual"]),
    ("lv", "Vācijā noliktavā 6 € stundā", ["below minimum"]),
    ("lv", "Holandē, ziedu šķirošana, 14,90 € stundā bruto", ["usual"]),
    ("lv", "Programmētājs, 3500 € bruto mēnesī", ["high"]),
    ("lv", "Istaba 120 € mēnesī", []),
    ("lv", "atskaitām 300 € mēnesī par dzīvošanu", []),
    ("lv", "Zviedrijā 400 € mēnesī", ["usual"]),
    ("ru", "Германия, склад, 13,90 евро в час", ["usual"]),
    ("ru", "Германия, склад, 7 евро в час", ["below minimum"]),
    ("ru", "Норвегия, уборка рыбы, 9000 евро в месяц", ["far above"]),
    ("ru", "Рига, официантка, 5000 евро в месяц", ["far above"]),
    ("ru", "комната 300 € в месяц, зарплата 1200 € в месяц", ["usual"]),
    ("ru", "300 евро в день, без опыта", ["high"]),
    ("uk", "Польща, склад, 24 zł/год", ["below minimum"]),
    ("uk", "Польща, склад, 1600 євро на місяць", ["usual"]),
    ("uk", "Німеччина, прибирання, 12000 євро на місяць", ["far above"]),
    ("uk", "робота в Європі, 500 євро на місяць", ["below minimum"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), JUDGEMENTS)
def test_pay_is_judged_by_country_and_trade(data: EngineData, language: str, text: str, expected: list[str]) -> None:
    """Each amount that is pay has its name; rent and deductions have none."""
    pay = data.reader.read(fold(text), language).pay

    assert [one.name for one in pay] == expected


def test_all_judgements_were_seen() -> None:
    """The table above is whole."""
    assert len(JUDGEMENTS) == 22


def test_net_pay_is_compared_as_gross(data: EngineData) -> None:
    """700 euro in the hand are 945 before tax: above Latvia's minimum."""
    [pay] = data.reader.read(fold("alga 700 € uz rokas mēnesī"), "lv").pay

    assert (round(pay.monthly), round(pay.ratio or 0, 2)) == (945, 1.21)


def test_a_country_without_a_minimum_has_no_ratio(data: EngineData) -> None:
    """Sweden has no minimum by law: nothing there is below it."""
    [pay] = data.reader.read(fold("Zviedrijā 400 € mēnesī"), "lv").pay

    assert pay.ratio is None


BROKEN = [
    ("source: eurostat_minimum_2026}", "source: hearsay}", r"wages\.yml: europe\.minimum\.source"),
    ("year: 2026, source: eurostat_minimum_2026}", "source: eurostat_minimum_2026}", r"europe\.minimum\.year"),
    ("amount: 620", "amount: some", r"europe\.minimum\.amount"),
    ("per: month", "per: moon", r"europe\.minimum\.per"),
    ("currency: GBP", "currency: XXX", r"countries\.uk\.minimum\.currency"),
    ("home: {lv: latvia}", "home: {lv: atlantis}", r"home\.lv"),
    ("share: 0.71", "share: -1", r"trades\.unskilled\.share"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), BROKEN)
def test_a_broken_entry_is_named(broken_data: Path, right: str, wrong: str, message: str) -> None:
    """The engine does not load; the message names file, entry and key."""
    path = broken_data / "redflags" / "wages.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(RedFlagDataError, match=message):
        load_data(broken_data)


def test_all_broken_entries_were_seen() -> None:
    """The table above is whole."""
    assert len(BROKEN) == 7
