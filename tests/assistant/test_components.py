"""Rasa's components: they wrap the library, add their keys to a message and leave the rest alone."""

from __future__ import annotations

import hashlib
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.nlu.training_data.message import Message

from bot.assistant import features, idea_features, intent_model, patches
from bot.assistant.intent_classifier import HashedIntentClassifier
from bot.assistant.intent_gate import IntentGate
from bot.assistant.language_request import load_language_names
from bot.assistant.process import READING_CODE, AssistantPaths
from bot.assistant.silent_log import KindOnly
from bot.assistant.tracker_store import PrivateTrackerStore
from bot.knowledge import load_knowledge
from bot.redflags.engine import load_trained
from bot.story import Story
from bot.story.listening import Listener
from bot.story.questions import load_questions
from bot.story.topics import load_topics
from tests.assistant.conftest import ROOT
from tests.assistant.scripts import SCRIPTS


def whole_gate() -> IntentGate:
    """The gate with the real data."""
    data = ROOT / "nlu_data"
    return IntentGate(load_language_names(data), load_topics(data), load_knowledge(data).directory)


def gate(text: str, guess: str, confidence: float, listener: Listener, *before: str) -> dict[str, Any]:
    """What the gate makes of the last message of a conversation."""
    story = Story()
    for number, earlier in enumerate(before, start=1):
        story = story.hearing(listener.hear(earlier, number, story).telling)
    seq = len(before) + 1
    heard = listener.hear(text, seq, story)
    metadata = {
        "seq": seq,
        "assessment": heard.assessment.as_json(),
        "story": story.hearing(heard.telling).as_json(),
    }
    message = Message({"text": text, "intent": {"name": guess, "confidence": confidence}, "metadata": metadata})
    [processed] = whole_gate().process([message])
    return {key: processed.get(key) for key in ("intent", "requested_language")}


@pytest.fixture(scope="module")
def listener(trained: AssistantPaths) -> Listener:
    return Listener(load_trained(trained.models), load_questions(trained.data))


def test_the_gate_has_the_last_word(listener: Listener) -> None:
    """An offer that the classifier takes for a greeting is an offer."""
    assert gate(SCRIPTS["lv"].offer, "greet", 0.99, listener) == {
        "intent": {"name": "check_offer", "confidence": 0.99},
        "requested_language": None,
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [("lv", "nē, pasi viņi neņem"), ("ru", "нет, паспорт не забирают"), ("uk", "ні, паспорт не забирають")],
)
def test_the_gate_knows_a_correction(listener: Listener, language: str, words: str) -> None:
    """Words that take something back are a correction; without anything to take back they are not."""
    offer = SCRIPTS[language].offer

    assert gate(words, "deny", 0.9, listener, offer)["intent"]["name"] == "correct"
    assert gate(words, "deny", 0.9, listener)["intent"]["name"] == "deny"


def test_the_gate_without_the_gateway(listener: Listener) -> None:
    """Rasa parses messages of its own, too: nothing is known of them."""
    message = Message({"text": "x", "intent": {"name": "greet", "confidence": 0.9}})
    [processed] = whole_gate().process([message])

    assert processed.get("intent") == {"name": "greet", "confidence": 0.9}


def test_the_gate_names_the_language_asked_for(listener: Listener) -> None:
    """Only where one is asked for."""
    assert gate("Vai var krieviski?", "change_language", 0.9, listener)["requested_language"] == "ru"
    assert gate("Paldies!", "thanks", 0.9, listener)["requested_language"] is None


def test_a_changed_module_retrains_the_classifier() -> None:
    """Rasa sees the class only; in its fingerprint are the modules that do the work, and the data that they read."""
    modules = [Path(str(module.__file__)) for module in (features, idea_features, intent_model)]
    read = [sorted(Path(f"nlu_data/redflags/{folder}").glob("*.yml")) for folder in ("concepts", "languages")]
    code = [Path(f"bot/redflags/{module}.py") for module in READING_CODE]
    sources = b"".join(file.read_bytes() for file in (*modules, *code, *read[0], *read[1]))

    assert [len(files) for files in (code, *read)] == [8, 3, 3]
    assert HashedIntentClassifier.fingerprint_addon({}) == hashlib.sha256(sources).hexdigest()


def test_rasa_has_no_other_store_to_fall_back_on() -> None:
    """Its own would keep every word for ever."""
    patches.apply()
    store = PrivateTrackerStore()

    assert FailSafeTrackerStore(store).fallback_tracker_store is store


def record(name: str, message: str, *, failed: bool = False) -> logging.LogRecord:
    if not failed:
        return logging.LogRecord(name, logging.ERROR, "x.py", 7, message, None, None)
    try:
        raise ValueError("visitor's words")
    except ValueError:
        return logging.LogRecord(name, logging.ERROR, "x.py", 7, message, None, sys.exc_info())


@pytest.mark.parametrize(
    ("logged", "line"),
    [
        (record("rasa.core.processor", "visitor's words"), "ERROR rasa.core.processor:7"),
        (record("rasa.core.processor", "visitor's words", failed=True), "ERROR rasa.core.processor:7 ValueError"),
        (record("py.warnings", "visitor's words"), "ERROR py.warnings:7"),
        (
            record("bot.assistant.channel", "a turn failed: KeyError"),
            "ERROR bot.assistant.channel:7 a turn failed: KeyError",
        ),
    ],
)
def test_a_log_line_has_place_and_kind(logged: logging.LogRecord, line: str) -> None:
    """Words only from our own loggers, which log names of classes."""
    assert KindOnly().format(logged) == line
