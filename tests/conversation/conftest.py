"""Real databases, real keys, and a clock that stands still until a test moves it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.conversation import (
    Database,
    Desk,
    Frontdoor,
    Retention,
    load_console_vault,
    load_gateway_vault,
    make_keys,
    migrate,
)
from bot.messages import Button, Reply
from bot.redflags.assessment import Assessment, RedFlag
from tests.postgres import Server

ENGINES = ("sqlite", "postgresql")

QUIET = Assessment("lv", "question", "none", False)
SUSPICIOUS = Assessment("ru", "job_offer", "medium", False, (RedFlag("upfront_payment", "strong", 0, 4, "аванс"),))
DANGEROUS = Assessment(
    "lv",
    "job_offer",
    "high",
    False,
    (RedFlag("no_contract", "strong", 0, 3, "bez"), RedFlag("documents_taken", "critical", 5, 9, "pase")),
)
EMERGENCY = Assessment("uk", "in_trouble", "high", True, (RedFlag("threats", "critical", 0, 5, "погро"),))

WAIT = Reply("Gaidiet cilvēku.", (Button("Turpināt bez cilvēka", "/alone"),))
ALONE = Reply("Turpinām ar asistentu.")
BYE = Reply("Saruna beigusies.")


@dataclass
class Clock:
    """The time now: a Monday, in the middle of a minute."""

    now: datetime = field(default=datetime(2026, 11, 23, 10, 0, 30, tzinfo=timezone.utc))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder)
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "karogs.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    name = postgres_server.create()
    migrate(postgres_server.url(name))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated database in `tmp_path`/karogs.db."""
    shutil.copy(sqlite_template, tmp_path / "karogs.db")
    return f"sqlite:///{tmp_path}/karogs.db"


@pytest.fixture
def migrated_postgres_url(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    name = postgres_server.create(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=ENGINES)
def empty_urls(request: pytest.FixtureRequest, tmp_path: Path, postgres_server: Server) -> Iterator[tuple[str, str]]:
    """Two empty databases of one kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/two.db"
        return
    names = postgres_server.create(), postgres_server.create()
    yield postgres_server.url(names[0]), postgres_server.url(names[1])
    for name in names:
        postgres_server.drop(name)


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"
    found: str = request.getfixturevalue(name)
    return found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def frontdoor(database: Database, keys: Path, clock: Clock) -> Frontdoor:
    return Frontdoor(database, load_gateway_vault(keys), clock)


@pytest.fixture
def desk(database: Database, keys: Path, clock: Clock) -> Desk:
    return Desk(database, load_console_vault(keys), clock)


@pytest.fixture
def retention(database: Database, clock: Clock) -> Retention:
    return Retention(database, clock)


def web_with(
    frontdoor: Frontdoor, text: str = "Labdien", assessment: Assessment = QUIET, language: str = "lv"
) -> tuple[str, str]:
    """The id and token of a web conversation whose first message is assessed and answered."""
    opened = frontdoor.open_web(language)
    say(frontdoor, opened.conversation.id, text, assessment)
    return opened.conversation.id, opened.token


def telegram_with(frontdoor: Frontdoor, chat_id: int = 700100200, text: str = "Labdien") -> str:
    """The id of a Telegram conversation whose first message is assessed and answered."""
    conversation_id = frontdoor.open_telegram(chat_id).id
    say(frontdoor, conversation_id, text)
    return conversation_id


def say(frontdoor: Frontdoor, conversation_id: str, text: str, assessment: Assessment = QUIET) -> int:
    """One turn: the visitor writes, the engine assesses, the assistant answers "Atbilde"."""
    received = frontdoor.receive(conversation_id, text, channel_message_id=f"m-{text}")
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    frontdoor.assessed(item, assessment)
    frontdoor.settle(item, [Reply("Atbilde")])
    return received.seq


def waiting_with(frontdoor: Frontdoor, text: str = "Labdien", assessment: Assessment = QUIET) -> str:
    """The id of a web conversation that waits for a person."""
    conversation_id, _ = web_with(frontdoor, text, assessment)
    frontdoor.request_handoff(conversation_id, WAIT)
    return conversation_id
