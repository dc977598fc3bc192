"""Rights and situations, each a short answer with its sources and the day when somebody last compared it with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge.documents import Document
from bot.knowledge.required import TOPIC_KEYS
from bot.knowledge.sources import Source
from bot.messages import RIGHTS, SITUATIONS

TOPIC_FILES: Mapping[str, tuple[str, ...]] = {"rights": RIGHTS, "situations": SITUATIONS}
"""The files of topics, by the name of the file the ids that each must hold, in this order."""


@dataclass(frozen=True)
class Topic:
    """A right, or a situation that a person may be in. `sources` are ids of sources.yml; none: advice of our own."""

    id: str
    title: str
    text: str
    sources: tuple[str, ...]
    checked: date


def topic_file(language: str, name: str) -> str:
    """The path of a file of topics under the data folder."""
    return f"knowledge/{language}/{name}.yml"


def load_topics(root: Path, language: str, sources: Mapping[str, Source]) -> Mapping[str, Topic]:
    """The topics of one language by their ids, in the order of the files. Raises KnowledgeError."""
    topics: dict[str, Topic] = {}
    for name, ids in TOPIC_FILES.items():
        topics |= {topic.id: topic for topic in _listed(root, topic_file(language, name), ids, sources)}
    return topics


def _listed(root: Path, file: str, ids: tuple[str, ...], sources: Mapping[str, Source]) -> tuple[Topic, ...]:
    document = Document.read(root, file)
    if not isinstance(document.content, list):
        raise document.error("file", "content", "must be a list")
    topics = tuple(_topic(document, number, item) for number, item in enumerate(document.content, start=1))
    if tuple(topic.id for topic in topics) != ids:
        raise document.error("file", "id", f"must be {', '.join(ids)} in this order")
    for topic in topics:
        for source in topic.sources:
            if source not in sources:
                raise document.error(topic.id, "sources", f"{source} is not in sources.yml")
            if topic.id in RIGHTS and not sources[source].name:
                raise document.error(topic.id, "sources", f"{source} has no name for visitors in sources.yml")
    return topics


def _topic(document: Document, number: int, value: object) -> Topic:
    topic = document.mapping_of(value, f"entry {number}", "content")
    entry = str(topic.get("id", f"entry {number}"))
    for key in TOPIC_KEYS:
        document.required(topic, entry, key)
    topic_id, title, text = (document.sentence(topic[key], entry, key) for key in ("id", "title", "text"))
    sources, checked = topic["sources"], topic["checked"]
    if not isinstance(sources, list) or (topic_id in RIGHTS and not sources):
        raise document.error(entry, "sources", "must be a list, for a right with at least one source")
    if not isinstance(checked, date):
        raise document.error(entry, "checked", "must be a date such as 2026-11-22")
    return Topic(topic_id, title, text, tuple(str(source) for source in sources), checked)
