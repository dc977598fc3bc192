"""Quantities: hours of work, ages, leaving at once, deductions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.redflags.engine import EngineData, load_data
from bot.redflags.errors import RedFlagDataError
from bot.redflags.folding import fold

FACTS = [
    ("lv", "strādājam 14 h dienā", ["hours 12+", "hours 14+"]),
    ("lv", "pa 12 stundām, 6 dienas", ["hours 12+"]),
    ("lv", "no 6 rītā līdz 10 vakarā", ["hours 12+", "hours 14+"]),
    ("lv", "darba diena 8 stundas", ["hours usual"]),
    ("lv", "40 stundas nedēļā", ["week hours usual"]),
    ("lv", "divpadsmit stundu maiņas", ["hours 12+"]),
    ("ru", "12 часов в день", ["hours 12+"]),
    ("ru", "с 6 до 22", ["hours 12+", "hours 14+"]),
    ("ru", "работаем по четырнадцать часов", ["hours 12+", "hours 14+"]),
    ("uk", "по 16 годин", ["hours 12+", "hours 14+"]),
    ("uk", "12 год, 7/0", ["hours 12+"]),
    ("uk", "графік 14/7", ["hours 12+", "hours 14+"]),
    ("ru", "в 12 часов дня", []),
    ("ru", "звоните с 8 до 22", []),
    ("ru", "автобус через 14 часов", []),
    ("lv", "man ir 16", ["age under 18"]),
    ("lv", "16 gadi", ["age under 18"]),
    ("lv", "man 17 eiro palika", []),
    ("lv", "meitenes 18-25", ["age young range"]),
    ("lv", "meitenes līdz 27 gadiem", ["age young range"]),
    ("lv", "12 gadu pieredze", []),
    ("ru", "от 18 до 25 лет", ["age young range"]),
    ("ru", "мне 15", ["age under 18"]),
    ("ru", "мы 12 лет на рынке", []),
    ("ru", "опыт 10 лет", []),
    ("ru", "от 18 лет", ["age range"]),
    ("uk", "мені 17", ["age under 18"]),
    ("uk", "доньці п'ятнадцять років", ["age under 18"]),
    ("uk", "досвід 12 років", []),
    ("uk", "дівчата 18–26", ["age young range"]),
    ("lv", "16+", ["age from under 18"]),
    ("lv", "izbraucam rīt", ["leaves soon", "leaves tomorrow"]),
    ("ru", "выезд завтра", ["leaves soon", "leaves tomorrow"]),
    ("uk", "виїзд сьогодні", ["leaves soon", "leaves today"]),
    ("ru", "завтра позвоню", []),
    ("lv", "biļeti atskaitām no algas", ["deduction"]),
    ("lv", "par formu neko neietur", ["no deduction"]),
    ("ru", "вычитают 200 евро за жилье", ["deduction"]),
    ("ru", "за форму не вычитают", ["no deduction"]),
    ("ru", "удержим 20 процентов", ["deduction", "deduction percent"]),
    ("uk", "квиток вирахуємо", ["deduction"]),
    ("ru", "за опоздание штраф 50", ["fine"]),
    ("ru", "штрафов нет", ["no fine"]),
    ("lv", "izziņa no sodu reģistra", []),
    ("lv", "zvanīt 20000036, Brīvības 12-17", []),
    ("lv", "SIA kopš 1998. gada", []),
]


@pytest.mark.parametrize(("language", "text", "expected"), FACTS)
def test_quantities_are_read(data: EngineData, language: str, text: str, expected: list[str]) -> None:
    """The facts of every quantity, nothing else."""
    quantities = data.reader.read(fold(text), language).quantities

    assert sorted(fact for one in quantities for fact in one.facts()) == sorted(expected)


def test_all_facts_were_seen() -> None:
    """The table above is whole."""
    assert len(FACTS) == 46


def test_spans_are_places_in_the_text(data: EngineData) -> None:
    """A quantity stands where its words stand."""
    reading = data.reader.read(fold("Rīgā strādā pa 14 stundām"), "lv")
    [hours] = reading.quantities

    assert reading.text[hours.start : hours.end] == "14 stundām"


def test_an_unknown_list_of_words_is_refused(broken_data: Path) -> None:
    """The message names the language's file and the list."""
    path = broken_data / "redflags" / "languages" / "uk.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  deduct:", "  dedukt:"), encoding="utf-8")

    with pytest.raises(RedFlagDataError, match=r"uk\.yml: quantities\.dedukt"):
        load_data(broken_data)


def test_a_language_without_quantities_is_read(broken_data: Path) -> None:
    """A new language may come before anybody has listed these words."""
    path = broken_data / "redflags" / "languages" / "uk.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("\nquantities:")], encoding="utf-8")

    assert not load_data(broken_data).languages["uk"].quantities
