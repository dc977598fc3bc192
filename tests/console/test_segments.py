"""Messages cut into segments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.redflags import RedFlag
from helpline_console.segments import Segment, cut


def flag(flag_id: str, text: str, start: int, end: int) -> RedFlag:
    return RedFlag(flag_id, "strong", start, end, text[start:end])


def test_a_message_without_flags_is_one_segment() -> None:
    """Nothing to mark: the text as it is."""
    assert cut("Labdien!", ()) == (Segment("Labdien!"),)


def test_an_empty_message_has_no_segments() -> None:
    """No text, nothing to show."""
    assert cut("", ()) == ()


def test_evidence_is_a_segment_of_its_own() -> None:
    """The words before, the evidence, the words after."""
    text = "Vispirms iemaksā 150 eiro, tad līgums."

    assert cut(text, [flag("upfront_payment", text, 9, 25)]) == (
        Segment("Vispirms "),
        Segment("iemaksā 150 eiro", ("upfront_payment",)),
        Segment(", tad līgums."),
    )


def test_a_piece_under_two_flags_names_both() -> None:
    """Overlapping evidence loses neither flag."""
    text = "abcdef"

    assert cut(text, [flag("one", text, 0, 4), flag("two", text, 2, 6)]) == (
        Segment("ab", ("one",)),
        Segment("cd", ("one", "two")),
        Segment("ef", ("two",)),
    )


def test_offsets_are_code_points() -> None:
    """An emoji is one character here, though a browser counts two."""
    text = "💰💰 5000 € 💰"

    assert cut(text, [flag("pay_too_good", text, 3, 9)]) == (
        Segment("💰💰 "),
        Segment("5000 €", ("pay_too_good",)),
        Segment(" 💰"),
    )


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=5))
def test_no_character_is_lost_whatever_the_flags(text: str, edges: list[tuple[int, int]]) -> None:
    """Flags that lie outside, are empty or run backwards never change what was written."""
    flags = [RedFlag(f"flag{place}", "weak", start, end, "") for place, (start, end) in enumerate(edges)]

    assert "".join(segment.text for segment in cut(text, flags)) == text
