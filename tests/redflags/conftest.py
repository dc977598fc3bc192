"""The engine as everybody gets it: the project's data and a model trained from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.engine import ready_engine
from bot.commands.places import default_places
from bot.redflags.engine import Engine, EngineData, load_data

ROOT = default_places().nlu_data


@pytest.fixture(scope="session")
def data() -> EngineData:
    """The data files of the project."""
    return load_data(ROOT)


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The trained engine; trains when the data have changed."""
    return ready_engine(default_places())


@pytest.fixture
def broken_data(tmp_path: Path) -> Path:
    """A copy of the engine's data that a test may break."""
    copy = tmp_path / "redflags"
    for source in (ROOT / "redflags").rglob("*"):
        target = copy / source.relative_to(ROOT / "redflags")
        if source.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif source.suffix in {".yml", ".jsonl"}:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return tmp_path
