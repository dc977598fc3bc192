"""Names the warning signs in what somebody told about themselves or another person."""

from __future__ import annotations

from actions.explanation import strongest_first
from actions.pages import paragraphs
from actions.turn import Answer, KnowingAction, Turn
from bot.messages import Reply
from bot.story.story import CONTEXT

MOST_NAMES = 4


class TroubleSigns(KnowingAction):
    """After the words of comfort: what was heard, by name, and whom to call. Says nothing when nothing was found."""

    def name(self) -> str:
        return "action_trouble_signs"

    def answer(self, turn: Turn) -> Answer:
        """One reply with the names of the strongest signs, numbers and the offer of a person."""
        found = turn.assessment.flags if turn.assessment else ()
        flags = [flag for flag in strongest_first(found) if flag.id != CONTEXT]
        if not flags:
            return Answer()
        names = [f"• {self.knowledge.flag(turn.language, flag.id).name}" for flag in flags[:MOST_NAMES]]
        need = "child" if any(flag.id == "minor" for flag in flags) else "advice"
        text = paragraphs(
            "\n".join([self.knowledge.text(turn.language, "advice.in_trouble_heading"), *names]),
            self.knowledge.text(turn.language, "advice.call_heading"),
            self.knowledge.numbers_block(turn.language, need),
        )
        buttons = self.knowledge.reply(turn.language, "utter_offer_person").buttons
        return Answer([Reply(text, buttons)])
