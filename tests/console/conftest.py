"""Fixtures of the console's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation import migrate
from bot.knowledge import Knowledge, load_knowledge
from tests.console.world import World

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The helpline's real words."""
    return load_knowledge(ROOT / "nlu_data")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("console") / "empty.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def world(tmp_path: Path, empty_database: Path, knowledge: Knowledge) -> Iterator[World]:
    """A console with nobody in it."""
    path = tmp_path / "console.sqlite"
    shutil.copy(empty_database, path)
    made = World(tmp_path, f"sqlite:///{path}", knowledge)
    yield made
    made.close()
