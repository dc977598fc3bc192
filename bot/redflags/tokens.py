"""Words of a folded text with the keys they are looked up by: dictionary forms and stems, per language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pymorphy3
import simplemma
import spacy
from spacy.language import Language as Pipeline

from bot.redflags.languages import Language

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|[\n;•]+")
_UNBROKEN = re.compile(r"\S{80}")
_CLAUSE_END = frozenset(",.!?…:;()\n–—")
_CACHE_LIMIT = 50_000
_PARSES = 3
_BEYOND_CYRILLIC = "\u0530"
"""pymorphy3 fails on letters of far scripts that have no name in Unicode."""


@dataclass(frozen=True)
class Token:
    """One word or sign of a folded text: its place there, its sentence's number, its clause's number, its keys."""

    start: int
    end: int
    text: str
    sentence: int
    clause: int
    keys: frozenset[str]
    is_word: bool


class Lemmatizer:
    """
    Dictionary forms of one language's words, as keys such as "ru:билет"; a word may have several.

    Answers are remembered, at most 50,000 of them; `known` fills the memory beforehand.
    """

    def __init__(self, language: Language, known: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.language = language
        self._memory: dict[str, tuple[str, ...]] = dict(known or {})
        self.known_words = tuple(known or ())

    @property
    def memory(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of all words that were asked for so far."""
        return self._memory

    def keys(self, word: str) -> tuple[str, ...]:
        """The keys of one folded word."""
        keys = self._memory.get(word)
        if keys is None:
            keys = self._keys(word)
            if len(self._memory) < _CACHE_LIMIT:
                self._memory[word] = keys
        return keys

    def _keys(self, word: str) -> tuple[str, ...]:
        code, plain = self.language.code, self.language.plain
        keys = {f"{code}:{plain(lemma)}" for lemma in self._lemmas(word)}
        stem = self.stem(word)
        return (*keys, f"{code}~{stem}") if stem else tuple(keys)

    def _lemmas(self, word: str) -> Iterable[str]:
        if word in self.language.lemmas:
            return (self.language.lemmas[word],)
        if self.language.lemmatizer == "pymorphy3" and max(word) < _BEYOND_CYRILLIC:
            return {parse.normal_form.replace("ё", "е") for parse in self._morphology.parse(word)[:_PARSES]}
        if self.language.lemmatizer == "simplemma":
            return (simplemma.lemmatize(word, lang=self.language.code).casefold(),)
        return (word,)

    def stem(self, word: str) -> str:
        """The word without its ending, at least four letters long; "" where the language has no endings listed."""
        word = self.language.plain(word)
        for ending in self.language.endings:
            bare = self.language.plain(ending)
            if word.endswith(bare) and len(word) - len(bare) >= 4:
                return word[: -len(bare)]
        return word if self.language.endings else ""

    @cached_property
    def _morphology(self) -> pymorphy3.MorphAnalyzer:
        return pymorphy3.MorphAnalyzer(lang=self.language.code)


class Tokenizer:
    """Cuts folded text into tokens with spaCy's rules for the language, and looks each word up in all languages."""

    def __init__(self, languages: Mapping[str, Language], lemmatizers: Mapping[str, Lemmatizer]) -> None:
        self._languages = languages
        self._lemmatizers = lemmatizers
        self._pipelines = {code: _pipeline(code, lemmatizers[code].known_words) for code in languages}
        self._memory: dict[str, frozenset[str]] = {}

    def tokens(self, text: str, language: str) -> list[Token]:
        """The tokens of a folded text, cut by the language's rules; words get keys of all that share their script."""
        pipeline = self._pipelines[language]
        with pipeline.memory_zone():  # spaCy would otherwise keep every visitor's words in its string store
            pieces = [
                (start + token.idx, token.text)
                for start, piece in _bounded(text)
                for token in pipeline.make_doc(piece)
                if not token.is_space
            ]
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        breaks = self._languages[language].clause_breaks
        found: list[Token] = []
        sentence = clause = 0
        for start, word in pieces:
            while sentence < len(ends) and start >= ends[sentence]:
                sentence, clause = sentence + 1, clause + 1
            clause += word in breaks
            keys = self._keys(word) if word[0].isalpha() else frozenset()
            found.append(Token(start, start + len(word), word, sentence, clause, keys, word[0].isalnum()))
            clause += word[0] in _CLAUSE_END
        return found

    def _keys(self, word: str) -> frozenset[str]:
        keys = self._memory.get(word)
        if keys is None:
            keys = self._looked_up(word)
            if len(self._memory) < _CACHE_LIMIT:
                self._memory[word] = keys
        return keys

    def _looked_up(self, word: str) -> frozenset[str]:
        script = "latin" if word[0] < "Ͱ" else "cyrillic"
        readers = (self._lemmatizers[code] for code, language in self._languages.items() if language.script == script)
        return frozenset(key for reader in readers for key in reader.keys(word))


def _bounded(text: str) -> Iterator[tuple[int, str]]:
    """
    The text in pieces without a longer unbroken run than 80 characters, each with the place where it begins.

    spaCy's time grows with the square of such a run: 4,000 flags in a row would hold a process for seconds.
    """
    start = 0
    for match in _UNBROKEN.finditer(text):
        yield start, text[start : match.end()]
        start = match.end()
    yield start, text[start:]


def _pipeline(code: str, known_words: Sequence[str]) -> Pipeline:
    """
    spaCy's blank pipeline of the language, or of no language where spaCy does not know it.

    The training texts' words are cut once beforehand: what a memory zone learns is forgotten with it, and cutting a
    word for the first time is what takes the time.
    """
    pipeline = spacy.blank(code if code in _SPACY else "xx")
    # Attributes such as like_num would be computed anew for every word.
    pipeline.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    for start in range(0, len(known_words), _WARM_UP_WORDS):
        pipeline.make_doc(" ".join(known_words[start : start + _WARM_UP_WORDS]))
    return pipeline


_SPACY = frozenset({"lv", "ru", "uk", "en", "pl", "lt", "et", "de", "ro", "tr"})
_WARM_UP_WORDS = 500
