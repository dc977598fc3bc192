"""Rasa's component around `deciding`: the last word on what a message wants."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant.deciding import decide
from bot.assistant.language_request import LanguageNames, load_language_names, requested_language
from bot.assistant.red_flags import ASSESSMENT
from bot.assistant.surroundings import data_folder
from bot.redflags.assessment import Assessment

REQUESTED_LANGUAGE = "requested_language"
"""The key of a parsed message under which the language stands that the visitor asked for, if they did."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentGate(GraphComponent, IntentClassifier):
    """Replaces the classifier's intent by the one to act on."""

    def __init__(self, names: LanguageNames) -> None:
        self._names = names

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentGate:
        """Raises KnowledgeError when the names of the languages cannot be read."""
        return cls(load_language_names(data_folder()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent`, and `requested_language` where another language is asked for."""
        for message in messages:
            self._decide(message)
        return messages

    def _decide(self, message: Message) -> None:
        text, guess = message.get(TEXT) or "", message.get(INTENT)
        assessment = Assessment.from_json(message.get(ASSESSMENT))
        confidence = guess[PREDICTED_CONFIDENCE_KEY]
        intent = decide(guess[INTENT_NAME_KEY], confidence, assessment, len(text))
        message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence}, add_to_output=True)
        if intent == "change_language":
            language = requested_language(text, self._names, assessment.language)
            message.set(REQUESTED_LANGUAGE, language, add_to_output=True)
