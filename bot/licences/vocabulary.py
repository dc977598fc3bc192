"""The words around company names, from nlu_data/licences/names.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.knowledge.documents import Document
from bot.licences.folding import folded, sounded, words

NAMES_FILE = "licences/names.yml"


@dataclass(frozen=True)
class Vocabulary:
    """
    Attributes:
        forms: legal forms as folded words, the longest first ("sabiedriba ar ierobezotu atbildibu", "sia").
        capital_forms: forms that are read as such only in capital letters ("AS" is a form, "as" is not).
        connectors: words inside names that change nothing ("un", "and").
        companies: beginnings of words after which a name may stand ("uzņēmum", "агентств").
        stops: words at which a name written in small letters ends.
        questions: beginnings of words that belong to a question about a licence and to no name.
        endings: endings that declension puts on a name, as they sound, the longest first.
    """

    forms: tuple[tuple[str, ...], ...]
    capital_forms: frozenset[str]
    connectors: frozenset[str]
    companies: tuple[str, ...]
    stops: frozenset[str]
    questions: tuple[str, ...]
    endings: tuple[str, ...]

    def ending(self, shortest: int) -> re.Pattern[str]:
        """The longest ending of a sounded word that leaves a stem (the first group) of `shortest` letters at least."""
        if shortest not in self._endings:
            self._endings[shortest] = re.compile(rf"^(.{{{shortest},}}?)(?:{'|'.join(self.endings)})$")
        return self._endings[shortest]

    @cached_property
    def forms_by_beginning(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """The forms by their first word."""
        return {form[0]: [other for other in self.forms if other[0] == form[0]] for form in self.forms}

    @cached_property
    def forms_by_end(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """The forms by their last word."""
        return {form[-1]: [other for other in self.forms if other[-1] == form[-1]] for form in self.forms}

    @cached_property
    def _endings(self) -> dict[int, re.Pattern[str]]:
        return {}


def load_vocabulary(root: Path) -> Vocabulary:
    """The vocabulary of the data folder `root`. Raises KnowledgeError."""
    document = Document.read(root, NAMES_FILE)
    content = document.mapping()

    def listed(key: str) -> list[str]:
        return _strings(document, content, key)

    capitals = listed("capital_forms")
    forms = {words(form) for form in (*listed("forms"), *capitals)}
    return Vocabulary(
        forms=tuple(sorted(forms, key=lambda form: (-len(form), form))),
        capital_forms=frozenset(folded(form) for form in capitals),
        connectors=frozenset(folded(word) for word in listed("connectors")),
        companies=tuple(folded(word) for word in listed("companies")),
        stops=frozenset(folded(word) for word in listed("stops")),
        questions=tuple(folded(word) for word in listed("questions")),
        endings=tuple(sorted({sounded(folded(e)) for e in listed("endings")}, key=lambda e: (-len(e), e))),
    )


def _strings(document: Document, content: Mapping[str, Any], key: str) -> list[str]:
    value = document.required(content, "file", key)
    if not isinstance(value, list) or not value:
        raise document.error("file", key, "must be a list with at least one word")
    return [document.sentence(item, "file", key) for item in value]
