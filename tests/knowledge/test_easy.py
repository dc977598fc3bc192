"""Easy language: every answer has a form in short sentences and plain words, with the same values and buttons."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.easy import hard_places
from bot.knowledge.required import EASY_FILES
from bot.messages import EASY_LANGUAGES
from tests.knowledge.test_texts import NEVER_SAID

EASY = list(EASY_LANGUAGES.items())


def easy_texts(knowledge: Knowledge, easy: str) -> dict[str, str]:
    """Everything that is said in the easy form, as it is written, by where it stands."""
    catalogue = knowledge.catalogues[easy]
    texts = {key: reply.text for key, reply in catalogue.items() if key.split(".")[0] in EASY_FILES}
    for flag_id, flag in knowledge.flags[easy].items():
        texts |= {f"flags.{flag_id}.{name}": text for name, text in vars(flag).items()}
    for topic in knowledge.topics[easy].values():
        texts |= {f"{topic.id}.title": topic.title, f"{topic.id}.text": topic.text}
    return texts


@pytest.mark.parametrize(("language", "easy"), EASY)
def test_every_answer_is_easy(knowledge: Knowledge, language: str, easy: str) -> None:
    """Short sentences, short words, one idea in each. The greeting on Telegram speaks three languages at once."""
    texts = easy_texts(knowledge, easy)
    assert len(texts) > 400
    hard = {key: hard_places(text) for key, text in texts.items() if key != "system.telegram_start"}

    assert {key: places for key, places in hard.items() if places} == {}


@pytest.mark.parametrize(("language", "easy"), EASY)
def test_it_is_another_text_where_the_ordinary_one_is_hard(knowledge: Knowledge, language: str, easy: str) -> None:
    """The switch changes what is said, and not only its name."""
    ordinary = easy_texts(knowledge, language)
    changed = [key for key, text in easy_texts(knowledge, easy).items() if text != ordinary[key]]

    assert len(changed) > 150


@pytest.mark.parametrize(("language", "easy"), EASY)
def test_buttons_lead_to_the_same_places(knowledge: Knowledge, language: str, easy: str) -> None:
    """Whoever reads easy language can do all that others can."""
    ordinary, simple = knowledge.catalogues[language], knowledge.catalogues[easy]
    assert len(simple) == len(ordinary) > 250

    for key, reply in ordinary.items():
        assert {b.payload for b in reply.buttons} == {b.payload for b in simple[key].buttons}, key


@pytest.mark.parametrize(("language", "easy"), EASY)
def test_the_directory_is_the_same(knowledge: Knowledge, language: str, easy: str) -> None:
    """Numbers and hours are not simplified."""
    assert knowledge.numbers_block(easy, "advice") == knowledge.numbers_block(language, "advice")
    assert knowledge.reply(easy, "system.emergency").text.count("112") >= 2


@pytest.mark.parametrize(("language", "easy"), EASY)
def test_nobody_is_called_a_victim_in_it(knowledge: Knowledge, language: str, easy: str) -> None:
    """The words that are never said are not said here either."""

    found = [key for key, text in easy_texts(knowledge, easy).items() if re.search(NEVER_SAID[language], text, re.I)]

    assert found == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Zvaniet 112. Ejiet pie cilvēkiem.", []),
        ("Ja varat, ejiet tur.", []),
        ("Ja varat, ejiet tur, kur ir cilvēki.", ["more than one idea: Ja varat, ejiet tur, kur ir cilvēki."]),
        ("Nosūtiet (vai nesiet).", ["more than one idea: Nosūtiet (vai nesiet)."]),
        ("Viens divi trīs četri pieci seši septiņi astoņi deviņi desmit vienpadsmit divpadsmit.", []),
        (
            "Viens divi trīs četri pieci seši septiņi astoņi deviņi desmit vienpadsmit divpadsmit trīspadsmit.",
            [
                "13 words: Viens divi trīs četri pieci seši septiņi astoņi deviņi desmit vienpadsmit divpadsmit "
                "trīspadsmit."
            ],
        ),
        ("Nepārtrauktdarbojošs vārds.", ["long word: Nepārtrauktdarbojošs"]),
        ("{numbers:advice}", []),
    ],
)
def test_what_is_hard(text: str, places: list[str]) -> None:
    """More than twelve words, a word of more than sixteen letters, two commas, marks that join two ideas."""
    assert hard_places(text) == places
