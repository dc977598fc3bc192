"""What a message wants, from what the classifier thinks and what the engine found. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.assistant.prediction import Prediction
from bot.messages import CONCERNS, RIGHTS, SITUATIONS
from bot.redflags.assessment import Assessment
from bot.story import Story
from bot.story.topic_examples import NONE
from bot.story.topics import GRAVEST_FIRST

PASTED_LENGTH = 280
"""Characters from which a message is a pasted text and not a line of talk (measured: no talk is as long)."""

SHORTEST_GUESS = 60
"""Characters from which the engine's kind is worth something when the classifier is not sure."""

WHOLE_OFFER_LENGTH = 120
"""Characters from which a text that reads like an offer is one, and no short word about one's own trouble."""

SHORTEST_PLACE = 24
"""Characters of a message that says where somebody is, and nothing else: "no, I am in Poland"."""

UNSURE_BELOW = 0.25
GUESS_BELOW = 0.33
"""Below, the classifier guesses: a row of letters that means nothing gets up to 0.3."""
SURE_FROM = 0.6
ABUSE_FROM = 0.5
"""Insults hold the oddest spellings, so a row of letters that means nothing looks like one most."""

TOPIC_SURE_FROM = 0.55
TOPIC_FROM = 0.25
"""From here a topic that the examples show counts, where no phrase names another; from the first even then."""

TOPIC_OF_ODD_FROM = 0.4
"""For words of which the classifier makes nothing: a row of letters has the topic whose letters it happens to share."""

FEWEST_WORDS_OF_TOPIC = 3
"""Words below which a message ("I don't know", "and the police?") says nothing that an example could show."""

PERSON_FROM = 0.4
"""A person is called only for who clearly asked; below, one is offered."""

FALLBACK = "nlu_fallback"
MAYBE_PERSON = "maybe_person"
_OFFERS = frozenset({"job_offer", "dating", "help_offer"})
_ASKED_IN_WORDS = frozenset({"want_person", "delete_data", "emergency", "in_trouble"})
_BY_KIND = {"in_trouble": "in_trouble", "third_party": "worried_about_someone"}
_HARM = frozenset({"threats", "movement_restricted", "begging"})
"""Flags that tell of something that happens to somebody, and not of an offer."""
_TALK = frozenset(
    {
        "greet", "help", "change_language", "ask_number", "ask_licence", "ask_rights", "are_you_human",
        "is_it_anonymous", "affirm", "deny", "thanks", "goodbye", "abuse", "worried_about_someone", "guided_check",
        "stop_check", "ask_back", "no_reply", "skip", "correct", "self_check", "stories", "easy_language",
        "ordinary_language",
    }
)  # fmt: skip
"""What a visitor says to the assistant, and no recruiter to them."""
_SWITCHES = frozenset({"easy_language", "ordinary_language", "change_language"})
"""What changes every later answer is done only for who surely asked."""
_CLEAR_TALK = (_TALK | _ASKED_IN_WORDS) - {"ask_rights", "worried_about_someone", "affirm", "deny", "in_trouble"}
"""What is said for itself: words of it that also occur in examples of a topic do not make it one."""
_CALM = frozenset(RIGHTS) | frozenset(
    {
        "may_i_go", "is_usual", "friend_is_happy", "name_given", "no_work_there", "trial_period", "hours_and_rest",
        "visa_or_permit", "hostess_work", "he_may_be_kind", "what_is_trafficking", "my_choice_of_work", "who_is_behind",
    }
)  # fmt: skip
"""Topics of who thinks about something: never an answer to somebody who tells what is done to them."""
_PLAIN = frozenset({"is_it_anonymous", "are_you_human", "help", "delete_data", "ask_number"})
"""Clear talk that is believed even where the classifier only guesses."""
_QUESTIONS = _ASKED_IN_WORDS | {
    "ask_number", "ask_licence", "ask_rights", "is_it_anonymous", "worried_about_someone", "ask_back", "no_reply",
}  # fmt: skip


class Place(NamedTuple):
    """What a message says of another country: that the visitor is there, or only its name."""

    is_told: bool = False
    is_named: bool = False


NOWHERE = Place()


@dataclass(frozen=True)
class Told:
    """
    What a message is in the story: whether it corrects something, whether the recruiter's answer is awaited.

    `topic` is the situation or the right that it names, `tells_place`: it says in which other country the visitor is,
    `names_place`: it is hardly more than the name of one. `asks`: it holds a question, `follows`: something was told
    before. `turns`: it turns to another offer.
    """

    corrects: bool = False
    awaits_reply: bool = False
    topic: str | None = None
    tells_place: bool = False
    names_place: bool = False
    asks: bool = False
    follows: bool = False
    turns: bool = False

    @classmethod
    def by(
        cls, story: Story, seq: int, topic: str | None = None, place: Place = NOWHERE, *, asks: bool = False
    ) -> Told:
        """Of the message `seq`, which is in the story."""
        telling = story.telling(seq)
        if telling is not None and telling.turns:
            return cls(turns=True)
        before = story.until(seq)
        takes_back = seq in story.withdrawn.values()
        answers_anew = any(before.facts[name] != fact for name, fact in story.facts.items() if name in before.facts)
        awaits_reply = before.of_last_offer.awaits_reply
        corrects, follows = takes_back or answers_anew, bool(before.tellings)
        return cls(corrects, awaits_reply, topic, place.is_told, place.is_named, asks, follows)


NOTHING_TOLD = Told()


def asks(text: str) -> bool:
    """Whether a text holds a question, and not its mark alone."""
    return "?" in text and any(char.isalpha() for char in text)


def topic_of(
    text: str, named: str | None, guessed: Prediction, intent: Prediction, *, is_abroad: bool = False
) -> str | None:
    """
    The topic of a message: a grave one that it names, then what the examples show, then what else it names.

    What clearly is something else, and what is hardly a sentence, has only the topic that it names.
    """
    is_talk = intent.name in _CLEAR_TALK and intent.confidence >= (GUESS_BELOW if intent.name in _PLAIN else SURE_FROM)
    tells_of_trouble = intent.name == "in_trouble" and intent.confidence >= GUESS_BELOW and not asks(text)
    is_other = guessed.name == NONE or (tells_of_trouble and guessed.name in _CALM)
    if named in GRAVEST_FIRST or is_talk or is_other or len(text.split()) < FEWEST_WORDS_OF_TOPIC:
        return named
    is_sure = guessed.confidence >= TOPIC_SURE_FROM
    is_right = guessed.name in RIGHTS and intent.name != "ask_rights" and not asks(text)
    is_odd = intent.confidence < GUESS_BELOW and not asks(text) and guessed.confidence < TOPIC_OF_ODD_FROM
    is_doubtful = is_odd or is_right or named is not None or is_abroad or tells_of_trouble
    return guessed.name if is_sure or (guessed.confidence >= TOPIC_FROM and not is_doubtful) else named


def decide(intent: str, confidence: float, assessment: Assessment, length: int, told: Told = NOTHING_TOLD) -> str:
    """
    The intent that the assistant acts on.

    An emergency overrides everything. What was clearly asked for (a person, deletion) is done. What comes after
    questions for the recruiter is the answer to them, and what takes something back is a correction. What reads like a
    pasted offer is checked as one, whatever the classifier thinks of it. A cry for help is never small talk. The topic
    that a message names, a situation or a right, is answered where nothing of this is the case.
    The rest is the classifier's word, or a fallback when it is not sure.
    """
    if assessment.emergency:
        return "emergency"
    only_tells_place = told.tells_place and length <= SHORTEST_PLACE and not assessment.is_alarm
    is_sure = confidence >= SURE_FROM and length <= PASTED_LENGTH
    is_doubtful = only_tells_place or _is_quiet(told, assessment) or _is_whole_offer(assessment, length)
    is_doubtful = is_doubtful or (told.topic in CONCERNS and not assessment.is_alarm)
    if intent in _ASKED_IN_WORDS and is_sure and not (intent == "in_trouble" and is_doubtful):
        return intent
    if only_tells_place:
        return "ask_number"
    speaks_to_us = (is_sure and intent in _TALK) or _tells_of_harm(assessment)
    meant = _told(told, speaks_to_us) or _named(told, intent, confidence, assessment, length)
    meant = meant or _concerned(intent, confidence, assessment)
    if meant is not None:
        return meant
    if _is_offer(intent, confidence, assessment, length):
        return "check_offer"
    return _guessed(intent, confidence, assessment, length, told)


def _guessed(intent: str, confidence: float, assessment: Assessment, length: int, told: Told) -> str:
    """The classifier's word, where it is worth something; who only says where they are gets the numbers of there."""
    if intent in _SWITCHES and confidence < SURE_FROM:
        return FALLBACK
    if (told.tells_place or told.names_place) and length <= SHORTEST_GUESS and confidence < SURE_FROM:
        return "ask_number"
    if confidence < (ABUSE_FROM if intent == "abuse" else GUESS_BELOW):
        return _unsure(assessment, length)
    return MAYBE_PERSON if intent == "want_person" and confidence < PERSON_FROM else intent


def _told(told: Told, speaks_to_us: bool) -> str | None:
    if told.turns:
        return "check_offer"
    if told.awaits_reply and not speaks_to_us:
        return "their_answer"
    return "correct" if told.corrects else None


def _named(told: Told, intent: str, confidence: float, assessment: Assessment, length: int) -> str | None:
    """A situation that is told in a few words; a right only where nothing else was clearly asked for."""
    topic, is_danger = told.topic, assessment.is_alarm and bool(assessment.flags)
    # A short advertisement names a written contract, or rooms for refugees, and asks nothing; a few words are a
    # question that somebody typed without its mark. Of what was told before, danger was told already.
    asks = told.asks or intent == "ask_rights" or length < SHORTEST_GUESS
    asks_us = asks and length <= WHOLE_OFFER_LENGTH and (told.follows or not is_danger)
    if length > PASTED_LENGTH or (_is_pasted(assessment) and not asks_us):
        return None
    if topic in SITUATIONS:
        if topic not in CONCERNS and intent == "worried_about_someone" and assessment.kind == "third_party":
            return intent
        return "in_trouble" if _tells_of_harm(assessment) else "situation"
    is_open = intent == "ask_rights" or confidence < SURE_FROM
    return "ask_rights" if topic in RIGHTS and is_open and (told.follows or not is_danger) else None


def _is_quiet(told: Told, assessment: Assessment) -> bool:
    """A correction, or a recruiter's answer, has the words of trouble in it ("passport") without being one."""
    if told.awaits_reply:
        return not _tells_of_harm(assessment)
    return told.corrects and not assessment.is_alarm


def _tells_of_harm(assessment: Assessment) -> bool:
    """No recruiter writes of being locked in or threatened."""
    return assessment.kind in _BY_KIND and any(flag.id in _HARM for flag in assessment.flags)


def _concerned(intent: str, confidence: float, assessment: Assessment) -> str | None:
    if not assessment.is_alarm or _is_pasted(assessment):
        return None
    if intent in _BY_KIND.values() and confidence >= UNSURE_BELOW:
        return intent
    if assessment.kind not in _BY_KIND and any(flag.id in _HARM for flag in assessment.flags):
        return "in_trouble"
    return _BY_KIND.get(assessment.kind)


def _is_pasted(assessment: Assessment) -> bool:
    return assessment.kind in _OFFERS


def _is_whole_offer(assessment: Assessment, length: int) -> bool:
    """An offer with several signs has the words of trouble in it without being a cry for help."""
    return _is_pasted(assessment) and length >= WHOLE_OFFER_LENGTH and len(assessment.flags) >= 2


def _is_offer(intent: str, confidence: float, assessment: Assessment, length: int) -> bool:
    if _is_pasted(assessment):
        return length > PASTED_LENGTH or assessment.is_alarm or len(assessment.flags) >= 2
    if assessment.kind in _BY_KIND:
        return False
    is_clear_question = intent in _QUESTIONS and confidence >= SURE_FROM
    return (assessment.is_alarm and not is_clear_question) or (length > PASTED_LENGTH and confidence < SURE_FROM)


def _unsure(assessment: Assessment, length: int) -> str:
    """The engine's kind decides only where there is something to see: it guesses one for any string of letters."""
    if _is_pasted(assessment) and (assessment.flags or length >= SHORTEST_GUESS):
        return "check_offer"
    return _BY_KIND.get(assessment.kind, FALLBACK) if assessment.flags else FALLBACK
