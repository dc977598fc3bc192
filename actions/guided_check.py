"""The guided check: one question at a time, what an answer changes, and the picture at the end."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import SlotSet

from actions.asking import SKIPPED, asks_on, form_slots
from actions.explanation import Explainer
from actions.pages import paragraphs
from actions.turn import SLOT_PREFIX, Answer, KnowingAction, Turn
from bot.messages import Reply, Tap
from bot.story import Change, Fact, Story, Voice
from bot.story.heeding import fact_signal, heeded
from bot.story.questions import Question, Questions
from bot.story.understanding import answer_to, begins_with_yes_or_no

LEAVES = frozenset({"emergency", "want_person", "delete_data", "stop_check", "their_answer", "change_language"})
"""Intents that no open question may swallow, whatever else the words say."""

DOUBTED = frozenset({"stop_check", "change_language"})
"""Those which words that plainly answer the question may look like: "there is one, but in English"."""

MOST_WORDS_OF_YES = 4
"""Words up to which the classifier's yes or no is the answer: more of them say something of their own."""

TOPICAL = frozenset({"situation", "ask_rights"})
"""Intents that no open question may swallow, except where the words plainly answer it."""


class BeginCheck(KnowingAction):
    """Begins or resumes the check, also for somebody who has no text."""

    def name(self) -> str:
        return "action_begin_check"

    def answer(self, turn: Turn) -> Answer:
        """The lead-in; or the picture, when nothing is left to ask. Questions that were skipped are asked again."""
        slots = form_slots(self.questions, turn.story, {})
        if not asks_on(self.questions, turn.story):
            explainer = Explainer(self.knowledge, self.questions, turn.speech)
            return Answer(explainer.sum_up(turn.story), [SlotSet("check_wanted", False), *slots])
        key = "begin" if turn.story.tellings else "begin_untold"
        lead_in = Reply(self.knowledge.text(turn.speech, f"responses.check.{key}"))
        return Answer([lead_in], [SlotSet("check_wanted", True), *slots])


class TakeAnswer(KnowingAction):
    """A tap on an answer while no question is open: it counts, and the check goes on."""

    def name(self) -> str:
        return "action_take_answer"

    def answer(self, turn: Turn) -> Answer:
        """What the answer changes; the form follows when more is to be asked, else the picture."""
        explainer = Explainer(self.knowledge, self.questions, turn.speech)
        replies = said_change(explainer, turn.before, turn.story, understood(self, turn, turn.telling.facts))
        wanted = asks_on(self.questions, turn.story, turn.slots)
        events = [SlotSet("check_wanted", wanted), *form_slots(self.questions, turn.story, turn.slots)]
        return Answer([*replies, *(() if wanted else explainer.sum_up(turn.story))], events)


class ChangeAnswer(KnowingAction):
    """The visitor wants to answer a question anew: the form that follows asks it first."""

    def name(self) -> str:
        return "action_change"

    def answer(self, turn: Turn) -> Answer:
        """Nothing is said here; the old answer stands until there is a new one."""
        return Answer((), [SlotSet("check_wanted", True), *_reopened(self, turn)])


class ValidateAnswer(KnowingAction):
    """Rasa's form asks here what a message answered."""

    def name(self) -> str:
        return "validate_guided_check_form"

    def answer(self, turn: Turn) -> Answer:
        """
        The slots after the message.

        Without one the form takes the message for something else and lets the rules answer it. When the form begins or
        comes back from such an answer, nothing is understood anew.
        """
        if turn.tap and turn.tap.answer is None:
            return Answer((), [*_reopened(self, turn), SlotSet("requested_slot", f"{SLOT_PREFIX}{turn.tap.question}")])
        if not turn.is_fresh or turn.requested is None:
            return self._going_on(turn, turn.story, ())
        if turn.intent == "skip":
            return self._going_on(turn, turn.story, (), skips=True)
        return self._heard(turn)

    def _heard(self, turn: Turn) -> Answer:
        found = self._understood(turn)
        if found is None:
            return Answer()
        if isinstance(found, str):
            reply = Reply(self.knowledge.text(turn.speech, "responses.check.not_known"))
            return self._going_on(turn, turn.story, (reply,), skips=True)
        signal = fact_signal(found)
        telling = heeded(turn.telling, (signal,), self.questions)
        story = turn.told(telling)
        explainer = Explainer(self.knowledge, self.questions, turn.speech)
        heard = understood(self, turn, telling.facts) if turn.tap is None else ""
        replies = said_change(explainer, turn.before, story, heard)
        return self._going_on(turn, story, replies, signal=signal)

    def _understood(self, turn: Turn) -> Fact | str | None:
        if turn.tap is not None:
            return turn.telling.facts[0] if turn.telling.facts else None
        assert turn.requested is not None
        question = self.questions.all[turn.requested]
        if _is_no_answer(turn, question, self.questions):
            return None
        found = answer_to(question, turn.text, turn.telling, self.questions)
        if found is not None:
            return found
        if turn.telling.facts:
            return turn.telling.facts[0]
        is_bare = turn.intent in ("affirm", "deny") and len(turn.text.split()) <= MOST_WORDS_OF_YES
        if is_bare:
            return question.answers[question.if_yes if turn.intent == "affirm" else question.if_no]
        return None

    def _going_on(
        self, turn: Turn, story: Story, replies: tuple[Reply, ...], *, signal: str = "", skips: bool = False
    ) -> Answer:
        slots = dict(turn.slots)
        if skips:
            slots[f"{SLOT_PREFIX}{turn.requested}"] = SKIPPED
        events: list[dict[str, Any]] = [*form_slots(self.questions, story, slots), SlotSet("check_misses", 0)]
        events.append(SlotSet("check_heard", [turn.seq, signal] if signal else None))
        if not asks_on(self.questions, story):
            events.append(SlotSet("requested_slot", None))
        return Answer(replies, events, (signal,) if signal else ())


class ConcludeCheck(KnowingAction):
    """The end of the check."""

    def name(self) -> str:
        return "action_conclude_check"

    def answer(self, turn: Turn) -> Answer:
        """The picture that all answers and messages make."""
        return Answer(Explainer(self.knowledge, self.questions, turn.speech).sum_up(turn.story))


class CheckMiss(KnowingAction):
    """An answer that was not understood: asked again, and after the second time a person is offered."""

    def name(self) -> str:
        return "action_check_miss"

    def answer(self, turn: Turn) -> Answer:
        """The form asks its question again behind this."""
        if turn.asks:
            return Answer([self.did_you_mean(turn)])
        misses = int(turn.slots.get("check_misses") or 0) + 1
        response = "utter_check_again" if misses == 1 else "utter_fallback_person"
        return Answer([self.knowledge.reply(turn.speech, response)], [SlotSet("check_misses", misses)])


def _is_no_answer(turn: Turn, question: Question, questions: Questions) -> bool:
    """Another offer, which is checked by itself; a wish that no question may swallow; another topic."""
    is_plain = any(fact.question == question.name for fact in turn.telling.facts)
    is_wish = turn.intent in LEAVES and not (is_plain and turn.intent in DOUBTED)
    if turn.telling.voice is Voice.PASTED or turn.telling.turns or is_wish:
        return True
    is_yes_or_no = begins_with_yes_or_no(turn.text, questions)
    return turn.intent in TOPICAL and (turn.asks or not (is_plain or is_yes_or_no))


def understood(action: KnowingAction, turn: Turn, facts: tuple[Fact, ...]) -> str:
    """How a free answer was understood, in the words of its button, so that it can be corrected."""
    heard = "; ".join(_answered(action, turn.speech, fact) for fact in facts)
    return action.knowledge.text(turn.speech, "responses.check.understood", answers=heard) if heard else ""


def said_change(explainer: Explainer, before: Story, after: Story, heard: str = "") -> tuple[Reply, ...]:
    """What an answer or a correction changes, said in one reply; nothing when there is nothing to say."""
    change = Change.between(before, after)
    is_serious = change.is_up and after.risk == "high" and asks_on(explainer.questions, after)
    first = change.raised[0] if change.raised else None
    text = paragraphs(
        heard,
        explainer.text("check.changes_up", names=explainer.names(change.raised)) if change.raised else "",
        explainer.knowledge.flag(explainer.language, first).why if first else "",
        explainer.text("check.changes_down", names=explainer.names(change.dropped)) if change.dropped else "",
        explainer.level(after) if change.before != change.after else "",
    )
    if is_serious:
        return (explainer.offering_a_person(text, after),)
    return (Reply(text),) if text else ()


def _reopened(action: KnowingAction, turn: Turn) -> list[dict[str, Any]]:
    slots = form_slots(action.questions, turn.story, turn.slots)
    return [*slots, SlotSet(f"{SLOT_PREFIX}{turn.tap.question}", None)] if turn.tap else slots


def title_of(action: KnowingAction, language: str, fact: Fact) -> str:
    """The words of the button that gives this answer."""
    payload = Tap(fact.question, fact.answer).payload
    buttons = action.knowledge.reply(language, f"utter_ask_{SLOT_PREFIX}{fact.question}").buttons
    return next(button.title for button in buttons if button.payload == payload)


def _answered(action: KnowingAction, language: str, fact: Fact) -> str:
    topic = action.knowledge.text(language, f"responses.check.topic_{fact.question}")
    return f"{topic} – {title_of(action, language, fact)}"
