"""Judgement: from a reading and the model's opinion of it to flags and a risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.redflags.assessment import KINDS, Assessment, RedFlag
from bot.redflags.evidence import whole_clauses
from bot.redflags.lexicon import EMERGENCY, Flag
from bot.redflags.opinion import Opinion
from bot.redflags.reading import Found, Reading

WITH_PHRASE = 0.45
"""Where a phrase of the lexicon stands, this part of a head's limit is enough."""
IN_DANGER = 0.5
"""
Without a phrase, an emergency needs a danger head at this part of its limit. On 21,599 held-out messages: 0.862 of the
emergencies at 0.011 false without, 0.877 at 0.012 with it; up to eight words 0.768 at 0.015, and 0.782 at 0.010.
"""
_FEWEST_WORDS = 3
_CONTEXT = "vulnerable_target"
"""Need, poverty and origin never raise the risk."""


def judge(opinion: Opinion, given: str, flags: Mapping[str, Flag]) -> Assessment:
    """The assessment of a text as it was `given` to the engine."""
    reading = opinion.reading
    kind = max(KINDS, key=lambda name: opinion.chances.get(f"kind:{name}", -1.0))
    if _says_too_little(reading):
        return Assessment(reading.language, kind, "none", False, is_disguised=reading.is_disguised)
    found = flags_of(opinion, given, flags)
    emergency = is_emergency(opinion)
    risk = risk_of(found, emergency, opinion)
    return Assessment(reading.language, kind, risk, emergency, found, reading.is_disguised)


def _says_too_little(reading: Reading) -> bool:
    """One or two words without a phrase of the lexicon: a model would guess from a few letters."""
    words = sum(token.is_word for token in reading.tokens)
    return words < _FEWEST_WORDS and not any(not one.is_denied for one in reading.found)


def flags_of(opinion: Opinion, given: str, flags: Mapping[str, Flag]) -> tuple[RedFlag, ...]:
    """The flags of a text `given` to the engine, by start; each flag once, with its evidence."""
    found = _phrases_by_flag(opinion.reading)
    accepted = []
    for flag in flags.values():
        if _counts(opinion, f"flag:{flag.id}", flag.id in found):
            start, end = opinion.reading.original_span(*_evidence(opinion, flag.id, found.get(flag.id)))
            accepted.append(RedFlag(flag.id, flag.strength, start, end, given[start:end]))
    return tuple(sorted(accepted, key=lambda flag: (flag.start, flag.end, flag.id)))


def is_emergency(opinion: Opinion) -> bool:
    """True when somebody is in danger this minute."""
    has_phrase = EMERGENCY in _phrases_by_flag(opinion.reading)
    return _counts(opinion, EMERGENCY, has_phrase) and (has_phrase or opinion.reaches("danger", IN_DANGER))


def risk_of(flags: Sequence[RedFlag], emergency: bool, opinion: Opinion) -> str:
    """none, low, medium or high: contract 3.1, moderated by what the model makes of the whole text."""
    counted = [flag.strength for flag in flags if flag.id != _CONTEXT]
    believable = opinion.reaches("danger", opinion.model.limits["doubt"])
    serious = "critical" in counted or counted.count("strong") >= 2
    if emergency or opinion.chances["danger"] >= opinion.model.limits["danger_high"] or (serious and believable):
        return "high"
    if opinion.reaches("danger") or ("strong" in counted and believable):
        return "medium"
    return "low" if counted else "none"


def _evidence(opinion: Opinion, flag: str, phrase: tuple[int, int] | None) -> tuple[int, int]:
    return whole_clauses(opinion.reading, *phrase) if phrase else opinion.evidence(f"flag:{flag}")


def _counts(opinion: Opinion, head: str, has_phrase: bool) -> bool:
    if head not in opinion.chances:
        return has_phrase
    return opinion.reaches(head, WITH_PHRASE if has_phrase else 1.0)


def _phrases_by_flag(reading: Reading) -> dict[str, tuple[int, int]]:
    """For each flag the longest phrase that stands in the text and is not denied."""
    longest: dict[str, Found] = {}
    for one in reading.found:
        best = longest.get(one.flag)
        if not one.is_denied and (best is None or one.end - one.start > best.end - best.start):
            longest[one.flag] = one
    return {flag: (one.start, one.end) for flag, one in longest.items()}
