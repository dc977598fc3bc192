"""For somebody in the middle of it, or who fears for another: comfort once, what was heard, what helps now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rasa_sdk.events import SlotSet

from actions.explanation import strongest_first
from actions.numbers import numbers_for
from actions.pages import paragraphs
from actions.situation import NEXT_HOUR, Situation
from actions.turn import Answer, Turn
from bot.knowledge.guide import caller_of
from bot.messages import Reply
from bot.redflags.assessment import RedFlag
from bot.story.story import CONTEXT

MOST_NAMES = 4
TOLD = "trouble_told"
"""The slot that holds what was said already: `own` trouble, somebody `else`, an `emergency`."""


class InTrouble(Situation):
    """Somebody is in the middle of it."""

    told_as, first, later = "own", "utter_in_trouble", "utter_in_trouble_on"

    def name(self) -> str:
        return "action_in_trouble"

    def answer(self, turn: Turn) -> Answer:
        """The words of comfort, the first time; the signs that are new; what helps in the situation they name."""
        told = set(turn.slots.get(TOLD) or ())
        is_first = self.told_as not in told
        comfort = self.knowledge.reply(turn.speech, self.first if is_first else self.later)
        flags = _new_flags(turn)
        named = self.topics.named_in(turn.text)
        said = [SlotSet(TOLD, sorted({*told, self.told_as}))]
        if named is not None and named in self.situations:
            # The situation brings numbers and buttons of its own: they are not said twice.
            return Answer([Reply(paragraphs(comfort.text, self._heard(turn, flags))), self.told(turn, named)], said)
        if not flags:
            return Answer([comfort], said)
        calls = self._whom_to_call(turn, {flag.id for flag in flags}) if is_first else ()
        return Answer([Reply(comfort.text), Reply(paragraphs(self._heard(turn, flags), *calls), comfort.buttons)], said)

    def _heard(self, turn: Turn, flags: Sequence[RedFlag]) -> str:
        """The names of the strongest signs."""
        names = [f"• {self.knowledge.flag(turn.speech, flag.id).name}" for flag in flags[:MOST_NAMES]]
        return "\n".join([self.knowledge.text(turn.speech, "talk.signs_heard"), *names]) if names else ""

    def _whom_to_call(self, turn: Turn, flags: Iterable[str]) -> list[str]:
        caller = caller_of(turn.text, turn.language, self.knowledge.directory)
        heading = self.knowledge.text(turn.speech, "advice.call_heading")
        if caller.is_abroad:
            return [heading, *numbers_for(caller, self.knowledge.lines(turn.language))]
        return [heading, self.knowledge.numbers_block(turn.speech, "child" if "minor" in flags else "advice")]


def _new_flags(turn: Turn) -> list[RedFlag]:
    """The signs in the message that none before it has shown, strongest first."""
    before = set(turn.before.signs)
    found = strongest_first(turn.assessment.flags if turn.assessment else ())
    return [flag for flag in found if flag.id != CONTEXT and flag.id not in before]


class Worried(InTrouble):
    """Somebody fears for another person."""

    told_as, first, later = "else", "utter_worried_about_someone", "utter_worried_on"

    def name(self) -> str:
        return "action_worried"


class Emergency(Situation):
    """After the gateway's own first words in an emergency: can somebody see the screen, and what comes next."""

    def name(self) -> str:
        return "action_emergency"

    def answer(self, turn: Turn) -> Answer:
        """What helps who wants to die, or a child; else the question about the screen, and later the next hour."""
        told = set(turn.slots.get(TOLD) or ())
        named = self.topics.named_in(turn.text)
        if named in ("suicide", "child"):
            reply = self.told(turn, named)
        elif "emergency" in told:
            reply = self.told(turn, NEXT_HOUR)
        else:
            reply = self.knowledge.reply(turn.speech, "utter_emergency_next")
        return Answer([reply], [SlotSet(TOLD, sorted({*told, "emergency"}))])
