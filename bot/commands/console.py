"""`karogs console`: the operators' edge, one process."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.installation import INSTALLATION_ERRORS, now, this_installation
from bot.commands.serving import serve
from bot.conversation import Desk, Feed, Operators, load_console_vault
from bot.knowledge import KnowledgeError, load_knowledge
from helpline_console.app import create_app

EXPECTED = (*INSTALLATION_ERRORS, KnowledgeError)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")
    parser.add_argument("--port", type=int, required=True)


def run(arguments: argparse.Namespace) -> None:
    installation = this_installation(arguments.data)
    settings, places = installation.settings, installation.places
    database = installation.open_database()
    app = create_app(
        desk=Desk(database, load_console_vault(places.keys), now),
        operators=Operators(database, now),
        feed=Feed(database),
        knowledge=load_knowledge(places.nlu_data).by(now),
        origin=settings.console_origin or f"http://{settings.host}:{arguments.port}",
        clock=now,
    )
    serve(app, settings.host, arguments.port)
