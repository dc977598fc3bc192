"""`karogs legal-inventory`: exactly what could be handed over, in numbers; texts cannot be counted out without keys."""

from __future__ import annotations

import argparse
from pathlib import Path

from sqlalchemy import MetaData, func, select

from bot.commands.installation import INSTALLATION_ERRORS, this_installation

EXPECTED = INSTALLATION_ERRORS
_SEALED = ("bytes", "LargeBinary", "BLOB", "BYTEA")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")


def run(arguments: argparse.Namespace) -> None:
    database = this_installation(arguments.data).open_database()
    tables = MetaData()
    tables.reflect(database.engine)
    print("What the database holds now. Sealed columns can be read only with the keys, not with this command.\n")
    with database.reading() as session:
        for table in tables.sorted_tables:
            rows = session.scalar(select(func.count()).select_from(table))
            clear = [column.name for column in table.columns if str(column.type) not in _SEALED]
            sealed = [column.name for column in table.columns if str(column.type) in _SEALED]
            print(f"{table.name}: {rows} rows")
            print(f"  in clear: {', '.join(clear)}\n  sealed or hashed: {', '.join(sealed) or '-'}")
    print("\nNot stored at all: names, user names, phone numbers, photos, IP addresses, user agents.")
    print("A shredded conversation leaves a tombstone (a keyed hash and a date) and nothing else.")
