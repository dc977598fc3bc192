"""Real knowledge, real actions run by the real executor of rasa-sdk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

from actions.check_offer import CheckOffer
from actions.numbers import Numbers
from actions.rights import Rights
from actions.trouble_signs import TroubleSigns
from bot.knowledge import Knowledge, load_knowledge
from bot.redflags.assessment import Assessment

LANGUAGES = ("lv", "ru", "uk")

Run = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(Path(__file__).parents[2] / "nlu_data")


@pytest.fixture
def run(knowledge: Knowledge) -> Run:
    """Runs an action as Rasa's call does, and gives what goes back over the wire."""
    executor = ActionExecutor()
    for action in (CheckOffer, Numbers, Rights, TroubleSigns):
        executor.register_action(action(knowledge))

    async def run_action(
        name: str,
        language: str,
        text: str = "",
        assessment: Assessment | None = None,
        slots: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        message = {"text": text, "intent": {}, "entities": [], "metadata": {"language": language}}
        if assessment is not None:
            message["assessment"] = assessment.as_json()
        tracker = {"sender_id": "x", "slots": slots or {}, "latest_message": message, "events": [], "active_loop": {}}
        call = {"next_action": name, "sender_id": "x", "tracker": tracker, "domain": {}, "version": "3.6.21"}
        result = await executor.run(call)
        answered: dict[str, Any] = result.model_dump()
        return answered

    return run_action


def said(result: dict[str, Any]) -> list[str]:
    """The texts of an answer."""
    return [response["text"] for response in result["responses"]]


def payloads(result: dict[str, Any]) -> list[str]:
    """The payloads of the last text's buttons."""
    return [button["payload"] for button in result["responses"][-1]["buttons"]]


def slots_of(result: dict[str, Any]) -> dict[str, Any]:
    """The slots that an answer sets."""
    return {event["name"]: event["value"] for event in result["events"]}
