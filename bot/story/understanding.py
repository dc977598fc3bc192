"""Which questions of the guided check a free text answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.story.questions import Question, Questions
from bot.story.telling import Fact, Telling
from bot.story.wording import sentences, stands_in

UNKNOWN = "unknown"
"""The visitor says that they do not know."""

GROWN_UP = 18
_SHORT_WORDS = 12
_YEARS = re.compile(r"\b[1-9]\d?\b")


def facts_in(text: str, questions: Questions) -> tuple[Fact, ...]:
    """
    The answers that the text gives in so many words, at most one to a question.

    The longest phrase counts, and of two of one length that of the answer which stands later in `ANSWERS`: the graver.
    """
    stated = sentences(text)
    found: dict[str, tuple[int, Fact]] = {}
    for (question, answer), phrases in questions.phrases.items():
        length = max((p.length for p in phrases for words in stated if stands_in(p, words)), default=0)
        if length and length >= found[question][0] if question in found else length:
            found[question] = (length, questions.all[question].answers[answer])
    return tuple(fact for _, fact in found.values())


def answer_to(question: Question, text: str, telling: Telling, questions: Questions) -> Fact | str | None:
    """
    What the message answers to the question that was asked.

    Returns:
        The answer; `UNKNOWN` when the visitor does not know and that is no answer; None when the message answers
        something else. Words of the question's own come first, then what the engine saw in the message, then, where
        the message says nothing but that, a yes or no.
    """
    for fact in telling.facts:
        if fact.question == question.name:
            return fact
    if question.name == "age" and (years := _years(text)) is not None:
        return question.answers["minor" if years < GROWN_UP else "adult"]
    seen = {mark.flag for mark in telling.flags}
    for fact in question.answers.values():
        if seen & {flag for flag, _ in fact.raises}:
            return fact
    for fact in question.answers.values():
        if set(fact.clears) & set(telling.denied):
            return fact
    return None if telling.facts or telling.denied else _short_answer(question, text, questions)


def _short_answer(question: Question, text: str, questions: Questions) -> Fact | str | None:
    stated = sentences(text)
    if not stated or sum(map(len, stated)) > _SHORT_WORDS:
        return None
    if _says(UNKNOWN, stated, questions):
        return question.answers[question.if_unknown] if question.if_unknown else UNKNOWN
    for word, answer in (("denied", question.if_no), ("affirmed", question.if_yes)):
        if _says(word, stated, questions):
            return question.answers[answer]
    return None


def _years(text: str) -> int | None:
    """The one number of a short answer to how old somebody is."""
    numbers = _YEARS.findall(text)
    return int(numbers[0]) if len(numbers) == 1 and len(text.split()) <= _SHORT_WORDS else None


def _says(name: str, stated: Sequence[Sequence[str]], questions: Questions) -> bool:
    return any(stands_in(phrase, words) for phrase in questions.short[name] for words in stated)
