"""Fixtures of the Rasa environment: real knowledge, the real trained model, the real servers."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant.process import AssistantPaths
from bot.knowledge import Knowledge, load_knowledge
from tests.assistant.servers import Servers

ROOT = Path(__file__).parents[2]
TRAIN_SECONDS = 1500


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "nlu_data")


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> AssistantPaths:
    """The models of the present data, trained by the project's own command where they are out of date."""
    subprocess.run([str(ROOT / ".venv/bin/karogs"), "train"], cwd=ROOT, check=True, timeout=TRAIN_SECONDS)
    return AssistantPaths(
        root=ROOT,
        data=ROOT / "nlu_data",
        models=ROOT / "models",
        home=tmp_path_factory.mktemp("home"),
        rasa_python=ROOT / ".venv-rasa/bin/python",
        app_python=ROOT / ".venv/bin/python",
    )


@pytest.fixture(scope="session")
def servers(trained: AssistantPaths, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Rasa and the action server, started as the project starts them."""
    with Servers(trained, tmp_path_factory.mktemp("logs")) as running:
        yield running
