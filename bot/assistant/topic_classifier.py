"""Rasa's component that knows by examples which topic a message is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assistant import intent_model
from bot.assistant.features import hashed
from bot.assistant.idea_features import IN_TOPICS, ideas_in_all, with_ideas
from bot.assistant.intent_classifier import IDEAS, HashedIntentClassifier
from bot.assistant.intent_model import IntentModel
from bot.assistant.prediction import Prediction
from bot.assistant.surroundings import data_folder
from bot.messages import LANGUAGES
from bot.story.listening import FEWEST_IDEAS
from bot.story.topic_examples import NONE, TopicExample, examples_file, load_topic_examples

GUESSED_TOPICS = "guessed_topics"
"""The key of a message under which its likeliest topics stand, each a `Prediction`; for `IntentGate` only."""

MOST_GUESSES = 5

SHARPNESS = 5.0
"""As that of intents: of unseen lines, 75 of 100 from 0.4 to 0.55 are right, up to 0.75 81, above 94."""

_SPEAKS_OF_TOPICS = frozenset(
    {"ask_rights", "in_trouble", "emergency", "worried_about_someone", "ask_licence", "help", "is_it_anonymous"}
)
"""Examples of these intents may be about a topic; those of all others are about none."""

_EVERY = 4
"""One in so many of the examples of intents is learned as nothing: more of them would drown the topics."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(HashedIntentClassifier):
    """Names the topic of a short message; trained on the examples of `nlu_data/dialogue/topic_examples`."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa does not know that the examples are read here: changed ones must be learned."""
        files = [Path(__file__), *(data_folder() / examples_file(language) for language in LANGUAGES)]
        sources = b"".join(file.read_bytes() for file in files)
        return f"{super().fingerprint_addon(config)}{hashlib.sha256(sources).hexdigest()}"

    def learned(self, training_data: TrainingData, inverse_regularisation: float) -> IntentModel:
        """The model of the examples of all topics, and of what is about none of them. Raises QuestionsError."""
        examples = [*load_topic_examples(data_folder()), *_about_nothing(training_data)]
        ideas = ideas_in_all([(one.text, one.language) for one in examples])
        rows = [self.features(one.text, read) for one, read in zip(examples, ideas, strict=True)]
        return intent_model.train(rows, [one.topic for one in examples], inverse_regularisation)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the guesses: at least one `Prediction` of a topic or of `NONE`, the likeliest first."""
        for message in messages:
            message.set(GUESSED_TOPICS, self._guesses(message.get(TEXT) or "", message.get(IDEAS)))
        return messages

    def features(self, text: str, ideas: Sequence[int]) -> dict[int, float]:
        """As those of intents, but the ideas count more."""
        return with_ideas(hashed(text), ideas, IN_TOPICS)

    def _guesses(self, text: str, ideas: Sequence[int]) -> list[Prediction]:
        if len(ideas) < FEWEST_IDEAS:
            return [Prediction(NONE, 0.0)]
        return self.model.ranked(self.features(text, ideas), SHARPNESS)[:MOST_GUESSES]


def _about_nothing(training_data: TrainingData) -> Iterator[TopicExample]:
    others = [
        one for one in training_data.intent_examples if one.get(TEXT) and one.get(INTENT) not in _SPEAKS_OF_TOPICS
    ]
    for example in others[::_EVERY]:
        yield TopicExample(example.get(TEXT), NONE, None)
