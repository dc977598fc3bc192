"""`karogs bench`: the figures of the design, measured in one run on this machine."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.commands.engine import ENGINE_ERRORS, ready_engine
from bot.commands.installation import INSTALLATION_ERRORS
from bot.commands.load import paced, visitors
from bot.commands.measures import seconds_of, spread
from bot.commands.places import default_places
from bot.commands.rivals import rival_figures
from bot.commands.screen import seconds_to_screen
from bot.commands.trial import Trial, trial
from bot.redflags.engine import Engine
from bot.redflags.examples import load_examples

EXPECTED = (*ENGINE_ERRORS, *INSTALLATION_ERRORS)
LONG_MESSAGE = 2_000
PER_SECOND = 10.0
CHAT = ("Labdien!", "Здравствуйте", "Добрий день", "vai tas ir anonīmi?", "кому позвонить?", "дякую")
LABELLED = Path("tests/redflags/fresh.jsonl")
"""Messages that the engine was not tuned on, below the checkout: who catches how many is counted on them."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--messages", type=int, default=150, help="messages of each measured kind")
    parser.add_argument("--alone", action="store_true", help="leave out what Karogs is measured beside (some minutes)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> None:
    engine = ready_engine(default_places())
    texts = offers(engine)
    figures: dict[str, object] = {"machine": f"{os.cpu_count()} cores, Python {platform.python_version()}"}
    figures |= engine_figures(engine, texts)
    figures |= trial_figures(texts, arguments.messages)
    if not arguments.alone:
        figures |= beside(engine, texts, arguments.messages)
    print(json.dumps(figures) if arguments.json else "\n".join(f"{name:38} {value}" for name, value in figures.items()))


def trial_figures(texts: Sequence[str], count: int) -> dict[str, object]:
    """All processes together, then without Rasa. Raises CommandFailed."""
    with trial() as running:
        figures: dict[str, object] = {"start_to_ready_seconds": round(running.ready_seconds, 1)}
        figures |= asyncio.run(service_figures(running, texts, count))
        figures |= memory_figures(running)
        running.kill("rasa")
        return figures | asyncio.run(emergency_figures(running, count, "emergency_answer_rasa_dead"))


def beside(engine: Engine, texts: Sequence[str], count: int) -> dict[str, object]:
    """The engine and the assistant beside a plain keyword list and Rasa's default pipeline. Raises CommandFailed."""
    places = default_places()
    labelled = load_examples(places.project / LABELLED, engine.flags, with_evidence=False)
    return rival_figures(places, engine, labelled, {"chat": _cycle(CHAT, count), "offer": texts})


def offers(engine: Engine) -> list[str]:
    """Messages of about 2,000 characters made of the training examples, several in each."""
    folder = default_places().nlu_data / "redflags" / "examples"
    texts = []
    for code in engine.reader.languages:
        examples = [one.text for one in load_examples(folder / f"{code}.jsonl", engine.flags)]
        joined = "\n".join(examples)
        texts += [joined[start : start + LONG_MESSAGE] for start in range(0, 40 * LONG_MESSAGE, LONG_MESSAGE)]
    return [text for text in texts if len(text) == LONG_MESSAGE]


def engine_figures(engine: Engine, texts: Sequence[str]) -> dict[str, object]:
    """The engine alone on one core, each text for the first time."""
    times = [seconds_of(partial(engine.assess, text)) for text in texts]
    return {"engine_2000_characters": spread(times), "engine_messages_a_second": round(len(times) / sum(times))}


async def service_figures(running: Trial, texts: Sequence[str], count: int) -> dict[str, object]:
    """First answers through Rasa at ten messages a second, the emergency text, and the way to the operator's screen."""
    await paced(running.visitor, CHAT, PER_SECOND)  # the first messages find caches cold; people rarely do
    figures: dict[str, object] = {
        "chat_answer": spread(await paced(running.visitor, _cycle(CHAT, count), PER_SECOND)),
        "offer_answer": spread(await paced(running.visitor, _cycle(texts, count), PER_SECOND)),
    }
    figures |= await emergency_figures(running, count, "emergency_answer")
    waiting = (await visitors(running.visitor, 1))[0]
    return figures | {"operator_screen": spread(await seconds_to_screen(running, waiting, count // 3))}


async def emergency_figures(running: Trial, count: int, name: str) -> dict[str, object]:
    """How soon the emergency text arrives."""
    cries = ["mani ieslēdza dzīvoklī un nelaiž ārā", "меня заперли и бьют, помогите", "мене замкнули і не випускають"]
    return {name: spread(await paced(running.visitor, _cycle(cries, count), PER_SECOND))}


def memory_figures(running: Trial) -> dict[str, object]:
    """Megabytes of all processes together a while after the load; shared pages counted once."""
    time.sleep(5)
    each = running.resident_megabytes()
    return {"memory_mb": {**{name: round(size) for name, size in each.items()}, "all": round(sum(each.values()))}}


def _cycle(texts: Sequence[str], count: int) -> list[str]:
    return [texts[number % len(texts)] for number in range(count)]
