"""`karogs restore FILE`: puts a copy of the database in place; what was deleted since stays deleted."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.backup import sqlite_file
from bot.commands.installation import INSTALLATION_ERRORS, now, this_installation
from bot.conversation.backup import BackupError, restore

EXPECTED = (*INSTALLATION_ERRORS, BackupError)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")
    parser.add_argument("file", type=Path, help="a copy that `karogs backup` made; Karogs must not be running")


def run(arguments: argparse.Namespace) -> None:
    again = restore(arguments.file, sqlite_file(this_installation(arguments.data), must_exist=False), now())
    print(f"karogs: restored; {again} conversations that were deleted since the copy are deleted again")
