"""How soon a person must look at a conversation: from an assessment, and never falling by itself."""

from __future__ import annotations

from collections.abc import Sized
from typing import Protocol

from bot.messages import Band

URGENCY: dict[Band, int] = {band: place for place, band in enumerate(Band)}
"""The place of each band in the queue, 0 being the most urgent."""

PERSONAL_KINDS = frozenset({"in_trouble", "third_party"})
"""Kinds of message that are about somebody's situation, not about an offer."""


class Judged(Protocol):
    """What has a danger: the assessment of one message, or the story of all of them."""

    @property
    def emergency(self) -> bool: ...
    @property
    def risk(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def flags(self) -> Sized: ...


def band_of(judged: Judged, wants_person: bool = False) -> Band:
    """The band of a message or a story; somebody in trouble who wants a person is yellow even without a flag."""
    if judged.emergency:
        return Band.RED
    if judged.risk == "high":
        return Band.ORANGE
    is_personal = judged.kind in PERSONAL_KINDS and (len(judged.flags) > 0 or wants_person)
    return Band.YELLOW if judged.risk == "medium" or is_personal else Band.GREY


def more_urgent(*bands: Band) -> Band:
    """The most urgent of them."""
    return min(bands, key=URGENCY.__getitem__)
