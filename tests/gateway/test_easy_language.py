"""Easy language and duty: what a visitor chooses stays, and who waits is told honestly for whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.conversation.operators import Operators
from bot.knowledge import Knowledge
from bot.knowledge.hours import schedule_of
from tests.gateway.assistant import said
from tests.gateway.installation import Installation, Visitor, now

NIGHT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
"""A Tuesday, half past three in Latvia."""


def test_the_switch_changes_every_answer(installation: Installation, visitor: Visitor, knowledge: Knowledge) -> None:
    """The gateway's own sentences and what the assistant is asked for."""
    visitor.opens("lv")
    assert visitor.post("/v1/language", {"language": "lv", "easy": True}).json() == {"language": "lv"}
    visitor.writes("Labdien!")
    visitor.is_settled(installation)
    visitor.post("/v1/handoff")

    assert installation.assistant.questions[-1]["easy"] is True
    assert (
        visitor.answers(2)[-1]["text"]
        == knowledge.reply(
            "lv-easy", "system.waiting_nobody", duty=knowledge.text("lv-easy", "system.duty_unknown")
        ).text
    )


@pytest.mark.parametrize(("payload", "easy"), [("/easy", True), ("/ordinary", False)])
def test_a_button_switches(
    installation: Installation, visitor: Visitor, knowledge: Knowledge, payload: str, easy: bool
) -> None:
    """And says so in the language that it switched to."""
    visitor.opens("ru")
    visitor.writes(payload)
    answer = visitor.answers()[0]
    visitor.writes("Здравствуйте!")
    visitor.is_settled(installation)

    assert answer["text"] == knowledge.reply("ru-easy" if easy else "ru", f"system{payload.replace('/', '.')}_set").text
    assert installation.assistant.questions[-1]["easy"] is easy


def test_the_assistant_can_switch(installation: Installation, visitor: Visitor, knowledge: Knowledge) -> None:
    """Somebody asked for plain words in their own."""
    installation.assistant.answer = said("ignored", signals=("easy",))
    visitor.opens("uk")
    visitor.writes("пишіть простіше, будь ласка")

    assert visitor.answers()[0]["text"] == knowledge.reply("uk-easy", "system.easy_set").text


def test_the_assistant_can_switch_back(installation: Installation, visitor: Visitor, knowledge: Knowledge) -> None:
    """Somebody asked for ordinary words again."""
    visitor.opens("uk")
    visitor.writes("/easy")
    visitor.answers()
    installation.assistant.answer = said("ignored", signals=("ordinary",))
    visitor.writes("пишіть знову звичайно")

    assert visitor.answers(2)[-1]["text"] == knowledge.reply("uk", "system.ordinary_set").text


def test_a_conversation_can_begin_in_easy_language(installation: Installation, visitor: Visitor) -> None:
    """Chosen before the first word."""
    opened = visitor.http.post("/v1/conversations", json={"language": "lv", "easy": True}).json()
    visitor.token = opened["token"]
    visitor.writes("Labdien!")
    visitor.is_settled(installation)

    assert installation.assistant.questions[-1]["easy"] is True


@pytest.mark.parametrize("easy", ["yes", 1, None])
def test_a_wish_that_is_no_yes_or_no_is_refused(visitor: Visitor, easy: object) -> None:
    """The field is true or false."""
    assert visitor.http.post("/v1/conversations", json={"language": "lv", "easy": easy}).status_code == 400


def test_who_waits_while_somebody_is_there_is_told_so(
    installation: Installation, visitor: Visitor, knowledge: Knowledge
) -> None:
    """An operator is signed in to the console."""
    operators = Operators(installation.database, now)
    operators.open_session(operators.add_operator("anna", "a long enough password"))
    visitor.opens("lv")
    visitor.post("/v1/handoff")

    assert visitor.answers()[0]["text"] == knowledge.reply("lv", "system.waiting").text


def test_who_waits_at_night_is_told_when_somebody_comes(installation: Installation, knowledge: Knowledge) -> None:
    """By the hours that the helpline promises."""
    installation.knowledge = knowledge.at(NIGHT)
    with installation.running(duty=schedule_of("mon-fri 9:00-21:00; sat 10:00-14:00")) as visitor:
        visitor.opens("lv")
        visitor.post("/v1/handoff")
        text = visitor.answers()[0]["text"]

    assert "Operatori: tagad neatbild, atbildēs šodien no 9:00." in text


def test_an_operator_who_is_switched_off_is_not_there(
    installation: Installation, visitor: Visitor, knowledge: Knowledge
) -> None:
    """Nobody is: it is said that the time is not known."""
    operators = Operators(installation.database, now)
    operators.open_session(operators.add_operator("anna", "a long enough password"))
    operators.switch_off("anna")
    visitor.opens("lv")
    visitor.post("/v1/handoff")

    assert knowledge.text("lv", "system.duty_unknown") in visitor.answers()[0]["text"]
