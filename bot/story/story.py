"""The story of a conversation: its messages' tellings in order, and the one assessment that follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.redflags.assessment import RISKS
from bot.story.telling import Fact, Telling, Voice

CONTEXT = "vulnerable_target"
"""Need, poverty and origin never raise the risk."""

HARM = frozenset({"movement_restricted", "threats"})
"""Flags that tell what is done to somebody: no offer is so."""

MOST_TELLINGS = 200
"""Messages that a story keeps; beyond, the least telling one goes."""

STRENGTHS = ("critical", "strong", "weak")
_BELIEVED = ("medium", "high")


@dataclass(frozen=True)
class Evidence:
    """
    Why a flag stands: a place in the message `seq`, or (`question` set, `start` and `end` None) an answer given in it.

    `is_believed`: the engine found that message worth an alarm, or the visitor said it in so many words.
    """

    flag: str
    strength: str
    seq: int
    start: int | None = None
    end: int | None = None
    question: str | None = None
    is_believed: bool = True


@dataclass
class _Told:
    """The state while the tellings are gone through in order; `latest` has the message of each last answer."""

    latest: Mapping[str, int]
    active: dict[str, list[Evidence]] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    claims: dict[str, Fact] = field(default_factory=dict)

    def add(self, evidence: Evidence) -> None:
        self.active.setdefault(evidence.flag, []).append(evidence)
        self.withdrawn.pop(evidence.flag, None)

    def withdraw(self, flag: str, seq: int) -> None:
        if self.active.pop(flag, None):
            self.withdrawn[flag] = seq


@dataclass(frozen=True)
class Story:
    """
    What a conversation has shown, message by message; a new message makes a new story.

    Strong signs of several messages weigh as much as in one. What the visitor corrects in their own words is
    withdrawn, and with it what its message owed to it; what a recruiter says in answer withdraws nothing. An emergency
    stays one: only a person may find it less urgent.
    """

    tellings: tuple[Telling, ...] = ()

    def hearing(self, telling: Telling) -> Story:
        """The story with this telling, in the place of an earlier one of the same message."""
        others = [other for other in self.tellings if other.seq != telling.seq]
        told = [*others, telling] if telling.says_something else others
        if len(told) > MOST_TELLINGS:
            told.remove(min(told, key=lambda one: (RISKS.index(one.risk), len(one.facts), one.seq)))
        return Story(tuple(sorted(told, key=lambda one: one.seq)))

    def until(self, seq: int) -> Story:
        """The story before the message `seq`."""
        return Story(tuple(telling for telling in self.tellings if telling.seq < seq))

    @property
    def of_last_offer(self) -> Story:
        """The story of the offer that the visitor turned to last, without what others showed, asked or promised."""
        turned = max((telling.seq for telling in self.tellings if telling.turns), default=0)
        return Story(tuple(one for one in self.tellings if one.seq >= turned or one.is_personal))

    def telling(self, seq: int) -> Telling | None:
        """What the message `seq` added, if it added anything."""
        return next((telling for telling in self.tellings if telling.seq == seq), None)

    @property
    def evidence(self) -> Mapping[str, Sequence[Evidence]]:
        """What stands for each flag, in the order in which the flags came up; nothing that was withdrawn."""
        return self._told.active

    @property
    def withdrawn(self) -> Mapping[str, int]:
        """The flags that the visitor took back, each with the message that did."""
        return self._told.withdrawn

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The visitor's own answer to each question, the latest one."""
        return self._told.facts

    @property
    def fact_seqs(self) -> Mapping[str, int]:
        """The message of each of these answers."""
        return self._told.latest

    @property
    def claims(self) -> Mapping[str, Fact]:
        """What pasted texts and answers of recruiters say to each question: nobody has checked it."""
        return self._told.claims

    @property
    def strengths(self) -> Mapping[str, str]:
        """The flags that stand, each with the greatest strength that it was seen with; critical first, then by age."""
        found = {flag: min((one.strength for one in seen), key=STRENGTHS.index) for flag, seen in self.evidence.items()}
        return dict(sorted(found.items(), key=lambda item: STRENGTHS.index(item[1])))

    @property
    def signs(self) -> tuple[str, ...]:
        """The flags that count, the strongest first."""
        return tuple(flag for flag in self.strengths if flag != CONTEXT)

    # What follows has the names of an assessment's fields, so that a story can be judged like one.

    @property
    def emergency(self) -> bool:
        """Whether any message was one."""
        return any(telling.emergency for telling in self.tellings)

    @cached_property
    def risk(self) -> str:
        """none, low, medium or high: of all messages together, without what was withdrawn."""
        if self.emergency:
            return "high"
        left = [self._risk_left(telling) for telling in self.tellings]
        return max([*left, risk_of(self.believed)], key=RISKS.index)

    @property
    def kind(self) -> str:
        """The kind of the message with the highest risk; of the first one that is an offer where none has any."""
        told = [telling for telling in self.tellings if telling.kind not in ("question", "other")] or self.tellings
        worst = max(told, key=lambda telling: RISKS.index(telling.risk), default=None)
        return worst.kind if worst else "other"

    @property
    def flags(self) -> tuple[str, ...]:
        """The ids of all flags that stand."""
        return tuple(self.strengths)

    @property
    def awaits_reply(self) -> bool:
        """Whether the visitor has questions for the recruiter whose answer was not shown yet."""
        asked = max((telling.seq for telling in self.tellings if telling.asked_back), default=0)
        answered = max((telling.seq for telling in self.tellings if telling.voice is Voice.REPLY), default=0)
        return asked > answered

    @property
    def offer_language(self) -> str | None:
        """The language of the pasted text with the most flags; None when nothing was pasted."""
        pasted = [telling for telling in self.tellings if telling.voice is Voice.PASTED]
        most = max(pasted, key=lambda telling: len(telling.flags), default=None)
        return most.language if most else None

    def as_json(self) -> list[dict[str, Any]]:
        """Plain values."""
        return [telling.as_json() for telling in self.tellings]

    @classmethod
    def from_json(cls, value: Iterable[Mapping[str, Any]]) -> Story:
        """The story that `as_json` was made from. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(tuple(Telling.from_json(telling) for telling in value))

    @cached_property
    def _told(self) -> _Told:
        told = _Told(latest={fact.question: telling.seq for telling in self.tellings for fact in _own_facts(telling)})
        for telling in self.tellings:
            _tell(told, telling)
        return told

    @property
    def believed(self) -> Mapping[str, str]:
        """The flags that the engine found worth an alarm, or that the visitor said in so many words, with strengths."""
        believed = {flag: [one.strength for one in seen if one.is_believed] for flag, seen in self.evidence.items()}
        return {
            flag: min(strengths, key=STRENGTHS.index)
            for flag, strengths in believed.items()
            if strengths and flag != CONTEXT
        }

    def _risk_left(self, telling: Telling) -> str:
        """The risk of one message; where flags of it were withdrawn, at most what its other flags make."""
        marks = [mark for mark in telling.flags if mark.flag != CONTEXT]
        left = {
            mark.flag: mark.strength
            for mark in marks
            if any(one.seq == telling.seq and one.question is None for one in self.evidence.get(mark.flag, ()))
        }
        if len(left) == len(marks):
            return telling.risk
        return min(telling.risk, risk_of(left), key=RISKS.index)


def risk_of(strengths: Mapping[str, str]) -> str:
    """The risk of flags with these strengths, as in contract 3.1: high for one critical sign or two strong ones."""
    values = list(strengths.values())
    if "critical" in values or values.count("strong") >= 2:
        return "high"
    if "strong" in values:
        return "medium"
    return "low" if values else "none"


def _own_facts(telling: Telling) -> tuple[Fact, ...]:
    return telling.facts if telling.voice is Voice.OWN else ()


def _tell(told: _Told, telling: Telling) -> None:
    if telling.voice is Voice.OWN:
        for flag in telling.denied:
            told.withdraw(flag, telling.seq)
    else:
        told.claims |= {fact.question: fact for fact in telling.facts}
    is_believed = telling.emergency or telling.risk in _BELIEVED
    for mark in telling.flags:
        told.add(Evidence(mark.flag, mark.strength, telling.seq, mark.start, mark.end, is_believed=is_believed))
    for fact in _own_facts(telling):
        if told.latest[fact.question] == telling.seq:
            _answer(told, fact, telling.seq)


def _answer(told: _Told, fact: Fact, seq: int) -> None:
    """An answer that was replaced by a later one counts as never given."""
    told.facts[fact.question] = fact
    for flag in fact.clears:
        told.withdraw(flag, seq)
    for flag, strength in fact.raises:
        told.add(Evidence(flag, strength, seq, question=fact.question))
