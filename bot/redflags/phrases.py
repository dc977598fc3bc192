"""
Phrases of the lexicon: what staff write, and where it stands in a text.

A phrase is words with spaces, matched inside one sentence on dictionary forms: `a|b` either word, `stem~` any word that
starts so, `=form` exactly this form, `..` up to four words between, `{money}` an amount of money, `{number}` a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bot.redflags.languages import without_marks
from bot.redflags.tokens import Lemmatizer, Token

GAP = ".."
_WORDS_BETWEEN = {True: 4, False: 1}
_LONGEST_STEM = 14


class PhraseError(ValueError):
    """The phrase cannot be read; the text says why."""


@dataclass(frozen=True)
class Term:
    """One place of a phrase: any of these keys, exact forms or stems; `wide` = up to four words may stand before it."""

    keys: frozenset[str]
    forms: frozenset[str]
    stems: tuple[str, ...]
    sign: str
    wide: bool

    def fits(self, token: Token, plain: str, is_money: bool) -> bool:
        if self.sign:
            return is_money if self.sign == "{money}" else token.text[0].isdigit()
        if plain in self.forms or not self.keys.isdisjoint(token.keys):
            return True
        return any(plain.startswith(stem) for stem in self.stems)


@dataclass(frozen=True)
class Phrase:
    """A readable phrase of one flag (or of `emergency`) in one language."""

    flag: str
    language: str
    terms: tuple[Term, ...]


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
    for alternatives, is_wide in zip(choice, wide, strict=True):
        pieces = alternatives[0].split("-") if len(alternatives) == 1 else [alternatives]
        for index, piece in enumerate(pieces):
            terms.append(_term([piece] if isinstance(piece, str) else piece, is_wide and index == 0, lemmatizer))
    return Phrase(flag, lemmatizer.language.code, tuple(terms))


def _term(alternatives: Iterable[str], wide: bool, lemmatizer: Lemmatizer) -> Term:
    keys: set[str] = set()
    forms: set[str] = set()
    stems: list[str] = []
    for word in alternatives:
        plain = lemmatizer.language.plain(word)
        if word in {"{money}", "{number}"}:
            return Term(frozenset(), frozenset(), (), word, wide)
        if word.endswith("~"):
            stems.append(plain[:-1])
        elif word.startswith("="):
            forms.add(plain[1:])
        elif word.isalpha() or "'" in word:
            keys.update(lemmatizer.keys(word))
        else:
            forms.add(plain)
    if any(len(stem) < 2 for stem in stems) or not (keys or forms or stems):
        raise PhraseError("a stem needs two letters, a place needs a word")
    return Term(frozenset(keys), frozenset(forms), tuple(stems), "", wide)


class PhraseIndex:
    """Finds all phrases in one pass; the time grows with the length of the text, not with the number of phrases."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._by_key: dict[str, list[Phrase]] = defaultdict(list)
        self._by_stem: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            first = phrase.terms[0]
            for key in (*first.keys, *(f"={form}" for form in first.forms), first.sign):
                if key:
                    self._by_key[key].append(phrase)
            for stem in first.stems:
                self._by_stem[stem[:_LONGEST_STEM]].append(phrase)

    def hits(self, tokens: Sequence[Token], money: frozenset[int]) -> Iterator[Hit]:
        """Every phrase found; `money` holds the indexes of tokens that belong to an amount of money."""
        plain = [without_marks(token.text) for token in tokens]
        for index, token in enumerate(tokens):
            for phrase in self._starting(token, plain[index], index in money):
                places = self._places(phrase, tokens, plain, money, index)
                if places:
                    yield Hit(phrase, places)

    def _starting(self, token: Token, plain: str, is_money: bool) -> list[Phrase]:
        names = [*token.keys, f"={plain}"]
        if token.text[0].isdigit():
            names.append("{number}")
        if is_money:
            names.append("{money}")
        found = [phrase for name in names if name in self._by_key for phrase in self._by_key[name]]
        for length in range(2, min(len(plain), _LONGEST_STEM) + 1):
            for phrase in self._by_stem.get(plain[:length], ()):
                if phrase.terms[0].fits(token, plain, is_money):
                    found.append(phrase)
        return list(dict.fromkeys(found))

    @staticmethod
    def _places(
        phrase: Phrase, tokens: Sequence[Token], plain: Sequence[str], money: frozenset[int], first: int
    ) -> tuple[int, ...]:
        places = [first]
        for term in phrase.terms[1:]:
            words_left = _WORDS_BETWEEN[term.wide]
            for index in range(places[-1] + 1, min(len(tokens), places[-1] + 12)):
                token = tokens[index]
                if token.sentence != tokens[first].sentence:
                    return ()
                if term.fits(token, plain[index], index in money):
                    places.append(index)
                    break
                words_left -= token.is_word
                if words_left < 0:
                    return ()
            else:
                return ()
        return tuple(places)
