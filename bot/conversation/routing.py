"""Which route follows which event: the whole table, pure."""

from __future__ import annotations

import enum

from bot.conversation.errors import IllegalTransition
from bot.messages import Route


class Event(str, enum.Enum):
    """What moves a conversation from one route to another."""

    ASKED_FOR_PERSON = "asked_for_person"
    WENT_ON_ALONE = "went_on_alone"
    TAKEN = "taken"
    RELEASED = "released"
    LEASE_RAN_OUT = "lease_ran_out"
    RETURNED_TO_BOT = "returned_to_bot"
    ENDED = "ended"
    WROTE_AGAIN = "wrote_again"


TABLE: dict[tuple[Route, Event], Route] = {
    (Route.BOT, Event.ASKED_FOR_PERSON): Route.WAITING,
    (Route.BOT, Event.ENDED): Route.CLOSED,
    (Route.WAITING, Event.WENT_ON_ALONE): Route.BOT,
    (Route.WAITING, Event.TAKEN): Route.HUMAN,
    (Route.HUMAN, Event.RELEASED): Route.WAITING,
    (Route.HUMAN, Event.LEASE_RAN_OUT): Route.WAITING,
    (Route.HUMAN, Event.RETURNED_TO_BOT): Route.BOT,
    (Route.HUMAN, Event.ENDED): Route.CLOSED,
    (Route.CLOSED, Event.WROTE_AGAIN): Route.BOT,
}
"""Every way there is; a pair that is not here is illegal."""


def next_route(route: Route, event: Event) -> Route:
    """The route that follows; raises IllegalTransition for a pair that the table does not know."""
    try:
        return TABLE[route, event]
    except KeyError:
        raise IllegalTransition(f"no way from {route.value} by {event.value}") from None
