"""The engine's contract: any text gets an answer, offsets are sound, nothing is said twice."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.redflags import KINDS, RISKS, Assessment, RedFlag
from bot.redflags.engine import Engine

ANY_TEXT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_sound(text: str, assessment: Assessment) -> bool:
    """Every word of the contract holds for the assessment of the text."""
    spans = all(
        0 <= flag.start < flag.end <= len(text) and text[flag.start : flag.end] == flag.evidence
        for flag in assessment.flags
    )
    once = len({flag.id for flag in assessment.flags}) == len(assessment.flags)
    words = assessment.language in {"lv", "ru", "uk"} and assessment.kind in KINDS and assessment.risk in RISKS
    return spans and once and words


@ANY_TEXT
@given(text=st.text(max_size=400))
def test_any_text_is_answered(engine: Engine, text: str) -> None:
    """No text raises, and every piece of evidence is a piece of the text."""
    assert is_sound(text, engine.assess(text))


@ANY_TEXT
@given(text=st.text(alphabet="паспорт залог 150€ jāmaksā\u200b\u0336Ээ.,\n0", max_size=200))
def test_texts_of_telling_letters_are_answered(engine: Engine, text: str) -> None:
    """The same for texts that come near to phrases, amounts and disguises."""
    assert is_sound(text, engine.assess(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "…",
        "👍",
        "\u200b",
        "\ud800",
        "\U00017600",
        "паспорт\U00017600",
        "а" * 100_000,
        "1 " * 50_000,
        "\u0336" * 5_000,
        "🚩" * 4_000,
        "a🚩" * 4_000,
    ],
)
def test_odd_texts_are_answered(engine: Engine, text: str) -> None:
    """Empty, enormous and broken texts get an answer like any other."""
    assert is_sound(text, engine.assess(text))


OFFERS = [
    ("lv", "Pirms izbraukšanas jāiemaksā 200 eiro par vietu, pasi ierodoties nodod birojam.", {"upfront_payment", "documents_taken"}),
    ("lv", "Pirms izbrauksanas jaiemaksa 200 eiro par vietu, pasi ierodoties nodod birojam.", {"upfront_payment", "documents_taken"}),
    ("ru", "Залог 150 евро за место, паспорт сдаёте координатору.", {"upfront_payment", "documents_taken"}),
    ("ru", "П а с п о р т сдаёте координатору", {"documents_taken"}),
    ("uk", "Паспорт забирає водій, за місце завдаток 100 євро.", {"upfront_payment", "documents_taken"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "flags"), OFFERS)
def test_plain_dangers_are_seen_in_every_language(engine: Engine, language: str, text: str, flags: set[str]) -> None:
    """An open demand for money and the passport raises the highest risk, in the visitor's own words."""
    assessment = engine.assess(text)

    assert (assessment.language, assessment.risk) == (language, "high")
    assert flags <= {flag.id for flag in assessment.flags}


@pytest.mark.parametrize(
    ("text", "is_disguised"),
    [
        ("П а с п о р т сдаёте координатору, з а л о г 150 евро", True),
        ("Pa\u200bsi no\u200bdod bir\u200bojam", True),
        ("Паспорт сдаёте координатору, залог 150 евро", False),
        ("Pasi nodod birojam, 2-3 dienas!!!", False),
    ],
)
def test_a_text_that_hides_its_words_is_called_disguised(engine: Engine, text: str, is_disguised: bool) -> None:
    """The object of contract 3.1 says so only where it is so, and reads as it was written."""
    assessment = engine.assess(text)
    plain = json.loads(json.dumps(assessment.as_json()))

    assert (assessment.is_disguised, plain.get("disguised", False)) == (is_disguised, is_disguised)
    assert Assessment.from_json(plain) == assessment


@pytest.mark.parametrize(
    "text",
    [
        "Palīdziet, mani ieslēdza dzīvoklī un nelaiž ārā!",
        "Меня заперли в квартире и бьют, помогите",
        "допоможіть, мене замкнули і не випускають",
    ],
)
def test_cry_for_help_is_an_emergency(engine: Engine, text: str) -> None:
    """Somebody locked in now is told of 112 first."""
    assert engine.assess(text).emergency


@pytest.mark.parametrize("text", ["Pirms", "Labdien", "ok", "меню", "добрий день", "Starp mums"])
def test_a_word_or_two_alarm_nobody(engine: Engine, text: str) -> None:
    """Where no phrase stands the model does not guess from a few letters."""
    assessment = engine.assess(text)

    assert (assessment.risk, assessment.emergency, assessment.flags) == ("none", False, ())


def test_language_can_be_given(engine: Engine) -> None:
    """The visitor's choice wins over what the letters say; an unknown language is ignored."""
    assert engine.assess("ok", "uk").language == "uk"
    assert engine.assess("Добрий день, підкажіть", "xx").language == "uk"


def test_assessment_survives_json(engine: Engine) -> None:
    """What is stored sealed and read again is the same."""
    assessment = engine.assess(OFFERS[0][1])

    assert Assessment.from_json(json.loads(json.dumps(assessment.as_json()))) == assessment


def test_json_has_the_words_of_the_contract() -> None:
    """The object that other programs read."""
    flag = RedFlag("minor", "critical", 0, 2, "16")

    assert Assessment("lv", "other", "low", False, (flag,)).as_json() == {
        "language": "lv",
        "kind": "other",
        "risk": "low",
        "emergency": False,
        "flags": [{"id": "minor", "strength": "critical", "start": 0, "end": 2, "evidence": "16"}],
    }
