"""
What the assistant understood of a message, told to the gateway by signals.

`fact:contract=none` (an answer to the question that was open), `voice:reply` (whose words they are) and `asked_back`
(the visitor has questions for the recruiter now).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.story.questions import Questions
from bot.story.telling import Fact, Telling, Voice

ASKED_BACK = "asked_back"


def fact_signal(fact: Fact) -> str:
    """The signal of an answer."""
    return f"fact:{fact.question}={fact.answer}"


def voice_signal(voice: Voice) -> str:
    """The signal of whose words a message holds."""
    return f"voice:{voice.value}"


def heeded(telling: Telling, signals: Iterable[str], questions: Questions) -> Telling:
    """The telling with what the signals say of it; signals of another kind, or of no sense, change nothing."""
    for signal in signals:
        name, _, value = signal.partition(":")
        if name == "fact":
            telling = _answering(telling, value, questions)
        elif name == "voice" and value in {voice.value for voice in Voice}:
            telling = replace(telling, voice=Voice(value))
        elif signal == ASKED_BACK:
            telling = replace(telling, asked_back=True)
    return telling


def _answering(telling: Telling, value: str, questions: Questions) -> Telling:
    """
    Who answers "nobody knows" to whether anybody does, says no word of secrecy, and "200 euro" is no promise of pay:
    in an answer, flags of the same question that it does not mean are left out, and weak ones.
    """
    question, _, answer = value.partition("=")
    fact = questions.fact(question, answer)
    if fact is None:
        return telling
    others = tuple(other for other in telling.facts if other.question != question)
    raised = {flag for flag, _ in fact.raises}
    unsaid = questions.all[question].flags - raised
    kept = tuple(mark for mark in telling.flags if mark.strength != "weak" and mark.flag not in unsaid)
    is_calm = not kept and not telling.emergency
    return replace(telling, facts=(*others, fact), flags=kept, risk="none" if is_calm else telling.risk)
