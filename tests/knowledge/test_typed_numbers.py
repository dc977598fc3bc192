"""What is taken for a phone number in a text."""

from __future__ import annotations

import pytest

from bot.knowledge.typed_numbers import typed_numbers

KNOWN = frozenset({"527", "112"})

PHONES = ["+371 28612120", "28612120", "67 37 85 39", "112", "116123", "116 123", "0800 505 501", "527", "+4 5"]
NOT_PHONES = ["180 dienas", "58(6)", "2026-11-22", "22.11.2026", "24 stundas", "1 500 eiro", "S0", "18–25", "2021–2023"]


@pytest.mark.parametrize("text", PHONES)
def test_a_phone_number_is_found(text: str) -> None:
    """Whatever its spelling."""
    assert typed_numbers(f"zvaniet {text} tagad", KNOWN) == [text]


@pytest.mark.parametrize("text", NOT_PHONES)
def test_other_numbers_are_left_alone(text: str) -> None:
    """Days, sums, dates and paragraphs may be typed."""
    assert typed_numbers(f"ir {text} tagad", KNOWN) == []
