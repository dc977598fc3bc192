"""Messages as people write them, each with the topic that it is about: what the topic classifier learns from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.messages import LANGUAGES, RIGHTS, SITUATIONS
from bot.story.phrase_file import QuestionsError, read

NONE = "none"
"""The name under which messages stand that look near and are about no topic."""

FEWEST = 10
"""Examples of a topic in each language; with fewer a language would not be known."""


class TopicExample(NamedTuple):
    """A message, its topic or `NONE`, and its language, None where nobody wrote it down."""

    text: str
    topic: str
    language: str | None


def examples_file(language: str) -> str:
    """The path of the examples of one language under the data folder."""
    return f"dialogue/topic_examples/{language}.yml"


def load_topic_examples(root: Path) -> list[TopicExample]:
    """The examples of all languages. Raises QuestionsError."""
    return [example for language in LANGUAGES for example in _examples(root, language)]


def _examples(root: Path, language: str) -> Iterator[TopicExample]:
    file = examples_file(language)
    content = read(root, file)
    topics = (*SITUATIONS, *RIGHTS, NONE)
    if strange := content.keys() - set(topics):
        raise QuestionsError(file, min(map(str, strange)), "is not a topic")
    for topic in topics:
        texts = content.get(topic)
        if not isinstance(texts, list) or len(texts) < FEWEST or not all(isinstance(text, str) for text in texts):
            raise QuestionsError(file, topic, f"must be a list of at least {FEWEST} texts")
        yield from (TopicExample(text, topic, language) for text in texts)
