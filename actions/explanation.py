"""What is said about an offer: its warning signs in the visitor's own words, what to ask, what to do, whom to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.pages import paragraphs, quoted
from actions.turn import Seen
from bot.knowledge import Knowledge
from bot.messages import Reply
from bot.redflags.assessment import RISKS, Assessment, RedFlag

MOST_FLAGS = 5
MOST_QUESTIONS = 3

CONTEXT_FLAG = "vulnerable_target"
"""Said as context and not counted: being in need is no warning sign."""

_STRENGTHS = ("critical", "strong", "weak")


@dataclass(frozen=True)
class Explanation:
    """The replies about one message, and what the conversation has shown with it."""

    replies: tuple[Reply, ...]
    seen: Seen


def explain(knowledge: Knowledge, language: str, assessment: Assessment, seen: Seen) -> Explanation:
    """
    One to three replies about the message, counting what earlier messages showed.

    With no warning sign in this message or before, the answer says what was not found and what to check: it never
    says that an offer is safe.
    """
    together = _together(assessment, seen)
    said = _Said(knowledge, language)
    if not together.flags:
        return Explanation(said.nothing_found(assessment), together)
    flags = [flag for flag in strongest_first(assessment.flags) if flag.id != CONTEXT_FLAG]
    signs = said.signs(flags, assessment, together)
    advice = said.questions_and_next_step([flag.id for flag in flags] or list(together.flags), together.risk)
    is_critical = any(flag.strength == "critical" for flag in flags)
    if together.risk in ("none", "low") and not is_critical:
        return Explanation((Reply(signs), said.offering_a_person(advice)), together)
    numbers = said.numbers(is_critical, "minor" in together.flags)
    return Explanation((Reply(signs), Reply(advice), said.offering_a_person(numbers)), together)


def strongest_first(flags: Sequence[RedFlag]) -> list[RedFlag]:
    """The flags by strength, and those of one strength in the order of the text."""
    return sorted(flags, key=lambda flag: (_STRENGTHS.index(flag.strength), flag.start))


def _together(assessment: Assessment, seen: Seen) -> Seen:
    """Two strong signs in two messages weigh as much as in one."""
    ids = dict.fromkeys((*seen.flags, *(flag.id for flag in assessment.flags if flag.id != CONTEXT_FLAG)))
    risk = max(assessment.risk, seen.risk, key=RISKS.index)
    if assessment.risk == seen.risk == "medium" and set(ids) != set(seen.flags):
        risk = "high"
    return Seen(tuple(ids), risk)


@dataclass(frozen=True)
class _Said:
    """The parts of an explanation in one language."""

    knowledge: Knowledge
    language: str

    def nothing_found(self, assessment: Assessment) -> tuple[Reply, ...]:
        context = any(flag.id == CONTEXT_FLAG for flag in assessment.flags)
        return (
            self.offering_a_person(
                paragraphs(
                    self._text("next_none"), self._text("context_line") if context else "", self._text("checklist")
                )
            ),
        )

    def signs(self, flags: Sequence[RedFlag], assessment: Assessment, together: Seen) -> str:
        shown = flags[:MOST_FLAGS]
        names = [] if flags else [f"• {self.knowledge.flag(self.language, flag).name}" for flag in together.flags]
        more = len(together.flags) - len(shown) - len(names)
        context = any(flag.id == CONTEXT_FLAG for flag in assessment.flags)
        return paragraphs(
            self._text("heading_flags", count=len(together.flags)),
            *(self._flag_line(flag) for flag in shown),
            "\n".join(names),
            self._text("more_flags", count=more) if more > 0 else "",
            self._text("context_line") if context else "",
            self._honest(shown[0].id if shown else together.flags[0]),
        )

    def questions_and_next_step(self, flag_ids: Sequence[str], risk: str) -> str:
        asks = [self.knowledge.flag(self.language, flag_id).ask for flag_id in flag_ids[:MOST_QUESTIONS]]
        numbered = "\n".join(f"{number}. {ask}" for number, ask in enumerate(asks, start=1))
        return paragraphs(
            f"{self._text('ask_heading')}\n{numbered}",
            self._text(f"next_{risk}"),
            self._text("checklist") if risk in ("none", "low") else "",
        )

    def numbers(self, is_critical: bool, is_child: bool) -> str:
        needs = (["emergency"] if is_critical else []) + ["advice"]
        blocks = [self.knowledge.numbers_block(self.language, need) for need in needs]
        child = self.knowledge.reply(self.language, "utter_child").text if is_child else ""
        return paragraphs(child, self._text("call_heading"), *blocks)

    def offering_a_person(self, text: str) -> Reply:
        offer = self.knowledge.reply(self.language, "advice.offer_person")
        buttons = offer.buttons or self.knowledge.reply(self.language, "utter_in_trouble").buttons
        return Reply(paragraphs(text, offer.text), buttons)

    def _flag_line(self, flag: RedFlag) -> str:
        words = self.knowledge.flag(self.language, flag.id)
        return self._text("flag_line", evidence=quoted(flag.evidence), name=words.name, why=words.why)

    def _honest(self, flag_id: str) -> str:
        return self._text("honest_line", honest=self.knowledge.flag(self.language, flag_id).honest)

    def _text(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"advice.{key}", **values)
