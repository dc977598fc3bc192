"""Judgement: from a reading and the model's probabilities to flags and a risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.redflags.assessment import KINDS, Assessment, RedFlag
from bot.redflags.evidence import strongest_clause, whole_clauses
from bot.redflags.lexicon import EMERGENCY, Flag
from bot.redflags.model import Model
from bot.redflags.reading import Found, Reading

WITH_PHRASE = 0.45
"""Where a phrase of the lexicon stands, this part of a head's limit is enough."""
_FEWEST_WORDS = 3
_CONTEXT = "vulnerable_target"
"""Need, poverty and origin never raise the risk."""


def judge(
    reading: Reading, given: str, flags: Mapping[str, Flag], model: Model, chances: Mapping[str, float]
) -> Assessment:
    """
    The assessment of a text `given` to the engine, as it was read.

    Args:
        chances: the probability of each head, from the model or, in validation, from one that has not seen the text.
    """
    kind = model.best("kind:", chances, KINDS)
    if _says_too_little(reading):
        return Assessment(reading.language, kind, "none", False)
    found = flags_of(reading, given, flags, model, chances)
    emergency = is_emergency(reading, model, chances)
    return Assessment(reading.language, kind, risk_of(found, emergency, model, chances), emergency, found)


def _says_too_little(reading: Reading) -> bool:
    """One or two words without a phrase of the lexicon: a model would guess from a few letters."""
    words = sum(token.is_word for token in reading.tokens)
    return words < _FEWEST_WORDS and not any(not one.is_denied for one in reading.found)


def flags_of(
    reading: Reading, given: str, flags: Mapping[str, Flag], model: Model, chances: Mapping[str, float]
) -> tuple[RedFlag, ...]:
    """The flags of a text `given` to the engine, by start; each flag once, with its evidence."""
    found = _phrases_by_flag(reading)
    accepted = []
    for flag in flags.values():
        if _counts(f"flag:{flag.id}", flag.id in found, model, chances):
            start, end = reading.original_span(*_evidence(reading, found.get(flag.id), model, f"flag:{flag.id}"))
            accepted.append(RedFlag(flag.id, flag.strength, start, end, given[start:end]))
    return tuple(sorted(accepted, key=lambda flag: (flag.start, flag.end, flag.id)))


def is_emergency(reading: Reading, model: Model, chances: Mapping[str, float]) -> bool:
    """True when somebody is in danger this minute."""
    return _counts("emergency", EMERGENCY in _phrases_by_flag(reading), model, chances)


def risk_of(flags: Sequence[RedFlag], emergency: bool, model: Model, chances: Mapping[str, float]) -> str:
    """none, low, medium or high: contract 3.1, moderated by what the model makes of the whole text."""
    danger, limit = chances["danger"], model.limits["danger"]
    counted = [flag.strength for flag in flags if flag.id != _CONTEXT]
    believable = danger >= limit * model.limits["doubt"]
    serious = "critical" in counted or counted.count("strong") >= 2
    if emergency or danger >= model.limits["danger_high"] or (serious and believable):
        return "high"
    if danger >= limit or ("strong" in counted and believable):
        return "medium"
    return "low" if counted else "none"


def _evidence(reading: Reading, phrase: tuple[int, int] | None, model: Model, head: str) -> tuple[int, int]:
    return whole_clauses(reading, *phrase) if phrase else strongest_clause(reading, model, head)


def _counts(head: str, has_phrase: bool, model: Model, chances: Mapping[str, float]) -> bool:
    if head not in chances:
        return has_phrase
    return chances[head] >= model.limits[head] * (WITH_PHRASE if has_phrase else 1.0)


def _phrases_by_flag(reading: Reading) -> dict[str, tuple[int, int]]:
    """For each flag the longest phrase that stands in the text and is not denied."""
    longest: dict[str, Found] = {}
    for one in reading.found:
        best = longest.get(one.flag)
        if not one.is_denied and (best is None or one.end - one.start > best.end - best.start):
            longest[one.flag] = one
    return {flag: (one.start, one.end) for flag, one in longest.items()}
