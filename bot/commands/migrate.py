"""`karogs migrate`: brings the database to the present schema; safe to repeat."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.installation import INSTALLATION_ERRORS, this_installation
from bot.conversation import migrate

EXPECTED = INSTALLATION_ERRORS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")


def run(arguments: argparse.Namespace) -> None:
    installation = this_installation(arguments.data)
    installation.places.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(installation.database_url)
    print("karogs: the database has the present schema")
