"""Where a fact was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.documents import Document
from bot.knowledge.required import SOURCES_FILE


@dataclass(frozen=True)
class Source:
    """
    One document. `date` is as exact as the document itself; `ref` is an address or a file name.

    `name` is how visitors are told of it, empty where they never are: titles hold words that are never said to them.
    """

    id: str
    title: str
    date: str
    ref: str
    name: str = ""


def load_sources(root: Path) -> Mapping[str, Source]:
    """All sources by id. Raises KnowledgeError."""
    document = Document.read(root, SOURCES_FILE)
    sources = {}
    for source_id, value in document.mapping().items():
        source = document.mapping_of(value, source_id, "content")
        texts = [
            document.sentence(document.required(source, source_id, k), source_id, k) for k in ("title", "date", "ref")
        ]
        name = document.sentence(source["name"], source_id, "name") if "name" in source else ""
        title, date, ref = texts
        sources[source_id] = Source(source_id, title, date, ref, name)
    return sources
