"""Who is told first who answers children."""

from __future__ import annotations

import pytest

from bot.gateway.duty import Duty
from bot.gateway.turns import is_of_a_child
from bot.knowledge import Knowledge
from bot.story import Fact, Story, Telling
from bot.story.telling import Mark, Voice
from tests.gateway.installation import Installation, Visitor

MINOR = (Mark("minor", "critical", 0, 1),)
STORIES = [
    (Telling(1, "ru", "in_trouble", "high", flags=MINOR), True),
    (Telling(1, "ru", facts=(Fact("age", "minor", (("minor", "critical"),)),)), True),
    (Telling(1, "ru", facts=(Fact("age", "adult"),)), False),
    (Telling(1, "ru", "third_party", "high", flags=MINOR), False),
    (Telling(1, "ru", "job_offer", "high", flags=MINOR, voice=Voice.PASTED), False),
]


@pytest.mark.parametrize(("telling", "expected"), STORIES)
def test_a_child_is_known_by_what_they_say_of_themselves(telling: Telling, expected: bool) -> None:
    """A parent, and an advertisement for sixteen-year-olds, are none."""
    assert len(STORIES) == 5
    assert is_of_a_child(Story((telling,))) is expected


@pytest.mark.parametrize("language", ["lv", "ru", "uk"])
def test_a_child_who_waits_has_the_childrens_line_above(
    installation: Installation, knowledge: Knowledge, language: str
) -> None:
    """Above what everybody is told who waits."""
    duty = Duty(installation.frontdoor, knowledge)
    child, adult = duty.waiting(language, is_child=True), duty.waiting(language)

    assert child.text == f"{knowledge.reply(language, 'utter_child').text}\n\n{adult.text}"
    assert child.buttons == adult.buttons


def test_the_pages_own_button_knows_a_child(installation: Installation, visitor: Visitor, knowledge: Knowledge) -> None:
    """It goes past the assistant, and must not go past what was told."""
    visitor.opens("ru")
    visitor.writes("мне 14 лет, меня заперли дома и не выпускают")
    visitor.is_settled(installation)
    assert visitor.post("/v1/handoff").status_code == 202
    last = visitor.reads()["messages"][-1]["text"]

    assert last.startswith(knowledge.text("ru", "responses.utter_child"))
