"""Checks an offer, or asks for it when none was pasted yet."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.explanation import explain
from actions.turn import Answer, KnowingAction, Turn

SHORTEST_OFFER = 100
"""Characters below which a message without a warning sign rather announces an offer than is one."""


class CheckOffer(KnowingAction):
    """Explains the assessment of the latest message, together with what earlier messages showed."""

    def name(self) -> str:
        return "action_check_offer"

    def answer(self, turn: Turn) -> Answer:
        """The explanation; or the question for the offer, once."""
        assessment = turn.assessment
        if assessment is None or (not assessment.flags and _only_announces(turn)):
            return Answer([self.knowledge.reply(turn.language, "utter_ask_offer")], [SlotSet("offer_asked", True)])
        explanation = explain(self.knowledge, turn.language, assessment, turn.seen)
        slots = [
            SlotSet("flags_seen", list(explanation.seen.flags)),
            SlotSet("risk_seen", explanation.seen.risk),
            SlotSet("offer_asked", False),
        ]
        return Answer(explanation.replies, slots)


def _only_announces(turn: Turn) -> bool:
    return len(turn.text) < SHORTEST_OFFER and not turn.seen.flags and not turn.was_asked
