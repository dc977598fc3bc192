"""The private self-check: thirteen questions, after those of the Finnish assistance system, and what they may mean."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from actions.pages import paragraphs
from actions.situation import NEXT_HOUR
from actions.turn import SHORT_TEXT, Answer, KnowingAction, Turn
from bot.knowledge.required import SELF_CHECK_QUESTIONS
from bot.messages import Button, Reply
from bot.story.understanding import says
from bot.story.wording import sentences

ANSWERS = "self_check_answers"
"""The slot with the answers so far, a letter each: yes, no, or a dot for a question that was skipped."""
DONE = "self_check"
"""The form's only slot: empty until the last question is answered."""

GRAVE = (5, 6, 8, 9, 12, 13)
"""Questions about threats, fear and being guarded: a yes puts the numbers first."""

CRIES = frozenset({"emergency", "situation", "want_person", "delete_data", "stop_check"})

_LETTER = {"affirm": "y", "deny": "n", "skip": "."}


class BeginSelfCheck(KnowingAction):
    """Begins the self-check anew."""

    def name(self) -> str:
        return "action_begin_self_check"

    def answer(self, turn: Turn) -> Answer:
        """What it is, and that it is private."""
        begin = Reply(self.knowledge.text(turn.speech, "self_check.begin"))
        return Answer([begin], [SlotSet(ANSWERS, ""), SlotSet(DONE, None)])


class AskSelfCheck(KnowingAction):
    """Rasa's form asks with this."""

    def name(self) -> str:
        return "action_ask_self_check"

    def answer(self, turn: Turn) -> Answer:
        """The next question, with a button for each answer."""
        number = len(_answers(turn)) + 1
        text = paragraphs(
            self.knowledge.text(turn.speech, "self_check.number", number=number, count=SELF_CHECK_QUESTIONS),
            self.knowledge.text(turn.speech, f"self_check.question_{number}"),
        )
        return Answer([Reply(text, self._buttons(turn))])

    def _buttons(self, turn: Turn) -> tuple[Button, ...]:
        payloads = {"yes": "/affirm", "no": "/deny", "skip": "/skip", "stop": "/stop_check"}
        return tuple(
            Button(self.knowledge.text(turn.speech, f"self_check.{key}"), payload) for key, payload in payloads.items()
        )


class ValidateSelfCheck(KnowingAction):
    """Rasa's form asks here what a message answered."""

    def name(self) -> str:
        return "validate_self_check_form"

    def answer(self, turn: Turn) -> Answer:
        """One answer more; nothing when the message answers something else, which the rules then do."""
        answers = _answers(turn)
        if turn.is_fresh and turn.asked_in_form == DONE:
            letter = _LETTER.get(turn.intent) or self._in_words(turn)
            if letter is None:
                return Answer()
            answers += letter
        is_done = len(answers) >= SELF_CHECK_QUESTIONS
        events: list[dict[str, Any]] = [SlotSet(ANSWERS, answers), SlotSet(DONE, "done" if is_done else None)]
        return Answer((), [*events, SlotSet("requested_slot", None if is_done else DONE)])

    def _in_words(self, turn: Turn) -> str | None:
        """A message that begins with a yes or a no, whatever the classifier took it for; except a cry for help."""
        is_cry = turn.intent in CRIES or (turn.assessment is not None and turn.assessment.is_alarm)
        if is_cry or turn.button or len(turn.text) > SHORT_TEXT:
            return None
        said = {"unknown": ".", "denied": "n", "affirmed": "y"}
        stated = sentences(turn.text)[:1]
        found = (letter for word, letter in said.items() if says(word, stated, self.questions))
        return next(found, None)


class SelfCheckMiss(KnowingAction):
    """A message that is no answer and nothing else either."""

    def name(self) -> str:
        return "action_self_check_miss"

    def answer(self, turn: Turn) -> Answer:
        """How to answer; the form asks again behind it."""
        return Answer([Reply(self.knowledge.text(turn.speech, "self_check.again"))])


class ConcludeSelfCheck(KnowingAction):
    """The end of the self-check."""

    def name(self) -> str:
        return "action_conclude_self_check"

    def answer(self, turn: Turn) -> Answer:
        """How many were answered yes and what that may mean; no verdict. The answers are forgotten."""
        answers = _answers(turn)
        yes = [number for number, letter in enumerate(answers, start=1) if letter == "y"]
        offer = self.knowledge.reply(turn.speech, "utter_offer_person")
        if not yes:
            key = "end_none" if answers == "n" * SELF_CHECK_QUESTIONS else "end_open"
            text = self.knowledge.text(turn.speech, f"self_check.{key}")
            return Answer([Reply(paragraphs(text, offer.text), offer.buttons)], _forgotten())
        is_grave = any(number in GRAVE for number in yes)
        need = "emergency" if is_grave else "advice"
        text = paragraphs(
            self.knowledge.text(turn.speech, "self_check.end_some", count=len(yes)),
            self.knowledge.text(turn.speech, "self_check.grave") if is_grave else "",
            self.knowledge.numbers_block(turn.speech, need),
            offer.text,
        )
        hour = Button(self.knowledge.topic(turn.speech, NEXT_HOUR).title, f"/situation_{NEXT_HOUR}")
        return Answer([Reply(text, (offer.buttons[0], hour, *offer.buttons[1:]))], _forgotten())


def _answers(turn: Turn) -> str:
    return str(turn.slots.get(ANSWERS) or "")


def _forgotten() -> list[dict[str, Any]]:
    return [SlotSet(ANSWERS, ""), SlotSet(DONE, None)]
