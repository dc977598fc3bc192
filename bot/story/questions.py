"""The questions of the guided check, from `nlu_data/dialogue`: what an answer means, and which words give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.messages import ANSWERS, LANGUAGES
from bot.story.phrase_book import PhraseBook
from bot.story.phrase_file import QuestionsError, parsed, read
from bot.story.story import Story
from bot.story.telling import Fact
from bot.story.wording import Phrase

QUESTIONS_FILE = "dialogue/check.yml"
FLAGS_FILE = "redflags/flags.yml"
SHORT_ANSWERS = ("affirmed", "denied", "unknown")
ANOTHER = "another"
"""The words by which somebody turns to another offer."""


@dataclass(frozen=True)
class Question:
    """
    One question.

    `answers` are what it knows, `if_yes` and `if_no` those that a plain yes or no means, `if_unknown` the one that not
    knowing means, if any; `good` the answers that speak for an offer. `asked_when` names answers to other questions
    without which it is not asked, `not_for` the kinds of offer that it does not fit.
    """

    name: str
    answers: Mapping[str, Fact]
    if_yes: str
    if_no: str
    if_unknown: str | None
    good: frozenset[str]
    asked_when: Mapping[str, str]
    not_for: frozenset[str]

    @property
    def flags(self) -> frozenset[str]:
        """The flags that any of its answers raises: a text that shows one has answered it."""
        return frozenset(flag for fact in self.answers.values() for flag, _ in fact.raises)


@dataclass(frozen=True)
class Questions:
    """
    All questions in their order, and the phrases that answer them.

    `phrases` has, for every question and answer, those of all languages; `short` those of a bare yes, a bare no, not
    knowing, and turning to another offer.
    """

    all: Mapping[str, Question]
    phrases: Mapping[tuple[str, str], Sequence[Phrase]]
    short: Mapping[str, Sequence[Phrase]]

    @cached_property
    def book(self) -> PhraseBook[tuple[str, str]]:
        """The phrases by question and answer."""
        return PhraseBook(self.phrases)

    def missing(self, story: Story) -> tuple[Question, ...]:
        """The questions that matter for this story and that nothing in it answers."""
        return tuple(question for question in self.all.values() if self._is_missing(question, story))

    def fact(self, question: str, answer: str) -> Fact | None:
        """The answer with what it means; None: there is no such answer."""
        return self.all[question].answers.get(answer) if question in self.all else None

    @staticmethod
    def _is_missing(question: Question, story: Story) -> bool:
        given = {name: fact.answer for name, fact in {**story.claims, **story.facts}.items()}
        fits = story.kind not in question.not_for
        fits &= all(given.get(name) == answer for name, answer in question.asked_when.items())
        known = question.name in given or bool(question.flags & set(story.signs))
        return fits and not known


def load_questions(root: Path) -> Questions:
    """The questions from the data folder `root` (nlu_data). Raises QuestionsError."""
    strengths = {flag["id"]: flag["strength"] for flag in read(root, FLAGS_FILE)["flags"]}
    content = read(root, QUESTIONS_FILE)
    if list(content) != list(ANSWERS):
        raise QuestionsError(QUESTIONS_FILE, "file", f"must hold {', '.join(ANSWERS)} in this order")
    questions = {name: _question(name, content[name], strengths) for name in ANSWERS}
    phrases: dict[tuple[str, str], list[Phrase]] = {(q, a): [] for q, answers in ANSWERS.items() for a in answers}
    short: dict[str, list[Phrase]] = {name: [] for name in (*SHORT_ANSWERS, ANOTHER)}
    for language in LANGUAGES:
        _add_phrases(f"dialogue/answers/{language}.yml", root, phrases, short)
    return Questions(questions, phrases, short)


def _question(name: str, content: Mapping[str, Any], strengths: Mapping[str, str]) -> Question:
    answers = content.get("answers") or {}
    if set(answers) != set(ANSWERS[name]):
        raise QuestionsError(QUESTIONS_FILE, name, f"answers must be {', '.join(ANSWERS[name])}")
    for key in ("if_yes", "if_no"):
        if content.get(key) not in answers:
            raise QuestionsError(QUESTIONS_FILE, name, f"{key} must be one of its answers")
    if content.get("if_unknown", next(iter(answers))) not in answers:
        raise QuestionsError(QUESTIONS_FILE, name, "if_unknown must be one of its answers")
    return Question(
        name=name,
        answers={answer: _fact(name, answer, answers[answer] or {}, strengths) for answer in ANSWERS[name]},
        if_yes=content["if_yes"],
        if_no=content["if_no"],
        if_unknown=content.get("if_unknown"),
        good=frozenset(content.get("good") or ()),
        asked_when=content.get("asked_when") or {},
        not_for=frozenset(content.get("not_for") or ()),
    )


def _fact(name: str, answer: str, meaning: Mapping[str, Sequence[str]], strengths: Mapping[str, str]) -> Fact:
    raises, clears = meaning.get("raises") or (), meaning.get("clears") or ()
    for flag in (*raises, *clears):
        if flag not in strengths:
            raise QuestionsError(QUESTIONS_FILE, f"{name}.{answer}", f"{flag} is not a flag of {FLAGS_FILE}")
    return Fact(name, answer, tuple((flag, strengths[flag]) for flag in raises), tuple(clears))


def _add_phrases(
    file: str, root: Path, phrases: Mapping[tuple[str, str], list[Phrase]], short: Mapping[str, list[Phrase]]
) -> None:
    content = read(root, file)
    for name, its in short.items():
        its.extend(parsed(file, name, content.get("short", {}).get(name)))
    for (question, answer), known in phrases.items():
        sources = content.get(question, {}).get(answer)
        known.extend(parsed(file, f"{question}.{answer}", sources, are_affirming=True))
