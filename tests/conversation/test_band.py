"""How soon a person must look."""

from __future__ import annotations

import itertools

import pytest

from bot.conversation import band_of
from bot.conversation.band import more_urgent
from bot.messages import Band
from bot.redflags.assessment import KINDS, RISKS, Assessment, RedFlag

FLAG = RedFlag("secrecy", "strong", 0, 1, "x")

CASES = [
    (Assessment("lv", "other", "none", True), False, Band.RED),
    (Assessment("lv", "job_offer", "high", True, (FLAG,)), False, Band.RED),
    (Assessment("lv", "job_offer", "high", False, (FLAG,)), False, Band.ORANGE),
    (Assessment("lv", "job_offer", "medium", False, (FLAG,)), False, Band.YELLOW),
    (Assessment("lv", "in_trouble", "low", False, (FLAG,)), False, Band.YELLOW),
    (Assessment("lv", "third_party", "none", False, (FLAG,)), False, Band.YELLOW),
    (Assessment("lv", "in_trouble", "none", False), False, Band.GREY),
    (Assessment("lv", "in_trouble", "none", False), True, Band.YELLOW),
    (Assessment("lv", "question", "none", False), True, Band.GREY),
    (Assessment("lv", "job_offer", "low", False, (FLAG,)), False, Band.GREY),
]


@pytest.mark.parametrize(("assessment", "wants_person", "band"), CASES)
def test_the_band_follows_the_assessment(assessment: Assessment, wants_person: bool, band: Band) -> None:
    """Emergency is red, high risk orange, something to check or somebody's own trouble yellow, the rest grey."""
    assert band_of(assessment, wants_person) is band


def test_an_emergency_is_red_whatever_else_is_found() -> None:
    """No kind or risk makes an emergency less urgent."""
    bands = [band_of(Assessment("lv", kind, risk, True)) for kind, risk in itertools.product(KINDS, RISKS)]
    assert bands == [Band.RED] * 28


def test_the_more_urgent_band_wins_both_ways_round() -> None:
    """The order of the arguments does not matter."""
    pairs = list(itertools.product(Band, Band))
    assert len(pairs) == 16
    order = list(Band)
    assert [more_urgent(a, b) for a, b in pairs] == [order[min(order.index(a), order.index(b))] for a, b in pairs]
