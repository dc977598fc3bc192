"""
Reading: everything the engine knows of a text before it judges.

text → folded → in the letters of its language → tokens → concepts, phrases and numbers (money, pay, hours, ages).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.redflags.amounts import Amount, AmountReader
from bot.redflags.concepts import Thesaurus
from bot.redflags.features import Occurrences, concepts, facts_of, occurrences
from bot.redflags.folding import Folded
from bot.redflags.languages import Language
from bot.redflags.negation import is_denied
from bot.redflags.phrases import Hit, PhraseIndex
from bot.redflags.quantities import HOURS, WEEK_HOURS, Quantity, QuantityReader
from bot.redflags.tokens import Token, Tokenizer
from bot.redflags.wages import Pay, WageTable


@dataclass(frozen=True)
class Found:
    """A phrase found for `flag`: its place in the reading's text, and whether the text denies it."""

    flag: str
    start: int
    end: int
    is_denied: bool


@dataclass(frozen=True)
class Reading:
    """
    A text read in one language.

    `text` is folded and in the letters of the language; `origin` holds, for each of its characters, the index in the
    text as given. Offsets of everything found are places in `text`; `senses` are the concepts of each token; `pay` are
    those amounts that are pay, judged.
    """

    language: str
    text: str
    origin: Sequence[int]
    disguise: int
    tokens: Sequence[Token]
    senses: Sequence[Sequence[str]]
    found: Sequence[Found]
    amounts: Sequence[Amount]
    quantities: Sequence[Quantity]
    pay: Sequence[Pay]

    @property
    def is_disguised(self) -> bool:
        """Words were hidden in more than one place (so in 310 of 330 disguised messages, in 8 of 15,671 others)."""
        return self.disguise > 1

    def concepts(self) -> Occurrences:
        """Its concepts alone, and the pairs of those that stand near each other."""
        return concepts(self.tokens, self.senses)

    def occurrences(self) -> Occurrences:
        """What the learned model sees."""
        hits = [(f"no:{one.flag}" if one.is_denied else one.flag, one.start, one.end) for one in self.found]
        facts = facts_of(hits, self.amounts, self.pay, self.quantities, is_disguised=self.is_disguised)
        return occurrences(self.text, self.tokens, self.senses, facts)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text as given, end exclusive."""
        places = self.origin[start:end]
        return min(places), max(places) + 1


@dataclass(frozen=True)
class Numbers:
    """What reads and judges the numbers of a text."""

    amounts: AmountReader
    quantities: QuantityReader
    wages: WageTable


class Reader:
    """Reads texts with the data of all languages; holds nothing of them afterwards."""

    def __init__(
        self,
        languages: Mapping[str, Language],
        tokenizer: Tokenizer,
        thesaurus: Thesaurus,
        phrases: PhraseIndex,
        numbers: Numbers,
    ) -> None:
        self.languages = languages
        self._tokenizer = tokenizer
        self._thesaurus = thesaurus
        self._phrases = phrases
        self._numbers = numbers

    def read(self, folded: Folded, language: str) -> Reading:
        """The reading of a folded text as one of the language."""
        text, origin = self._in_own_letters(folded, self.languages[language])
        tokens = self._tokenizer.tokens(text, language)
        senses = self._thesaurus.senses(tokens, self.languages[language].negators)
        amounts = self._numbers.amounts.amounts(text)
        quantities = self._numbers.quantities.quantities(text)
        pay = self._numbers.wages.judged(text, language, amounts, _hours_a_day(quantities))
        hits = self._phrases.hits(tokens, _tokens_of(amounts, tokens))
        found = [self._found(hit, tokens, language) for hit in hits]
        return Reading(language, text, origin, folded.disguise, tokens, senses, found, amounts, quantities, pay)

    def concepts(self, folded: Folded, language: str) -> Occurrences:
        """The concepts alone of a folded text, and their pairs, as its reading has them; a third of the time."""
        text, _ = self._in_own_letters(folded, self.languages[language])
        tokens = self._tokenizer.tokens(text, language)
        return concepts(tokens, self._thesaurus.senses(tokens, self.languages[language].negators))

    @staticmethod
    def _in_own_letters(folded: Folded, language: Language) -> tuple[str, Sequence[int]]:
        if language.script == "latin" or not is_latin(folded.text):
            return folded.text, folded.origin
        text, places = language.from_latin(folded.text)
        return text, [folded.origin[place] for place in places]

    def _found(self, hit: Hit, tokens: Sequence[Token], language: str) -> Found:
        """In mixed speech a denial may come from the phrase's language or from the text's."""
        spoken = {hit.phrase.language, language}
        denied = any(is_denied(hit, tokens, self.languages[code].negators) for code in spoken)
        return Found(hit.phrase.flag, tokens[hit.first].start, tokens[hit.last].end, denied)


def _hours_a_day(quantities: Sequence[Quantity]) -> float | None:
    """Of the longest working day that the text names, a week being five days."""
    days = {HOURS: 1.0, WEEK_HOURS: 5.0}
    hours = [one.high / days[one.kind] for one in quantities if one.kind in days and one.high is not None]
    return max(hours, default=None)


def is_latin(text: str) -> bool:
    """True when more letters of the text are Latin than Cyrillic; also for a text without letters."""
    return len(_LATIN.findall(text)) >= len(_CYRILLIC.findall(text))


_LATIN = re.compile("[a-zß-ž]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")


def _tokens_of(amounts: Sequence[Amount], tokens: Sequence[Token]) -> frozenset[int]:
    indexes: set[int] = set()
    position = 0
    for amount in amounts:
        while position < len(tokens) and tokens[position].end <= amount.start:
            position += 1
        while position < len(tokens) and tokens[position].start < amount.end:
            indexes.add(position)
            position += 1
    return frozenset(indexes)
