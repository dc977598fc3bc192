"""One message heard: the engine's assessment, and what it adds to the story. The only part that needs the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.redflags.assessment import RISKS, Assessment
from bot.redflags.engine import Engine
from bot.redflags.folding import fold
from bot.redflags.lexicon import EMERGENCY
from bot.redflags.reading import Found, Reading
from bot.story.questions import Questions
from bot.story.story import CONTEXT, HARM, Story, risk_of
from bot.story.telling import PERSONAL, Fact, Telling, Voice
from bot.story.understanding import UNKNOWN, begins_with_yes_or_no, facts_in, says, turns_to_another
from bot.story.wording import sentences

OFFERS = frozenset({"job_offer", "dating", "help_offer"})
LONGEST_OWN = 80
"""Characters from which a text that reads like an offer is taken for a pasted one."""

SHORT_WORDS = 15
"""Words up to which a message that denies is read as a correction: the model alone must not turn it into an alarm."""

FEWEST_WORDS = 3
"""Words up to which a message without a phrase of the lexicon is small talk, unless it is an emergency."""

PLAIN_WORDS = 4
"""Words up to which a phrase of the lexicon leaves no room for more than it says."""

FEWEST_IDEAS = 2
"""Ideas below which few words are a row of letters to the engine; 991 of 1,000 texts about a topic have so many."""

FEW_WORDS = 6
"""Words up to which an answer leaves no room for anything beside it."""


@dataclass(frozen=True)
class Heard:
    """A message with its assessment (what a correction denies is left out of it) and its telling."""

    assessment: Assessment
    telling: Telling


@dataclass(frozen=True)
class Listener:
    """Hears one message after another with the engine; holds nothing of them."""

    engine: Engine
    questions: Questions

    def hear(self, text: str, seq: int, story: Story) -> Heard:
        """The message `seq` in the light of the story before it. Never raises."""
        found = self.engine.assess(text)
        turns = bool(story.tellings) and turns_to_another(text, self.questions)
        voice = _voice(text, found, turns=turns, awaits_reply=story.of_last_offer.awaits_reply)
        reading = self.engine.reader.read(fold(text), found.language)
        facts = facts_in(text, self.questions)
        is_unknown = says(UNKNOWN, sentences(text), self.questions)
        words = _Words.of(reading, facts, is_unknown=is_unknown, replies=begins_with_yes_or_no(text, self.questions))
        if voice is Voice.OWN:
            found = _believed(_moderated(found, words))
        elif voice is Voice.REPLY and words.says_too_little:
            # "They do not answer", where an answer is waited for, is none, and no cry for help either.
            found = replace(found, flags=(), risk="none", emergency=False)
        # What is denied beside an emergency ("I can't tell, she will kill me") takes back no harm that was told before.
        denied = tuple(sorted(words.denied - HARM if found.emergency else words.denied))
        return Heard(found, Telling.of(seq, found, denied=denied, facts=facts, voice=voice, turns=turns))


@dataclass(frozen=True)
class _Words:
    """What a message says in so many words, whatever the model makes of its letters."""

    count: int
    affirmed: frozenset[str]
    denied: frozenset[str]
    raised: Mapping[str, str]
    answers: bool
    denies_harm: bool
    says_too_little: bool
    means_little: bool

    @classmethod
    def of(cls, reading: Reading, facts: Sequence[Fact], *, is_unknown: bool, replies: bool) -> _Words:
        affirmed = frozenset(one.flag for one in reading.found if not one.is_denied)
        raised = {flag: strength for fact in facts for flag, strength in fact.raises}
        denied = frozenset(one.flag for one in reading.found if _is_taken_back(one, reading)) - affirmed - {EMERGENCY}
        cleared = {flag for fact in facts for flag in fact.clears}
        denies_harm = not HARM.isdisjoint(denied) and not (replies or cleared)
        denied |= cleared
        count = sum(token.is_word for token in reading.tokens)
        says_too_little = count <= FEWEST_WORDS and not affirmed
        means_little = says_too_little and len(reading.concepts().keys) < FEWEST_IDEAS
        answers = bool(facts) or is_unknown
        taken_back = denied - raised.keys()
        return cls(count, affirmed, taken_back, raised, answers, denies_harm, says_too_little, means_little)

    @property
    def tells_only_of_documents(self) -> bool:
        """So few words that their phrase says it all, and it tells of no danger now: "they took my passport"."""
        return self.affirmed == {"documents_taken"} and self.count <= PLAIN_WORDS

    @property
    def only_answer(self) -> bool:
        """A few words, all of them an answer or a denial of nothing grave: no room for a cry for help beside it."""
        beside = self.affirmed - self.denied - self.raised.keys()
        return self.count <= FEW_WORDS and not beside and "critical" not in self.raised.values()


def _is_taken_back(one: Found, reading: Reading) -> bool:
    """
    Whether a denied phrase is really denied.

    Behind a comma the "not" belongs to another verb ("not allowed a phone, they take it"): harm is not taken back so.
    """
    is_torn = one.flag in HARM and "," in reading.text[one.start : one.end]
    return one.is_denied and not is_torn


def _voice(text: str, assessment: Assessment, *, turns: bool, awaits_reply: bool) -> Voice:
    """After questions for the recruiter the next words are taken for the answer: it must not withdraw anything."""
    if awaits_reply and not turns:
        return Voice.REPLY
    is_pasted = assessment.kind in OFFERS and (turns or len(text) > LONGEST_OWN)
    return Voice.PASTED if is_pasted else Voice.OWN


def _tells_of_harm(assessment: Assessment) -> bool:
    """Three words are enough to say that somebody is held or threatened."""
    return any(flag.id in HARM for flag in assessment.flags)


def _believed(assessment: Assessment) -> Assessment:
    """Who says that somebody threatens or holds them is not weighed by the calm words around it."""
    is_grave = assessment.kind in PERSONAL and _tells_of_harm(assessment)
    return replace(assessment, risk="medium") if is_grave and not assessment.is_alarm else assessment


def _shows_nothing_worse(assessment: Assessment) -> bool:
    """Whether the model, too, sees no harm and no child, and nobody else in danger."""
    return assessment.kind != "third_party" and {flag.id for flag in assessment.flags} <= {"documents_taken"}


def _retold(assessment: Assessment) -> Assessment:
    """An offer told in a few words is as serious as its signs: the model alone does not call it high."""
    if assessment.kind not in OFFERS or assessment.risk != "high":
        return assessment
    shown = risk_of({flag.id: flag.strength for flag in assessment.flags if flag.id != CONTEXT})
    return replace(assessment, risk=max("medium", shown, key=RISKS.index))


def _said(assessment: Assessment, words: _Words) -> Assessment:
    """An answer in a few words without the signs that it does not say; harm and a child are believed even so."""
    shown = words.affirmed | words.raised.keys() | HARM | {"minor"}
    return replace(assessment, flags=tuple(flag for flag in assessment.flags if flag.id in shown))


def _moderated(assessment: Assessment, words: _Words) -> Assessment:
    """
    The assessment of a short message of the visitor's own, without what only the model's letters say.

    A denial takes its flags out; an emergency goes only where there is no room for one. A message that is no alarm
    keeps the flags that a phrase shows.
    """
    if words.raised and words.count <= FEW_WORDS and not assessment.emergency:
        assessment = _said(assessment, words)
    is_correction = bool(words.denied) and words.count <= SHORT_WORDS
    is_answer = bool(words.denied or words.answers) and words.only_answer
    if assessment.emergency and words.tells_only_of_documents and _shows_nothing_worse(assessment):
        assessment = replace(assessment, emergency=False)
    # "I can't tell mum, she will kill me" has a "not" before its danger: what the model hears is believed there.
    if assessment.emergency and (not is_answer or words.denies_harm):
        return assessment
    is_personal = assessment.kind in PERSONAL or _tells_of_harm(assessment)
    is_small = words.means_little or (words.says_too_little and not is_personal)
    is_talk = words.count <= SHORT_WORDS and (not assessment.is_alarm or is_small)
    if not (is_correction or is_answer or is_talk):
        return _retold(assessment) if words.count <= SHORT_WORDS else assessment
    shown = words.affirmed | words.raised.keys()
    kept = tuple(flag for flag in assessment.flags if flag.id in shown and flag.id not in words.denied)
    if not kept:
        return replace(assessment, flags=(), risk="none", emergency=False)
    strengths = {flag.id: flag.strength for flag in kept if flag.id != CONTEXT}
    risk = min(assessment.risk, risk_of(strengths), key=RISKS.index)
    return replace(assessment, flags=kept, risk=risk, emergency=False)
