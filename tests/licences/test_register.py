"""Lists in the database and in the copy that the assistant reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.licences.errors import OlderList, TooManyRejected
from bot.licences.listing import Entry, Kind, ListInfo, Rejected, Status
from bot.licences.names import name_key
from bot.licences.published import PublishedLists
from bot.licences.register import BATCH, Register
from bot.licences.vocabulary import Vocabulary
from tests.licences.conftest import BAKERY, CLOSED, GONE, LICENSED, LIST_DAY, NORTH, PERSONNEL

BAD = Rejected(3, "has no name")


def test_a_list_comes_back_as_it_was(register: Register) -> None:
    """Every column, in the order of the file; rejected rows are counted."""
    info, rejected = register.replace(Kind.LICENSED, LIST_DAY, [*LICENSED, BAD])

    assert (info, rejected) == (ListInfo(Kind.LICENSED, LIST_DAY, 5, 1), [BAD])
    assert register.lists() == [info]
    assert tuple(register.entries(Kind.LICENSED)) == LICENSED


def test_a_new_list_takes_the_place_of_the_old_one(register: Register) -> None:
    """As a whole, and only of its own kind."""
    register.replace(Kind.REVOKED, LIST_DAY, [GONE])
    register.replace(Kind.LICENSED, LIST_DAY, LICENSED)
    register.replace(Kind.LICENSED, LIST_DAY, [NORTH])

    assert list(register.entries(Kind.LICENSED)) == [NORTH]
    assert list(register.entries(Kind.REVOKED)) == [GONE]


def test_an_older_list_is_refused(register: Register) -> None:
    """Unless it is wanted."""
    older = date(2026, 11, 15)
    register.replace(Kind.LICENSED, LIST_DAY, LICENSED)
    with pytest.raises(OlderList):
        register.replace(Kind.LICENSED, older, [NORTH])
    assert tuple(register.entries(Kind.LICENSED)) == LICENSED

    register.replace(Kind.LICENSED, older, [NORTH], allow_older=True)
    assert register.lists() == [ListInfo(Kind.LICENSED, older, 1, 0)]


@pytest.mark.parametrize("read", [[NORTH, BAD, BAD], []], ids=["two of three rejected", "nothing"])
def test_too_many_rejected(register: Register, read: list[Entry | Rejected]) -> None:
    """A company in an unreadable row would be called not listed: the present list stays."""
    register.replace(Kind.LICENSED, LIST_DAY, LICENSED)
    with pytest.raises(TooManyRejected) as caught:
        register.replace(Kind.LICENSED, LIST_DAY, read, most_rejected=0.5)

    assert caught.value.rejected == [item for item in read if item == BAD]
    assert tuple(register.entries(Kind.LICENSED)) == LICENSED


def test_a_broken_import_changes_nothing(register: Register) -> None:
    """What a killed import left is cleared away by the next one."""
    register.replace(Kind.LICENSED, LIST_DAY, LICENSED)

    def breaking() -> Iterator[Entry]:
        yield from (replace(NORTH, name=f"SIA {n}") for n in range(BATCH + 1))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        register.replace(Kind.LICENSED, LIST_DAY, breaking())

    assert tuple(register.entries(Kind.LICENSED)) == LICENSED


def test_the_present_list_stays_until_the_new_one_is_there(register: Register) -> None:
    """Whoever asks in the middle of an import gets the old list, whole."""
    register.replace(Kind.LICENSED, LIST_DAY, LICENSED)
    seen: list[int] = []

    def slowly() -> Iterator[Entry]:
        for n in range(BATCH * 2 + 5):
            if n % BATCH == 1:
                seen.append(len(list(register.entries(Kind.LICENSED))))
            yield replace(NORTH, name=f"SIA {n}")

    info, _ = register.replace(Kind.LICENSED, LIST_DAY, slowly())

    assert (seen, info.entries) == ([5, 5, 5], BATCH * 2 + 5)
    assert len(list(register.entries(Kind.LICENSED))) == BATCH * 2 + 5


def test_a_list_is_forgotten(register: Register) -> None:
    """Once."""
    register.replace(Kind.LICENSED, LIST_DAY, LICENSED)

    assert register.remove(Kind.LICENSED)
    assert not register.remove(Kind.LICENSED)
    assert register.lists() == []


def test_the_published_copy(register: Register, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """The same entries by name, by number and all of them; a new copy is in use from the next question on."""
    path = tmp_path / "licences.db"
    lists = PublishedLists(path, vocabulary)
    register.replace(Kind.LICENSED, LIST_DAY, LICENSED)
    register.replace(Kind.REGISTER, LIST_DAY, [BAKERY, CLOSED])
    register.publish(path, vocabulary)

    assert lists.info(Kind.LICENSED) == ListInfo(Kind.LICENSED, LIST_DAY, 5, 0)
    assert lists.info(Kind.REVOKED) is None
    assert lists.same(Kind.LICENSED, name_key("testa ziemeļu ceļa", vocabulary)) == [NORTH]
    assert lists.by_registration(Kind.LICENSED, "40000000001") == [PERSONNEL]
    assert lists.names(Kind.REGISTER) == [(name_key(row.name, vocabulary), row.name) for row in (BAKERY, CLOSED)]

    register.replace(Kind.LICENSED, LIST_DAY, [PERSONNEL])
    register.publish(path, vocabulary)
    assert lists.info(Kind.LICENSED) == ListInfo(Kind.LICENSED, LIST_DAY, 1, 0)
    assert sorted(file.name for file in tmp_path.iterdir() if "licences" in file.name) == ["licences.db"]


def test_the_copy_knows_what_it_was_made_of(register: Register, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """It is written anew after a restore, and when the words that names are compared by have changed."""
    path = tmp_path / "licences.db"
    lists = PublishedLists(path, vocabulary)
    assert not lists.is_of([])
    register.publish(path, vocabulary)
    assert lists.is_of([])

    info, _ = register.replace(Kind.LICENSED, LIST_DAY, LICENSED)
    assert not lists.is_of([info])
    register.publish(path, vocabulary)
    assert lists.is_of([info])
    assert not PublishedLists(path, replace(vocabulary, connectors=frozenset())).is_of([info])


def test_the_copy_holds_public_lists_and_nothing_else(
    register: Register, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """The action server is given this file: no table of the database but the lists is in it."""
    import sqlite3

    register.publish(tmp_path / "licences.db", vocabulary)
    with sqlite3.connect(tmp_path / "licences.db") as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    file.close()

    assert tables == ["entry", "list", "made"]
    assert Status.LISTED.value == "listed"
