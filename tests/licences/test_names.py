"""Which spellings are one name, which are alike, and which are two."""

from __future__ import annotations

import pytest

from bot.licences.names import NEAR_FROM, name_key, registration_numbers
from bot.licences.vocabulary import Vocabulary

SAME = [
    # legal form, quotes, case
    ('SIA "Baltijas Personāls"', "baltijas personāls sia"),
    ('SIA "Baltijas Personāls"', "Sabiedrība ar ierobežotu atbildību “Baltijas Personāls”"),
    ('A/S "Darba Tilts"', "AS Darba Tilts"),
    ("Nord Work OÜ", "nord work"),
    ("Praca Sp. z o.o.", "Praca"),
    # diacritics
    ('SIA "Ziemeļu Ceļš"', "ziemelu cels"),
    # Latvian declension
    ('SIA "Baltijas Personāls"', "Baltijas personāla"),
    ('SIA "Baltijas Personāls"', "Baltijas Personālam"),
    ('SIA "Eiroserviss"', "Eiroservisā"),
    ('SIA "Eiroserviss"', "Eiroservisam"),
    ('SIA "Darba Tilts"', "Darba tiltu"),
    ('SIA "Laba Iespēja"', "Labas iespējas"),
    ('SIA "Laba Iespēja"', "Labai Iespējai"),
    # another alphabet, and its declension
    ("SIA Baltic Staff", "СИА «Балтик Стафф»"),
    ("SIA Baltic Staff", "Балтик Стаффом"),
    ('SIA "Eiroserviss"', "Еиросервис"),
    ("SIA Nord Personal", "ООО «Норд Персонал»"),
    ("SIA Nord Personal", "Норд Персоналу"),
    # what stands between
    ('SIA "Darbs un Ceļš"', "Darbs & Ceļš"),
    ("SIA Euro-Work", "Euro Work"),
]

ALIKE = [
    ("SIA Baltic Staff", "Baltik Stuff"),
    ("SIA Baltic Staff", "Baltic Staf Group"),
    ("SIA Baltic Staff Group", "Baltic Staff"),
    ("SIA Euro Work", "Eurowork"),
    ('SIA "Ziemeļu Ceļš"', "Zeimelu cels"),
    ('SIA "Baltijas Personāls"', "Baltijas Personls"),
]

DIFFERENT = [
    ("SIA Baltic Staff", "SIA Nordic Staff"),
    ("SIA Baltic Staff", "Baltic Work"),
    ("SIA Rīgas Darbs", "SIA Rīgas Maize"),
    ("SIA ABC", "SIA ABD"),
    ("SIA Eiroserviss", "SIA Euro"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name(vocabulary: Vocabulary, one: str, other: str) -> None:
    """Form, case, diacritics, declension and alphabet do not count."""
    assert name_key(one, vocabulary).stem == name_key(other, vocabulary).stem


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike(vocabulary: Vocabulary, one: str, other: str) -> None:
    """A typing error, a missing or an added word: near, and never the same."""
    first, second = name_key(one, vocabulary), name_key(other, vocabulary)

    assert first.stem != second.stem
    assert first.likeness(second) >= NEAR_FROM


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_names(vocabulary: Vocabulary, one: str, other: str) -> None:
    """A common word does not make two companies one."""
    assert name_key(one, vocabulary).likeness(name_key(other, vocabulary)) < NEAR_FROM


def test_the_cases_are_all_here() -> None:
    """A case that disappears is noticed."""
    assert (len(SAME), len(ALIKE), len(DIFFERENT)) == (20, 6, 5)


@pytest.mark.parametrize("name", ["", "SIA", "«»", "Sp. z o.o."])
def test_no_name(vocabulary: Vocabulary, name: str) -> None:
    """A legal form alone names nobody."""
    assert not name_key(name, vocabulary)


def test_registration_numbers() -> None:
    """Eleven digits that begin as the register's do; telephones and longer numbers are none."""
    text = "reģ. nr. LV40000000001, 4000 000 0002; tel. +371 26337711, konts 400000000031234, 40000000001"

    assert registration_numbers(text) == ("40000000001", "40000000002")
