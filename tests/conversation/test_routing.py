"""The routing table, all of it."""

from __future__ import annotations

import itertools

import pytest

from bot.conversation import Event, IllegalTransition, next_route
from bot.messages import Route

WAYS = {
    ("bot", "asked_for_person"): "waiting",
    ("bot", "ended"): "closed",
    ("waiting", "went_on_alone"): "bot",
    ("waiting", "taken"): "human",
    ("human", "released"): "waiting",
    ("human", "lease_ran_out"): "waiting",
    ("human", "returned_to_bot"): "bot",
    ("human", "ended"): "closed",
    ("closed", "wrote_again"): "bot",
}
PAIRS = [(route, event) for route, event in itertools.product(Route, Event)]


def test_every_pair_of_route_and_event_is_covered_here() -> None:
    """Four routes and eight events are thirty-two pairs, nine of them ways."""
    assert (len(PAIRS), len(WAYS)) == (32, 9)


@pytest.mark.parametrize(("route", "event"), PAIRS, ids=lambda value: value.value)
def test_a_route_follows_an_event_only_by_the_table(route: Route, event: Event) -> None:
    """A way of the design leads where it says, every other pair is refused by name."""
    target = WAYS.get((route.value, event.value))
    if target is not None:
        assert next_route(route, event) is Route(target)
        return
    with pytest.raises(IllegalTransition, match=rf"no way from {route.value} by {event.value}"):
        next_route(route, event)


def test_only_waiting_conversations_are_taken() -> None:
    """There is exactly one way to a human: out of the queue."""
    assert [route for route, event in WAYS if event == "taken"] == ["waiting"]
