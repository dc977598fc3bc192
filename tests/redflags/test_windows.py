"""Windows: a text in sentences, each judged by itself too."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.redflags.engine import EngineData
from bot.redflags.folding import fold
from bot.redflags.windows import windows


def sentences(data: EngineData, text: str) -> list[str]:
    """The windows of a Latvian text, as words."""
    reading = data.reader.read(fold(text), "lv")
    return [reading.text[start:end] for start, end in windows(reading.tokens)]


CASES = [
    ("", []),
    ("Labdien", ["labdien"]),
    ("Piedāvājam darbu noliktavā Rīgā. Alga divi tūkstoši uz rokas.", ["piedāvājam darbu noliktavā rīgā.", "alga divi tūkstoši uz rokas."]),
    ("Sveiki! Vai šis darbs ir drošs?", ["sveiki! vai šis darbs ir drošs?"]),
    ("Pasi nodod birojā pirmajā dienā\nDzīvošana pie saimnieka", ["pasi nodod birojā pirmajā dienā", "dzīvošana pie saimnieka"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_falls_into_its_sentences(data: EngineData, text: str, expected: list[str]) -> None:
    """Sentences and lines stand alone; one of a word or two stays with the next."""
    assert sentences(data, text) == expected


def test_a_sentence_without_end_is_cut_at_a_clause(data: EngineData) -> None:
    """A hundred clauses without a full stop do not become one window."""
    pieces = sentences(data, "mēs strādājam katru dienu mežā, " * 100)

    assert len(pieces) > 10
    assert max(map(len, pieces)) < 400


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="abc .,!?\nēš1", max_size=300))
def test_windows_hold_every_token_once(data: EngineData, text: str) -> None:
    """Nothing of a text stands outside the windows, and no two windows overlap."""
    tokens = data.reader.read(fold(text), "lv").tokens
    spans = windows(tokens)

    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all(sum(start <= token.start and token.end <= end for start, end in spans) == 1 for token in tokens)
