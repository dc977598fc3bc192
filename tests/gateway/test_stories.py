"""A conversation is one story: heard once in the gateway, given to the assistant, shown to the operator."""

from __future__ import annotations

import pytest

from bot.story import Story
from tests.gateway.assistant import said
from tests.gateway.installation import Installation, Visitor

OFFER = (
    "Работа в Германии на складе, 2500 евро в месяц, жильё вместе с другими. Паспорт по приезде отдадите бригадиру, "
    "вернут после сезона. Выезд в воскресенье от автовокзала, пишите в WhatsApp, мест осталось мало."
)
CORRECTION = "нет, паспорт не забирают"


def queue(visitor: Visitor, installation: Installation) -> tuple[str, tuple[str, ...]]:
    """Band and reasons of the only one who waits."""
    visitor.post("/v1/handoff")
    (entry,) = installation.desk.waiting()
    return entry.band.value, entry.reasons


def test_the_assistant_gets_the_story_so_far(visitor: Visitor, installation: Installation) -> None:
    """Each message is assessed once; the second one comes with the first one's flags and takes one back."""
    visitor.opens("ru")
    for number, text in enumerate((OFFER, CORRECTION), start=1):
        visitor.writes(text)
        visitor.answers(number)
    first, second = (Story.from_json(question["story"]) for question in installation.assistant.questions)

    assert "documents_taken" in first.signs
    assert second.until(3) == first
    assert second.withdrawn == {"documents_taken": 3}


def test_a_correction_is_not_answered_with_an_alarm(visitor: Visitor, installation: Installation) -> None:
    """And the operator sees the reason no more."""
    visitor.opens("ru")
    for number, text in enumerate((OFFER, CORRECTION), start=1):
        visitor.writes(text)
        texts = [answer["text"] for answer in visitor.answers(number)]

    assert texts == ["Atbilde", "Atbilde"]
    assert "documents_taken" not in queue(visitor, installation)[1]


def test_the_story_goes_on_after_a_restart(installation: Installation) -> None:
    """The next process knows what the first one heard."""
    with installation.running() as visitor:
        visitor.opens("ru")
        visitor.writes(OFFER)
        visitor.answers()
        token = visitor.token
    with installation.running() as visitor:
        visitor.token = token
        visitor.writes(CORRECTION)
        visitor.answers(2)

    assert Story.from_json(installation.assistant.questions[-1]["story"]).withdrawn == {"documents_taken": 3}


@pytest.mark.parametrize("manner", ["well", "dead"])
def test_a_tap_answer_counts_without_the_assistant_too(installation: Installation, manner: str) -> None:
    """What the visitor tapped raises the band and is a reason, with Rasa or without."""
    if manner == "dead":
        installation.assistant.die()
    with installation.running(deadline_seconds=0.3) as visitor:
        visitor.opens("lv")
        visitor.writes("/answer_documents_taken")
        visitor.answers()

        assert queue(visitor, installation) == ("orange", ("documents_taken",))


def test_what_the_assistant_understood_is_kept(visitor: Visitor, installation: Installation) -> None:
    """A free answer to the question that was open; signals that make no sense change nothing."""
    installation.assistant.answer = said("Labi.") | {"signals": ["fact:contract=none", "fact:contract=maybe", "fact:"]}
    visitor.opens("lv")
    visitor.writes("laikam jau ne")
    visitor.answers()
    visitor.is_settled(installation)
    installation.assistant.answer = said("Labi.")
    visitor.writes("paldies")
    visitor.answers(2)
    story = Story.from_json(installation.assistant.questions[-1]["story"])

    assert {name: fact.answer for name, fact in story.facts.items()} == {"contract": "none"}
    assert queue(visitor, installation) == ("yellow", ("no_contract",))


def test_a_tap_while_a_person_answers_is_only_kept(visitor: Visitor, installation: Installation) -> None:
    """The assistant is not asked."""
    visitor.opens("lv")
    visitor.post("/v1/handoff")
    visitor.writes("/answer_stage_there")
    visitor.is_settled(installation)
    conversation_id = installation.desk.waiting()[0].id
    facts = installation.desk.transcript("reader", conversation_id).story.facts

    assert installation.assistant.questions == []
    assert {name: fact.answer for name, fact in facts.items()} == {"stage": "there"}
