"""What a message wants, from what the classifier thinks and what the engine found. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.assistant.intents import ASKED_IN_WORDS, GUESS_BELOW, SURE_FROM, TALK
from bot.messages import CONCERNS, RIGHTS, SITUATIONS, TROUBLES
from bot.redflags.assessment import Assessment
from bot.story import Story
from bot.story.story import HARM

PASTED_LENGTH = 280
"""Characters from which a message is a pasted text and not a line of talk (measured: no talk is as long)."""

SHORTEST_GUESS = 60
"""Characters from which the engine's kind is worth something when the classifier is not sure."""

WHOLE_OFFER_LENGTH = 120
"""Characters from which a text that reads like an offer is one, and no short word about one's own trouble."""

SHORTEST_PLACE = 24
"""Characters of a message that says where somebody is, and nothing else: "no, I am in Poland"."""

UNSURE_BELOW = 0.25
ABUSE_FROM = 0.5
"""Insults hold the oddest spellings, so a row of letters that means nothing looks like one most."""

PERSON_FROM = 0.5
"""A person is called only for who clearly asked; below, one is offered."""

FALLBACK = "nlu_fallback"
MAYBE_PERSON = "maybe_person"
_OFFERS = frozenset({"job_offer", "dating", "help_offer"})
_BY_KIND = {"in_trouble": "in_trouble", "third_party": "worried_about_someone"}
_HARM = HARM | {"begging"}
"""Flags that tell of something that happens to somebody, and not of an offer."""
_SOFT = frozenset({"in_trouble", "worried_about_someone", "want_person", "off_topic", "is_it_anonymous"})
"""What may be answered on a weaker guess, where the words mean something: no answer to it does harm."""

_ADVERTISED = frozenset({"refugee_lodging", "refugee_ride", "temporary_protection"})
"""Topics that advertisements name too."""

_SWITCHES = frozenset({"easy_language", "ordinary_language", "change_language"})
"""What changes every later answer is done only for who surely asked."""
_QUESTIONS = ASKED_IN_WORDS | {
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
    before. `turns`: it turns to another offer, `speaks`: the engine reads several ideas in it.
    """

    corrects: bool = False
    awaits_reply: bool = False
    topic: str | None = None
    tells_place: bool = False
    names_place: bool = False
    asks: bool = False
    follows: bool = False
    turns: bool = False
    speaks: bool = False

    @classmethod
    def by(
        cls,
        story: Story,
        seq: int,
        topic: str | None = None,
        place: Place = NOWHERE,
        *,
        asks: bool = False,
        speaks: bool = False,
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
        here, named = place
        return cls(corrects, awaits_reply, topic, here, named, asks, follows, speaks=speaks)


NOTHING_TOLD = Told()


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
    if intent in ASKED_IN_WORDS and is_sure and not (intent == "in_trouble" and is_doubtful):
        return intent
    if only_tells_place:
        return "ask_number"
    speaks_to_us = (is_sure and intent in TALK) or _tells_of_harm(assessment)
    meant = _told(told, speaks_to_us) or _named(told, intent, confidence, assessment, length)
    meant = meant or _concerned(intent, confidence, assessment)
    if meant is not None:
        return meant
    if _is_offer(intent, confidence, assessment, length, told):
        return "check_offer"
    return _guessed(intent, confidence, assessment, length, told)


def _guessed(intent: str, confidence: float, assessment: Assessment, length: int, told: Told) -> str:
    """The classifier's word, where it is worth something; who only says where they are gets the numbers of there."""
    if intent in _SWITCHES and confidence < SURE_FROM:
        return FALLBACK
    if (told.tells_place or told.names_place) and length <= SHORTEST_GUESS and confidence < SURE_FROM:
        return "ask_number"
    soft_from = UNSURE_BELOW if told.speaks and intent in _SOFT else GUESS_BELOW
    if confidence < (ABUSE_FROM if intent == "abuse" else soft_from):
        return _unsure(assessment, length, speaks=told.speaks)
    return MAYBE_PERSON if intent == "want_person" and confidence < PERSON_FROM else intent


def _told(told: Told, speaks_to_us: bool) -> str | None:
    if told.turns:
        return "check_offer"
    if told.awaits_reply and not speaks_to_us:
        return "their_answer"
    return "correct" if told.corrects else None


def _named(told: Told, intent: str, confidence: float, assessment: Assessment, length: int) -> str | None:
    """A situation that is told in a few words; a right only where nothing else was clearly asked for."""
    topic = told.topic
    is_news = told.follows or not _is_danger(told, assessment)  # of what was told before, danger was told already
    is_for_us = is_news and length <= WHOLE_OFFER_LENGTH and _asks_us(told, intent, length)
    if length > PASTED_LENGTH or (_is_pasted(assessment) and not is_for_us):
        return None
    if topic in SITUATIONS:
        is_worried = intent == "worried_about_someone" and confidence >= GUESS_BELOW
        harms = _tells_of_harm(assessment)
        if (harms or topic not in CONCERNS) and is_worried and assessment.kind == "third_party":
            return intent
        return "in_trouble" if harms else "situation"
    is_open = intent == "ask_rights" or confidence < SURE_FROM
    return "ask_rights" if topic in RIGHTS and is_open and is_news else None


def _asks_us(told: Told, intent: str, length: int) -> bool:
    """
    Whether words that read like an offer are a question of the visitor's.

    A short advertisement names a written contract, or rooms for refugees, and asks nothing. A few words are a question
    that somebody typed without its mark, and no advertisement tells of trouble.
    """
    is_ours = told.topic in TROUBLES and told.topic not in _ADVERTISED
    return told.asks or is_ours or intent == "ask_rights" or length < SHORTEST_GUESS


def _is_danger(told: Told, assessment: Assessment) -> bool:
    """Whether the warning comes before the answer; before that about a right only where the risk is high."""
    if told.asks and told.topic in RIGHTS:
        return assessment.risk == "high" and bool(assessment.flags)
    return assessment.is_alarm and bool(assessment.flags)


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


def _is_offer(intent: str, confidence: float, assessment: Assessment, length: int, told: Told) -> bool:
    is_short_question = told.asks and length <= SHORTEST_GUESS and intent in TALK and confidence >= SURE_FROM
    if _is_pasted(assessment) and not is_short_question:
        return length > PASTED_LENGTH or assessment.is_alarm or len(assessment.flags) >= 2
    if assessment.kind in _BY_KIND:
        return False
    is_clear_question = intent in _QUESTIONS and confidence >= SURE_FROM
    return (assessment.is_alarm and not is_clear_question) or (length > PASTED_LENGTH and confidence < SURE_FROM)


def _unsure(assessment: Assessment, length: int, *, speaks: bool) -> str:
    """The engine's kind decides only where there is something to see, or the words mean something."""
    if _is_pasted(assessment) and (assessment.flags or length >= SHORTEST_GUESS):
        return "check_offer"
    return _BY_KIND.get(assessment.kind, FALLBACK) if assessment.flags or speaks else FALLBACK
