"""Limits protect capacity; a first message and a cry for help pass all the same."""

from __future__ import annotations

import pytest

from bot.gateway.limits import Limits, Opening, Rate, Rates, network_of
from bot.knowledge import Knowledge
from tests.gateway.installation import Installation
from tests.gateway.test_answers_without_the_assistant import CRIES


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def test_messages_pass_at_one_a_second_with_a_burst_of_five() -> None:
    """Twenty a minute and two hundred an hour hold beside it."""
    clock = Clock()
    limits = Limits(clock)
    passed = 0
    for _ in range(3 * 3_600):
        while limits.message_wait("a") == 0:
            limits.message_received("a")
            passed += 1
        clock.seconds += 1

    assert passed == 600


def test_a_refusal_says_how_long_to_wait() -> None:
    """The sixth message at once has to wait until the first is five seconds old; others are not affected."""
    clock = Clock()
    limits = Limits(clock)
    for _ in range(5):
        limits.message_received("a")
        clock.seconds += 0.5

    assert (limits.message_wait("a"), limits.message_wait("b")) == (2.5, 0.0)


def test_a_network_opens_six_freely_then_tightly_then_none() -> None:
    """Nobody's first words are refused because neighbours wrote before; only a flood is."""
    limits = Limits(Clock())
    openings = [limits.opening("203.0.113.7")[0] for _ in range(61)]

    assert openings == [Opening.FREE] * 6 + [Opening.CROWDED] * 54 + [Opening.REFUSED]
    assert limits.opening("203.0.113.200") == (Opening.REFUSED, 3_600.0)
    assert limits.opening("203.0.114.7") == (Opening.FREE, 0.0)
    assert limits.opening("127.0.0.1") == (Opening.FREE, 0.0)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:22ff::1", "2001:db8:1:2200::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("testclient", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_known_by_their_network_only(address: str | None, network: str | None) -> None:
    """A /24 or a /56; the machine itself has no limit."""
    assert network_of(address) == network


def test_a_flood_is_refused_but_not_a_cry_for_help(installation: Installation, knowledge: Knowledge) -> None:
    """429 with Retry-After; the emergency is stored and answered; the same client id counts once."""
    clock = Clock()
    with installation.running(rates=Rates(message=(Rate(2, 5.0),)), monotonic=clock) as visitor:
        visitor.opens("lv")
        statuses = [visitor.writes(f"Ziņa {number}").status_code for number in range(2)]
        refused = visitor.writes("Ziņa 3")
        cry = visitor.writes(CRIES["lv"])
        visitor.is_settled(installation)
        clock.seconds += 5
        later = visitor.writes("Ziņa 4")
        stored = [message["text"] for message in visitor.reads()["messages"] if message["from"] == "visitor"]
        said = [message["text"] for message in visitor.answers()]

    assert statuses == [201, 201]
    assert (refused.status_code, refused.headers["retry-after"], refused.json()) == (
        429,
        "5",
        {"error": "slow_down", "detail": knowledge.text("lv", "page.error_slow_down")},
    )
    assert (cry.status_code, later.status_code) == (201, 201)
    assert stored == ["Ziņa 0", "Ziņa 1", CRIES["lv"], "Ziņa 4"]
    assert knowledge.text("lv", "system.emergency") in said


def test_a_crowded_network_keeps_its_first_messages(installation: Installation, knowledge: Knowledge) -> None:
    """The first message of a conversation beyond the share is stored; the next one waits; a flood is refused."""
    rates = Rates(opening=Rate(1, 3_600.0), refusal=Rate(2, 3_600.0), crowded=(Rate(1, 60.0),))
    with installation.running(rates=rates) as visitor:
        opened = [visitor.opens("ru", **{"X-Forwarded-For": "203.0.113.7"}).status_code for _ in range(2)]
        first, second = visitor.writes("Первое"), visitor.writes("Второе")
        refused = visitor.opens("ru", **{"X-Forwarded-For": "203.0.113.9", "Accept-Language": "ru"})

    assert opened == [201, 201]
    assert (first.status_code, second.status_code) == (201, 429)
    assert (refused.status_code, refused.json()) == (
        429,
        {"error": "crowded", "detail": knowledge.text("ru", "page.error_crowded")},
    )
    assert knowledge.numbers_block("ru", "emergency") in refused.json()["detail"]
