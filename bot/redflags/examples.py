"""Labelled messages: `nlu_data/redflags/examples/<language>.jsonl`, checked line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.redflags.assessment import KINDS
from bot.redflags.errors import RedFlagDataError

DANGERS = ("dangerous", "caution", "legit")
STYLES = (
    "clean", "no_diacritics", "translit", "typos", "codemix", "slang", "long", "short", "emoji_channel", "obfuscated",
    "forwarded", "negated", "reported", "indirect",
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    """
    One labelled message.

    `flags` are in the text, `maybe` may or may not be counted; `evidence` quotes the text for each flag; `batch` names
    the sitting it was written in, so that validation never splits one sitting.
    """

    id: str
    language: str
    text: str
    kind: str
    danger: str
    emergency: bool
    flags: frozenset[str]
    maybe: frozenset[str]
    style: tuple[str, ...]
    evidence: Mapping[str, tuple[str, ...]]
    batch: str


def load_examples(path: Path, flags: Iterable[str], *, with_evidence: bool = True) -> list[Example]:
    """
    All examples of a file.

    Args:
        with_evidence: also demand a quote for each flag and a batch, as training data have them.

    Raises:
        RedFlagDataError: naming file, line and field.
    """
    known = frozenset(flags)
    examples: list[Example] = []
    seen: set[str] = set()
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            example = _example(path.name, number, line, known, with_evidence)
            if example.id in seen:
                raise RedFlagDataError(path.name, f"line {number}: id", "stands twice")
            seen.add(example.id)
            examples.append(example)
    return examples


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise RedFlagDataError(path.name, "file", error.strerror or "cannot be read") from None


def _example(file: str, number: int, line: str, flags: frozenset[str], with_evidence: bool) -> Example:
    try:
        data = json.loads(line)
        example = Example(
            id=data["id"],
            language=data["lang"],
            text=data["text"],
            kind=data["kind"],
            danger=data["danger"],
            emergency=data["emergency"],
            flags=frozenset(data["flags"]),
            maybe=frozenset(data.get("maybe", ())),
            style=tuple(data.get("style", ())),
            evidence={flag: tuple(quotes) for flag, quotes in data.get("evidence", {}).items()},
            batch=data["batch"] if with_evidence else data.get("batch", ""),
        )
    except json.JSONDecodeError as error:
        raise RedFlagDataError(file, f"line {number}", "not JSON") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise RedFlagDataError(file, f"line {number}: {error}", "missing or of the wrong form") from error
    for field, problem in _problems(example, flags, with_evidence):
        raise RedFlagDataError(file, f"line {number}: {field}", problem)
    return example


def _problems(example: Example, flags: frozenset[str], with_evidence: bool) -> Iterable[tuple[str, str]]:
    listed: tuple[tuple[str, Any, Any], ...] = (
        ("kind", {example.kind}, KINDS),
        ("danger", {example.danger}, DANGERS),
        ("flags", example.flags, flags),
        ("maybe", example.maybe, flags),
        ("style", set(example.style), STYLES),
    )
    for field, values, allowed in listed:
        for value in values - set(allowed):
            yield field, f"unknown {value!r}"
    if not isinstance(example.emergency, bool):
        yield "emergency", "must be true or false"
    if with_evidence:
        yield from _evidence_problems(example)


def _evidence_problems(example: Example) -> Iterable[tuple[str, str]]:
    for flag in sorted(example.flags - example.evidence.keys()):
        yield f"evidence.{flag}", "no quote"
    for flag, quotes in example.evidence.items():
        for quote in quotes:
            if not quote or quote not in example.text:
                yield f"evidence.{flag}", "the quote is not in the text"
