"""Which topic a message is about: by the phrases that name one, and by what the examples show. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.assistant.intents import CLEAR_TALK, GUESS_BELOW, PLAIN, SURE_FROM
from bot.assistant.prediction import Prediction
from bot.messages import CONCERNS, RIGHTS, TROUBLES
from bot.story.topic_examples import NONE
from bot.story.topics import GRAVEST_FIRST, LAST
from bot.story.wording import asks

TOPIC_SURE_FROM = 0.55
TOPIC_FROM = 0.25
"""From the second a topic that the examples show counts, where no phrase names another; from the first even then."""

TOPIC_OF_ODD_FROM = 0.4
"""For words of which the classifier makes nothing: a row of letters has the topic whose letters it happens to share."""

RIGHT_UNASKED_FROM = 0.9
"""For a right that nobody asked about: three days without food are no three days of reflection."""

NEAR_FROM = 0.1
MOST_NEAR = 3
"""So sure must the examples be of a topic that is offered beside another, or where none is answered; so many are."""

FEWEST_WORDS = 3
"""Words below which a message ("I don't know", "and the police?") says nothing that an example could show."""

_CALM = frozenset(RIGHTS) | frozenset(
    {
        "may_i_go", "is_usual", "friend_is_happy", "name_given", "no_work_there", "trial_period", "hours_and_rest",
        "visa_or_permit", "hostess_work", "he_may_be_kind", "what_is_trafficking", "my_choice_of_work", "who_is_behind",
    }
)  # fmt: skip
"""Topics of who thinks about something: never an answer to somebody who tells what is done to them."""

_LIGHT = frozenset({"change_language", "help"})
"""Talk that gives way to a topic of which the examples are surer."""

_HAPPENED = frozenset(TROUBLES) - {"friend", "next_hour"}
"""What a phrase says has happened, or which right it asks about, is not made a concern by what the examples show."""


def topic_of(
    text: str, named: str | None, guessed: Prediction, intent: Prediction, *, is_abroad: bool = False
) -> str | None:
    """
    The topic of a message: a grave one that it names, then what the examples show, then what else it names.

    What clearly is something else, and what is hardly a sentence, has only the topic that it names.
    """
    is_told = named in _HAPPENED or (named in RIGHTS and intent.name == "ask_rights")
    is_named = named in GRAVEST_FIRST or (is_told and guessed.name in CONCERNS)
    if is_named or guessed.name == NONE or _is_talk(guessed, intent) or len(text.split()) < FEWEST_WORDS:
        return named
    tells_of_trouble = intent.name == "in_trouble" and intent.confidence >= GUESS_BELOW and not asks(text)
    is_asked = intent.name == "ask_rights" or asks(text)
    is_unasked_right = guessed.name in RIGHTS and not is_asked and guessed.confidence < RIGHT_UNASKED_FROM
    if is_unasked_right or (tells_of_trouble and guessed.name in _CALM):
        return named
    is_odd = intent.confidence < GUESS_BELOW and not asks(text) and guessed.confidence < TOPIC_OF_ODD_FROM
    is_doubtful = is_odd or named is not None or is_abroad or tells_of_trouble
    return guessed.name if guessed.confidence >= (TOPIC_SURE_FROM if is_doubtful else TOPIC_FROM) else named


def near_topics(guesses: Sequence[Prediction], topic: str | None, *, tells_of_trouble: bool = False) -> tuple[str, ...]:
    """
    What a message may be about beside the topic that is answered, or where none is: the likeliest first, at most three.

    None beside a grave topic or the next hour, or where the examples are sure of the topic, or that there is none. To
    die is offered to nobody on a weak guess, and calm questions are not to somebody who tells of trouble.
    """
    is_sure = guesses[0].name in (NONE, topic) and guesses[0].confidence >= TOPIC_SURE_FROM
    if is_sure or topic in (*GRAVEST_FIRST, LAST):
        return ()
    unfit = {NONE, topic, *(_CALM if tells_of_trouble else ())}
    near = [one.name for one in guesses if one.name not in unfit and one.confidence >= _near_from(one.name)]
    return tuple(near[:MOST_NEAR])


def _near_from(topic: str) -> float:
    return TOPIC_FROM if topic in GRAVEST_FIRST else NEAR_FROM


def _is_talk(guessed: Prediction, intent: Prediction) -> bool:
    """Whether it is said for itself. "Are their numbers for Latvian speakers only?" asks for no other language."""
    is_surer = guessed.confidence >= max(TOPIC_SURE_FROM, intent.confidence) and intent.name in _LIGHT
    believed_from = GUESS_BELOW if intent.name in PLAIN else SURE_FROM
    return intent.name in CLEAR_TALK and intent.confidence >= believed_from and not is_surer
