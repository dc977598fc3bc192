"""One text checked at once, without a conversation: what was found, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.knowledge import FlagText, Knowledge
from bot.redflags import Assessment, RedFlag


@dataclass(frozen=True)
class Finding:
    """A red flag with what can be said about it."""

    flag: RedFlag
    words: FlagText


@dataclass(frozen=True)
class Findings:
    """An assessment in words of `language`: findings in the order of the text, the next step, whom to call."""

    assessment: Assessment
    language: str
    items: tuple[Finding, ...]
    advice: str
    checklist: str
    numbers: str

    def as_json(self) -> dict[str, Any]:
        """The object of contract 3.1, each flag with its texts, and the advice beside them."""
        assessment = self.assessment.as_json()
        assessment["flags"] = [
            vars(item.flag)
            | {"name": item.words.name, "why": item.words.why, "honest": item.words.honest, "ask": item.words.ask}
            for item in self.items
        ]
        return assessment | {"advice": self.advice, "checklist": self.checklist, "numbers": self.numbers}


def findings_of(assessment: Assessment, knowledge: Knowledge, language: str) -> Findings:
    """`assessment` in words; an emergency says the numbers for it first."""
    advice = knowledge.text(language, f"advice.next_{assessment.risk}")
    if assessment.emergency:
        advice = knowledge.text(language, "system.emergency")
    return Findings(
        assessment,
        language,
        tuple(Finding(flag, knowledge.flag(language, flag.id)) for flag in assessment.flags),
        advice,
        knowledge.text(language, "advice.checklist"),
        knowledge.numbers_block(language, "emergency" if assessment.emergency else "advice"),
    )
