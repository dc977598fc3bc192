"""Fixtures of the console's tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.conversation import Database, add_operator, migrate
from bot.knowledge import Knowledge, load_knowledge
from tests.console.world import PASSWORD, STAFF, World

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The helpline's real words."""
    return load_knowledge(ROOT / "nlu_data")


@pytest.fixture(scope="session")
def staffed_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the operators anna and berta, which tests copy."""
    path = tmp_path_factory.mktemp("console") / "staffed.sqlite"
    migrate(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    for login in STAFF:
        add_operator(database, login, PASSWORD)
    database.close()
    return path


@pytest.fixture
def world(tmp_path: Path, staffed_database: Path, knowledge: Knowledge) -> Iterator[World]:
    """A console with two operators, neither of them signed in, and no conversation."""
    path = tmp_path / "console.sqlite"
    shutil.copy(staffed_database, path)
    made = World(tmp_path, f"sqlite:///{path}", knowledge)
    yield made
    made.close()
