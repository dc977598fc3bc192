"""
How fast and how large one reader of texts is, in a process of its own: `python -m bot.commands.stopwatch READER PATH`.

Standard input has lists of texts by name as JSON; the last line of standard output their measurements. Runs in both
environments, so every reader imports what it needs, and nothing of another's.
"""

# ruff: noqa: PLC0415
from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.commands.measures import megabytes, seconds_of

Read = Callable[[str], object]


def keywords(path: Path) -> Read:
    """Looks for the keywords of the file."""
    from bot.commands.keywords import load_keywords

    return load_keywords(path).found


def engine(path: Path) -> Read:
    """Assesses with the engine that is in the folder of models."""
    from bot.redflags.engine import load_trained

    return load_trained(path).assess


def rasa(path: Path) -> Read:
    """Has a trained model of Rasa parse the text, as `rasa run` would, without the policies."""
    import logging

    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)  # else each text is printed
    agent = Agent.load(str(path))
    loop = asyncio.new_event_loop()
    return lambda text: loop.run_until_complete(agent.parse_message(text))


READERS = {"keywords": keywords, "engine": engine, "rasa": rasa}


def measured(reader: Callable[[], Read], texts: dict[str, list[str]]) -> dict[str, object]:
    """
    The reader's measurements on texts by name; a list's first text is read once more, before it, unmeasured.

    Returns:
        `ready_seconds` until a first text is read, imports included; `memory_mb` at the end; `seconds` of each text.
    """
    started = time.perf_counter()
    read = reader()
    read(next(iter(texts.values()))[0])
    ready = time.perf_counter() - started
    seconds = {name: _each(read, several) for name, several in texts.items()}
    return {"ready_seconds": ready, "memory_mb": megabytes(os.getpid(), "Rss"), "seconds": seconds}


def _each(read: Read, texts: list[str]) -> list[float]:
    read(texts[0])
    return [seconds_of(partial(read, text)) for text in texts]


if __name__ == "__main__":
    name, place = sys.argv[1:]
    print(json.dumps(measured(partial(READERS[name], Path(place)), json.load(sys.stdin))))
