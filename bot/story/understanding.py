"""Which questions of the guided check a free text answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.story.questions import ANOTHER, Question, Questions
from bot.story.telling import Fact, Telling
from bot.story.wording import sentences, stands_in

UNKNOWN = "unknown"
"""The visitor says that they do not know."""

GROWN_UP = 18
_SHORT_WORDS = 12
_HEAD = re.compile(r"[.:?!\n–—]|\s-\s")
_YEARS = re.compile(r"\b[1-9]\d?\b")


def facts_in(text: str, questions: Questions) -> tuple[Fact, ...]:
    """
    The answers that the text gives in so many words, at most one to a question.

    The longest phrase counts, and of two of one length that of the answer which stands later in `ANSWERS`: the graver.
    """
    lengths = questions.book.lengths(sentences(text))
    found: dict[str, tuple[int, Fact]] = {}
    for question, answer in questions.phrases:
        length = lengths.get((question, answer), 0)
        if length and length >= found[question][0] if question in found else length:
            found[question] = (length, questions.all[question].answers[answer])
    return tuple(fact for _, fact in found.values() if not _is_about_the_contract(fact, found))


def _is_about_the_contract(fact: Fact, found: Mapping[str, tuple[int, Fact]]) -> bool:
    """A contract that is to be signed "there" puts nobody there."""
    is_later = "contract" in found and found["contract"][1].answer == "later"
    return is_later and (fact.question, fact.answer) == ("stage", "there")


def answer_to(question: Question, text: str, telling: Telling, questions: Questions) -> Fact | str | None:
    """
    What the message answers to the question that was asked.

    Returns:
        The answer; `UNKNOWN` when the visitor does not know and that is no answer; None when the message answers
        something else. Words of the question's own come first, then what the engine saw in the message, then, where
        the message says nothing but that, a yes or no.
    """
    own = (_in_own_words, _by_age, _by_signs, _by_denial)
    found = next((fact for look in own if (fact := look(question, text, telling, questions))), None)
    if found is not None or telling.facts or telling.denied:
        return found
    return _short_answer(question, text, questions)


def _in_own_words(question: Question, _text: str, telling: Telling, _questions: Questions) -> Fact | None:
    return next((fact for fact in telling.facts if fact.question == question.name), None)


def _by_age(question: Question, text: str, _telling: Telling, questions: Questions) -> Fact | None:
    """A bare number is an age, whatever was asked; except where it may be an amount."""
    is_age = question.name == "age" or (question.name != "money" and text.strip(" .!").isdigit())
    years = _years(text) if is_age else None
    return None if years is None else questions.all["age"].answers["minor" if years < GROWN_UP else "adult"]


def _by_signs(question: Question, _text: str, telling: Telling, _questions: Questions) -> Fact | None:
    seen = {mark.flag for mark in telling.flags}
    return next((fact for fact in question.answers.values() if seen & {flag for flag, _ in fact.raises}), None)


def _by_denial(question: Question, _text: str, telling: Telling, _questions: Questions) -> Fact | None:
    denied = set(telling.denied)
    return next((fact for fact in question.answers.values() if denied & set(fact.clears)), None)


def _short_answer(question: Question, text: str, questions: Questions) -> Fact | str | None:
    stated = sentences(text)
    if not stated or sum(map(len, stated)) > _SHORT_WORDS:
        return None
    if says(UNKNOWN, stated, questions):
        return question.answers[question.if_unknown] if question.if_unknown else UNKNOWN
    for word, answer in (("denied", question.if_no), ("affirmed", question.if_yes)):
        if says(word, stated, questions):
            return question.answers[answer]
    return None


def begins_with_yes_or_no(text: str, questions: Questions) -> bool:
    """Whether the first word is one: "yes, they sent it"."""
    first = [words[:1] for words in sentences(text)[:1]]
    return says("affirmed", first, questions) or says("denied", first, questions)


def turns_to_another(text: str, questions: Questions) -> bool:
    """Whether the words before the first stop or colon turn to another offer: "and this one?", "here is a second:"."""
    return says(ANOTHER, sentences(_HEAD.split(text.lstrip(), maxsplit=1)[0]), questions)


def _years(text: str) -> int | None:
    """The one number of a short answer to how old somebody is."""
    numbers = _YEARS.findall(text)
    return int(numbers[0]) if len(numbers) == 1 and len(text.split()) <= _SHORT_WORDS else None


def says(name: str, stated: Sequence[Sequence[str]], questions: Questions) -> bool:
    """Whether the sentences affirm, deny or do not know, by the short words of `questions`."""
    return any(stands_in(phrase, words) for phrase in questions.short[name] for words in stated)
