"""Messages as they come: server-sent events."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from bot.gateway.events import Patience
from tests.gateway.installation import Installation, Visitor, eventually


@contextmanager
def events(visitor: Visitor, **headers: str) -> Iterator[Iterator[tuple[str, str, Any]]]:
    """An open stream: (event, id, data) as they come; comments as ("", "", text)."""
    path = headers.pop("path", "/v1/events")
    with visitor.http.stream("GET", path, headers=visitor.headers | headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield parsed(response)


def parsed(response: httpx.Response) -> Iterator[tuple[str, str, Any]]:
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if line.startswith(":"):
            yield "", "", line[1:].strip()
        elif line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif fields:
            yield fields["event"], fields.get("id", ""), json.loads(fields["data"])
            fields = {}


def heard(stream: Iterator[tuple[str, str, Any]], event: str) -> tuple[str, str, Any]:
    """The next event of one kind."""
    return next(item for item in stream if item[0] == event)


def test_messages_come_as_they_are_written(visitor: Visitor, installation: Installation) -> None:
    """The visitor's own, the assistant's, the operator's, and every change of who answers."""
    visitor.opens("lv")
    with events(visitor) as stream:
        first = heard(stream, "route")
        visitor.writes("Labdien!")
        own, answer = heard(stream, "message"), heard(stream, "message")
        visitor.post("/v1/handoff")
        waiting = heard(stream, "route")
        (entry,) = installation.desk.waiting()
        installation.desk.take("operator-1", entry.id)
        human = heard(stream, "route")
        installation.desk.write("operator-1", entry.id, str(uuid.uuid4()), "Klausos.")
        operator = next(item for item in stream if item[0] == "message" and item[2]["from"] == "operator")

    assert [item[2] for item in (first, waiting, human)] == [{"route": "bot"}, {"route": "waiting"}, {"route": "human"}]
    assert [(item[1], item[2]["from"]) for item in (own, answer)] == [("1", "visitor"), ("2", "assistant")]
    assert operator[2]["text"] == "Klausos."
    assert answer[2] == visitor.reads()["messages"][1]


@pytest.mark.parametrize("how", ["after", "last-event-id"])
def test_a_stream_resumes_where_the_last_one_stopped(visitor: Visitor, how: str) -> None:
    """By the query of the page, or by the header of a browser's own event source."""
    visitor.opens("lv")
    visitor.writes("Labdien!")
    visitor.answers()
    place = {"path": "/v1/events?after=1"} if how == "after" else {"Last-Event-ID": "1"}
    with events(visitor, **place) as stream:
        message = heard(stream, "message")

    assert message[1] == "2"


@pytest.mark.parametrize("way", ["the page", "the chat"])
def test_a_stream_ends_with_its_conversation(visitor: Visitor, way: str) -> None:
    """Another window learns at once that everything was deleted."""
    visitor.opens("lv")
    with events(visitor) as stream:
        heard(stream, "route")
        if way == "the page":
            visitor.deletes()
        else:
            visitor.writes("/delete")
        rest = [item[0] for item in stream if item[0] not in ("", "message")]

    assert rest == ["gone"]


def test_a_quiet_stream_beats_and_ends(installation: Installation) -> None:
    """Heartbeats keep proxies from closing it; it ends by itself and the page opens the next one."""
    with installation.running(patience=Patience(heartbeat_seconds=0.05, stream_seconds=0.4)) as visitor:
        visitor.opens("lv")
        with events(visitor) as stream:
            kinds = [(item[0], item[2]) for item in stream]

    assert kinds[:2] == [("", "connected"), ("route", {"route": "bot"})]
    assert set(kinds[2:]) == {("", "")}


def test_open_streams_hold_no_connection(visitor: Visitor, installation: Installation) -> None:
    """Hundreds of open pages must not keep the next message from being stored."""
    visitor.opens("lv")
    with events(visitor) as one, events(visitor) as two, events(visitor) as three:
        for stream in (one, two, three):
            heard(stream, "route")
        eventually(lambda: installation.database.engine.pool.checkedout() == 0)  # type: ignore[attr-defined]

        assert "karogs_event_streams 3" in visitor.http.get("/metrics").text
    eventually(lambda: visitor.writes("Labdien!").status_code == 201)


def test_a_conversation_has_a_few_streams_at_most(visitor: Visitor) -> None:
    """The fifth one is asked to wait."""
    visitor.opens("lv")
    with events(visitor), events(visitor), events(visitor), events(visitor):
        fifth = visitor.http.get("/v1/events", headers=visitor.headers)

    assert (fifth.status_code, fifth.json()["error"], fifth.headers["retry-after"]) == (429, "slow_down", "10")
