"""Where a fact was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.documents import Document
from bot.knowledge.required import SOURCES_FILE


@dataclass(frozen=True)
class Source:
    """One document. `date` is as exact as the document itself; `ref` is an address or a file name."""

    id: str
    title: str
    date: str
    ref: str


def load_sources(root: Path) -> Mapping[str, Source]:
    """All sources by id. Raises KnowledgeError."""
    document = Document.read(root, SOURCES_FILE)
    sources = {}
    for source_id, value in document.mapping().items():
        source = document.mapping_of(value, source_id, "content")
        texts = [
            document.sentence(document.required(source, source_id, k), source_id, k) for k in ("title", "date", "ref")
        ]
        sources[source_id] = Source(source_id, *texts)
    return sources
