"""Who says no: a denied phrase is not a warning sign, a phrase that denies something itself still is one."""

from __future__ import annotations

import pytest

from bot.redflags.engine import EngineData
from tests.redflags.test_lexicon import recognised

DENIED = [
    ("lv", "Priekšapmaksa nav vajadzīga", "upfront_payment"),
    ("ru", "паспорт никто не забирает", "documents_taken"),
    ("ru", "залог платить не нужно", "upfront_payment"),
    ("uk", "жодних передоплат", "upfront_payment"),
    ("uk", "паспорт ніхто не забирає", "documents_taken"),
]
AFFIRMED = [
    ("lv", "neviens nelaiž ārā no mājas", "movement_restricted"),
    ("ru", "никто не выпускает нас из дома", "movement_restricted"),
    ("uk", "нікуди не випускають з квартири", "movement_restricted"),
    ("ru", "залог 100 евро, не бойтесь", "upfront_payment"),
    # A condition that is denied denies nothing behind it.
    ("uk", "він каже якщо не приїду то викладе фотки", "intimate_images"),
    ("ru", "говорит если не приеду покажет всем интимные фото", "intimate_images"),
]


@pytest.mark.parametrize(("language", "text", "flag"), DENIED)
def test_denied_phrase_is_no_sign(data: EngineData, language: str, text: str, flag: str) -> None:
    """What a text says will not happen is not held against it."""
    assert flag not in recognised(data, language, text)


@pytest.mark.parametrize(("language", "text", "flag"), AFFIRMED)
def test_own_denial_of_a_phrase_counts(data: EngineData, language: str, text: str, flag: str) -> None:
    """A doubled negation, or one in another clause, does not hide a warning sign."""
    assert flag in recognised(data, language, text)


def test_all_cases_were_seen() -> None:
    """The tables above are whole."""
    assert (len(DENIED), len(AFFIRMED)) == (5, 6)
