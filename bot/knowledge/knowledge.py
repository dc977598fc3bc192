"""The facade: everything that Karogs can say, in the visitor's language, with numbers that come from the directory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.directory import Directory, Entry
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.flags import FlagText, flag_file
from bot.knowledge.lines import Lines
from bot.knowledge.placeholders import fill
from bot.knowledge.required import DIRECTORY_FILE
from bot.knowledge.sources import Source
from bot.knowledge.topics import Topic, topic_file
from bot.messages import LANGUAGES, RIGHTS, Reply, language_of


@dataclass(frozen=True)
class Knowledge:
    """
    All texts and the directory, checked when they were loaded: what is asked for by a key of `required` is there.

    `language` is lv, ru or uk, or the easy form of one of them ("lv-easy"); also en for keys of the console and for
    lines of the directory. With a `clock` (which gives the time with its zone) every line of the directory says who
    answers at that moment.
    """

    catalogues: Mapping[str, Catalogue]
    flags: Mapping[str, Mapping[str, FlagText]]
    topics: Mapping[str, Mapping[str, Topic]]
    directory: Directory
    sources: Mapping[str, Source]
    clock: Callable[[], datetime] | None = None

    def by(self, clock: Callable[[], datetime]) -> Knowledge:
        """The same knowledge with a clock."""
        return replace(self, clock=clock)

    def at(self, moment: datetime) -> Knowledge:
        """The same knowledge at one moment, which needs its time zone."""
        return self.by(lambda: moment)

    def lines(self, language: str) -> Lines:
        """The directory in one language, at the moment of the clock."""
        return Lines(self.directory, language_of(language), self.clock() if self.clock else None)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that visitors are answered in, the default first."""
        return LANGUAGES

    def text(self, language: str, key: str, **values: object) -> str:
        """The words under `key` ("system.emergency", "page.title"), placeholders filled with `values`."""
        return self._filled(language, self._written(language, key).text, key, values)

    def reply(self, language: str, key: str, **values: object) -> Reply:
        """Words and buttons under `key`, which may also be the name of a response ("utter_greet")."""
        written = self._written(language, key)
        return Reply(self._filled(language, written.text, key, values), written.buttons)

    def has(self, language: str, key: str) -> bool:
        """Whether `reply` knows `key` in this language."""
        return _catalogue_key(key) in self.catalogues.get(language, {})

    def keys(self, language: str, prefix: str) -> tuple[str, ...]:
        """All keys that begin with `prefix`, for a page that needs all of its words at once."""
        return tuple(key for key in self.catalogues.get(language, {}) if key.startswith(prefix))

    def flag(self, language: str, flag_id: str) -> FlagText:
        """The words of one red flag."""
        try:
            return self.flags[language][flag_id]
        except KeyError:
            raise KnowledgeError(flag_file(language), language, flag_id, "is not known") from None

    def entry(self, entry_id: str) -> Entry:
        """One service of the directory."""
        try:
            return self.directory.entries[entry_id]
        except KeyError:
            raise KnowledgeError(DIRECTORY_FILE, entry_id, "id", "is not known") from None

    def entries(self, country: str | None = None, category: str | None = None) -> tuple[Entry, ...]:
        """The services of one country (code, upper case) and one category, in the order of the directory."""
        return tuple(
            entry
            for entry in self.directory.entries.values()
            if country in (None, entry.country) and (category is None or category in entry.categories)
        )

    def entry_line(self, language: str, entry_id: str) -> str:
        """Name, numbers, country, hours (or that sources differ), cost and the day the sources were read."""
        entry, lines = self.entry(entry_id), self.lines(language)
        return f"{lines.line(entry)}; {lines.checked([entry])}"

    def numbers_block(self, language: str, need: str) -> str:
        """A line for each service that answers `need`, then the day the sources were read."""
        try:
            wanted = self.directory.needs[need]
        except KeyError:
            raise KnowledgeError(DIRECTORY_FILE, "needs", need, "is not known") from None
        entries, lines = [self.entry(entry_id) for entry_id in wanted.entries], self.lines(language)
        return lines.block(lines.sorted_by_clock(entries) if wanted.by_clock else entries)

    def need_title(self, language: str, need: str) -> str:
        """What a block of numbers is for, as its heading."""
        return self.directory.needs[need].title[language_of(language)]

    def rights(self, language: str) -> tuple[Topic, ...]:
        """Rights in short."""
        return tuple(self.topics[language][right] for right in RIGHTS)

    def topic(self, language: str, topic_id: str) -> Topic:
        """A right or a situation."""
        try:
            return self.topics[language][topic_id]
        except KeyError:
            raise KnowledgeError(topic_file(language, "*"), language, topic_id, "is not known") from None

    def _written(self, language: str, key: str) -> Reply:
        try:
            return self.catalogues[language][_catalogue_key(key)]
        except KeyError:
            raise KnowledgeError("knowledge", language, key, "is not known") from None

    def _filled(self, language: str, text: str, key: str, values: Mapping[str, object]) -> str:
        try:
            return fill(text, lambda kind, entry_id: self._looked_up(language, kind, entry_id), values)
        except KeyError as error:
            raise KnowledgeError("knowledge", language, key, f"needs a value for {error.args[0]}") from None

    def _looked_up(self, language: str, kind: str, entry_id: str) -> str:
        if kind == "phone":
            return self.entry(entry_id).phones[0].display
        if kind == "entry":
            return self.entry_line(language, entry_id)
        return self.numbers_block(language, entry_id)


def _catalogue_key(key: str) -> str:
    return f"responses.{key}" if key.startswith("utter_") else key
