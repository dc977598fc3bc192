"""Checks an offer, or asks for it when none was pasted yet."""

from __future__ import annotations

from rasa_sdk.events import SlotSet

from actions.asking import asks_on, form_slots
from actions.explanation import Explainer
from actions.licences import LicenceCheck
from actions.turn import Answer, KnowingAction, Turn
from bot.knowledge import Knowledge
from bot.messages import Reply
from bot.story import Voice
from bot.story.questions import Questions

SHORTEST_OFFER = 100
"""Characters below which a message without a warning sign rather announces an offer than is one."""

CALLS_TOLD = "calls_told"
"""The slot with the needs whose numbers were given: the same numbers under every offer are not read any more."""


class CheckOffer(KnowingAction):
    """Explains the story with the latest message; what is missing in it is asked by the form that follows."""

    def __init__(
        self,
        knowledge: Knowledge | None = None,
        questions: Questions | None = None,
        licences: LicenceCheck | None = None,
    ) -> None:
        super().__init__(knowledge, questions)
        self._licences = licences

    def name(self) -> str:
        return "action_check_offer"

    def answer(self, turn: Turn) -> Answer:
        """The explanation; or the question for the offer, once."""
        if turn.assessment is None or self._only_announces(turn):
            events = [SlotSet("offer_asked", True), SlotSet("check_wanted", False)]
            asking = self.knowledge.reply(turn.speech, "utter_ask_offer")
            return Answer([*self._of_companies(turn), asking], events)
        slots = {} if turn.telling.turns else turn.slots  # of another offer nothing was skipped yet
        wanted = asks_on(self.questions, turn.story, slots)
        is_brief = wanted and _is_retold(turn)
        events = [
            SlotSet("offer_asked", False),
            SlotSet("check_wanted", wanted),
            *(
                []
                if is_brief
                else [SlotSet(CALLS_TOLD, sorted({*_calls_told(turn), *self._explainer(turn).needs(turn.story)}))]
            ),
            *form_slots(self.questions, turn.story, slots),
        ]
        replies = self._briefly(turn) if is_brief else self._explained(turn)
        return Answer([*replies, *self._led_in(turn, wanted)], events)

    def _explained(self, turn: Turn) -> list[Reply]:
        assert turn.assessment is not None
        calls_told = _calls_told(turn)
        *first, last = self._explainer(turn).explain(turn.assessment, turn.story, calls_told=calls_told)
        return [*self._by_itself(turn), *first, *self._of_companies(turn), last]

    def _explainer(self, turn: Turn) -> Explainer:
        return Explainer(self.knowledge, self.questions, turn.speech)

    def _by_itself(self, turn: Turn) -> list[Reply]:
        """That an offer before this one does not count."""
        text = self.knowledge.text(turn.speech, "responses.check.by_itself")
        return [Reply(text)] if turn.telling.turns else []

    def _briefly(self, turn: Turn) -> list[Reply]:
        """After a few words the questions are worth more than advice: only the signs are said before them."""
        assert turn.assessment is not None
        signs = [self._explainer(turn).signs(turn.assessment, turn.story)] if turn.story.signs else []
        return [*self._of_companies(turn), *signs]

    def _of_companies(self, turn: Turn) -> list[Reply]:
        """What the public lists say of the companies that the message names."""
        reply = self._licences.reply(turn) if self._licences else None
        return [reply] if reply else []

    def _led_in(self, turn: Turn, wanted: bool) -> list[Reply]:
        """What announces the questions, the first time."""
        if not wanted or turn.requested is not None:
            return []
        key = "begin_untold" if _is_retold(turn) else "begin"
        return [Reply(self.knowledge.text(turn.speech, f"responses.check.{key}"))]

    def _only_announces(self, turn: Turn) -> bool:
        says_little = len(turn.text) < SHORTEST_OFFER and not turn.story.signs and not turn.telling.facts
        return says_little and not turn.was_asked and not (turn.assessment and turn.assessment.flags)


def _calls_told(turn: Turn) -> tuple[str, ...]:
    return tuple(turn.slots.get(CALLS_TOLD) or ())


def _is_retold(turn: Turn) -> bool:
    """Whether the visitor tells of an offer in a few words of their own that are no grave danger."""
    is_short = len(turn.text) < SHORTEST_OFFER and turn.telling.voice is Voice.OWN
    return is_short and turn.story.risk != "high"
