"""What Rasa's process is told by the environment it is started with (see `process`); Rasa offers no other way in."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from bot.knowledge import Knowledge, load_knowledge

DATA_VARIABLE = "KAROGS_NLU_DATA"
MODELS_VARIABLE = "KAROGS_MODELS"
ACTIONS_VARIABLE = "KAROGS_ACTIONS_URL"


def data_folder() -> Path:
    """The folder nlu_data."""
    return Path(os.environ.get(DATA_VARIABLE, "nlu_data"))


def models_folder() -> Path:
    """The folder that holds the engine's model."""
    return Path(os.environ.get(MODELS_VARIABLE, "models"))


@lru_cache(maxsize=1)
def shared_knowledge() -> Knowledge:
    """The knowledge of this process, with its clock, loaded once. Raises KnowledgeError."""
    return load_knowledge(data_folder()).by(lambda: datetime.now(timezone.utc))
