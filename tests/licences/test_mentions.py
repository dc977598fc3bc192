"""Company names in offers and questions, as people write them."""

from __future__ import annotations

import pytest

from bot.licences.mentions import asked_name, mentioned_names
from bot.licences.vocabulary import Vocabulary

MENTIONED = [
    ('Darbs Vācijā! SIA "Paraugs Darbs" piedāvā vietas.', ("Paraugs Darbs",)),
    ("Uzņēmums “Paraugs Darbs”, SIA aicina", ("Paraugs Darbs",)),
    ("SIA Paraugs Darbs meklē cilvēkus", ("Paraugs Darbs",)),
    ("Paraugs Darbs, SIA", ("Paraugs Darbs",)),
    ("Paraugs Work Ltd offers", ("Paraugs Work",)),
    ("Paraugs & Dēli SIA", ("Paraugs & Dēli",)),
    ("vai sia paraugs darbs ir licence", ("paraugs darbs",)),
    ("VAI SIA PARAUGS DARBS IR LICENCE?", ("paraugs darbs",)),
    ("«Пример Работа», ООО, приглашает", ("Пример Работа",)),
    ("ТОВ «Приклад Робота» пропонує", ("Приклад Робота",)),
    ("агентство Приклад обещает 3000", ("Приклад",)),
    ("Firma: Z/S Paraugi", ("Paraugi",)),
    ("AS Paraugs un SIA Testa Ceļš", ("Paraugs", "Testa Ceļš")),
    ("SIA Paraugs. Tad vēlreiz SIA Paraugs.", ("Paraugs",)),
    ("as soon as possible", ()),
    ("Sveiki, SIA. Nākamais teikums", ()),
    ('SIA "neaizvērtas pēdiņas', ()),
    ("Man piedāvā labu firmu un algu", ()),
    ("", ()),
    ("SIA", ()),
]

ASKED = [
    ("vai Paraugs Darbs ir licence?", "Paraugs Darbs"),
    ("Paraugs darbs ir licencēti?", "Paraugs darbs"),
    ("есть ли лицензия у Пример Стафф", "Пример Стафф"),
    ("чи має ліцензію Приклад Персонал?", "Приклад Персонал"),
    ("проверьте пожалуйста фирму «Пример»", "Пример"),
    ("vai jums ir licence?", None),
    ("gribu pārbaudīt, vai šim uzņēmumam ir licence", None),
    ("у вас есть лицензия?", None),
    ("чи є у них ліцензія?", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "names"), MENTIONED)
def test_names_beside_a_form(vocabulary: Vocabulary, text: str, names: tuple[str, ...]) -> None:
    """Before or after the form, in quotes of any kind, in small letters; nothing where there is no name."""
    assert mentioned_names(text, vocabulary) == names


@pytest.mark.parametrize(("text", "name"), ASKED)
def test_what_a_question_asks_about(vocabulary: Vocabulary, text: str, name: str | None) -> None:
    """The words that do not belong to the asking."""
    assert asked_name(text, vocabulary) == name


def test_the_cases_are_all_here() -> None:
    """A case that disappears is noticed."""
    assert (len(MENTIONED), len(ASKED)) == (20, 10)
