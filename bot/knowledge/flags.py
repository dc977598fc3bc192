"""What a warning sign is called, why it is one, what an honest offer does instead and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.documents import Document
from bot.knowledge.required import FLAG_KEYS, FLAG_LIST_FILE


@dataclass(frozen=True)
class FlagText:
    """The words of one red flag in one language; `ask` is a question ready to be sent to the recruiter."""

    name: str
    why: str
    honest: str
    ask: str


def load_flag_ids(root: Path) -> tuple[str, ...]:
    """The ids of the flags that the engine knows, in the order of its list."""
    document = Document.read(root, FLAG_LIST_FILE)
    listed = document.required(document.mapping(), "file", "flags")
    if not isinstance(listed, list) or not listed:
        raise document.error("file", "flags", "must be a list")
    flags = [document.mapping_of(flag, f"flag {number}", "content") for number, flag in enumerate(listed, start=1)]
    return tuple(str(document.required(flag, f"flag {n}", "id")) for n, flag in enumerate(flags, start=1))


def flag_file(language: str) -> str:
    return f"knowledge/{language}/flags.yml"


def load_flags(root: Path, language: str, flag_ids: tuple[str, ...]) -> Mapping[str, FlagText]:
    """The texts of every flag in one language. Raises KnowledgeError."""
    document = Document.read(root, flag_file(language))
    content = document.mapping()
    for unknown in sorted(set(content) - set(flag_ids)):
        raise document.error(unknown, "id", f"is not a flag of {FLAG_LIST_FILE}")
    return {flag_id: _flag(document, flag_id, document.required(content, "file", flag_id)) for flag_id in flag_ids}


def _flag(document: Document, flag_id: str, value: object) -> FlagText:
    texts = document.mapping_of(value, flag_id, "content")
    return FlagText(*(document.sentence(document.required(texts, flag_id, key), flag_id, key) for key in FLAG_KEYS))
