"""`karogs backup FOLDER`: copies the database while it runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.failures import CommandFailed
from bot.commands.installation import INSTALLATION_ERRORS, Installation, now, this_installation
from bot.conversation.backup import BackupError, back_up

EXPECTED = (*INSTALLATION_ERRORS, BackupError)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")
    parser.add_argument("folder", type=Path, help="where the copy goes")


def run(arguments: argparse.Namespace) -> None:
    database = sqlite_file(this_installation(arguments.data))
    arguments.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = arguments.folder / f"karogs-{now():%Y%m%dT%H%M%SZ}.db"
    back_up(database, copy)
    print(f"karogs: {copy} (no keys are in it; delete it within seven days)")


def sqlite_file(installation: Installation, *, must_exist: bool = True) -> Path:
    """The database's file. Raises CommandFailed for PostgreSQL, which brings its own tools."""
    if not installation.database_url.startswith("sqlite:///"):
        raise CommandFailed("PostgreSQL is copied with pg_dump and put back with pg_restore, see README.md")
    path = Path(installation.database_url.removeprefix("sqlite:///"))
    if must_exist and not path.exists():
        raise CommandFailed(f"there is no database {path}")
    return path
