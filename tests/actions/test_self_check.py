"""The private self-check: thirteen questions, none of which must be answered, and no verdict at the end."""

from __future__ import annotations

from typing import Any

import pytest

from actions.self_check import ANSWERS, DONE
from bot.knowledge import Knowledge
from tests.actions.conftest import LANGUAGES, Run, payloads, said, slots_of

COUNT = 13


async def answer(run: Run, given: str, intent: str, **more: Any) -> dict[str, Any]:
    """What the form makes of a message after the answers `given`."""
    slots = {ANSWERS: given, DONE: None, "requested_slot": DONE}
    return await run("validate_self_check_form", "lv", "x", slots=slots, intent=intent, **more)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_question_is_asked_with_its_number(run: Run, knowledge: Knowledge, language: str) -> None:
    """And can be skipped, and the whole stopped."""
    for number in range(1, COUNT + 1):
        result = await run("action_ask_self_check", language, slots={ANSWERS: "n" * (number - 1)})

        assert said(result) == [
            knowledge.text(language, "self_check.number", number=number, count=COUNT)
            + "\n\n"
            + knowledge.text(language, f"self_check.question_{number}")
        ]
        assert payloads(result) == ["/affirm", "/deny", "/skip", "/stop_check"]


async def test_it_begins_anew(run: Run, knowledge: Knowledge) -> None:
    """Whatever was answered before."""
    result = await run("action_begin_self_check", "lv", slots={ANSWERS: "yyn", DONE: "done"})

    assert said(result) == [knowledge.text("lv", "self_check.begin")]
    assert slots_of(result) == {ANSWERS: "", DONE: None}


@pytest.mark.parametrize(("intent", "letter"), [("affirm", "y"), ("deny", "n"), ("skip", ".")])
async def test_an_answer_counts(run: Run, intent: str, letter: str) -> None:
    """Yes, no, or skipped."""
    result = await answer(run, "yn", intent)

    assert slots_of(result) == {ANSWERS: f"yn{letter}", DONE: None, "requested_slot": DONE}


async def test_the_last_answer_ends_it(run: Run) -> None:
    """The form is done."""
    result = await answer(run, "n" * (COUNT - 1), "deny")

    assert slots_of(result) == {ANSWERS: "n" * COUNT, DONE: "done", "requested_slot": None}


async def test_what_is_no_answer_is_left_to_the_rules(run: Run) -> None:
    """Somebody who asks for a number in the middle gets it."""
    assert (await answer(run, "yn", "ask_number"))["events"] == []


async def test_nothing_is_understood_twice(run: Run) -> None:
    """When the form comes back from another answer the message has been answered."""
    result = await answer(run, "yn", "affirm", actions_since=2)

    assert slots_of(result)[ANSWERS] == "yn"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "end",
    [
        ("n" * 13, "end_none", False),
        ("n" * 12 + ".", "end_open", False),
        ("." * 13, "end_open", False),
        ("ynnnnnnnnnnnn", "end_some", False),
        ("nnnnnnnynnnnn", "end_some", True),
        ("y" * 13, "end_some", True),
    ],
)
async def test_the_end(run: Run, knowledge: Knowledge, language: str, end: tuple[str, str, bool]) -> None:
    """How many, what that may mean, whom to call when there is a yes, 112 first after threats; always a person."""
    answers, key, is_grave = end
    result = await run("action_conclude_self_check", language, slots={ANSWERS: answers, DONE: "done"})
    text = said(result)[0]

    assert text.startswith(knowledge.text(language, f"self_check.{key}", count=answers.count("y")))
    assert (knowledge.text(language, "self_check.grave") in text) is is_grave
    assert (knowledge.numbers_block(language, "emergency") in text) is is_grave
    assert (knowledge.numbers_block(language, "advice") in text) is (key == "end_some" and not is_grave)
    assert payloads(result)[0] == "/person"
    assert slots_of(result) == {ANSWERS: "", DONE: None}


@pytest.mark.parametrize(
    ("text", "letter"), [("jā, tikai kopā ar viņu", "y"), ("nē, tā nav", "n"), ("nea", "n"), ("nezinu", ".")]
)
async def test_a_yes_in_other_words_counts(run: Run, text: str, letter: str) -> None:
    """Whatever the classifier took it for."""
    slots = {ANSWERS: "y", DONE: None, "requested_slot": DONE}
    result = await run("validate_self_check_form", "lv", text, slots=slots, intent="check_offer")

    assert slots_of(result)[ANSWERS] == f"y{letter}"


async def test_a_cry_for_help_is_no_answer(run: Run) -> None:
    """It ends the self-check."""
    slots = {ANSWERS: "y", DONE: None, "requested_slot": DONE}
    result = await run("validate_self_check_form", "lv", "nē, palīgā", slots=slots, intent="emergency")

    assert result["events"] == []
