"""The visitor corrects something: what is taken back, and what follows from it."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.asking import asks_on, form_slots
from actions.explanation import Explainer
from actions.guided_check import said_change, title_of, understood
from actions.turn import Answer, KnowingAction, Turn
from bot.messages import Button, Reply, Tap


class Correct(KnowingAction):
    """Says what a correction changes; who only says that something is wrong is shown what can be answered anew."""

    def name(self) -> str:
        return "action_correct"

    def answer(self, turn: Turn) -> Answer:
        """The change; or the answers so far as buttons; or the question what to correct."""
        explainer = Explainer(self.knowledge, self.questions, turn.speech)
        heard = understood(self, turn, turn.telling.facts)
        replies = said_change(explainer, turn.before, turn.story, heard)
        events = [SlotSet("check_wanted", False), *form_slots(self.questions, turn.story, turn.slots)]
        if replies:
            wanted = asks_on(self.questions, turn.story, turn.slots)
            events[0] = SlotSet("check_wanted", wanted)
            return Answer(replies, events)
        return Answer([self._what(turn)], events)

    def _what(self, turn: Turn) -> Reply:
        key = "responses.check.correct_which" if turn.story.facts else "responses.check.correct_what"
        buttons = tuple(
            Button(title_of(self, turn.speech, fact), Tap(fact.question, None).payload)
            for fact in turn.story.facts.values()
        )
        return Reply(self.knowledge.text(turn.speech, key), buttons)
