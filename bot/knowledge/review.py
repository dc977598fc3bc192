"""What in the files of knowledge has to be looked at again: by its age, or because the sources do not settle it."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.directory import Directory, Entry
from bot.knowledge.knowledge import Knowledge
from bot.messages import LANGUAGES


class Urgency(str, enum.Enum):
    """`late`: visitors are told that it was not checked; `soon`: it will be; `open`: the sources leave a question."""

    LATE = "late"
    SOON = "soon"
    OPEN = "open"


@dataclass(frozen=True)
class Remark:
    """One thing to do about one entry of the directory or one topic (`id`), with its age in days."""

    urgency: Urgency
    id: str
    age_days: int
    reason: str


def review(knowledge: Knowledge, today: date) -> tuple[Remark, ...]:
    """All remarks, the most urgent first, the oldest first among them."""
    remarks = [*_entries(knowledge, today), *_topics(knowledge, today)]
    order = list(Urgency)
    return tuple(sorted(remarks, key=lambda remark: (order.index(remark.urgency), -remark.age_days)))


def _entries(knowledge: Knowledge, today: date) -> Iterator[Remark]:
    for entry in knowledge.directory.entries.values():
        age = (today - entry.checked).days
        urgency = _urgency(knowledge.directory, age)
        numbers = ", ".join(phone.display for phone in entry.phones)
        if urgency:
            yield Remark(urgency, entry.id, age, f"call {numbers} and set its `checked`")
        for question in _questions(knowledge, entry):
            yield Remark(Urgency.OPEN, entry.id, age, question)


def _questions(knowledge: Knowledge, entry: Entry) -> Iterator[str]:
    if entry.hours.kind == "differs":
        yield "the sources differ on its hours: ask when calling"
    if entry.hours.kind == "unknown" and "emergency" not in entry.categories and entry.country != "EU":
        yield "no source states its hours: ask when calling"
    if entry.languages is None and "emergency" not in entry.categories and entry.country != "EU":
        yield "no source states its languages: ask when calling"
    if all("undated" in knowledge.sources[source].date for source in entry.sources):
        yield "all of its sources are undated"


def _topics(knowledge: Knowledge, today: date) -> Iterator[Remark]:
    for language, topics in knowledge.topics.items():
        if language not in LANGUAGES:
            continue  # the easy form is of the same day
        for topic in topics.values():
            age = (today - topic.checked).days
            urgency = _urgency(knowledge.directory, age)
            if urgency:
                sources = ", ".join(topic.sources) or "somebody who knows such situations"
                yield Remark(urgency, f"topics.{language}.{topic.id}", age, f"compare it with {sources}")


def _urgency(directory: Directory, age: int) -> Urgency | None:
    if age > directory.late_days:
        return Urgency.LATE
    return Urgency.SOON if age > directory.soon_days else None
