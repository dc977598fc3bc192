"""What helps now in the situation that somebody tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa_sdk.events import SlotSet

from actions.numbers import caller_in, numbers_for, remembered
from actions.pages import paragraphs
from actions.turn import Answer, KnowingAction, Turn, data_folder
from bot.knowledge import Knowledge
from bot.messages import LANGUAGES, SITUATIONS, Reply
from bot.story.phrase_file import QuestionsError, read
from bot.story.questions import Questions

FILE = "dialogue/situations.yml"

ABOUT, ANOTHER = "about", "another"
"""The key of a sequel, and its only value, by which the situation is somebody else's."""

NEXT_HOUR = "next_hour"

MOST_CHOICES = 4
"""Buttons of topics under an answer."""

TOLD = "trouble_told"
"""The slot with what was said already: `own` trouble, somebody `else`, an `emergency`, and the situations."""


@dataclass(frozen=True)
class Sequel:
    """
    What comes with the advice for a situation.

    `need`: the block of numbers; none: only the offer of a person. `next`: the situations that may come next. `flags`:
    signs in somebody's own story that mean this situation. `is_about_another`: who asks fears for somebody else.
    """

    need: str | None = None
    next: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    is_about_another: bool = False


class Situation(KnowingAction):
    """The advice for a situation, whom to call about it, and the offer of a person."""

    def __init__(self, knowledge: Knowledge | None = None, questions: Questions | None = None) -> None:
        super().__init__(knowledge, questions)
        self.sequels = load_sequels(data_folder(), self.knowledge)

    def name(self) -> str:
        return "action_situation"

    def answer(self, turn: Turn) -> Answer:
        """One reply, for the situation that was tapped or named; for none of them, what to do in the next hour."""
        situation = turn.topic if turn.topic in SITUATIONS else NEXT_HOUR
        events = remembered(caller_in(turn, self.knowledge.directory))
        if self.sequels[situation].is_about_another:
            events.append(SlotSet(TOLD, sorted({*told(turn), "else"})))
        return Answer([self.told(turn, situation)], events)

    def shown(self, flags: Sequence[str]) -> str | None:
        """The situation that the first of these flags which means one stands for."""
        meant = {flag: name for name, sequel in self.sequels.items() for flag in sequel.flags}
        return next((meant[flag] for flag in flags if flag in meant), None)

    def told(self, turn: Turn, situation: str) -> Reply:
        """The reply for one situation."""
        sequel = self.sequels[situation]
        offer = self.knowledge.reply(turn.speech, "utter_offer_person")
        room = MOST_CHOICES - len(sequel.next)
        near = [one for one in turn.near if one not in sequel.next][:room] if turn.topic == situation else []
        text = paragraphs(
            self.knowledge.topic(turn.speech, situation).text,
            self._numbers(turn, sequel.need),
            offer.text,
            self.knowledge.text(turn.speech, "talk.if_other") if near else "",
        )
        return Reply(text, (offer.buttons[0], *self.choice_of(turn, [*sequel.next, *near])))

    def _numbers(self, turn: Turn, need: str | None) -> str:
        """What the situation needs, for a child the children's line: of the country where they say that they are."""
        if "minor" in turn.story.signs and need not in ("emergency", "crisis"):
            need = "child"
        if need is None:
            return ""
        caller = caller_in(turn, self.knowledge.directory)
        if caller.is_abroad:
            return paragraphs(*numbers_for(caller, self.knowledge.lines(turn.language)))
        return self.knowledge.numbers_block(turn.speech, need)


def told(turn: Turn) -> frozenset[str]:
    """What was said already."""
    return frozenset(turn.slots.get(TOLD) or ())


def load_sequels(root: Path, knowledge: Knowledge) -> Mapping[str, Sequel]:
    """The sequel of each situation, from `nlu_data/dialogue/situations.yml`. Raises QuestionsError."""
    content = read(root, FILE)
    if tuple(content) != SITUATIONS:
        raise QuestionsError(FILE, "file", f"must hold {', '.join(SITUATIONS)} in this order")
    return {name: _sequel(name, entry, knowledge) for name, entry in content.items()}


def _sequel(name: str, entry: Any, knowledge: Knowledge) -> Sequel:
    known = {"need": knowledge.directory.needs, "next": SITUATIONS, "flags": knowledge.flags[LANGUAGES[0]]}
    if not isinstance(entry, dict) or not set(entry) <= {*known, ABOUT}:
        raise QuestionsError(FILE, name, f"must be a mapping of {', '.join([*known, ABOUT])}")
    if entry.get(ABOUT, ANOTHER) != ANOTHER:
        raise QuestionsError(FILE, name, f"{ABOUT}: only {ANOTHER} is known")
    sequel = Sequel(
        need=entry.get("need"),
        next=tuple(entry.get("next") or ()),
        flags=tuple(entry.get("flags") or ()),
        is_about_another=ABOUT in entry,
    )
    named = {"need": [sequel.need] if sequel.need else [], "next": sequel.next, "flags": sequel.flags}
    for key, values in named.items():
        if strange := [value for value in values if value not in known[key]]:
            raise QuestionsError(FILE, name, f"{key}: {strange[0]} is not known")
    return sequel
