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

from bot.assistant import patches
from bot.assistant.choosing import near_topics, topic_of
from bot.assistant.deciding import Place, Told, decide
from bot.assistant.intent_classifier import IDEAS
from bot.assistant.language_request import LanguageNames, load_language_names, requested_language
from bot.assistant.prediction import Prediction
from bot.assistant.surroundings import data_folder, shared_knowledge
from bot.assistant.topic_classifier import GUESSED_TOPICS
from bot.knowledge import Directory
from bot.knowledge.guide import caller_of
from bot.messages import LANGUAGES
from bot.redflags.assessment import Assessment
from bot.story import Story
from bot.story.topic_examples import NONE
from bot.story.topics import NEAR_TOPICS, TOPIC, Topics, load_topics
from bot.story.wording import asks

REQUESTED_LANGUAGE = "requested_language"
"""The key of a parsed message under which the language stands that the visitor asked for, if they did."""

WHOLE_TEXTS = {"/start": "greet", "112": "emergency"}
"""Texts without a word to learn from: what Telegram sends by itself and people type on the web, and a cry for help."""

PLACE_WORDS = 3
"""Words of a message that only names a country: "and in Lithuania?"."""

SPEAKS_FROM = 10
"""Ideas from which a message surely means something: a row of letters has half as many at most."""

NOTHING_GUESSED = (Prediction(NONE, 0.0),)
NOTHING_SEEN = Assessment("", "other", "none", False)
"""Of a message that Rasa parses by itself, without the gateway: its own warnings and tests."""

# Rasa imports this module in every process that trains or serves.
patches.apply()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentGate(GraphComponent, IntentClassifier):
    """Replaces the classifier's intent by the one to act on."""

    def __init__(self, names: LanguageNames, topics: Topics, directory: Directory) -> None:
        self._names, self._topics, self._directory = names, topics, directory

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentGate:
        """Raises KnowledgeError or QuestionsError when the names of the languages or the topics cannot be read."""
        names, topics = load_language_names(data_folder()), load_topics(data_folder())
        return cls(names, topics, shared_knowledge().directory)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent`, the `topic` with those near it, and `requested_language` where another one is asked for."""
        for message in messages:
            self._decide(message)
        return messages

    def _decide(self, message: Message) -> None:
        text, guess = message.get(TEXT) or "", message.get(INTENT)
        heard = message.get("metadata") or {}
        assessment = Assessment.from_json(heard["assessment"]) if heard.get("assessment") else NOTHING_SEEN
        confidence = guess[PREDICTED_CONFIDENCE_KEY]
        place = caller_of(text, heard.get("language") or LANGUAGES[0], self._directory)
        guesses = message.get(GUESSED_TOPICS) or NOTHING_GUESSED
        believed = Prediction(guess[INTENT_NAME_KEY], confidence)
        topic = topic_of(text, self._topics.named_in(text), guesses[0], believed, is_abroad=place.is_abroad)
        message.set(TOPIC, topic, add_to_output=True)
        tells_of_trouble = believed.name in ("in_trouble", "emergency") and not asks(text)
        near = () if assessment.emergency else near_topics(guesses, topic, tells_of_trouble=tells_of_trouble)
        message.set(NEAR_TOPICS, near, add_to_output=True)
        told = Told.by(
            Story.from_json(heard.get("story") or ()),
            heard.get("seq") or 1,
            topic,
            Place(place.is_abroad, bool(place.named) and len(text.split()) <= PLACE_WORDS),
            asks=asks(text),
            speaks=len(message.get(IDEAS) or ()) >= SPEAKS_FROM,
        )
        intent = decide(guess[INTENT_NAME_KEY], confidence, assessment, len(text), told)
        intent = WHOLE_TEXTS.get(text.strip("\u2060 .!\n").casefold(), intent)
        message.set(INTENT, {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence}, add_to_output=True)
        if intent == "change_language":
            language = requested_language(text, self._names, assessment.language)
            message.set(REQUESTED_LANGUAGE, language, add_to_output=True)
