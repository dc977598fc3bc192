"""What an action does when it fails, and how its texts are cut."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.pages import pages, quoted
from actions.rights import Rights
from bot.knowledge import Knowledge
from tests.actions.conftest import Run, said


async def test_an_unknown_language_is_answered_in_the_first(run: Run, knowledge: Knowledge) -> None:
    """Rasa's warm-up and its own sessions may have none."""
    result = await run("action_check_offer", "xx")

    assert said(result) == [knowledge.text("lv", "responses.utter_ask_offer")]


def test_a_failing_action_says_nothing(knowledge: Knowledge, caplog: pytest.LogCaptureFixture) -> None:
    """Silence is the signal; the log has the kind of the error and no word of the visitor."""
    broken: dict[str, Any] = {"text": "secret words", "metadata": {"assessment": {"flags": "secret words"}}}
    tracker = Tracker("x", {}, broken, [], False, None, {}, "")
    dispatcher = CollectingDispatcher()
    with caplog.at_level(logging.DEBUG):
        events = Rights(knowledge).run(dispatcher, tracker, {})

    assert (events, dispatcher.messages) == ([], [])
    assert [record.getMessage() for record in caplog.records] == ["Rights failed: TypeError"]
    assert "secret" not in caplog.text


def test_evidence_is_cut_after_a_word() -> None:
    """One line, an ellipsis where something is missing."""
    assert quoted("pasi  nododiet\nvadītājam") == "pasi nododiet vadītājam"
    assert quoted("viens divi trīs", limit=10) == "viens divi …"
    assert quoted("viens, divi", limit=8) == "viens …"
    assert quoted("x" * 50, limit=10) == "x" * 10 + " …"


def test_pages_do_not_tear_a_part() -> None:
    """As few as fit."""
    assert pages(["aaaa", "bbbb", "cc"], limit=10) == ("aaaa\n\nbbbb", "cc")
    assert pages(["a" * 20, "b"], limit=10) == ("a" * 20, "b")
    assert pages([]) == ()
