"""How soon a person must look at a conversation: from an assessment, and never falling by itself."""

from __future__ import annotations

from bot.messages import Band
from bot.redflags.assessment import Assessment

URGENCY: dict[Band, int] = {band: place for place, band in enumerate(Band)}
"""The place of each band in the queue, 0 being the most urgent."""

PERSONAL_KINDS = frozenset({"in_trouble", "third_party"})
"""Kinds of message that are about somebody's situation, not about an offer."""


def band_of(assessment: Assessment, wants_person: bool = False) -> Band:
    """The band of one message; somebody in trouble who wants a person is yellow even without a flag."""
    if assessment.emergency:
        return Band.RED
    if assessment.risk == "high":
        return Band.ORANGE
    is_personal = assessment.kind in PERSONAL_KINDS and (bool(assessment.flags) or wants_person)
    return Band.YELLOW if assessment.risk == "medium" or is_personal else Band.GREY


def more_urgent(one: Band, other: Band) -> Band:
    """The more urgent of the two."""
    return min(one, other, key=URGENCY.__getitem__)
