"""Rasa's component around the engine: every visitor's text carries its assessment from here on."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.assistant import patches
from bot.assistant.surroundings import models_folder
from bot.redflags.engine import Engine, load_trained

ASSESSMENT = "assessment"
"""The key of a parsed message under which the assessment stands, as contract 3.1 writes it."""

patches.apply()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RedFlagReader(GraphComponent, EntityExtractorMixin):
    """Adds the engine's assessment to a message. The engine is trained elsewhere and read when the server starts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagReader:
        """Raises ModelMissing or RedFlagDataError: without the engine there is no assistant."""
        return cls(load_trained(models_folder()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `assessment` on every message."""
        for message in messages:
            assessment = self._engine.assess(message.get(TEXT) or "")
            message.set(ASSESSMENT, assessment.as_json(), add_to_output=True)
        return messages
