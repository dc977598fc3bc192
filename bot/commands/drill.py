"""`karogs drill`: kills processes under load, again and again, and counts what was lost or doubled."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass

from bot.commands.engine import ENGINE_ERRORS
from bot.commands.failures import CommandFailed
from bot.commands.installation import INSTALLATION_ERRORS
from bot.commands.load import Visitor, visitors
from bot.commands.trial import Trial, trial

EXPECTED = (*ENGINE_ERRORS, *INSTALLATION_ERRORS)
VICTIMS = ("gateway", "console", "rasa", "actions")
_SETTLE_SECONDS = 60.0
_TEXTS = ("Labdien", "Сколько это стоит?", "дякую", "Jāiemaksā 100 eiro par darbu", "можно вопрос?")


@dataclass
class Toll:
    """What a drill cost: acknowledged messages, those missing, those stored twice, those left without any answer."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    unanswered: int = 0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--visitors", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> None:
    with trial() as running:
        toll = asyncio.run(drill(running, arguments.kills, arguments.visitors, random.Random(arguments.seed)))  # noqa: S311
    print(json.dumps(vars(toll)) if arguments.json else "\n".join(f"{name:14} {n}" for name, n in vars(toll).items()))
    if toll.lost or toll.doubled or toll.unanswered:
        raise CommandFailed("something was lost, doubled or left unanswered")


async def drill(running: Trial, kills: int, count: int, chance: random.Random) -> Toll:
    """Visitors write without a pause while one process after another dies; then everything is counted."""
    people = await visitors(running.visitor, count)
    ended = asyncio.Event()
    writing = [asyncio.ensure_future(_write(visitor, ended)) for visitor in people]
    toll = Toll()
    while toll.kills < kills:
        await asyncio.sleep(chance.uniform(0.3, 2.0))
        toll.kills += running.kill(chance.choice(VICTIMS))
    ended.set()
    await asyncio.gather(*writing)
    for visitor in people:
        await _count(visitor, toll)
    return toll


async def _write(visitor: Visitor, ended: asyncio.Event) -> None:
    number = 0
    while not ended.is_set():
        await visitor.send(f"{_TEXTS[number % len(_TEXTS)]} ({number})")
        number += 1
        await asyncio.sleep(3.1)  # below the limit on one visitor's messages


async def _count(visitor: Visitor, toll: Toll) -> None:
    """Waits until the conversation is quiet and answered, then compares it with what was acknowledged."""
    last = max(visitor.acknowledged.values(), default=0)
    messages = await visitor.messages()
    for _ in range(int(_SETTLE_SECONDS)):
        if any(int(str(one["seq"])) > last and one["from"] != "visitor" for one in messages):
            break
        await asyncio.sleep(1.0)
        messages = await visitor.messages()
    else:
        toll.unanswered += 1
    own = [one for one in messages if one["from"] == "visitor"]
    stored = {int(str(one["seq"])) for one in own}
    toll.acknowledged += len(visitor.acknowledged)
    toll.lost += len(set(visitor.acknowledged.values()) - stored)
    toll.doubled += sum(times - 1 for times in Counter(str(one["text"]) for one in own).values())
