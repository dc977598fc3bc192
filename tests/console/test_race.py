"""Many operators reach for the same visitors at once, over a real port."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from tests.console.live_server import free_port, serving
from tests.console.test_api import QUESTION
from tests.console.world import PASSWORD, World

HANDS = 8


def browser(world: World, login: str) -> httpx.Client:
    client = httpx.Client(base_url=world.origin, timeout=60)
    answer = client.post("/api/login", json={"login": login, "password": PASSWORD})
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


@pytest.fixture
def browsers(world: World) -> Iterator[list[httpx.Client]]:
    """Eight browsers, four of each operator."""
    port = free_port()
    world.origin = f"http://127.0.0.1:{port}"
    with serving(world.create_app(world.origin), port):
        opened = [browser(world, ("anna", "berta")[number % 2]) for number in range(HANDS)]
        yield opened
        for client in opened:
            client.close()


def test_next_never_gives_one_visitor_twice(world: World, browsers: list[httpx.Client]) -> None:
    """Twelve visitors, eight hands, two rounds at once: each visitor once, the rest 204, everyone greeted once."""
    waiting = {world.waiting(QUESTION) for _ in range(12)}
    start = Barrier(HANDS)

    def take_two(client: httpx.Client) -> list[httpx.Response]:
        start.wait()
        return [client.post("/api/queue/next") for _ in range(2)]

    with ThreadPoolExecutor(HANDS) as pool:
        answers = [answer for pair in pool.map(take_two, browsers) for answer in pair]

    taken = [answer.json()["id"] for answer in answers if answer.status_code == 200]
    joined = ("system", world.knowledge.text("lv", "system.operator_joined"))
    assert Counter(answer.status_code for answer in answers) == {200: 12, 204: 4}
    assert (len(taken), set(taken)) == (12, waiting)
    assert [world.seen_by_visitor(conversation_id).count(joined) for conversation_id in taken] == [1] * 12


def test_take_has_one_winner(world: World, browsers: list[httpx.Client]) -> None:
    """Eight hands on one card: one 200, seven 409 "already_taken"."""
    conversation_id = world.waiting(QUESTION)
    start = Barrier(HANDS)

    def take(client: httpx.Client) -> tuple[int, str | None]:
        start.wait()
        answer = client.post(f"/api/conversations/{conversation_id}/take")
        return answer.status_code, answer.json().get("error")

    with ThreadPoolExecutor(HANDS) as pool:
        outcomes = Counter(pool.map(take, browsers))

    assert outcomes == {(200, None): 1, (409, "already_taken"): 7}
