"""Real files, a real database, the vocabulary and rules that are shipped; the lists in `samples` are made up."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from bot.conversation import Database, migrate
from bot.knowledge import Knowledge, load_knowledge
from bot.licences.listing import Entry, Kind, ListInfo, Status
from bot.licences.published import PublishedLists, publish
from bot.licences.register import Register
from bot.licences.rules import Rules, load_rules
from bot.licences.vocabulary import Vocabulary, load_vocabulary

DATA = Path(__file__).parents[2] / "nlu_data"
SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 22)
LIST_DAY = date(2026, 11, 16)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge(DATA)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(DATA)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return load_rules(DATA)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    url = f"sqlite:///{tmp_path / 'karogs.db'}"
    migrate(url)
    return Register(Database(url), lambda: datetime(2026, 11, 22, 12, tzinfo=timezone.utc))


PERSONNEL = Entry(
    'SIA "Paraugs Baltijas Personāls"',
    Status.LISTED,
    "40000000001",
    "P-001/2025",
    ("DE", "NL", "NO"),
    ("consulting", "placement"),
    date(2025, 2, 3),
    date(2028, 2, 2),
)
NORTH = Entry('SIA "Testa Ziemeļu Ceļš"', Status.LISTED, "40000000002", "P-002/2024", ("GB",), ("placement",))
BRIDGE = Entry(
    'AS "Izdomātais Darba Tilts"',
    Status.LISTED,
    "40000000003",
    "P-003/2023",
    ("ES",),
    ("information",),
    date(2023, 10, 20),
    date(2026, 10, 19),
)
UNION = Entry('IK "Eiroserviss Paraugs"', Status.LISTED, "40000000004", None, ("EU",), ("placement",))
PAUSED = Entry('SIA "Paraugs Apturētais"', Status.SUSPENDED, "40000000005", None, ("DE",))
GONE = Entry('SIA "Paraugs Anulētais"', Status.REVOKED, "40000000011", "P-011/2022", ended=date(2025, 5, 14))
BEFORE = Entry('SIA "Paraugs Baltijas Personāls"', Status.REVOKED, "40000000001", "P-009", ended=date(2021, 3, 1))
BAKERY = Entry('SIA "Izdomātā Maiznīca"', Status.REGISTERED, "40000000021", since=date(2015, 1, 12))
CLOSED = Entry('IK "Paraugs Slēgtais"', Status.STRUCK_OFF, "40000000022", ended=date(2014, 4, 10))

LICENSED = (PERSONNEL, NORTH, BRIDGE, UNION, PAUSED)
REVOKED = (GONE, BEFORE)
REGISTERED = (BAKERY, CLOSED)


def published(path: Path, vocabulary: Vocabulary, **lists: tuple[Entry, ...]) -> PublishedLists:
    """A published file with the given lists (licensed, revoked, register), all of LIST_DAY."""
    infos = [(ListInfo(Kind(name), LIST_DAY, len(entries), 0), entries) for name, entries in lists.items()]
    publish(path, infos, vocabulary)
    return PublishedLists(path, vocabulary)


@pytest.fixture
def lists(tmp_path: Path, vocabulary: Vocabulary) -> PublishedLists:
    path = tmp_path / "licences.db"
    return published(path, vocabulary, licensed=LICENSED, revoked=REVOKED, register=REGISTERED)
