"""SIGKILL at random moments under a stream of messages: nothing lost, nothing stored twice."""

from __future__ import annotations

import multiprocessing
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from bot.conversation import Frontdoor
from tests.telegram.botapi import BotApi
from tests.telegram.gateway_process import run_channel, run_polling
from tests.telegram.rig import Core, WireAssistant

CHATS = (8_001, 8_002, 8_003, 8_004)
KILLS = 20
MESSAGES_A_SECOND = 8

Target = Callable[[str, str, str, str], None]


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Fresh processes that have the modules loaded already, so that a start takes no time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.telegram.gateway_process"])
    return context


@contextmanager
def stream(api: BotApi) -> Iterator[dict[int, list[str]]]:
    """People write all the time while the block runs; what they wrote, by chat."""
    written: dict[int, list[str]] = {chat_id: [] for chat_id in CHATS}
    over = threading.Event()

    def write() -> None:
        number = 0
        while not over.wait(1 / MESSAGES_A_SECOND):
            chat_id = CHATS[number % len(CHATS)]
            written[chat_id].append(f"zina {number:05}")
            api.world.text(chat_id, written[chat_id][-1])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield written
    finally:
        over.set()
        writer.join()


def kill_again_and_again(start: Callable[[], multiprocessing.process.BaseProcess], moments: random.Random) -> int:
    """Starts and kills the process `KILLS` times; how often it was alive when the kill came."""
    alive = 0
    for _ in range(KILLS):
        process = start()
        time.sleep(moments.uniform(0.05, 0.9))
        alive += process.is_alive()
        process.kill()
        process.join()
    return alive


def is_idle(frontdoor: Frontdoor, api: BotApi) -> bool:
    """Everything is confirmed and settled."""
    return len(api.world.queue) == 0 and not frontdoor.pending()


def test_twenty_kills_lose_nothing_and_double_nothing(
    api: BotApi, assistant: WireAssistant, tmp_path: Path, processes: ForkServerContext
) -> None:
    """Stored exactly once and in order; answered every one, and at most one answer per kill and chat comes twice."""
    core = Core(tmp_path)
    seed = random.randrange(10**9)
    arguments = (str(tmp_path), api.url, api.token, assistant.url)

    def start() -> multiprocessing.process.BaseProcess:
        process = processes.Process(target=run_channel, args=arguments)
        process.start()
        return process

    with stream(api) as written:
        alive = kill_again_and_again(start, random.Random(seed))
    last = start()
    expected = sum(map(len, written.values()))
    try:
        api.world.wait_for(lambda world: is_idle(core.frontdoor, api), 300)
        api.world.wait_for(lambda world: len({sent.text for sent in world.sent}) == expected, 300)
    finally:
        last.kill()
        last.join()

    assert alive == KILLS, f"seed {seed}"
    assert expected > KILLS
    assert {chat_id: core.heard(chat_id) for chat_id in CHATS} == written, f"seed {seed}"
    answers = {chat_id: api.world.sent_to(chat_id) for chat_id in CHATS}
    assert {chat_id: sorted(set(texts)) for chat_id, texts in answers.items()} == {
        chat_id: [f"lv: {text}" for text in texts] for chat_id, texts in written.items()
    }, f"seed {seed}"
    assert [[before <= after for before, after in pairwise(texts)].count(False) for texts in answers.values()] == [
        0
    ] * 4
    copies = [Counter(texts) for texts in answers.values()]
    assert all(sum(counts.values()) - len(counts) <= KILLS for counts in copies), f"seed {seed}"
    core.close()


def test_the_same_harness_sees_the_losses_of_run_polling(
    api: BotApi, assistant: WireAssistant, tmp_path: Path, processes: ForkServerContext
) -> None:
    """The control: the library confirms before a handler has stored, and this harness is not blind to it."""
    core = Core(tmp_path)
    for chat_id in CHATS:
        core.frontdoor.open_telegram(chat_id)
    arguments = (str(tmp_path), api.url, api.token, assistant.url)

    def start() -> multiprocessing.process.BaseProcess:
        process = processes.Process(target=run_polling, args=arguments)
        process.start()
        return process

    with stream(api) as written:
        kill_again_and_again(start, random.Random(1))
    last = start()
    try:
        api.world.wait_until_fetched(60)
        time.sleep(2)  # what was fetched last is stored within the handler's time
    finally:
        last.kill()
        last.join()
    lost = sum(len(set(texts) - set(core.heard(chat_id))) for chat_id, texts in written.items())

    assert lost > 0
    core.close()
