"""The live connection of an open page, over a real port."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.console.live_server import free_port, serving
from tests.console.test_api import LOCKED_IN, QUESTION
from tests.console.world import PASSWORD, World, said

Event = tuple[str, dict[str, str]]


@pytest.fixture
def live(world: World) -> Iterator[World]:
    port = free_port()
    world.origin = f"http://127.0.0.1:{port}"
    with serving(world.create_app(world.origin), port):
        yield world


@contextmanager
def browser(world: World, login: str = "anna") -> Iterator[httpx.Client]:
    """A browser in which an operator is signed in."""
    with httpx.Client(base_url=world.origin, timeout=20) as client:
        answer = client.post("/api/login", json={"login": login, "password": PASSWORD})
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        yield client


@contextmanager
def listening(client: httpx.Client) -> Iterator[Iterator[str]]:
    """The blocks of the event stream, once it is ready."""
    with client.stream("GET", "/api/events") as answer:
        blocks = split(answer.iter_text())
        assert next(blocks) == "event: ready\ndata: {}"
        yield blocks


def split(pieces: Iterator[str]) -> Iterator[str]:
    rest = ""
    for piece in pieces:
        *blocks, rest = (rest + piece).split("\n\n")
        yield from blocks


def changes(blocks: Iterator[str]) -> Iterator[Event]:
    """Events apart from heartbeats, as kind and data."""
    for block in blocks:
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        if fields["event"] != "alive":
            yield fields["event"], json.loads(fields["data"])


def test_a_new_visitor_is_announced_by_id_and_kind_only(live: World) -> None:
    """No word of the visitor, no alias, no band: the page reads those by itself."""
    with browser(live) as client, listening(client) as blocks:
        conversation_id = live.waiting(LOCKED_IN, language="uk")
        heard = ""
        while '"queue"' not in heard and "event: route" not in heard:
            heard += next(blocks) + "\n\n"

    pattern = (
        r"(event: alive\ndata: \{\}|id: \d+\nevent: (message|route|queue)\ndata: \{\"conversation_id\": \"(.+?)\"\})"
    )
    matches = [re.fullmatch(pattern, block) for block in heard.strip().split("\n\n")]
    assert None not in matches
    assert {match[3] for match in matches if match and match[3]} == {conversation_id}


def test_heartbeats_come_while_nothing_happens(live: World) -> None:
    """The page knows that silence is not a dead line."""
    with browser(live) as client, listening(client) as blocks:
        heard = [next(blocks) for _ in range(3)]

    assert heard == ["event: alive\ndata: {}"] * 3


def test_two_pages_hear_the_same(live: World) -> None:
    """Every operator's queue moves."""
    with browser(live) as one, browser(live, "berta") as other, listening(one) as first, listening(other) as second:
        conversation_id = live.waiting(QUESTION)
        heard = [next(changes(first))[1], next(changes(second))[1]]

    assert heard == [{"conversation_id": conversation_id}] * 2


def test_a_stream_ends_with_its_session(live: World) -> None:
    """Signed out in another tab, or switched off by the administrator: the last event says so and the stream ends."""
    ends = []
    with browser(live) as client, listening(client) as blocks:
        client.post("/api/logout")
        ends.append(list(changes(blocks)))
    with browser(live, "berta") as client, listening(client) as blocks:
        live.operators.switch_off("berta")
        ends.append(list(changes(blocks)))

    assert ends == [[("signed_out", {})], [("signed_out", {})]]


def test_open_streams_hold_no_database_connection(live: World) -> None:
    """Twenty listening pages, and the pool is as empty as with none."""
    with browser(live) as client:
        streams = [client.send(client.build_request("GET", "/api/events"), stream=True) for _ in range(20)]
        first_bytes = [next(stream.iter_raw()) for stream in streams]
        held = live.database.engine.pool.checkedout()  # type: ignore[attr-defined]
        for stream in streams:
            stream.close()

    assert (len(first_bytes), held) == (20, 0)


def test_a_message_on_the_way_is_announced(live: World) -> None:
    """What the visitor writes to my conversation comes as a message event with its id."""
    with browser(live) as client:
        conversation_id = live.waiting(QUESTION)
        client.post("/api/queue/next")
        with listening(client) as blocks:
            live.write(conversation_id, said("Vai kāds lasa?"))
            heard = next(changes(blocks))

    assert heard == ("message", {"conversation_id": conversation_id})
