"""Rights in short."""

from __future__ import annotations

from actions.pages import pages
from actions.turn import Answer, KnowingAction, Turn
from bot.messages import Reply


class Rights(KnowingAction):
    """Every right of the knowledge files, with the offer to talk it over with a person."""

    def name(self) -> str:
        return "action_rights"

    def answer(self, turn: Turn) -> Answer:
        """The rights on as few messages as they fit on."""
        rights = [f"{right.title}\n{right.text}" for right in self.knowledge.rights(turn.language)]
        offer = self.knowledge.reply(turn.language, "utter_offer_person")
        *texts, last = pages([*rights, offer.text])
        return Answer([*(Reply(text) for text in texts), Reply(last, offer.buttons)])
