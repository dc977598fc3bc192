"""Sign-in attempts are slowed down, never locked."""

from __future__ import annotations

import pytest

from helpline_console.attempts import Attempts, address_prefix, delay_after
from tests.console.world import Clock

DELAYS = [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (1_000_000, 900)]
PREFIXES = [
    ("192.0.2.77", "192.0.2.0"),
    ("2001:db8:1:ff02::5", "2001:db8:1:ff00::"),
    ("testclient", "unknown"),
    (None, "unknown"),
]


@pytest.mark.parametrize(("failures", "seconds"), DELAYS)
def test_the_delay_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    """Five failures are free; then 1 s, 2 s, 4 s … 15 min, and never more."""
    assert delay_after(failures).total_seconds() == seconds
    assert len(DELAYS) == 9


@pytest.mark.parametrize(("host", "prefix"), PREFIXES)
def test_an_address_counts_by_its_network(host: str | None, prefix: str) -> None:
    """/24 of IPv4, /56 of IPv6."""
    assert address_prefix(host) == prefix
    assert len(PREFIXES) == 4


def fail(attempts: Attempts, times: int, login: str = "anna", prefix: str = "home") -> None:
    for _ in range(times):
        attempts.failed(login, prefix)


def test_the_sixth_try_waits_and_is_free_again_after_the_delay() -> None:
    """After five failures one second, then the door is open."""
    clock = Clock()
    attempts = Attempts(clock)
    fail(attempts, 5)

    waits = [attempts.seconds_to_wait("anna", "home")]
    clock.pass_time(seconds=1)
    waits.append(attempts.seconds_to_wait("anna", "home"))

    assert waits == [1, 0]


def test_a_login_is_slowed_down_wherever_the_guesses_come_from() -> None:
    """Guesses at one login from many networks add up, however the login is spelt."""
    attempts = Attempts(Clock())
    for number in range(6):
        attempts.failed("Anna", f"network {number}")

    assert attempts.seconds_to_wait("anna", "another network") == 2


def test_a_network_is_slowed_down_whatever_login_it_guesses() -> None:
    """Guesses at many logins from one network add up."""
    attempts = Attempts(Clock())
    for number in range(6):
        attempts.failed(f"login {number}", "network")

    assert attempts.seconds_to_wait("another login", "network") == 2


def test_a_stranger_cannot_keep_an_operator_out() -> None:
    """Where an operator has signed in before, failures from elsewhere do not count."""
    attempts = Attempts(Clock())
    attempts.succeeded("anna", "home")
    fail(attempts, 50, prefix="far away")

    assert (attempts.seconds_to_wait("anna", "home"), attempts.seconds_to_wait("anna", "far away")) == (0, 900)


def test_guessing_from_the_operators_own_network_is_slowed_down_too() -> None:
    """A place where somebody signed in before is no free field."""
    attempts = Attempts(Clock())
    attempts.succeeded("anna", "home")
    fail(attempts, 7)

    assert attempts.seconds_to_wait("anna", "home") == 4


def test_success_forgets_the_failures() -> None:
    """Who remembers the password at the fifth try starts anew."""
    attempts = Attempts(Clock())
    fail(attempts, 4)
    attempts.succeeded("anna", "home")
    fail(attempts, 4)

    assert attempts.seconds_to_wait("anna", "home") == 0


def test_failures_are_forgotten_after_a_day() -> None:
    """Yesterday's failures do not count."""
    clock = Clock()
    attempts = Attempts(clock)
    fail(attempts, 8)
    clock.pass_time(hours=25)
    fail(attempts, 1)

    assert attempts.seconds_to_wait("anna", "home") == 0
