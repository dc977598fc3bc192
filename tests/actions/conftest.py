"""Real knowledge, real actions run by the real executor of rasa-sdk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

from actions.__main__ import PLAIN_ACTIONS
from actions.check_offer import CheckOffer
from bot.knowledge import Knowledge, load_knowledge
from bot.messages import TAPS
from bot.redflags.assessment import Assessment
from bot.story import Story, Telling
from bot.story.questions import Questions, load_questions
from bot.story.topics import NEAR_TOPICS, TOPIC, load_topics

LANGUAGES = ("lv", "ru", "uk")
SEQ = 7
"""The number of the message that an action answers."""

Run = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(Path(__file__).parents[2] / "nlu_data")


@pytest.fixture(scope="session")
def questions() -> Questions:
    return load_questions(Path(__file__).parents[2] / "nlu_data")


@pytest.fixture
def run(knowledge: Knowledge, questions: Questions) -> Run:
    """
    Runs an action as Rasa's call does, and gives what goes back over the wire.

    `before` is the story so far, `telling` what the message adds (by default what its assessment says), `button` a
    payload without its slash. The topic is the one that the phrases name, `near` are those that it may be as well.
    """
    topics = load_topics(Path(__file__).parents[2] / "nlu_data")
    executor = ActionExecutor()
    executor.register_action(CheckOffer(knowledge, questions))
    for action in PLAIN_ACTIONS:
        executor.register_action(action(knowledge, questions))

    async def run_action(
        name: str,
        language: str,
        text: str = "",
        assessment: Assessment | None = None,
        slots: dict[str, Any] | None = None,
        *,
        before: Story | None = None,
        telling: Telling | None = None,
        intent: str = "",
        button: str | None = None,
        near: tuple[str, ...] = (),
        actions_since: int = 1,
    ) -> dict[str, Any]:
        told = telling or (Telling.of(SEQ, assessment) if assessment else tapped(questions, language, button))
        heard = {
            "language": language,
            "seq": SEQ,
            "assessment": assessment.as_json() if assessment else None,
            "story": (before or Story()).hearing(told).as_json(),
        }
        message = {"text": text, "intent": {"name": intent}, "entities": [], "metadata": heard, "button": button}
        message |= {TOPIC: topics.named_in(text), NEAR_TOPICS: near}
        events = [{"event": "user"}, *({"event": "action", "name": "x"} for _ in range(actions_since))]
        tracker = {"sender_id": "x", "slots": slots or {}, "latest_message": message, "events": events}
        tracker |= {"active_loop": {}}
        call = {"next_action": name, "sender_id": "x", "tracker": tracker, "domain": {}, "version": "3.6.21"}
        result = await executor.run(call)
        answered: dict[str, Any] = result.model_dump()
        return answered

    return run_action


def tapped(questions: Questions, language: str, button: str | None) -> Telling:
    """What the gateway hears in a button."""
    tap = TAPS.get(f"/{button}")
    fact = questions.fact(tap.question, tap.answer) if tap and tap.answer else None
    return Telling(SEQ, language, facts=(fact,) if fact else ())


def said(result: dict[str, Any]) -> list[str]:
    """The texts of an answer."""
    return [response["text"] for response in result["responses"] if response["text"]]


def signals(result: dict[str, Any]) -> list[str]:
    """What an answer asks the gateway to do."""
    return [response["custom"]["signal"] for response in result["responses"] if response["custom"]]


def payloads(result: dict[str, Any]) -> list[str]:
    """The payloads of the last text's buttons."""
    return [button["payload"] for button in result["responses"][-1]["buttons"]]


def slots_of(result: dict[str, Any]) -> dict[str, Any]:
    """The slots that an answer sets."""
    return {event["name"]: event["value"] for event in result["events"]}
