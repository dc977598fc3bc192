"""`karogs errors FILE`: the messages of a labelled file that the engine gets wrong, worst first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from bot.commands.check import marked
from bot.commands.engine import ENGINE_ERRORS, ready_engine
from bot.commands.places import default_places
from bot.redflags import Assessment
from bot.redflags.examples import Example, load_examples
from bot.redflags.scoring import Pair, faults

EXPECTED = ENGINE_ERRORS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JSON lines as the labelling guide describes them")
    parser.add_argument("--most", type=int, default=50, help="show so many (50)")


def run(arguments: argparse.Namespace) -> None:
    engine = ready_engine(default_places())
    examples = load_examples(arguments.file, engine.flags, with_evidence=False)
    wrong = misses([(example, engine.assess(example.text)) for example in examples])
    for example, assessment, why in wrong[: arguments.most]:
        print("\n".join(report(example, assessment, why)), end="\n\n")
    print(f"{len(wrong)} of {len(examples)} messages are judged otherwise than labelled")


def misses(pairs: list[Pair]) -> list[tuple[Example, Assessment, list[str]]]:
    """The pairs with faults, worst first: an emergency or a danger missed, a false alarm, then flags and the rest."""
    wrong = [(example, assessment, faults(example, assessment)) for example, assessment in pairs]
    return sorted(
        (one for one in wrong if one[2]), key=lambda one: (SEVERITY.index(one[2][0].split(":")[0]), one[0].id)
    )


SEVERITY = (
    "emergency missed",
    "danger missed",
    "false emergency",
    "false alarm",
    "flags missed",
    "flags not there",
    "kind",
    "language",
)


def report(example: Example, assessment: Assessment, why: list[str]) -> Iterator[str]:
    """One message for people: what is wrong, then the text with the flags found marked in it."""
    yield f"{example.id} ({example.danger}, {example.kind}): {', '.join(why)}"
    yield f"found: risk {assessment.risk}; " + ", ".join(flag.id for flag in assessment.flags)
    yield marked(example.text, assessment)
