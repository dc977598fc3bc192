"""`karogs init-keys`: makes the two key pairs; refuses where a key already is."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.installation import INSTALLATION_ERRORS, this_installation
from bot.conversation import make_keys

EXPECTED = INSTALLATION_ERRORS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="folder of the database and the keys")


def run(arguments: argparse.Namespace) -> None:
    places = this_installation(arguments.data).places
    places.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_keys(places.keys)
    print(
        f"karogs: keys are in {places.keys}\n"
        "  gateway  route.key, content.pub\n"
        "  console  content.key, route.pub\n"
        "Keep a copy of content.key and route.key off this machine: without content.key what is stored can never be "
        "read again, without route.key open Telegram chats cannot be answered."
    )
