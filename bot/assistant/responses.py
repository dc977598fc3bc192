"""Responses in the visitor's language, from the files of knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.assistant.intent_gate import REQUESTED_LANGUAGE
from bot.assistant.surroundings import shared_knowledge
from bot.messages import LANGUAGES, language_of, speech

SPEECH = "speech"
"""The key of a message's metadata under which the channel puts the language of the answer, or its easy form."""

SIGNAL = "signal"
_SIGNALS: Mapping[str, str] = {
    "utter_signal_handoff": "handoff",
    "utter_signal_delete": "delete",
    "utter_signal_easy": "easy",
    "utter_signal_ordinary": "ordinary",
}


class LanguageResponses(NaturalLanguageGenerator):
    """Rasa's `nlg` endpoint: the response of a name in the language of the conversation, or a signal without words."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        self._knowledge = shared_knowledge()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """What `utter_action` says; None when no file has it."""
        if utter_action in _SIGNALS:
            return {"custom": {SIGNAL: _SIGNALS[utter_action]}}
        spoken, asked_for = _speeches(tracker)
        if not self._knowledge.has(asked_for or spoken, utter_action):
            return None
        reply = self._knowledge.reply(asked_for or spoken, utter_action)
        answer: dict[str, Any] = {"text": reply.text, "buttons": [vars(button).copy() for button in reply.buttons]}
        if asked_for is not None:
            answer["custom"] = {SIGNAL: f"language:{language_of(asked_for)}"}
        return answer


def _speeches(tracker: DialogueStateTracker) -> tuple[str, str | None]:
    message = tracker.latest_message
    metadata = (message.metadata if message else None) or {}
    parsed = (message.parse_data if message else None) or {}
    spoken = metadata.get(SPEECH, LANGUAGES[0])
    asked_for = parsed.get(REQUESTED_LANGUAGE)
    return spoken, speech(asked_for, is_easy=spoken != language_of(spoken)) if asked_for else None
