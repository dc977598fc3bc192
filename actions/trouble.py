"""For somebody in the middle of it, or who fears for another: comfort once, what was heard, what helps now."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import SlotSet

from actions.explanation import strongest_first
from actions.numbers import caller_in, remembered
from actions.pages import paragraphs
from actions.situation import NEXT_HOUR, TOLD, Situation, told
from actions.turn import Answer, Turn
from bot.messages import Reply
from bot.redflags.assessment import RedFlag
from bot.story.story import CONTEXT, HARM

MOST_NAMES = 4
WATCHED = "watched"

OFFERED = "offered"
"""What is remembered in the place of a situation when a person was offered with the numbers."""

AT_ONCE = ("suicide", "child", "blackmail_images", NEXT_HOUR)
"""Situations whose advice comes before the question about the screen."""

SCREEN_ASKED = "screen_asked"
"""The slot that says whether the last question in an emergency was if somebody can see the screen."""


ASKED_AGAIN = ("utter_fallback", "utter_fallback_person")
"""What is said where nothing was understood: a question deserves more than to be asked for again."""


class Trouble(Situation):
    """What the two kinds of trouble share."""

    def comfort(self, turn: Turn, told_as: str) -> Reply:
        """The first words to who is in trouble themselves, or fears for somebody else; the second time other words."""
        own = ("utter_in_trouble", "utter_in_trouble_on")
        somebody = ("utter_worried_about_someone", "utter_worried_on")
        first, later = own if told_as == "own" else somebody
        return self.knowledge.reply(turn.speech, later if told_as in told(turn) else first)

    def answered(self, turn: Turn, told_as: str, situation: str | None) -> Answer:
        """Comfort, the new signs, and the situation with its numbers unless it was told before."""
        comfort, flags = self.comfort(turn, told_as), _new_flags(turn)
        if situation is None and not flags and f"{told_as}_on" in told(turn):
            if told_as == "own" and not is_held(turn) and OFFERED not in told(turn):
                offer = self.knowledge.reply(turn.speech, "utter_offer_person")
                text = paragraphs(offer.text, self.knowledge.numbers_block(turn.speech, "emergency"))
                return Answer([Reply(text, offer.buttons)], _now_told(turn, told_as, OFFERED))
            if told_as != "own" or is_held(turn):
                situation = NEXT_HOUR if told_as == "own" else "friend"  # not three times the same words
        heard = self._heard(turn, flags)
        if told_as == "own" and "child" in told(turn) and not flags:
            heard = self.knowledge.reply(turn.speech, "utter_child").text
        is_new = situation is not None and situation not in told(turn)
        events = [*_now_told(turn, told_as, situation), *remembered(caller_in(turn, self.knowledge.directory))]
        if situation is not None and is_new:
            return Answer([Reply(paragraphs(comfort.text, heard)), self.told(turn, situation)], events)
        if told_as in told(turn) or not flags:
            return Answer([Reply(paragraphs(comfort.text, heard), comfort.buttons)], events)
        calls = (self.knowledge.text(turn.speech, "advice.call_heading"), self._numbers(turn, "advice"))
        return Answer([Reply(comfort.text), Reply(paragraphs(heard, *calls), comfort.buttons)], events)

    def about_somebody(self, turn: Turn) -> Answer:
        """Comfort for who fears for another person, and how to help without making it worse."""
        is_asked = turn.topic in ("friend", "suicide") or "else" in told(turn)
        return self.answered(turn, "else", "friend" if is_asked else None)

    def _numbers(self, turn: Turn, need: str | None) -> str:
        """The crisis line for who may want to die, whoever asks."""
        return super()._numbers(turn, "crisis" if turn.topic == "suicide" else need)

    def _heard(self, turn: Turn, flags: Sequence[RedFlag]) -> str:
        """The names of the strongest signs."""
        names = [f"• {self.knowledge.flag(turn.speech, flag.id).name}" for flag in flags[:MOST_NAMES]]
        return "\n".join([self.knowledge.text(turn.speech, "talk.signs_heard"), *names]) if names else ""


class InTrouble(Trouble):
    """Somebody is in the middle of it; or goes on about the person that they spoke of before."""

    def name(self) -> str:
        return "action_in_trouble"

    def answer(self, turn: Turn) -> Answer:
        """With the situation that they name, or that the signs in their message show."""
        is_own = turn.assessment is not None and turn.assessment.kind == "in_trouble"
        if "else" in told(turn) and "own" not in told(turn) and not is_own:
            return self.about_somebody(turn)
        flags = [flag.id for flag in _new_flags(turn)]
        return self.answered(turn, "own", turn.topic if turn.topic in self.sequels else self.shown(flags))


class Worried(Trouble):
    """Somebody fears for another person."""

    def name(self) -> str:
        return "action_worried"

    def answer(self, turn: Turn) -> Answer:
        """
        How to help without making it worse comes with the second message, or when it is asked for.

        A child who speaks of a friend or of their mother is still the one who needs help.
        """
        before = turn.before
        if "minor" in before.believed and before.kind != "third_party" and "else" not in told(turn):
            return self.answered(turn, "own", "child")
        return self.about_somebody(turn)


class Emergency(Trouble):
    """After the gateway's own first words in an emergency: can somebody see the screen, and what comes next."""

    def name(self) -> str:
        return "action_emergency"

    def answer(self, turn: Turn) -> Answer:
        """What helps who wants to die, or a child; else the question about the screen, and later the next hour."""
        kind = turn.assessment.kind if turn.assessment else ""
        goes_on = "else" in told(turn) and "own" not in told(turn) and kind != "in_trouble"
        if kind == "third_party" or goes_on:
            return self.answered(turn, "else", "friend")
        is_child = any(flag.id == "minor" for flag in _new_flags(turn))
        named = turn.topic if turn.topic in AT_ONCE else "child" if is_child else None
        again = NEXT_HOUR if "emergency" in told(turn) else None
        situation = named or again
        reply = self.told(turn, situation) if situation else self.knowledge.reply(turn.speech, "utter_emergency_next")
        events = [
            *_now_told(turn, "emergency", situation),
            *remembered(caller_in(turn, self.knowledge.directory)),
            SlotSet(SCREEN_ASKED, situation is None),
        ]
        return Answer([*self._first_words(turn), reply], events)

    def _first_words(self, turn: Turn) -> list[Reply]:
        """The words that the gateway says where the engine saw the emergency; here the visitor's words told of it."""
        is_said = turn.assessment is None or turn.assessment.emergency
        words = "emergency_crisis" if turn.topic == "suicide" else "emergency"
        return [] if is_said else [Reply(self.knowledge.text(turn.speech, f"system.{words}"))]


class YesInEmergency(Trouble):
    """A yes after an emergency: to the question about the screen, or later to the offer of a person."""

    def name(self) -> str:
        return "action_yes_in_emergency"

    def answer(self, turn: Turn) -> Answer:
        """How to write unseen, with the offer of a person; a person at once where that was what was offered."""
        if not turn.slots.get(SCREEN_ASKED):
            return Answer(signals=("handoff",))
        return Answer(
            [self.told(turn, WATCHED)], [*_now_told(turn, "emergency", WATCHED), SlotSet(SCREEN_ASKED, False)]
        )


class Fallback(Trouble):
    """A message that was not understood. To somebody in trouble that is never said."""

    otherwise = "utter_fallback"

    def name(self) -> str:
        return "action_fallback"

    def answer(self, turn: Turn) -> Answer:
        """A question gets what it may be about; who goes on telling their words; others a second try."""
        told_as = next((one for one in ("own", "emergency", "else") if one in told(turn)), None)
        if turn.asks and (told_as or self.otherwise in ASKED_AGAIN):
            return Answer([self.did_you_mean(turn)])
        if told_as is None and turn.near and self.otherwise == ASKED_AGAIN[0]:
            return Answer([self.did_you_mean(turn)])
        if told_as is None:
            return Answer([self.knowledge.reply(turn.speech, self.otherwise)])
        return self.answered(turn, "else" if told_as == "else" else "own", None)


class FallbackPerson(Fallback):
    """The second miss in a row, and every further one: a person is offered."""

    otherwise = "utter_fallback_person"

    def name(self) -> str:
        return "action_fallback_person"


class OffTopic(Fallback):
    """Small talk, or what looks like it: somebody in trouble does not talk small."""

    otherwise = "utter_off_topic"

    def name(self) -> str:
        return "action_off_topic"


def is_held(turn: Turn) -> bool:
    """Whether somebody is kept, threatened or in danger: who is not has no use for advice on getting out."""
    return turn.story.emergency or not HARM.isdisjoint(turn.story.believed)


def _now_told(turn: Turn, told_as: str, situation: str | None) -> list[dict[str, object]]:
    again = [f"{told_as}_on"] if told_as in told(turn) else []
    return [SlotSet(TOLD, sorted({*told(turn), told_as, *again, *([situation] if situation else [])}))]


def _new_flags(turn: Turn) -> list[RedFlag]:
    """The signs in the message that none before it has shown, strongest first."""
    before = set(turn.before.signs)
    found = strongest_first(turn.assessment.flags if turn.assessment else ())
    return [flag for flag in found if flag.id != CONTEXT and flag.id not in before]
