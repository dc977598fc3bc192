"""Which questions of the guided check are open: the story told in the slots of Rasa's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import SlotSet

from actions.turn import SLOT_PREFIX
from bot.messages import ANSWERS
from bot.story import Story
from bot.story.questions import Questions

KNOWN, SKIPPED = "known", "skipped"


def form_slots(questions: Questions, story: Story, slots: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A slot for every question: None where it is to be asked. What was skipped stays so."""
    missing = {question.name for question in questions.missing(story)}
    events = []
    for name in ANSWERS:
        slot = f"{SLOT_PREFIX}{name}"
        is_skipped = slots.get(slot) == SKIPPED and name not in story.facts
        events.append(SlotSet(slot, SKIPPED if is_skipped else None if name in missing else KNOWN))
    return events


def is_there(story: Story) -> bool:
    """Whether the visitor is where the work or the lodging was promised."""
    return "stage" in story.facts and story.facts["stage"].answer == "there"


def may_ask_them(story: Story) -> bool:
    """Whether questions to the recruiter are no danger: not for a child, not for somebody who is held or threatened."""
    harm = {"threats", "movement_restricted", "minor"} & set(story.believed)
    return not story.emergency and not harm and not (is_there(story) and story.risk == "high")


def asks_on(questions: Questions, story: Story, slots: Mapping[str, Any] | None = None) -> bool:
    """
    Whether questions help now, and there are some that were not skipped (by `slots`).

    Not in an emergency, not a child, not somebody who is held or already in the middle of something critical: they
    need a person and numbers and no list of questions.
    """
    if story.emergency or {"minor", "movement_restricted"} & set(story.believed):
        return False
    if is_there(story) and "critical" in story.believed.values():
        return False
    return any(event["value"] is None for event in form_slots(questions, story, slots or {}))
