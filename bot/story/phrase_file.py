"""The files of `nlu_data/dialogue` that staff write, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.story.wording import Phrase, parse


class QuestionsError(ValueError):
    """A file of `nlu_data/dialogue` is broken; the message names file, entry and key."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file}: {entry}: {problem}")


def parsed(file: str, entry: str, sources: Any, *, are_affirming: bool = False) -> list[Phrase]:
    """The phrases of one entry; `are_affirming`: no word between theirs may deny. Raises QuestionsError."""
    if not isinstance(sources, list) or not sources:
        raise QuestionsError(file, entry, "must be a list of phrases")
    try:
        return [parse(str(source), is_affirming=are_affirming) for source in sources]
    except ValueError as error:
        raise QuestionsError(file, entry, str(error)) from None


def read(root: Path, file: str) -> Mapping[str, Any]:
    """The mapping that a file holds. Raises QuestionsError."""
    try:
        content = yaml.safe_load((root / file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise QuestionsError(file, "file", f"cannot be read: {type(error).__name__}") from None
    if not isinstance(content, dict):
        raise QuestionsError(file, "file", "must be a mapping")
    return content
