"""The real data, and copies of it that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge import Knowledge, load_knowledge

DATA = Path(__file__).parents[2] / "nlu_data"

Change = Callable[[Any], None]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(DATA)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of what the loader reads."""
    shutil.copytree(DATA / "knowledge", tmp_path / "knowledge")
    shutil.copytree(DATA / "domain", tmp_path / "domain")
    (tmp_path / "redflags").mkdir()
    shutil.copy(DATA / "redflags" / "flags.yml", tmp_path / "redflags")
    return tmp_path


def change(file: Path, how: Change) -> None:
    """Reads a YAML file, lets `how` change its content in place, and writes it back."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    how(content)
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
