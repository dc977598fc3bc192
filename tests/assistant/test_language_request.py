"""Which language somebody asks for."""

from __future__ import annotations

import pytest

from bot.assistant.language_request import load_language_names, requested_language
from tests.assistant.conftest import ROOT

NAMES = load_language_names(ROOT / "nlu_data")

REQUESTS = [
    ("Vai var krieviski?", "ru"),
    ("latviski lūdzu", "lv"),
    ("Vai ukraiņu valodā runājat", "uk"),
    ("можно на латышском", "lv"),
    ("давайте по-украински", "uk"),
    ("українською будь ласка", "uk"),
    ("перейдіть на російську", "ru"),
    ("mozhno po russki", "ru"),
    ("LV", "lv"),
    ("не по-русски, а українською", "uk"),
    ("pārslēdzieties", "lv"),
]


@pytest.mark.parametrize(("text", "language"), REQUESTS)
def test_a_request_names_a_language(text: str, language: str) -> None:
    """The language named last; without a name, the one it is written in."""
    assert requested_language(text, NAMES, "lv") == language
