"""Folding: one plain spelling for every disguise, with the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.redflags.folding import fold

DISGUISES = {
    "Д е в y ш к и": "девушки",
    "Э-с-к-0-р-т": "эскорт",
    "Цюриx": "цюрих",
    "1ООО€": "1000€",
    "Kyплю": "куплю",
    "н1pкy": "нирку",
    "зелёный корид0р": "зеленый коридор",
    "de\u200bpo\u200bzīts": "depozīts",
    "p\u00ada\u00adse": "pase",
    "te\u0304rps": "tērps",
    "сроооочно": "срочно",
    "ＤＡＲＢＳ": "darbs",
    "м’ясо": "м'ясо",
    "\u202eкотрокск\u202c": "кскорток",
    "n\u0336a\u0336u\u0336d\u0336a\u0336": "nauda",
    "dаrbs": "darbs",
}

UNTOUCHED = [
    "24/7 b1 18-25 2x2 100eur",
    "14 4asov",
    "jāpārskaita 180 eiro par vietu",
    "об'єднання їжак ґанок",
    "e-pasts info@example.com",
]


@pytest.mark.parametrize(("disguised", "plain"), DISGUISES.items())
def test_disguise_is_undone(disguised: str, plain: str) -> None:
    """A disguised word reads as the word it hides."""
    assert fold(disguised).text == plain


def test_all_disguises_were_seen() -> None:
    """The two lists above are not empty by mistake."""
    assert (len(DISGUISES), len(UNTOUCHED)) == (16, 5)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_text_stays(text: str) -> None:
    """Text without a disguise is not changed and not called disguised."""
    folded = fold(text)

    assert (folded.text, folded.disguise) == (text, 0)


def test_every_disguise_is_counted() -> None:
    """Three hidden words count as three."""
    assert fold("Kyплю н1pкy сегодня, цeна").disguise == 3


@given(st.text(max_size=300))
def test_origin_points_into_the_text(text: str) -> None:
    """Each folded character knows a place of the original; the folded text is bounded."""
    folded = fold(text)

    assert len(folded.text) == len(folded.origin)
    assert all(0 <= place < len(text) for place in folded.origin)
    assert len(folded.text) <= 18 * len(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_folding_is_stable(text: str) -> None:
    """Folded text folds to itself, apart from what only became visible by folding once."""
    twice = fold(fold(text).text).text

    assert fold(twice).text == fold(fold(twice).text).text
