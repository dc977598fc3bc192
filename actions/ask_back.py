"""Questions that the visitor sends to the recruiter, and what the answer is worth in the light of the first text."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import SlotSet

from actions.asking import may_ask_them
from actions.explanation import Explainer, strongest_first
from actions.numbers import caller_in
from actions.pages import paragraphs, quoted
from actions.situation import Situation
from actions.turn import Answer, KnowingAction, Turn
from bot.messages import LANGUAGES, Reply
from bot.redflags.assessment import Assessment
from bot.story import Change, Story, Voice
from bot.story.heeding import ASKED_BACK, voice_signal
from bot.story.story import CONTEXT

MOST_ASKED = 7
ROOM_FOR_MISSING = 3
SHORTEST_REPLY = 40
NEVER_ASKED = frozenset({"threats", "movement_restricted", "minor", "intimate_images", CONTEXT})
"""Signs about which a question would help nobody, or could make it worse."""

ASKED_OF_THEM = ("employer", "contract", "money", "documents", "travel")
"""Questions of the guided check that a recruiter can answer."""


class AskBack(Situation):
    """The kit: from the flags and from what is missing, in the recruiter's language, ready to copy."""

    def name(self) -> str:
        return "action_ask_back"

    def answer(self, turn: Turn) -> Answer:
        """
        Three replies: what to do with it, the questions alone, what comes next. In danger: better not to ask.

        "The police are coming, what do I tell them?" is no question about a recruiter.
        """
        if "police" in caller_in(turn, self.knowledge.directory).needs:
            return Answer([self.told(turn, "how_to_report")])
        if not may_ask_them(turn.story):
            return Answer([self.knowledge.reply(turn.speech, "utter_ask_back_not_now")])
        theirs = turn.story.offer_language or turn.language
        language = theirs if theirs in LANGUAGES else turn.language
        asks = self._asks(turn.story, language)
        numbered = "\n".join(f"{number}. {ask}" for number, ask in enumerate(asks, start=1))
        kit = paragraphs(
            self.knowledge.text(language, "responses.ask_back.opening"),
            numbered,
            self.knowledge.text(language, "responses.ask_back.closing"),
        )
        lead = Reply(self.knowledge.text(turn.speech, "responses.ask_back.lead"))
        after = self.knowledge.reply(turn.speech, "utter_ask_back_after")
        return Answer([lead, Reply(kit), after], [SlotSet("check_wanted", False)], (ASKED_BACK,))

    def _asks(self, story: Story, language: str) -> list[str]:
        """The strongest signs first, with room for what is missing; of a story without either, what always matters."""
        missing = [question.name for question in self.questions.missing(story)]
        topics = [name for name in ASKED_OF_THEM if name in missing]
        flags = _askable(story)
        shown = flags[: MOST_ASKED - min(len(topics), ROOM_FOR_MISSING)]
        if not flags and not topics:
            topics = list(ASKED_OF_THEM)
        asks = [self.knowledge.flag(language, flag).ask for flag in shown]
        asks += [self.knowledge.text(language, f"responses.ask_back.{name}") for name in topics]
        return asks[:MOST_ASKED]


class CheckReply(KnowingAction):
    """The recruiter's answer, in the light of what was there before."""

    def name(self) -> str:
        return "action_check_reply"

    def answer(self, turn: Turn) -> Answer:
        """What contradicts the first text, what it confirms, what is new, and what it does not answer."""
        if turn.assessment is None or _only_announces(turn):
            reply = self.knowledge.reply(turn.speech, "utter_ask_their_answer")
            return Answer([reply], (), (ASKED_BACK,))
        story = turn.told(replace(turn.telling, voice=Voice.REPLY))
        explainer = Explainer(self.knowledge, self.questions, turn.speech)
        compared = paragraphs(
            explainer.text("reply.heading"),
            *self._compared(explainer, turn, story),
            explainer.level(story) if story.signs else "",
        )
        advice = paragraphs(explainer.advice(f"next_{story.risk}"), explainer.text("reply.paper"))
        last = explainer.offering_a_person(
            paragraphs(advice, explainer.numbers(story) if story.risk == "high" else ""), story
        )
        return Answer([Reply(compared), last], (), (voice_signal(Voice.REPLY),))

    def _compared(self, explainer: Explainer, turn: Turn, story: Story) -> list[str]:
        assert turn.assessment is not None
        before, telling = turn.before, turn.telling
        denied = [flag for flag in before.signs if flag in telling.denied]
        raised = Change.between(before, story).raised
        again = [flag.id for flag in turn.assessment.flags if flag.id in before.signs and flag.id not in denied]
        promised = [fact for fact in telling.facts if fact.answer in self.questions.all[fact.question].good]
        seen = {flag.id for flag in turn.assessment.flags} | set(denied)
        unanswered = [flag for flag in _askable(before) if flag not in seen]
        topics = [
            explainer.text(f"check.topic_{question.name}")
            for question in self.questions.missing(story)
            if question.name in ASKED_OF_THEM
        ]
        return [
            explainer.text("reply.contradicts", names=explainer.names(denied)) if denied else "",
            explainer.text("reply.again", names=explainer.names(again)) if again else "",
            *self._new_signs(explainer, turn.assessment, raised),
            explainer.text(
                "reply.promised", topics=", ".join(explainer.text(f"check.well_{f.question}") for f in promised)
            )
            if promised
            else "",
            explainer.text("reply.unanswered", topics=", ".join([*self._names(explainer, unanswered), *topics]))
            if unanswered or topics
            else "",
        ]

    @staticmethod
    def _names(explainer: Explainer, flags: list[str]) -> list[str]:
        return [explainer.names([flag]) for flag in flags]

    @staticmethod
    def _new_signs(explainer: Explainer, assessment: Assessment, raised: tuple[str, ...]) -> list[str]:
        flags = [flag for flag in strongest_first(assessment.flags) if flag.id in raised]
        words = [(flag, explainer.knowledge.flag(explainer.language, flag.id)) for flag in flags]
        lines = [explainer.advice("flag_line", evidence=quoted(f.evidence), name=w.name, why=w.why) for f, w in words]
        return [paragraphs(explainer.text("reply.new"), *lines)] if lines else []


def _only_announces(turn: Turn) -> bool:
    """A few words that say nothing about the offer: that there is an answer, and not the answer."""
    telling = turn.telling
    return len(turn.text) < SHORTEST_REPLY and not (telling.flags or telling.denied or telling.facts)


def _askable(story: Story) -> list[str]:
    return [flag for flag in story.signs if flag not in NEVER_ASKED]
