"""One message heard: the engine's assessment, and what it adds to the story. The only part that needs the engine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.redflags.assessment import Assessment, RedFlag
from bot.redflags.engine import Engine
from bot.redflags.folding import fold
from bot.redflags.lexicon import EMERGENCY
from bot.redflags.reading import Reading
from bot.story.questions import Questions
from bot.story.story import Story
from bot.story.telling import Telling, Voice
from bot.story.understanding import facts_in

OFFERS = frozenset({"job_offer", "dating", "help_offer"})
LONGEST_OWN = 80
"""Characters from which a text that reads like an offer is taken for a pasted one."""

SHORT_WORDS = 15
"""Words up to which a message that denies is read as a correction: the model alone must not turn it into an alarm."""


@dataclass(frozen=True)
class Heard:
    """A message with its assessment (what a correction denies is left out of it) and its telling."""

    assessment: Assessment
    telling: Telling


@dataclass(frozen=True)
class Listener:
    """Hears one message after another with the engine; holds nothing of them."""

    engine: Engine
    questions: Questions

    def hear(self, text: str, seq: int, story: Story) -> Heard:
        """The message `seq` in the light of the story before it. Never raises."""
        found = self.engine.assess(text)
        voice = _voice(text, found, story)
        reading = self.engine.reader.read(fold(text), found.language)
        facts = facts_in(text, self.questions)
        affirmed = {one.flag for one in reading.found if not one.is_denied}
        denied = {one.flag for one in reading.found if one.is_denied} - affirmed - {EMERGENCY}
        denied |= {flag for fact in facts for flag in fact.clears}
        raised = {flag for fact in facts for flag, _ in fact.raises}
        denied -= raised
        if voice is Voice.OWN and denied and _words(reading) <= SHORT_WORDS:
            found = _without(found, denied, affirmed)
        return Heard(found, Telling.of(seq, found, denied=tuple(sorted(denied)), facts=facts, voice=voice))


def _voice(text: str, assessment: Assessment, story: Story) -> Voice:
    """After questions for the recruiter the next words are taken for the answer: it must not withdraw anything."""
    if story.awaits_reply:
        return Voice.REPLY
    is_pasted = assessment.kind in OFFERS and len(text) > LONGEST_OWN
    return Voice.PASTED if is_pasted else Voice.OWN


def _words(reading: Reading) -> int:
    return sum(token.is_word for token in reading.tokens)


def _without(assessment: Assessment, denied: set[str], affirmed: set[str]) -> Assessment:
    """What is left of a short message that denies: its flags that a phrase affirms, and an emergency beside them."""
    kept: tuple[RedFlag, ...] = tuple(
        flag for flag in assessment.flags if flag.id in affirmed and flag.id not in denied
    )
    if kept or EMERGENCY in affirmed:
        return replace(assessment, flags=kept)
    return replace(assessment, flags=(), risk="none", emergency=False)
