"""Rasa's component around the intent model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import redflags
from bot.assistant import features, idea_features, intent_model
from bot.assistant.features import hashed
from bot.assistant.idea_features import IN_INTENTS, ideas_in, ideas_in_all, shared_engine, with_ideas
from bot.assistant.intent_model import IntentModel, Prediction
from bot.assistant.intent_score import read_examples
from bot.assistant.process import READING_CODE
from bot.assistant.surroundings import data_folder

IDEA_FILES = ("redflags/concepts/*.yml", "redflags/languages/*.yml")
"""The data that decide, with `READING_CODE`, which ideas the engine reads: changed ones must be learned anew."""

IDEAS = "ideas"
"""The key of a message under which the ideas that the engine reads in it stand; for the components behind."""

_RANKING_LENGTH = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HashedIntentClassifier(GraphComponent, IntentClassifier):
    """Names the intent of a short message; trained on the NLU examples of all languages together."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`inverse_regularisation`: the larger, the closer the model follows its examples."""
        return {"inverse_regularisation": 1.0}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HashedIntentClassifier:
        """A classifier that must be trained first."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> HashedIntentClassifier:
        """The classifier of a trained assistant."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa sees this class only: the modules that do the work must change its fingerprint too."""
        modules = (features, idea_features, intent_model)
        files = [Path(str(module.__file__)) for module in modules]
        files += [Path(str(redflags.__file__)).with_name(f"{module}.py") for module in READING_CODE]
        files += [file for pattern in IDEA_FILES for file in sorted(data_folder().glob(pattern))]
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the examples and keeps the arrays in the model."""
        self._model = self.learned(training_data, self._config["inverse_regularisation"])
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def learned(self, training_data: TrainingData, inverse_regularisation: float) -> IntentModel:
        """The model that the training data make."""
        languages = {example.text: example.language for example in read_examples(data_folder())}
        examples = [(one.get(TEXT), one.get(INTENT)) for one in training_data.intent_examples if one.get(TEXT)]
        ideas = ideas_in_all([(text, languages.get(text)) for text, _ in examples])
        rows = [self.features(text, read) for (text, _), read in zip(examples, ideas, strict=True)]
        return intent_model.train(rows, [intent for _, intent in examples], inverse_regularisation)

    def features(self, text: str, ideas: Sequence[int]) -> dict[int, float]:
        """What the model knows a text with these ideas by."""
        return with_ideas(hashed(text), ideas, IN_INTENTS)

    @property
    def model(self) -> IntentModel:
        """The trained model. Raises RuntimeError before the training."""
        if self._model is None:
            raise RuntimeError(f"{type(self).__name__} was not trained")
        return self._model

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `intent` and `intent_ranking` on every message."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(IDEAS, ideas_in(text, language_of(message), shared_engine()))
            ranked = [_as_rasa(one) for one in self.model.ranked(self.features(text, message.get(IDEAS)))]
            message.set(INTENT, ranked[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranked[:_RANKING_LENGTH], add_to_output=True)
        return messages


def language_of(message: Message) -> str | None:
    """The language that the engine found for the text, where it was asked."""
    assessment = (message.get("metadata") or {}).get("assessment") or {}
    return assessment.get("language")


def _as_rasa(prediction: Prediction) -> dict[str, Any]:
    return {INTENT_NAME_KEY: prediction.name, PREDICTED_CONFIDENCE_KEY: prediction.confidence}
