"""What is said about a story: its signs in the visitor's own words, what was not found, what to ask, whom to call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from actions.asking import is_there, may_ask_them
from actions.pages import paragraphs, quoted
from bot.knowledge import Knowledge
from bot.messages import Reply, language_of
from bot.redflags.assessment import Assessment, RedFlag
from bot.story import Story
from bot.story.questions import Questions
from bot.story.story import CONTEXT, STRENGTHS
from bot.story.telling import PERSONAL

MOST_FLAGS = 3
"""Signs that are explained at length: more fill several screens of a phone. The others are named."""
MOST_QUESTIONS = 3

LOOKED_FOR = ("upfront_payment", "documents_taken", "no_contract", "pressure_to_decide", "secrecy", "threats")
"""The signs of which it is said that they were not found."""


@dataclass(frozen=True)
class Explainer:
    """Says what a story shows, in one language."""

    knowledge: Knowledge
    questions: Questions
    language: str

    def explain(self, assessment: Assessment, story: Story, *, calls_told: Collection[str] = ()) -> tuple[Reply, ...]:
        """
        One to three replies about a message, counting what the story showed before.

        Whom to call comes where it is worth it and the numbers for these needs (`calls_told`) were not given already.

        Each sign has the visitor's own sentence, why it is one, how strong, and how an honest offer would be. With no
        sign at all: what was not found, what is not known, what to check. It never says that an offer is safe.
        """
        if not story.signs:
            return (self.offering_a_person(self._nothing_found(assessment, story), story),)
        flags = _shown(assessment, story)
        signs = Reply(self._signs(flags, story))
        advice = self._advice([flag.id for flag in flags] or list(story.signs), story)
        if set(self.needs(story)) <= set(calls_told):
            return (signs, self.offering_a_person(advice, story))
        return (signs, Reply(advice), self.offering_a_person(self.numbers(story), story))

    def signs(self, assessment: Assessment, story: Story) -> Reply:
        """The signs alone, with the offer of a person: questions follow."""
        return self.offering_a_person(self._signs(_shown(assessment, story), story), story)

    def sum_up(self, story: Story) -> tuple[Reply, ...]:
        """What all answers and messages make together: said when the guided check is over."""
        names = self._listed("explain.signs_told", [self._named(flag) for flag in story.signs])
        start = (self.text("explain.sum_up"), self.level(story), names)
        if not may_ask_them(story):
            return (Reply(paragraphs(*start)), *self._in_trouble(story))
        picture = paragraphs(*start, self._well(story), self._unknown(story))
        advice = paragraphs(
            self.advice(f"next_{story.risk}"),
            self.advice("checklist") if story.risk in ("none", "low") else "",
        )
        if story.risk in ("none", "low"):
            return (Reply(picture), self.offering_a_person(advice, story))
        return (Reply(picture), Reply(advice), self.offering_a_person(self.numbers(story), story))

    def level(self, story: Story) -> str:
        """How serious it is together, in words; little is never said of a sign that is called very serious."""
        is_little = story.risk in ("none", "low") and "critical" in story.strengths.values()
        return self.text(f"explain.level_{'medium' if is_little else story.risk}")

    def needs(self, story: Story) -> tuple[str, ...]:
        """
        Whose numbers a story calls for; none where it is hardly alarming.

        Where a sign is critical the police's too, and 112 instead of it where it happens already or to a child.
        """
        if not is_critical(story):
            return () if story.risk in ("none", "low") else ("advice",)
        happens = is_there(story) or story.kind in PERSONAL or "minor" in story.believed
        return ("emergency" if happens else "police", "advice")

    def numbers(self, story: Story) -> str:
        """Whom to call; for a child the children's line first."""
        blocks = [self.knowledge.numbers_block(self.language, need) for need in self.needs(story) or ("advice",)]
        child = self.knowledge.reply(self.language, "utter_child").text if "minor" in story.believed else ""
        return paragraphs(child, self.advice("call_heading"), *blocks)

    def offering_a_person(self, text: str, story: Story) -> Reply:
        """The text with the offer of a person and the ways to go on below it."""
        offer = self.knowledge.reply(self.language, "advice.offer_person")
        others = self.knowledge.reply(self.language, "utter_in_trouble")
        return Reply(paragraphs(text, offer.text), offer.buttons if may_ask_them(story) else others.buttons)

    def names(self, flags: Iterable[str]) -> str:
        """The names of flags, in one line."""
        return ", ".join(f"«{self.knowledge.flag(self.language, flag).name}»" for flag in flags)

    def advice(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"advice.{key}", **values)

    def text(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"responses.{key}", **values)

    def _in_trouble(self, story: Story) -> tuple[Reply, ...]:
        """For a child, or somebody who is in the middle of it: short, no blame, whom to call, a person."""
        if "minor" in story.believed:
            return (self.knowledge.reply(self.language, "utter_child"),)
        comfort = Reply(self.knowledge.text(self.language, "responses.utter_in_trouble"))
        return (comfort, self.offering_a_person(self.numbers(story), story))

    def _nothing_found(self, assessment: Assessment, story: Story) -> str:
        context = any(flag.id == CONTEXT for flag in assessment.flags)
        return paragraphs(
            self.advice("next_none"),
            self.advice("context_line") if context else "",
            self._not_found(story),
            self._well(story),
            self._unknown(story),
            self.advice("checklist"),
        )

    def _signs(self, flags: Sequence[RedFlag], story: Story) -> str:
        shown = flags[:MOST_FLAGS]
        told = [flag for flag in story.signs if flag not in {one.id for one in flags}]
        more = [flag.id for flag in flags[MOST_FLAGS:]]
        return paragraphs(
            self.advice("heading_flags", count=len(story.signs)),
            self.level(story),
            *(self._flag_block(flag) for flag in shown),
            f"{self.advice('more_flags', count=len(more))}\n{self.names(more)}" if more else "",
            self._listed("explain.signs_told", [self._named(flag) for flag in told]),
            self.advice("context_line") if CONTEXT in story.flags else "",
        )

    def _flag_block(self, flag: RedFlag) -> str:
        words = self.knowledge.flag(self.language, flag.id)
        name = self._with_strength(words.name, flag.strength)
        line = self.advice("flag_line", evidence=quoted(flag.evidence), name=name, why=words.why)
        return f"{line}\n{self.advice('honest_line', honest=words.honest)}"

    def _advice(self, flag_ids: Sequence[str], story: Story) -> str:
        flags = flag_ids[:MOST_QUESTIONS] if may_ask_them(story) else ()
        asks = [self.knowledge.flag(self.language, flag_id).ask for flag_id in flags]
        numbered = "\n".join(f"{number}. {ask}" for number, ask in enumerate(asks, start=1))
        is_mild = story.risk in ("none", "low")
        return paragraphs(
            f"{self.advice('ask_heading')}\n{numbered}" if asks else "",
            self._not_found(story) if story.risk != "high" else "",
            self._well(story),
            self._unknown(story) if story.risk != "high" else "",
            self.advice(f"next_{story.risk}"),
            self.advice("checklist") if is_mild else "",
        )

    def _not_found(self, story: Story) -> str:
        names = [self.knowledge.flag(self.language, flag).name for flag in LOOKED_FOR if flag not in story.signs]
        return self._in_line("explain.not_found", [f"«{name}»" for name in names])

    def _unknown(self, story: Story) -> str:
        missing = [self.text(f"check.topic_{question.name}") for question in self.questions.missing(story)]
        return self._in_line("explain.unknown", missing)

    def _well(self, story: Story) -> str:
        """What speaks for the offer: what the visitor knows, and apart from it what is only promised."""
        known = [fact for fact in story.facts.values() if self._is_good(fact.question, fact.answer)]
        claims = [fact for fact in story.claims.values() if self._is_good(fact.question, fact.answer)]
        promised = [fact for fact in claims if fact.question not in story.facts]
        return paragraphs(
            self._listed("explain.known_well", [self.text(f"check.well_{fact.question}") for fact in known]),
            self._listed("explain.promised", [self.text(f"check.well_{fact.question}") for fact in promised]),
        )

    def _is_good(self, question: str, answer: str) -> bool:
        return answer in self.questions.all[question].good

    def _named(self, flag: str) -> str:
        words = self.knowledge.flag(self.language, flag)
        return f"{words.name}. {words.why}"

    def _with_strength(self, name: str, strength: str) -> str:
        return self.text("explain.named", name=name, strength=self.text(f"explain.strength_{strength}"))

    def _in_line(self, heading: str, names: Sequence[str]) -> str:
        """What is no finding, in one line, so that it does not fill a screen; in easy language a line each."""
        if language_of(self.language) != self.language:
            return self._listed(heading, names)
        return f"{self.text(heading)} {', '.join(names)}." if names else ""

    def _listed(self, heading: str, lines: Sequence[str]) -> str:
        return "\n".join([self.text(heading), *(f"• {line}" for line in lines)]) if lines else ""


def _shown(assessment: Assessment, story: Story) -> list[RedFlag]:
    return [flag for flag in strongest_first(assessment.flags) if flag.id in story.signs]


def strongest_first(flags: Sequence[RedFlag]) -> list[RedFlag]:
    """The flags by strength, and those of one strength in the order of the text."""
    return sorted(flags, key=lambda flag: (STRENGTHS.index(flag.strength), flag.start))


def is_critical(story: Story) -> bool:
    """Whether a sign stands for which somebody should be called at once."""
    return "critical" in story.believed.values()
