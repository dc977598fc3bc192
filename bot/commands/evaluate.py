"""`karogs evaluate FILE`: scores the engine on labelled messages."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.engine import ENGINE_ERRORS, ready_engine
from bot.commands.places import default_places
from bot.redflags.examples import load_examples
from bot.redflags.scoring import table

EXPECTED = ENGINE_ERRORS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JSON lines as the labelling guide describes them")


def run(arguments: argparse.Namespace) -> None:
    engine = ready_engine(default_places())
    examples = load_examples(arguments.file, engine.flags, with_evidence=False)
    print(table([(example, engine.assess(example.text)) for example in examples]))
