"""`karogs bench`: the figures of the design, measured in one run on this machine."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence

from bot.commands.engine import ENGINE_ERRORS, ready_engine
from bot.commands.installation import INSTALLATION_ERRORS
from bot.commands.load import paced, visitors
from bot.commands.places import default_places
from bot.commands.screen import seconds_to_screen
from bot.commands.trial import Trial, trial
from bot.redflags.engine import Engine
from bot.redflags.examples import load_examples

EXPECTED = (*ENGINE_ERRORS, *INSTALLATION_ERRORS)
LONG_MESSAGE = 2_000
PER_SECOND = 10.0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--messages", type=int, default=150, help="messages of each measured kind")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> None:
    engine = ready_engine(default_places())
    texts = offers(engine)
    figures: dict[str, object] = {"machine": f"{os.cpu_count()} cores, Python {platform.python_version()}"}
    figures |= engine_figures(engine, texts)
    with trial() as running:
        figures |= {"start_to_ready_seconds": round(running.ready_seconds, 1)}
        figures |= asyncio.run(service_figures(running, texts, arguments.messages))
        figures |= memory_figures(running)
        running.kill("rasa")
        figures |= asyncio.run(emergency_figures(running, arguments.messages, "emergency_answer_rasa_dead"))
    print(json.dumps(figures) if arguments.json else "\n".join(f"{name:38} {value}" for name, value in figures.items()))


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
    times = [_seconds(lambda text=text: engine.assess(text)) for text in texts]  # type: ignore[misc]
    return {
        **_spread("engine_2000_characters", times),
        "engine_messages_a_second": round(len(times) / sum(times)),
    }


async def service_figures(running: Trial, texts: Sequence[str], count: int) -> dict[str, object]:
    """First answers through Rasa at ten messages a second, the emergency text, and the way to the operator's screen."""
    chat = ["Labdien!", "Здравствуйте", "Добрий день", "vai tas ir anonīmi?", "кому позвонить?", "дякую"]
    await paced(running.visitor, chat, PER_SECOND)  # the first messages find caches cold; people rarely do
    figures = _spread("chat_answer", await paced(running.visitor, _cycle(chat, count), PER_SECOND))
    figures |= _spread("offer_answer", await paced(running.visitor, _cycle(texts, count), PER_SECOND))
    figures |= await emergency_figures(running, count, "emergency_answer")
    waiting = (await visitors(running.visitor, 1))[0]
    return figures | _spread("operator_screen", await seconds_to_screen(running, waiting, count // 3))


async def emergency_figures(running: Trial, count: int, name: str) -> dict[str, object]:
    """How soon the emergency text arrives."""
    cries = ["mani ieslēdza dzīvoklī un nelaiž ārā", "меня заперли и бьют, помогите", "мене замкнули і не випускають"]
    return _spread(name, await paced(running.visitor, _cycle(cries, count), PER_SECOND))


def memory_figures(running: Trial) -> dict[str, object]:
    """Megabytes of all processes together a while after the load; shared pages counted once."""
    time.sleep(5)
    each = running.resident_megabytes()
    return {"memory_mb": {**{name: round(size) for name, size in each.items()}, "all": round(sum(each.values()))}}


def _cycle(texts: Sequence[str], count: int) -> list[str]:
    return [texts[number % len(texts)] for number in range(count)]


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _spread(name: str, seconds: Sequence[float]) -> dict[str, object]:
    cuts = statistics.quantiles(seconds, n=20)
    shown = {"n": len(seconds), "p50_ms": round(cuts[9] * 1000, 1), "p95_ms": round(cuts[18] * 1000, 1)}
    return {name: shown}
