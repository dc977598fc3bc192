"""How lists are read, from nlu_data/licences/lists.yml: headings, words of states, kinds of services, limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.documents import Document
from bot.licences.folding import folded, words
from bot.licences.listing import Kind, Status
from bot.messages import LANGUAGES

LISTS_FILE = "licences/lists.yml"
COLUMNS = ("name", "registration", "form", "licence", "countries", "services", "since", "until", "ended", "state")


@dataclass(frozen=True)
class Layout:
    """
    How the file of one kind of list looks.

    `columns` has the possible headings of each column, folded to words; one that ends with "*" stands for every
    heading that begins so.
    """

    kind: Kind
    known_by: tuple[str, ...]
    required: tuple[str, ...]
    status: Status
    columns: Mapping[str, tuple[str, ...]]

    def places(self, headings: Sequence[str]) -> Mapping[str, int]:
        """At which index of a row of headings each column of this kind stands; each heading is taken once."""
        found: dict[str, int] = {}
        for column, wanted in self.columns.items():
            at = next((i for want in wanted for i, text in enumerate(headings) if _fits(text, want)), None)
            if at is not None and at not in found.values():
                found[column] = at
        return found

    def knows(self, places: Mapping[str, int]) -> bool:
        """Whether a file with these columns is of this kind."""
        return set(self.known_by) <= set(places)


@dataclass(frozen=True)
class Service:
    """A kind of service: its name in each language, and how a cell of the list begins that means it (folded)."""

    id: str
    name: Mapping[str, str]
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """Everything of lists.yml. `most_rejected` is a share from 0 to 1."""

    public_search: str
    public_search_source: str
    old_after_days: int
    most_rejected: float
    layouts: tuple[Layout, ...]
    states: Mapping[Status, tuple[str, ...]]
    services: Mapping[str, Service]

    def layout(self, kind: Kind) -> Layout:
        """The layout of one kind of list."""
        return next(layout for layout in self.layouts if layout.kind is kind)

    def state(self, cell: str) -> Status | None:
        """What a cell of the state column says; None where it is not understood. One letter must be the whole cell."""
        plain = folded(cell)
        for status, beginnings in self.states.items():
            if any(plain == begin or (len(begin) > 1 and plain.startswith(begin)) for begin in beginnings):
                return status
        return None

    def service(self, words_of_list: str) -> str:
        """The id of a kind of service, or the words as they are where they mean none."""
        plain = folded(words_of_list)
        return next((s.id for s in self.services.values() if plain.startswith(s.stems)), words_of_list)


def load_rules(root: Path) -> Rules:
    """The rules of the data folder `root`. Raises KnowledgeError."""
    document = Document.read(root, LISTS_FILE)
    content = document.mapping()

    def part(key: str) -> Mapping[str, Any]:
        return document.mapping_of(document.required(content, "file", key), "file", key)

    search = part("public_search")
    address, source = (
        document.sentence(document.required(search, "public_search", k), "public_search", k)
        for k in ("address", "source")
    )
    return Rules(
        public_search=address,
        public_search_source=source,
        old_after_days=int(_number(document, content, "old_after_days", 1, 3650)),
        most_rejected=_number(document, content, "most_rejected", 0, 1),
        layouts=tuple(_layout(document, name, value) for name, value in part("lists").items()),
        states={
            _status(document, name): tuple(folded(w) for w in _strings(document, "states", name, value))
            for name, value in part("states").items()
        },
        services={name: _service(document, name, value) for name, value in part("services").items()},
    )


def heading(text: str) -> str:
    """A heading as it is compared: folded words with one space between."""
    return " ".join(words(text))


def _fits(text: str, wanted: str) -> bool:
    if wanted.endswith("*"):
        return heading(text).startswith(wanted[:-1])
    return heading(text) == wanted


def _layout(document: Document, name: str, value: Any) -> Layout:
    try:
        kind = Kind(name)
    except ValueError:
        raise document.error("lists", name, "is not a kind of list") from None
    layout = document.mapping_of(value, "lists", name)
    columns = document.mapping_of(document.required(layout, name, "columns"), name, "columns")
    for column in columns:
        _require_column(document, name, column)
    known_by, required = (
        _strings(document, name, k, document.required(layout, name, k)) for k in ("known_by", "required")
    )
    for column in (*known_by, *required):
        document.required(columns, name, column)
    return Layout(
        kind=kind,
        known_by=known_by,
        required=required,
        status=_status(document, str(document.required(layout, name, "status"))),
        columns={column: _headings(_strings(document, name, column, texts)) for column, texts in columns.items()},
    )


def _headings(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(heading(text) + ("*" if text.endswith("*") else "") for text in texts)


def _require_column(document: Document, name: str, column: str) -> None:
    if column not in COLUMNS:
        raise document.error(name, column, f"is not a column; known are {', '.join(COLUMNS)}")


def _service(document: Document, name: str, value: Any) -> Service:
    service = document.mapping_of(value, "services", name)
    stems = _strings(document, name, "stems", document.required(service, name, "stems"))
    names = document.mapping_of(document.required(service, name, "name"), name, "name")
    by_language = {lang: document.sentence(document.required(names, name, lang), name, lang) for lang in LANGUAGES}
    return Service(name, by_language, tuple(folded(stem) for stem in stems))


def _status(document: Document, name: str) -> Status:
    try:
        return Status(name)
    except ValueError:
        raise document.error("status", name, "is not a status") from None


def _strings(document: Document, entry: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise document.error(entry, key, "must be a list with at least one word")
    return tuple(document.sentence(item, entry, key) for item in value)


def _number(document: Document, content: Mapping[str, Any], key: str, lowest: float, highest: float) -> float:
    value = document.required(content, "file", key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not lowest <= value <= highest:
        raise document.error("file", key, f"must be a number from {lowest} to {highest}")
    return float(value)
