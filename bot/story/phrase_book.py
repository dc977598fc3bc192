"""Many phrases looked up at once: only those are tried whose first word stands in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from bot.story.wording import Phrase, stands_at

Name = TypeVar("Name", bound=Hashable)


class PhraseBook(Generic[Name]):
    """Phrases under names; several may have the same name."""

    def __init__(self, phrases: Mapping[Name, Sequence[Phrase]]) -> None:
        self._words: dict[str, list[tuple[Name, Phrase]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[Name, Phrase]]] = defaultdict(list)
        for name, its in phrases.items():
            for phrase in its:
                for word in phrase.places[0].words:
                    self._words[word].append((name, phrase))
                for stem in phrase.places[0].stems:
                    self._stems[stem].append((name, phrase))

    def lengths(self, said: Sequence[Sequence[str]]) -> dict[Name, int]:
        """For each name with a phrase in one of the sentences, the number of words of the longest."""
        longest: dict[Name, int] = {}
        for words in said:
            for position, word in enumerate(words):
                for name, phrase in self._beginning_with(word):
                    if phrase.length > longest.get(name, 0) and stands_at(phrase, words, position):
                        longest[name] = phrase.length
        return longest

    def _beginning_with(self, word: str) -> Iterator[tuple[Name, Phrase]]:
        yield from self._words.get(word, ())
        for end in range(1, len(word) + 1):
            yield from self._stems.get(word[:end], ())
