"""Fixtures of the gateway's tests: the real engine, knowledge, core and database; the assistant at the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from bot.commands.engine import ready_engine
from bot.commands.places import default_places
from bot.conversation import migrate
from bot.knowledge import Knowledge, load_knowledge
from bot.redflags.engine import Engine
from tests.gateway.assistant import Assistant
from tests.gateway.installation import Installation, Visitor

CHROMIUM = "/usr/bin/chromium"
BROWSER_PATIENCE_MS = 20_000
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# Not for the session: Playwright holds the main thread's event loop, and asynchronous tests of others need it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of a file."""
    expect.set_options(timeout=BROWSER_PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine with a model for the present data."""
    return ready_engine(default_places())


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """All that Karogs can say."""
    return load_knowledge(default_places().nlu_data)


@pytest.fixture
def assistant() -> Iterator[Assistant]:
    """An assistant that answers well until told otherwise."""
    stand_in = Assistant()
    yield stand_in
    if stand_in.manner != "dead":
        stand_in.close()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without a row, to copy."""
    file = tmp_path_factory.mktemp("empty") / "karogs.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def installation(
    tmp_path: Path, empty_database: Path, engine: Engine, knowledge: Knowledge, assistant: Assistant
) -> Iterator[Installation]:
    """A helpline with an empty database."""
    helpline = Installation(tmp_path, empty_database, engine, knowledge, assistant)
    yield helpline
    helpline.database.close()


@pytest.fixture
def visitor(installation: Installation) -> Iterator[Visitor]:
    """A visitor of a gateway in use."""
    with installation.running() as somebody:
        yield somebody


@pytest.fixture(scope="session")
def shared_visitor(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path, engine: Engine, knowledge: Knowledge
) -> Iterator[Visitor]:
    """A visitor of one gateway for all tests that only look at what it refuses."""
    assistant = Assistant()
    helpline = Installation(tmp_path_factory.mktemp("shared"), empty_database, engine, knowledge, assistant)
    with helpline.running() as somebody:
        yield somebody
    assistant.close()
    helpline.database.close()
