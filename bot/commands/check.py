"""`karogs check`: contract 3.1 on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator

from bot.commands.engine import ENGINE_ERRORS, ready_engine
from bot.commands.failures import CommandFailed
from bot.commands.places import default_places
from bot.knowledge import Knowledge, load_knowledge
from bot.messages import LANGUAGES
from bot.redflags import Assessment
from bot.redflags.engine import Engine

EXPECTED = ENGINE_ERRORS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="the text; from standard input when missing")
    parser.add_argument("--language", choices=LANGUAGES, help="read it in this language")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object")
    form.add_argument("--jsonl", action="store_true", help='read objects with "id" and "text", a line each')


def run(arguments: argparse.Namespace) -> None:
    engine = ready_engine(default_places())
    if arguments.jsonl:
        for line in assess_lines(engine, sys.stdin):
            print(line, flush=True)
        return
    text = sys.stdin.read() if arguments.text is None else arguments.text
    assessment = engine.assess(text, arguments.language)
    if arguments.json:
        print(json.dumps(assessment.as_json(), ensure_ascii=False))
    else:
        print("\n".join(explanation(text, assessment, load_knowledge(default_places().nlu_data))))


def assess_lines(engine: Engine, lines: Iterable[str]) -> Iterator[str]:
    """One JSON object a line, in the order of the lines. Raises CommandFailed naming the first broken line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            name, text = entry["id"], str(entry["text"])
        except (ValueError, KeyError, TypeError):
            raise CommandFailed(f'line {number}: must be a JSON object with "id" and "text"') from None
        yield json.dumps({"id": name, **engine.assess(text).as_json()}, ensure_ascii=False)


def explanation(text: str, assessment: Assessment, knowledge: Knowledge) -> Iterator[str]:
    """For people: the text with its flags marked, why each is a sign, what to ask, what to do."""
    language = assessment.language
    yield marked(text, assessment)
    yield ""
    if assessment.emergency:
        yield knowledge.reply(language, "system.emergency").text + "\n"
    for number, flag in enumerate(assessment.flags, 1):
        words = knowledge.flag(language, flag.id)
        yield f"[{number}] {words.name} ({flag.strength})\n    {words.why}\n    → {words.ask}"
    yield "\n" + knowledge.text(language, f"advice.next_{assessment.risk}")


def marked(text: str, assessment: Assessment) -> str:
    """The text with each piece of evidence in brackets, and behind it the numbers of the flags that it shows."""
    shown: dict[tuple[int, int], list[str]] = {}
    for number, flag in enumerate(assessment.flags, 1):
        shown.setdefault((flag.start, flag.end), []).append(str(number))
    edges = [(start, 1, "⟦") for start, _ in shown]
    edges += [(end, 0, f"⟧[{','.join(numbers)}]") for (_, end), numbers in shown.items()]
    pieces, position = [], 0
    for place, _, mark in sorted(edges):
        pieces += [text[position:place], mark]
        position = place
    return "".join(pieces) + text[position:]
