"""`karogs train`: trains what is out of date, prints the scores on messages and examples that were held out."""

from __future__ import annotations

import argparse

from bot.commands.engine import ENGINE_ERRORS
from bot.commands.places import default_places
from bot.commands.training import intent_score, train_missing
from bot.redflags.errors import RedFlagDataError

EXPECTED = (*ENGINE_ERRORS, RedFlagDataError)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="train everything, also what is up to date")


def run(arguments: argparse.Namespace) -> None:
    places = default_places()
    if not train_missing(places, force=arguments.force):
        print("karogs: everything is trained from the present data")
    print(intent_score(places).table())
