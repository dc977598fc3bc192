"""Rights in short, each with its sources and the day when somebody last compared it with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge.documents import Document
from bot.knowledge.required import RIGHT_KEYS


@dataclass(frozen=True)
class Right:
    """One right. `sources` are ids of sources.yml."""

    id: str
    title: str
    text: str
    sources: tuple[str, ...]
    checked: date


def rights_file(language: str) -> str:
    return f"knowledge/{language}/rights.yml"


def load_rights(root: Path, language: str, source_ids: frozenset[str]) -> tuple[Right, ...]:
    """The rights of one language in the order of the file. Raises KnowledgeError."""
    document = Document.read(root, rights_file(language))
    if not isinstance(document.content, list) or not document.content:
        raise document.error("file", "content", "must be a list")
    rights = tuple(_right(document, number, item) for number, item in enumerate(document.content, start=1))
    seen: set[str] = set()
    for right in rights:
        if right.id in seen:
            raise document.error(right.id, "id", "stands twice")
        for unknown in sorted(set(right.sources) - source_ids):
            raise document.error(right.id, "sources", f"{unknown} is not in sources.yml")
        seen.add(right.id)
    return rights


def _right(document: Document, number: int, value: object) -> Right:
    right = document.mapping_of(value, f"right {number}", "content")
    entry = str(right.get("id", f"right {number}"))
    for key in RIGHT_KEYS:
        document.required(right, entry, key)
    right_id, title, text = (document.sentence(right[key], entry, key) for key in ("id", "title", "text"))
    sources, checked = right["sources"], right["checked"]
    if not isinstance(sources, list) or not sources:
        raise document.error(entry, "sources", "must be a list with at least one source")
    if not isinstance(checked, date):
        raise document.error(entry, "checked", "must be a date such as 2026-11-22")
    return Right(right_id, title, text, tuple(str(source) for source in sources), checked)
