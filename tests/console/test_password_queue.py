"""Password checks take turns."""

from __future__ import annotations

import asyncio
import threading

import pytest

from helpline_console.password_queue import AT_ONCE, LONGEST_QUEUE, PasswordQueue, QueueFull


async def test_two_run_twenty_wait_and_the_next_is_turned_away() -> None:
    """However many sign in at once, two checks run; who comes when the queue is full learns it at once."""
    queue = PasswordQueue()
    pair = threading.Barrier(AT_ONCE)
    lock = threading.Lock()
    running: list[int] = [0]
    most: list[int] = [0]

    def check() -> str:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        pair.wait(timeout=60)
        with lock:
            running[0] -= 1
        return "operator"

    inside = [asyncio.create_task(queue.run(check)) for _ in range(AT_ONCE + LONGEST_QUEUE)]
    await asyncio.sleep(0)
    with pytest.raises(QueueFull):
        await queue.run(check)

    assert await asyncio.gather(*inside) == ["operator"] * 22
    assert most == [2]


async def test_a_failed_check_gives_its_place_back() -> None:
    """An error in one check does not shorten the queue for good."""
    queue = PasswordQueue()

    def check() -> str:
        raise OSError

    outcomes = [await asyncio.gather(queue.run(check), return_exceptions=True) for _ in range(50)]

    assert [type(outcome) for (outcome,) in outcomes] == [OSError] * 50
