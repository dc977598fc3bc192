"""The breaker before the assistant."""

from __future__ import annotations

from bot.gateway.breaker import Breaker
from tests.gateway.test_limits import Clock


def failing(breaker: Breaker, clock: Clock, *pauses: float) -> None:
    """Failures with these pauses before each."""
    for pause in pauses:
        clock.seconds += pause
        breaker.failed()


def test_three_failures_within_thirty_seconds_open_it_for_fifteen() -> None:
    """Then one caller may try, and the others wait for what becomes of it."""
    clock = Clock()
    breaker = Breaker(clock)
    failing(breaker, clock, 0, 10, 10)

    assert (breaker.is_open, breaker.allows()) == (True, False)
    clock.seconds += 15
    assert (breaker.allows(), breaker.allows()) == (True, False)
    breaker.succeeded()
    assert (breaker.allows(), breaker.allows()) == (True, True)


def test_a_failed_attempt_opens_it_again() -> None:
    """One failure is enough then."""
    clock = Clock()
    breaker = Breaker(clock)
    failing(breaker, clock, 0, 0, 0, 15)

    assert breaker.is_open


def test_rare_failures_do_not_open_it() -> None:
    """Three within more than thirty seconds, or with a success between them."""
    clock = Clock()
    rare, mixed = Breaker(clock), Breaker(clock)
    failing(rare, clock, 0, 16, 16)
    failing(mixed, clock, 0, 0)
    mixed.succeeded()
    failing(mixed, clock, 0)

    assert (rare.is_open, mixed.is_open) == (False, False)
