"""`karogs purge`: deletes what is due now; the running gateway does the same by itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.gateway import retention_of
from bot.commands.installation import INSTALLATION_ERRORS, this_installation

EXPECTED = INSTALLATION_ERRORS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")


def run(arguments: argparse.Namespace) -> None:
    purged = retention_of(this_installation(arguments.data)).run()
    print(f"karogs: {purged.conversations} conversations shredded, {purged.requeued} claims lapsed")
