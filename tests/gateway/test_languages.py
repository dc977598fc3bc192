"""Which language a visitor is answered in."""

from __future__ import annotations

from bot.gateway.languages import SpokenLanguages

LATVIAN_OFFER = "Darbs noliktavā Vācijā, dzīvošana nodrošināta."
RUSSIAN_WORDS = "Скажите, пожалуйста, что это значит?"


def test_own_words_decide_and_pasted_offers_do_not() -> None:
    """Somebody who pastes a Latvian offer first and then asks in Russian goes on in Russian."""
    spoken = SpokenLanguages()
    first = spoken.decide("a", None, LATVIAN_OFFER, "lv", "job_offer")
    second = spoken.decide("a", first, RUSSIAN_WORDS, "ru", "question")
    third = spoken.decide("a", second, LATVIAN_OFFER, "lv", "job_offer")

    assert (first, second, third) == ("lv", "ru", "ru")


def test_one_sentence_in_another_language_changes_nothing_yet() -> None:
    """Somebody who speaks Ukrainian may quote or borrow; two messages in a row are a wish."""
    spoken = SpokenLanguages()
    messages = [
        ("Доброго дня, хочу запитати про роботу", "uk"),
        (RUSSIAN_WORDS, "ru"),
        ("Дякую, зрозуміло, а що робити далі", "uk"),
        (RUSSIAN_WORDS, "ru"),
        (RUSSIAN_WORDS, "ru"),
    ]
    stored, answered = None, []
    for text, detected in messages:
        stored = spoken.decide("a", stored, text, detected, "question")
        answered.append(stored)

    assert answered == ["uk", "uk", "uk", "uk", "ru"]


def test_a_short_word_changes_nothing() -> None:
    """ "да" is a word of two languages."""
    spoken = SpokenLanguages()
    first = spoken.decide("a", None, "Доброго дня, маю запитання", "uk", "question")

    assert spoken.decide("a", first, "да", "ru", "other") == "uk"


def test_the_browser_decides_about_first_words_that_are_too_short() -> None:
    """A greeting has too few letters to tell; its alphabet must fit what the browser says."""
    spoken = SpokenLanguages()
    for name, wished in (("a", "lv"), ("b", "uk"), ("c", "lv"), ("d", "uk"), ("e", "lv")):
        spoken.expect(name, wished)

    assert spoken.decide("a", None, "Labdien!", "uk", "other") == "lv"
    assert spoken.decide("b", None, "так", "ru", "other") == "uk"
    assert spoken.decide("c", None, "привет", "ru", "other") == "ru"
    assert spoken.decide("d", None, "Labdien!", "lv", "other") == "lv"
    assert spoken.decide("e", None, RUSSIAN_WORDS, "ru", "question") == "ru"
    assert spoken.decide("nobody", None, "labi", "lv", "other") == "lv"


def test_a_choice_is_kept_whatever_is_written() -> None:
    """Stored, but not by us: chosen. The same after a change of mind back to the detected one."""
    spoken = SpokenLanguages()
    spoken.decide("a", None, RUSSIAN_WORDS, "ru", "question")
    spoken.forget("a")

    assert spoken.decide("a", "ru", LATVIAN_OFFER * 3, "lv", "other") == "ru"
    assert spoken.decide("b", "uk", RUSSIAN_WORDS, "ru", "question") == "uk"


def test_only_so_many_conversations_are_remembered() -> None:
    """A forgotten one keeps the language it had."""
    spoken = SpokenLanguages(size=2)
    for name in "abc":
        spoken.decide(name, None, RUSSIAN_WORDS, "ru", "question")

    assert spoken.decide("a", "ru", LATVIAN_OFFER, "lv", "other") == "ru"
    assert [spoken.decide("c", "ru", LATVIAN_OFFER, "lv", "other") for _ in range(2)] == ["ru", "lv"]
