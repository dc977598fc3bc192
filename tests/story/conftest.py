"""The real questions, and the real engine for what is heard."""

from __future__ import annotations

import pytest

from bot.commands.engine import ready_engine
from bot.commands.places import default_places
from bot.story.listening import Listener
from bot.story.questions import Questions, load_questions


@pytest.fixture(scope="session")
def questions() -> Questions:
    return load_questions(default_places().nlu_data)


@pytest.fixture(scope="session")
def listener(questions: Questions) -> Listener:
    return Listener(ready_engine(default_places()), questions)
