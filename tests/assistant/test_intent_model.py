"""The intent model: learns from few examples, survives a save, and doubts what it never saw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.assistant.features import BUCKETS, hashed, normalised
from bot.assistant.intent_model import IntentModel, train

TEXTS = ["labdien", "sveiki visiem", "čau", "paldies", "liels paldies jums", "tencinu", "atā", "uz redzēšanos"]
INTENTS = ["greet", "greet", "greet", "thanks", "thanks", "thanks", "goodbye", "goodbye"]


@pytest.fixture(scope="module")
def model() -> IntentModel:
    return train([hashed(text) for text in TEXTS], INTENTS, 1.0)


@pytest.mark.parametrize(("text", "intent"), [("Labdien!", "greet"), ("PALDIES", "thanks"), ("paldeis", "thanks")])
def test_an_example_is_recognised(model: IntentModel, text: str, intent: str) -> None:
    """In any case, and with a typing error."""
    assert model.ranked(hashed(text))[0].name == intent


def test_a_strange_text_has_no_confidence(model: IntentModel) -> None:
    """Nothing of it was seen: all intents have the confidence 0."""
    assert [prediction.confidence for prediction in model.ranked(hashed("щщщ"))] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("text", ["", " ", "🙂", "...", "?", "!!?", "\u2060"])
def test_a_text_without_words_has_no_confidence(model: IntentModel, text: str) -> None:
    """An emoji is no greeting."""
    assert model.ranked(hashed(text))[0].confidence < 0.25


def test_a_saved_model_answers_the_same(model: IntentModel, tmp_path: Path) -> None:
    """And its files hold arrays and names only."""
    model.save(tmp_path)
    loaded = IntentModel.load(tmp_path)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["intents.json", "weights.npz"]
    assert [loaded.ranked(hashed(text)) for text in TEXTS] == [model.ranked(hashed(text)) for text in TEXTS]
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as arrays:
        assert sorted(arrays) == ["bias", "columns", "rarity", "weights"]


def test_words_have_one_spelling() -> None:
    """Latin marks are left out as people do; Cyrillic letters stay themselves."""
    assert normalised("Čau, Ёлка й ЇЖАК 25!") == ["cau", "ёлка", "й", "їжак", "00", "!"]


def test_features_have_length_one() -> None:
    """Long and short texts weigh the same."""
    features = hashed("paldies paldies jums")

    assert sum(weight * weight for weight in features.values()) == pytest.approx(1.0)
    assert all(0 <= bucket < BUCKETS for bucket in features)
