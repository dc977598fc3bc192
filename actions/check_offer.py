"""Checks an offer, or asks for it when none was pasted yet."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.explanation import explain
from actions.licences import LicenceCheck
from actions.turn import Answer, KnowingAction, Turn
from bot.knowledge import Knowledge
from bot.messages import Reply

SHORTEST_OFFER = 100
"""Characters below which a message without a warning sign rather announces an offer than is one."""


class CheckOffer(KnowingAction):
    """Explains the assessment of the latest message, together with what earlier messages showed."""

    def __init__(self, knowledge: Knowledge, licences: LicenceCheck | None = None) -> None:
        super().__init__(knowledge)
        self._licences = licences

    def name(self) -> str:
        return "action_check_offer"

    def answer(self, turn: Turn) -> Answer:
        """The explanation; or the question for the offer, once."""
        assessment = turn.assessment
        if assessment is None or (not assessment.flags and _only_announces(turn)):
            asking = self.knowledge.reply(turn.language, "utter_ask_offer")
            return Answer([*self._of_companies(turn), asking], [SlotSet("offer_asked", True)])
        explanation = explain(self.knowledge, turn.language, assessment, turn.seen)
        slots = [
            SlotSet("flags_seen", list(explanation.seen.flags)),
            SlotSet("risk_seen", explanation.seen.risk),
            SlotSet("offer_asked", False),
        ]
        *first, last = explanation.replies
        return Answer([*first, *self._of_companies(turn), last], slots)

    def _of_companies(self, turn: Turn) -> list[Reply]:
        """What the public lists say of the companies that the message names."""
        reply = self._licences.reply(turn) if self._licences else None
        return [reply] if reply else []


def _only_announces(turn: Turn) -> bool:
    return len(turn.text) < SHORTEST_OFFER and not turn.seen.flags and not turn.was_asked
