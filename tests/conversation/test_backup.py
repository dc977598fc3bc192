"""Backups: whole copies of a database in use, and restores that bring nobody back."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.conversation import Database, Frontdoor, load_gateway_vault, make_keys, migrate
from bot.conversation.backup import BackupError, back_up, restore


def now() -> datetime:
    return datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An empty, migrated database."""
    path = tmp_path / "karogs.db"
    migrate(f"sqlite:///{path}")
    make_keys(tmp_path / "keys")
    return path


def frontdoor(file: Path) -> Frontdoor:
    return Frontdoor(Database(f"sqlite:///{file}"), load_gateway_vault(file.parent / "keys"), now)


def test_copy_of_a_database_in_use_can_be_put_back(file: Path, tmp_path: Path) -> None:
    """A visitor's conversation is there again after the database was lost."""
    token = frontdoor(file).open_web("lv").token
    back_up(file, tmp_path / "copy.db")
    file.unlink()

    again = restore(tmp_path / "copy.db", file, now())

    assert again == 0
    assert frontdoor(file).by_token(token) is not None


def test_restore_brings_nobody_back(file: Path, tmp_path: Path) -> None:
    """A conversation that was deleted after the copy stays deleted, and others stay."""
    door = frontdoor(file)
    kept, deleted = door.open_web("lv"), door.open_web("ru")
    back_up(file, tmp_path / "copy.db")
    door.shred(deleted.conversation.id)

    again = restore(tmp_path / "copy.db", file, now())

    assert again == 1
    assert frontdoor(file).by_token(deleted.token) is None
    assert frontdoor(file).by_token(kept.token) is not None


def test_copy_holds_no_key_and_no_other_may_read_it(file: Path, tmp_path: Path) -> None:
    """The copy is private to its owner."""
    back_up(file, tmp_path / "copy.db")

    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_copy_is_never_written_over(file: Path, tmp_path: Path) -> None:
    """An older copy is not lost by a second call."""
    back_up(file, tmp_path / "copy.db")

    with pytest.raises(BackupError, match=r"copy\.db exists already"):
        back_up(file, tmp_path / "copy.db")


def test_damaged_copy_is_refused_and_the_database_stays(file: Path, tmp_path: Path) -> None:
    """What cannot be read replaces nothing."""
    (tmp_path / "copy.db").write_bytes(b"not a database" * 100)
    before = file.read_bytes()

    with pytest.raises(BackupError, match=r"copy\.db cannot be read"):
        restore(tmp_path / "copy.db", file, now())

    assert file.read_bytes() == before
