"""Company names in what a visitor writes: beside a legal form, in quotes, or as what a question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.licences.folding import folded, words
from bot.licences.vocabulary import Vocabulary

LONGEST_NAME = 80
"""Characters of a name between quotes."""

MOST_WORDS = 5
MOST_SMALL_WORDS = 3
"""Words of a name that is written in small letters, where its end can only be guessed."""

SHORTEST_BEGINNING = 4
"""Letters from which an entry of the questions stands for every word that begins with it."""

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ.-][^\W_]+)*|[“”„\"«»‟]|[\n.!?;:,()]|&")
_QUOTES = frozenset('“”„"«»‟')


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_proper(self) -> bool:
        """Begins like a name does: with a capital letter or a digit."""
        return self.text[0].isupper() or self.text[0].isdigit()


def mentioned_names(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The company names that `text` gives away by a legal form or a word such as "firm", in order, each once."""
    read = _Reading(text, vocabulary)
    found = (read.name_at(at) for at in range(len(read.tokens)))
    return tuple(dict.fromkeys(name for name in found if name))


def asked_name(text: str, vocabulary: Vocabulary) -> str | None:
    """The longest run of words in a question that do not belong to the asking; None when there is none."""
    quoted = re.search(r"[“”„\"«‟]([^“”„\"«»‟\n]{2,80})[“”\"»‟]", text)
    if quoted:
        return quoted.group(1).strip()
    runs: list[list[_Token]] = [[]]
    for token in _tokens(text):
        if token.is_word and not _belongs_to_question(folded(token.text), vocabulary):
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)[:MOST_WORDS]
    name = text[longest[0].start : longest[-1].end] if longest else ""
    return name if len(name) > 2 else None


def proper_words(text: str) -> tuple[tuple[str, ...], ...]:
    """The runs of words that begin with a capital letter or a digit."""
    runs: list[list[str]] = [[]]
    for token in _tokens(text):
        if token.is_word and token.is_proper:
            runs[-1].append(token.text)
        elif token.text not in _QUOTES and token.text != "&":
            runs.append([])
    return tuple(tuple(run) for run in runs if run)


def _belongs_to_question(word: str, vocabulary: Vocabulary) -> bool:
    """A short question word must be the whole word: "no" belongs to the asking, "Nordea" does not."""
    beginnings = tuple(asked for asked in vocabulary.questions if len(asked) >= SHORTEST_BEGINNING)
    return word in vocabulary.questions or word in vocabulary.stops or word.startswith(beginnings)


def _tokens(text: str) -> list[_Token]:
    return [_Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


class _Reading:
    """One text, read for names."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        # Capital letters say nothing where there are no others.
        self.text, self.vocabulary = text.lower() if text.isupper() else text, vocabulary
        self.tokens = _tokens(self.text)
        self._folded = [folded(token.text) for token in self.tokens]

    def name_at(self, at: int) -> str | None:
        """The name that belongs to a legal form, or to a word for a company, at a token."""
        length = self._form_length(at)
        if length:
            candidates = (self._after(at + length), self._before(at - 1), self._small_run(at + length))
        elif self.tokens[at].is_word and self._folded[at].startswith(self.vocabulary.companies):
            candidates = (self._after(at + 1), None, None)
        else:
            return None
        return next((name for name in candidates if name and self._is_name(name)), None)

    def _is_name(self, name: str) -> bool:
        return not all(_belongs_to_question(word, self.vocabulary) for word in words(name))

    def _form_length(self, at: int) -> int:
        """How many tokens a legal form takes here; 0 where there is none."""
        for form in self.vocabulary.forms_by_beginning.get(self._folded[at], ()):
            tokens = self._folded[at : at + len(form)]
            if tuple(tokens) == form and self._may_be_form(at, form):
                return len(form)
        return 0

    def _may_be_form(self, at: int, form: Sequence[str]) -> bool:
        return " ".join(form) not in self.vocabulary.capital_forms or self.tokens[at].text.isupper()

    def _after(self, at: int) -> str | None:
        if at >= len(self.tokens):
            return None
        if self.tokens[at].text in _QUOTES:
            return self._quoted(at)
        return self._joined(self._proper_run(range(at, len(self.tokens))))

    def _before(self, at: int) -> str | None:
        if at >= 0 and self.tokens[at].text == ",":
            at -= 1
        if at < 0:
            return None
        if self.tokens[at].text in _QUOTES:
            opening = next((i for i in range(at - 1, -1, -1) if self.tokens[i].text in _QUOTES), None)
            return self._quoted(opening) if opening is not None else None
        return self._joined(self._proper_run(range(at, -1, -1))[::-1])

    def _quoted(self, opening: int) -> str | None:
        for token in self.tokens[opening + 1 :]:
            if token.text == "\n" or token.start - self.tokens[opening].end > LONGEST_NAME:
                return None
            if token.text in _QUOTES:
                return self.text[self.tokens[opening].end : token.start].strip()
        return None

    def _proper_run(self, indices: range) -> list[_Token]:
        run: list[_Token] = []
        for index in indices:
            token = self.tokens[index]
            is_link = run and (token.text == "&" or self._folded[index] in self.vocabulary.connectors)
            if not (token.is_proper or is_link) or self._form_length(index) or len(run) == MOST_WORDS:
                break
            run.append(token)
        while run and not run[-1].is_proper:
            run.pop()
        return run

    def _small_run(self, at: int) -> str | None:
        run: list[_Token] = []
        for token, word in zip(self.tokens[at:], self._folded[at:], strict=True):
            if not token.is_word or word in self.vocabulary.stops or len(run) == MOST_SMALL_WORDS:
                break
            run.append(token)
        return self._joined(run)

    def _joined(self, run: Sequence[_Token]) -> str | None:
        return self.text[run[0].start : run[-1].end] if run else None
