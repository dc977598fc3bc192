"""What a message wants: the rules that stand above the classifier."""

from __future__ import annotations

import pytest

from bot.assistant.choosing import TOPIC_FROM, TOPIC_SURE_FROM, near_topics, topic_of
from bot.assistant.deciding import Told, decide
from bot.assistant.prediction import Prediction
from bot.redflags.assessment import Assessment, RedFlag


def assessment(
    kind: str, risk: str = "none", flags: int = 0, *, emergency: bool = False, flag: str = "flag"
) -> Assessment:
    found = tuple(RedFlag(flag, "strong", 0, 1, "x") for _ in range(flags))
    return Assessment("lv", kind, risk, emergency, found)


CASES = [
    # An emergency overrides everything.
    ("thanks", 0.99, assessment("other", "high", emergency=True), 30, "emergency"),
    ("check_offer", 0.99, assessment("job_offer", "high", 3, emergency=True), 900, "emergency"),
    # What was clearly asked for is done.
    ("want_person", 0.8, assessment("in_trouble", "high", 2), 60, "want_person"),
    ("delete_data", 0.8, assessment("job_offer", "medium", 1), 40, "delete_data"),
    # A pasted offer is checked whatever it looks like to the classifier.
    ("greet", 0.95, assessment("job_offer", "none"), 600, "check_offer"),
    ("off_topic", 0.95, assessment("dating", "medium", 1), 90, "check_offer"),
    ("ask_number", 0.95, assessment("help_offer", "low", 2), 90, "check_offer"),
    ("want_person", 0.95, assessment("job_offer", "none"), 600, "check_offer"),
    # An offer with several signs is no cry for help, whatever words it has.
    ("in_trouble", 0.9, assessment("job_offer", "high", 3), 160, "check_offer"),
    ("in_trouble", 0.9, assessment("dating", "high", 3), 85, "in_trouble"),
    ("in_trouble", 0.9, assessment("in_trouble", "high", 3), 160, "in_trouble"),
    # A cry for help is never small talk, and the talk about a person is not an offer.
    ("off_topic", 0.9, assessment("in_trouble", "high", 1), 60, "in_trouble"),
    ("check_offer", 0.9, assessment("third_party", "medium", 1), 400, "worried_about_someone"),
    ("worried_about_someone", 0.3, assessment("other", "high", 1), 30, "worried_about_someone"),
    # A question that holds a warning sign is about that sign, unless it clearly asks for something else.
    ("affirm", 0.5, assessment("question", "medium", 1), 70, "check_offer"),
    ("ask_rights", 0.8, assessment("question", "medium", 1), 70, "ask_rights"),
    ("off_topic", 0.2, assessment("other", "high", 1, flag="threats"), 10, "in_trouble"),
    # A row of letters that means nothing is no insult.
    ("abuse", 0.49, assessment("other"), 12, "nlu_fallback"),
    ("abuse", 0.5, assessment("other"), 12, "abuse"),
    # A person is called for who clearly asks, and offered to who may have asked.
    ("want_person", 0.5, assessment("other"), 20, "want_person"),
    ("want_person", 0.49, assessment("other"), 20, "maybe_person"),
    # Else the classifier's word counts, and nobody's when it is not sure.
    ("thanks", 0.7, assessment("other"), 10, "thanks"),
    ("thanks", 0.1, assessment("other"), 10, "nlu_fallback"),
    ("thanks", 0.1, assessment("in_trouble"), 10, "nlu_fallback"),
    ("thanks", 0.1, assessment("in_trouble", "low", 1), 10, "in_trouble"),
    ("thanks", 0.1, assessment("job_offer"), 20, "nlu_fallback"),
    ("thanks", 0.1, assessment("job_offer"), 90, "check_offer"),
]


TOLD = [
    # A short honest advertisement is checked though it names a contract; a question that reads like one is answered.
    ("check_offer", 0.5, assessment("job_offer"), 110, Told(topic="written_contract"), "check_offer"),
    ("ask_rights", 0.5, assessment("job_offer", "medium"), 40, Told(topic="service_180"), "ask_rights"),
    ("check_offer", 0.5, assessment("help_offer"), 90, Told(topic="refugee_lodging", asks=True), "situation"),
    # Trouble that is named is no advertisement; a right asked about is answered unless the danger is great.
    ("check_offer", 0.5, assessment("dating"), 77, Told(topic="far_partner"), "situation"),
    ("check_offer", 0.5, assessment("dating", "medium", 1), 77, Told(topic="far_partner"), "check_offer"),
    (
        "help",
        0.4,
        assessment("in_trouble", "medium", 1),
        60,
        Told(topic="help_without_police", asks=True),
        "ask_rights",
    ),
    ("help", 0.4, assessment("in_trouble", "high", 1), 60, Told(topic="help_without_police", asks=True), "in_trouble"),
    # A short question that surely is talk is no offer, whatever signs its words seem to show.
    ("is_it_anonymous", 0.9, assessment("job_offer", "medium", 1), 25, Told(asks=True), "is_it_anonymous"),
    ("is_it_anonymous", 0.9, assessment("job_offer", "medium", 1), 90, Told(asks=True), "check_offer"),
    # Words that mean something may be answered on a weaker guess, where the answer does no harm.
    ("in_trouble", 0.26, assessment("other"), 26, Told(speaks=True), "in_trouble"),
    ("in_trouble", 0.26, assessment("other"), 26, Told(), "nlu_fallback"),
    ("thanks", 0.26, assessment("other"), 26, Told(speaks=True), "nlu_fallback"),
    # Words that mean something and read like trouble are taken for it without a sign.
    ("no_reply", 0.2, assessment("in_trouble"), 25, Told(speaks=True), "in_trouble"),
    ("no_reply", 0.2, assessment("in_trouble"), 25, Told(), "nlu_fallback"),
    # Who fears for somebody that is held fears for somebody else.
    (
        "worried_about_someone",
        0.8,
        assessment("third_party", "high", 1, flag="movement_restricted"),
        90,
        Told(topic="hours_and_rest"),
        "worried_about_someone",
    ),
    # What was told before was told with its danger: the next question is answered.
    ("affirm", 0.9, assessment("job_offer", "high", 2), 50, Told(topic="sent_documents", follows=True), "situation"),
    ("affirm", 0.9, assessment("job_offer", "high", 2), 60, Told(topic="may_i_go"), "check_offer"),
    # A calm question is no cry for help, and no worry about somebody else.
    ("in_trouble", 0.9, assessment("question"), 50, Told(topic="trial_period"), "situation"),
    ("worried_about_someone", 0.5, assessment("third_party"), 50, Told(topic="friend_is_happy"), "situation"),
    ("worried_about_someone", 0.5, assessment("third_party"), 50, Told(topic="friend"), "worried_about_someone"),
    # So is one in a few words without its mark.
    ("check_offer", 0.5, assessment("job_offer"), 41, Told(topic="service_180"), "ask_rights"),
    ("check_offer", 0.5, assessment("job_offer"), 25, Told(topic="friend"), "situation"),
    # Another offer is checked, however little it says, unless a person or the deletion was asked for.
    ("affirm", 0.9, assessment("job_offer"), 50, Told(turns=True), "check_offer"),
    ("want_person", 0.9, assessment("other"), 50, Told(turns=True), "want_person"),
    # After questions for the recruiter the next words are the answer, unless they clearly speak to the assistant.
    ("deny", 0.5, assessment("job_offer", "high", 1), 60, Told(awaits_reply=True), "their_answer"),
    ("nlu_fallback", 0.1, assessment("other"), 30, Told(awaits_reply=True), "their_answer"),
    ("thanks", 0.8, assessment("other"), 10, Told(awaits_reply=True), "thanks"),
    ("thanks", 0.8, assessment("job_offer", "high", 3), 900, Told(awaits_reply=True), "their_answer"),
    ("want_person", 0.8, assessment("other"), 20, Told(awaits_reply=True), "want_person"),
    ("no_reply", 0.8, assessment("other"), 20, Told(awaits_reply=True), "no_reply"),
    (
        "deny",
        0.4,
        assessment("in_trouble", "high", 1, flag="movement_restricted"),
        40,
        Told(awaits_reply=True),
        "in_trouble",
    ),
    ("in_trouble", 0.9, assessment("job_offer", "high", 1), 90, Told(awaits_reply=True), "their_answer"),
    ("in_trouble", 0.9, assessment("in_trouble"), 30, Told(corrects=True), "correct"),
    ("in_trouble", 0.9, assessment("in_trouble", "high", 1), 30, Told(corrects=True), "in_trouble"),
    # What takes something back is a correction, whatever it looks like; danger comes first.
    ("in_trouble", 0.5, assessment("in_trouble", "high", 1), 30, Told(corrects=True), "correct"),
    ("check_offer", 0.9, assessment("job_offer", "high", emergency=True), 30, Told(corrects=True), "emergency"),
    # A situation that is named is answered, unless it stands in an offer, or a person is clearly asked for.
    ("off_topic", 0.5, assessment("other"), 30, Told(topic="suicide"), "situation"),
    ("ask_rights", 0.9, assessment("question"), 30, Told(topic="afraid_of_police"), "situation"),
    ("want_person", 0.9, assessment("other"), 30, Told(topic="suicide"), "want_person"),
    ("in_trouble", 0.9, assessment("in_trouble", "high", 1), 30, Told(topic="unpaid_wages"), "in_trouble"),
    ("off_topic", 0.5, assessment("in_trouble", "high", 1, flag="threats"), 30, Told(topic="debt"), "in_trouble"),
    ("check_offer", 0.5, assessment("job_offer", "high", 2), 90, Told(topic="debt"), "check_offer"),
    ("off_topic", 0.9, assessment("other"), 300, Told(topic="debt"), "off_topic"),
    # A right only where nothing else was clearly asked for.
    ("ask_rights", 0.9, assessment("question"), 30, Told(topic="minimum_wage"), "ask_rights"),
    ("off_topic", 0.5, assessment("question"), 30, Told(topic="minimum_wage"), "ask_rights"),
    ("ask_licence", 0.9, assessment("question"), 30, Told(topic="agency_licence"), "ask_licence"),
    # Who only says in which country they are gets its numbers.
    ("off_topic", 0.3, assessment("other"), 14, Told(tells_place=True), "ask_number"),
    ("off_topic", 0.3, assessment("other"), 14, Told(names_place=True), "ask_number"),
    ("greet", 0.8, assessment("other"), 14, Told(names_place=True), "greet"),
    ("in_trouble", 0.8, assessment("in_trouble"), 20, Told(tells_place=True), "ask_number"),
    ("in_trouble", 0.8, assessment("in_trouble", "high", 1), 20, Told(tells_place=True), "in_trouble"),
    ("thanks", 0.8, assessment("other"), 40, Told(tells_place=True), "thanks"),
]


@pytest.mark.parametrize(("intent", "confidence", "found", "length", "told", "expected"), TOLD)
def test_the_story_decides_before_the_classifier(  # noqa: PLR0917
    intent: str, confidence: float, found: Assessment, length: int, told: Told, expected: str
) -> None:
    """What was said before says what a message is."""
    assert decide(intent, confidence, found, length, told) == expected


def test_the_cases_are_all_here() -> None:
    """A case that disappears is noticed."""
    assert (len(CASES), len(TOLD)) == (27, 52)


@pytest.mark.parametrize(("intent", "confidence", "found", "length", "expected"), CASES)
def test_a_message_is_decided(intent: str, confidence: float, found: Assessment, length: int, expected: str) -> None:
    """Engine first, then length, then the classifier."""
    assert decide(intent, confidence, found, length) == expected


def test_the_topic_is_a_grave_one_that_is_named_else_what_the_examples_show() -> None:
    """What they show surely comes before a phrase, what they hardly show behind it; nothing is as good as no guess."""
    talk = Prediction("check_offer", 0.9)

    def topic(named: str | None, guessed: str, confidence: float, intent: Prediction = talk) -> str | None:
        return topic_of("three words here", named, Prediction(guessed, confidence), intent)

    assert topic("suicide", "need_money", 0.9) == "suicide"
    assert topic("paid_already", "money_back", 0.9) == "paid_already"  # what has happened is no mere question
    assert topic("documents_kept", "sent_documents", TOPIC_SURE_FROM) == "sent_documents"
    assert topic("documents_kept", "sent_documents", TOPIC_FROM) == "documents_kept"
    assert topic(None, "sent_documents", TOPIC_FROM) == "sent_documents"
    assert topic(None, "sent_documents", TOPIC_FROM / 2) is None
    assert topic("friend", "none", 0.9) == "friend"
    assert topic(None, "where_to_go", 0.9, Prediction("ask_number", 0.6)) is None
    assert topic(None, "where_to_go", 0.9, Prediction("guided_check", 0.5)) == "where_to_go"
    assert topic(None, "what_is_trafficking", 0.3, Prediction("in_trouble", 0.7)) is None
    assert topic_of("don't know", None, Prediction("where_am_i", 0.9), talk) is None
    assert topic(None, "language_of_lines", 0.73, Prediction("change_language", 0.7)) == "language_of_lines"
    assert topic(None, "language_of_lines", 0.73, Prediction("change_language", 0.8)) is None
    assert topic(None, "how_to_refuse", 0.9, Prediction("thanks", 0.6)) is None


NEAR = [Prediction("debt", 0.3), Prediction("none", 0.2), Prediction("money_back", 0.15), Prediction("ransom", 0.01)]


@pytest.mark.parametrize(
    ("topic", "near"),
    [
        (None, ("debt", "money_back")),
        ("debt", ("money_back",)),
        ("unpaid_wages", ("debt", "money_back")),
        ("child", ()),
    ],
)
def test_what_else_a_message_may_be_about(topic: str | None, near: tuple[str, ...]) -> None:
    """What the examples half believe; nothing beside a grave topic, which leaves no time to choose."""
    assert near_topics(NEAR, topic) == near


@pytest.mark.parametrize("topic", ["debt", None])
def test_what_is_surely_known_has_nothing_beside_it(topic: str | None) -> None:
    """Who was understood has nothing to choose, and neither has who asks about no topic."""
    known = Prediction(topic or "none", TOPIC_SURE_FROM)

    assert near_topics([known, Prediction("money_back", 0.2)], topic) == ()


def test_what_is_not_offered_on_a_weak_guess() -> None:
    """To die, to anybody; to somebody in trouble, what calm people ask."""
    guesses = [Prediction("suicide", 0.2), Prediction("he_may_be_kind", 0.2), Prediction("debt", 0.2)]

    assert near_topics(guesses, None) == ("he_may_be_kind", "debt")
    assert near_topics(guesses, None, tells_of_trouble=True) == ("debt",)
    assert near_topics(guesses, "next_hour") == ()
