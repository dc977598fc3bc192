"""
Phrases of the lexicon: what staff write, and where it stands in a text.

A phrase is words with spaces, matched inside one sentence on dictionary forms: `a|b` either word, `stem~` any word that
starts so, `=form` exactly this form, `..` up to four words between, `{money}` an amount of money, `{number}` a number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from bot.redflags.languages import without_marks
from bot.redflags.tokens import Lemmatizer, Token

GAP = ".."
_WORDS_BETWEEN = {True: 4, False: 1}
_FARTHEST = 12
_MEMORY_LIMIT = 50_000


class PhraseError(ValueError):
    """The phrase cannot be read; the text says why."""


@dataclass(frozen=True)
class Term:
    """What may stand in one place of a phrase: a word with one of these keys, forms or stems, or a sign ("{money}")."""

    keys: frozenset[str]
    forms: frozenset[str]
    stems: tuple[str, ...]
    signs: frozenset[str]


@dataclass(frozen=True)
class Phrase:
    """A readable phrase of one flag (or of `emergency`) in one language."""

    flag: str
    language: str
    terms: tuple[Term, ...]
    wide: tuple[bool, ...]
    """For each term, whether up to four words may stand before it, and not just one."""


@dataclass(frozen=True)
class Hit:
    """A phrase found: the indexes of the tokens that its terms stand for, in order."""

    phrase: Phrase
    places: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.places[0]

    @property
    def last(self) -> int:
        return self.places[-1]


class _Entry(NamedTuple):
    """A phrase with the numbers of its terms, in order, and as the set of what a text must hold."""

    phrase: Phrase
    numbers: tuple[int, ...]
    needed: frozenset[int]

    @classmethod
    def of(cls, phrase: Phrase, numbers: Sequence[int]) -> _Entry:
        return cls(phrase, tuple(numbers), frozenset(numbers))


def parse(source: str, flag: str, lemmatizer: Lemmatizer) -> list[Phrase]:
    """The phrases that one line of the lexicon stands for. Raises PhraseError."""
    words = source.casefold().replace("ё", "е").split()
    places: list[list[list[str]]] = []
    wide: list[bool] = []
    pending = False
    for word in words:
        if word == GAP:
            pending = True
            continue
        places.append(_choices(word))
        wide.append(pending)
        pending = False
    if not places or pending or wide[0]:
        raise PhraseError("a phrase begins and ends with a word")
    return [_phrase(choice, wide, flag, lemmatizer) for choice in product(*places)]


def _choices(word: str) -> list[list[str]]:
    """The alternatives of one place; those of several words (`a-b`) stand apart."""
    alternatives = [part for part in word.split("|") if part]
    single = [part for part in alternatives if "-" not in part.strip("-")]
    several = [part for part in alternatives if "-" in part.strip("-")]
    return ([single] if single else []) + [[part] for part in several]


def _phrase(choice: Sequence[list[str]], wide: Sequence[bool], flag: str, lemmatizer: Lemmatizer) -> Phrase:
    terms: list[Term] = []
    gaps: list[bool] = []
    for alternatives, is_wide in zip(choice, wide, strict=True):
        pieces = [[piece] for piece in alternatives[0].split("-")] if len(alternatives) == 1 else [alternatives]
        terms += [_term(piece, lemmatizer) for piece in pieces]
        gaps += [is_wide, *[False] * (len(pieces) - 1)]
    return Phrase(flag, lemmatizer.language.code, tuple(terms), tuple(gaps))


def _term(alternatives: Iterable[str], lemmatizer: Lemmatizer) -> Term:
    keys: set[str] = set()
    forms: set[str] = set()
    stems: list[str] = []
    signs: set[str] = set()
    for word in alternatives:
        plain = lemmatizer.language.plain(word)
        if word in {"{money}", "{number}"}:
            signs.add(word)
        elif word.endswith("~"):
            stems.append(plain[:-1])
        elif word.startswith("="):
            forms.add(plain[1:])
        elif word.isalpha() or "'" in word:
            keys.update(lemmatizer.keys(word))
        else:
            forms.add(plain)
    if any(len(stem) < 2 for stem in stems) or not (keys or forms or stems or signs):
        raise PhraseError("a stem needs two letters, a place needs a word")
    return Term(frozenset(keys), frozenset(forms), tuple(stems), frozenset(signs))


class PhraseIndex:
    """
    Finds all phrases of a text.

    Each token is looked up once; then only phrases all of whose terms stand somewhere in the text are tried, found by
    their rarest term. The time grows with the length of the text, hardly with the number of phrases. Single words, at
    most 50,000, stay in memory with what they fit; their order and their texts do not.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._numbers: dict[Term, int] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for phrase in phrases:
            for term in phrase.terms:
                self._enter(term)
        self._memory: dict[str, frozenset[int]] = {}
        self._longest_stem = max(map(len, self._by_stem), default=0)
        self._by_rarest = self._sorted_in(phrases)

    def _enter(self, term: Term) -> None:
        if term in self._numbers:
            return
        number = self._numbers[term] = len(self._numbers)
        for name in (*term.keys, *(f"={form}" for form in term.forms), *term.signs):
            self._by_name[name].append(number)
        for stem in term.stems:
            self._by_stem[stem].append(number)

    def _sorted_in(self, phrases: Sequence[Phrase]) -> dict[int, list[_Entry]]:
        entries = [_Entry.of(phrase, [self._numbers[term] for term in phrase.terms]) for phrase in phrases]
        uses = Counter(number for entry in entries for number in entry.needed)
        sorted_in: dict[int, list[_Entry]] = defaultdict(list)
        for entry in entries:
            sorted_in[min(entry.numbers, key=lambda number: uses[number])].append(entry)
        return sorted_in

    def hits(self, tokens: Sequence[Token], money: frozenset[int]) -> Iterator[Hit]:
        """Every phrase found; `money` holds the indexes of tokens that belong to an amount of money."""
        fitting = [self._fitting(token) | self._signs(token, index in money) for index, token in enumerate(tokens)]
        places: dict[int, list[int]] = defaultdict(list)
        for index, fits in enumerate(fitting):
            for fit in fits:
                places[fit].append(index)
        for rarest in sorted(places):
            for entry in self._by_rarest.get(rarest, ()):
                if entry.needed <= places.keys():
                    for first in places[entry.numbers[0]]:
                        found = _places(entry.phrase, entry.numbers, tokens, fitting, first)
                        if found:
                            yield Hit(entry.phrase, found)

    def _fitting(self, token: Token) -> frozenset[int]:
        numbers = self._memory.get(token.text)
        if numbers is None:
            numbers = self._looked_up(token)
            if len(self._memory) < _MEMORY_LIMIT:
                self._memory[token.text] = numbers
        return numbers

    def _looked_up(self, token: Token) -> frozenset[int]:
        plain = without_marks(token.text)
        names = (*token.keys, f"={plain}")
        numbers = [number for name in names if name in self._by_name for number in self._by_name[name]]
        for length in range(2, min(len(plain), self._longest_stem) + 1):
            numbers += self._by_stem.get(plain[:length], ())
        return frozenset(numbers)

    def _signs(self, token: Token, is_money: bool) -> frozenset[int]:
        number = self._by_name.get("{number}", ()) if token.text[0].isdigit() else ()
        return frozenset((*number, *(self._by_name.get("{money}", ()) if is_money else ())))


def _places(
    phrase: Phrase, numbers: Sequence[int], tokens: Sequence[Token], fitting: Sequence[frozenset[int]], first: int
) -> tuple[int, ...]:
    """The indexes of the tokens that the phrase's terms stand for, the first of them given; empty if it does not."""
    places = [first]
    for number, wide in zip(numbers[1:], phrase.wide[1:], strict=True):
        words_left = _WORDS_BETWEEN[wide]
        for index in range(places[-1] + 1, min(len(tokens), places[-1] + _FARTHEST)):
            if tokens[index].sentence != tokens[first].sentence:
                return ()
            if number in fitting[index]:
                places.append(index)
                break
            words_left -= tokens[index].is_word
            if words_left < 0:
                return ()
        else:
            return ()
    return tuple(places)
