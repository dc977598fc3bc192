"""kill -9 in the middle of a conversation: it goes on, nothing is lost and nothing stands twice."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.e2e.installation import Karogs
from tests.e2e.people import Operator, TelegramVisitor, WebVisitor
from tests.e2e.scripts import SCRIPTS
from tests.telegram.botapi import World

PROCESSES = ("gateway", "rasa", "actions", "console")


@pytest.mark.parametrize("name", PROCESSES)
def test_conversation_survives_the_death_of_a_process(karogs: Karogs, world: World, name: str) -> None:
    """What is sent just before and just after the kill is stored once and reaches an operator, on both channels."""
    script = SCRIPTS[2]
    web, telegram = WebVisitor(karogs, "uk"), TelegramVisitor(world, 700_200 + PROCESSES.index(name))
    web.asked_and_answered(script.greeting)
    telegram.say(script.greeting)
    telegram.waits_for_one_more(than=0)

    web.say(script.offer)
    telegram.say(script.offer)
    karogs.kill(name)
    web.say("/person")
    web.waits_for_route("waiting")
    telegram.tap("/person")

    operator = Operator(karogs)
    for channel in ("web", "telegram"):
        entry = operator.finds_waiting(script.flag, "uk", channel)
        operator.takes(entry["id"])
        said = Counter(
            "".join(part["text"] for part in message["segments"])
            for message in operator.reads(entry["id"])["messages"]
            if message["from"] == "visitor"
        )
        assert (said[script.greeting], said[script.offer], said.total()) == (1, 1, 3)
        operator.writes(entry["id"], script.operator)
        operator.closes(entry["id"])
    web.waits_for("operator", script.operator)
    telegram.waits_for(script.operator)


def test_without_the_assistant_there_are_numbers_and_a_person(karogs: Karogs) -> None:
    """While Rasa starts again the visitor still gets numbers and can call a person."""
    visitor = WebVisitor(karogs, "lv")
    karogs.kill("rasa")

    answer = visitor.asked_and_answered("Labdien!")
    visitor.say("/person")

    assert "112" in answer
    visitor.waits_for_route("waiting")
    visitor.delete()


def test_emergency_is_answered_while_the_assistant_is_dead(karogs: Karogs) -> None:
    """The first words are 112, whatever else is broken."""
    visitor = WebVisitor(karogs)
    karogs.kill("rasa")

    answer = visitor.asked_and_answered("Palīdziet, mani ieslēdza dzīvoklī un nelaiž ārā!")

    assert "112" in answer.split("\n")[0]
    visitor.delete()
