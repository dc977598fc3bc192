"""Examples of topics: enough of each, and a broken file is named."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.commands.places import default_places
from bot.messages import LANGUAGES, RIGHTS, SITUATIONS
from bot.story.phrase_file import QuestionsError
from bot.story.topic_examples import NONE, examples_file, load_topic_examples

DATA = default_places().nlu_data


def test_every_topic_has_examples_in_every_language() -> None:
    """At least twenty: with fewer, what people say in other words is not known."""
    counts = Counter((example.language, example.topic) for example in load_topic_examples(DATA))

    assert counts.keys() == {(language, topic) for language in LANGUAGES for topic in (*SITUATIONS, *RIGHTS, NONE)}
    assert min(counts.values()) >= 20


def test_no_example_stands_under_two_topics() -> None:
    """Nothing could be learned from it."""
    topics: dict[str, set[str]] = {}
    for example in load_topic_examples(DATA):
        topics.setdefault(example.text.casefold(), set()).add(example.topic)

    assert len(topics) > 5_000
    assert {text: its for text, its in topics.items() if len(its) > 1} == {}


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        (lambda content: content.update(nonsense=["x"] * 10), "nonsense"),
        (lambda content: content.pop("trial_period"), "trial_period"),
        (lambda content: content.update(trial_period=["x"] * 9), "trial_period"),
        (lambda content: content.update(trial_period=[1] * 10), "trial_period"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, change: object, entry: str) -> None:
    """With its topic."""
    shutil.copytree(DATA / "dialogue", tmp_path / "dialogue")
    file = tmp_path / examples_file("ru")
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(content)  # type: ignore[operator]
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    with pytest.raises(QuestionsError) as caught:
        load_topic_examples(tmp_path)
    assert str(caught.value).startswith(f"{examples_file('ru')}: {entry}: ")
