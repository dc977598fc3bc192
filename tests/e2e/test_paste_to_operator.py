"""The main job, end to end, on both channels and in all three languages."""

from __future__ import annotations

import pytest

from tests.e2e.installation import Karogs
from tests.e2e.people import Operator, TelegramVisitor, WebVisitor
from tests.e2e.scripts import SCRIPTS, Script
from tests.telegram.botapi import World

BY_LANGUAGE = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.language)


def test_there_is_a_script_for_each_language() -> None:
    """No language is left out."""
    assert [script.language for script in SCRIPTS] == ["lv", "ru", "uk"]


@BY_LANGUAGE
def test_web_from_paste_to_operator_and_back(karogs: Karogs, script: Script) -> None:
    """A visitor on the web pastes an offer, gets reasons and a number, and an operator answers in the same chat."""
    visitor, operator = WebVisitor(karogs), Operator(karogs)

    assert visitor.asked_and_answered(script.greeting)
    assert script.quote in visitor.asked_and_answered(script.offer)
    assert "+371 28612120" in visitor.asked_and_answered(script.number_of)
    visitor.say(script.person)
    visitor.waits_for_route("waiting")

    entry = operator.finds_waiting(script.flag, script.language, "web")
    operator.takes(entry["id"])
    assert any(script.quote in words for words in operator.marked(entry["id"], script.flag))
    operator.writes(entry["id"], script.operator)
    visitor.waits_for("operator", script.operator)
    visitor.say(script.thanks)
    operator.closes(entry["id"])
    visitor.waits_for_route("closed")
    visitor.delete()


@BY_LANGUAGE
def test_telegram_from_paste_to_operator_and_back(karogs: Karogs, world: World, script: Script) -> None:
    """The same on Telegram, with the button for a person."""
    visitor, operator = TelegramVisitor(world, 700_100 + SCRIPTS.index(script)), Operator(karogs)

    visitor.say("/start")
    visitor.waits_for_one_more(than=0)
    visitor.tap(f"/{script.language}")
    visitor.say(script.offer)
    visitor.waits_for(script.quote)
    visitor.say(script.number_of)
    visitor.waits_for("+371 28612120")
    visitor.tap("/person")

    entry = operator.finds_waiting(script.flag, script.language, "telegram")
    operator.takes(entry["id"])
    operator.writes(entry["id"], script.operator)
    visitor.waits_for(script.operator)
    operator.closes(entry["id"])
