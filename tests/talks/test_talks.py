"""Every conversation in the files, held with a whole Karogs: the trained models, through the visitor API."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.commands.places import default_places
from bot.knowledge import load_knowledge
from bot.messages import LANGUAGES
from tests.e2e.conftest import bot_api, karogs
from tests.e2e.installation import Karogs
from tests.talks.talk import Talk, Turn, read_talks
from tests.talks.visitor import Visitor

__all__ = ["bot_api", "karogs"]

FEWEST = 60
"""Conversations in each language."""

AT_ONCE = 4
"""Visitors who talk at the same time."""

TALKS = [talk for language in LANGUAGES for talk in read_talks(language)]


@pytest.fixture(scope="module")
def faults(karogs: Karogs) -> Mapping[tuple[str, str], list[str]]:
    """What was not as expected in each conversation, by language and name; all are held before the first test."""
    knowledge = load_knowledge(default_places().nlu_data)

    def held(talk: Talk) -> list[str]:
        visitor = Visitor(karogs.visitor, talk, knowledge)
        return [fault for fault in (_told(turn, visitor) for turn in talk.turns) if fault]

    with ThreadPoolExecutor(AT_ONCE) as visitors:
        return {(talk.language, talk.name): found for talk, found in zip(TALKS, visitors.map(held, TALKS), strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough(language: str) -> None:
    """Each with a name of its own, also beside those that are still open."""
    names = [talk.name for talk in TALKS if talk.language == language]
    still_open = [talk.name for talk in read_talks(language, "open/")]

    assert len(names) >= FEWEST
    assert len({*names, *still_open}) == len(names) + len(still_open)


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: f"{talk.language}: {talk.name}")
def test_a_conversation(faults: Mapping[tuple[str, str], list[str]], talk: Talk) -> None:
    """What must be in each answer is, and what must not is not."""
    assert faults[talk.language, talk.name] == []


def _told(turn: Turn, visitor: Visitor) -> str:
    try:
        heard = visitor.says(turn.words)
    except AssertionError as silence:  # one conversation without an answer must not hide how the others went
        return f"{turn.words!r}: {silence}"
    faults = turn.faults(heard)
    return f"{turn.words!r}: {'; '.join(faults)}; it said: {' | '.join(heard.texts)}" if faults else ""
