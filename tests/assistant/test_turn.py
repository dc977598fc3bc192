"""The contract of a turn over the wire."""

from __future__ import annotations

from typing import Any

import pytest

from bot.assistant.turn import MalformedTurn, Turn, answer, parsed_button
from bot.redflags.assessment import Assessment
from bot.story import Story, Telling

QUIET = Assessment("lv", "other", "none", False)
STORY = Story((Telling(1, "lv", denied=("threats",)),))
GOOD: dict[str, Any] = {
    "sender": "abc-1_2",
    "seq": 3,
    "text": " Labdien ",
    "intent": None,
    "language": "lv",
    "assessment": QUIET.as_json(),
    "story": STORY.as_json(),
}

MALFORMED = [
    ("sender", {"sender": ""}),
    ("sender", {"sender": "a b"}),
    ("sender", {"sender": "a" * 65}),
    ("sender", {"sender": 5}),
    ("text", {"text": None}),
    ("text", {"text": 5}),
    ("text", {"text": "a" * 4_001}),
    ("intent", {"intent": "restart"}),
    ("intent", {"intent": "emergency"}),
    ("intent", {"intent": "/help"}),
    ("language", {"language": "en"}),
    ("language", {"language": None}),
    ("intent", {"intent": "answer_contract_maybe"}),
    ("intent", {"intent": "person"}),
    ("seq", {"seq": None}),
    ("seq", {"seq": 0}),
    ("assessment", {"assessment": None}),
    ("assessment", {"assessment": {"risk": "high"}}),
    ("story", {"story": None}),
    ("story", {"story": [{"seq": 1}]}),
    ("story", {"story": ["x"]}),
]


@pytest.mark.parametrize(("key", "change"), MALFORMED)
def test_a_malformed_turn_is_refused(key: str, change: dict[str, Any]) -> None:
    """The message names the key and nothing of its value."""
    with pytest.raises(MalformedTurn) as caught:
        Turn.from_json(GOOD | change)

    assert str(caught.value) == key


@pytest.mark.parametrize("body", [None, [], "text", 5])
def test_a_body_must_be_an_object(body: Any) -> None:
    """Whatever else JSON can be."""
    with pytest.raises(MalformedTurn):
        Turn.from_json(body)


def test_a_turn_is_read() -> None:
    """Text without the spaces around it."""
    assert Turn.from_json(GOOD) == Turn("abc-1_2", "Labdien", None, "lv", 3, QUIET, STORY)


def test_a_button_has_no_text() -> None:
    """The intent is all there is."""
    assert Turn.from_json(GOOD | {"intent": "help"}) == Turn("abc-1_2", "", "help", "lv", 3, None, STORY)


@pytest.mark.parametrize("text", ["/restart", "  /restart", "\n/restart", "//restart"])
def test_a_slash_is_never_the_first_character(text: str) -> None:
    """Rasa would take it for an intent."""
    assert Turn.from_json(GOOD | {"text": text}).text == f"\u2060{text.strip()}"


def test_an_answer_has_texts_and_signals() -> None:
    """What Rasa collected, in the order of its messages; anything else is left out."""
    collected = [
        {"recipient_id": "abc", "text": "Teksts", "buttons": [{"title": "Jā", "payload": "/affirm", "x": 1}]},
        {"recipient_id": "abc", "custom": {"signal": "handoff"}},
        {"recipient_id": "abc", "text": "Vēl"},
        {"recipient_id": "abc", "image": "x"},
    ]

    assert answer(collected, "greet") == {
        "messages": [
            {"text": "Teksts", "buttons": [{"title": "Jā", "payload": "/affirm"}]},
            {"text": "Vēl", "buttons": []},
        ],
        "intent": "greet",
        "signals": ["handoff"],
    }


def test_a_button_is_parsed_without_a_classifier() -> None:
    """Full confidence, no entities."""
    parsed = {"text": "/help", "intent": {"name": "help", "confidence": 1.0}, "entities": [], "button": "help"}

    assert parsed_button("help") == parsed


@pytest.mark.parametrize(("button", "intent"), [("answer_contract_none", "answer"), ("change_contract", "change")])
def test_a_tap_of_the_guided_check_is_an_answer(button: str, intent: str) -> None:
    """All answers are one intent; which one it was stands beside it."""
    parsed = parsed_button(button)

    assert (parsed["intent"]["name"], parsed["button"]) == (intent, button)
