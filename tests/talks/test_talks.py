"""Every conversation in the files, held with a whole Karogs: the trained models, through the visitor API."""

from __future__ import annotations

import pytest

from bot.commands.places import default_places
from bot.knowledge import Knowledge, load_knowledge
from bot.messages import LANGUAGES
from tests.e2e.conftest import bot_api, karogs
from tests.e2e.installation import Karogs
from tests.talks.talk import Talk, Turn, read_talks
from tests.talks.visitor import Visitor

__all__ = ["bot_api", "karogs"]

FEWEST = 60
"""Conversations in each language."""

TALKS = [talk for language in LANGUAGES for talk in read_talks(language)]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(default_places().nlu_data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough(language: str) -> None:
    """Each with a name of its own."""
    names = [talk.name for talk in TALKS if talk.language == language]

    assert len(names) >= FEWEST
    assert len(names) == len(set(names))


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: f"{talk.language}: {talk.name}")
def test_a_conversation(karogs: Karogs, knowledge: Knowledge, talk: Talk) -> None:
    """What must be in each answer is, and what must not is not."""
    visitor = Visitor(karogs.visitor, talk, knowledge)
    faults = [_told(turn, visitor) for turn in talk.turns]

    assert [fault for fault in faults if fault] == []


def _told(turn: Turn, visitor: Visitor) -> str:
    heard = visitor.says(turn.words)
    faults = turn.faults(heard)
    return f"{turn.words!r}: {'; '.join(faults)}; it said: {' | '.join(heard.texts)}" if faults else ""
