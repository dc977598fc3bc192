"""Labelled messages: what is there, and what is refused by file, line and field."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.redflags.engine import EngineData
from bot.redflags.errors import RedFlagDataError
from bot.redflags.examples import load_examples
from tests.redflags.conftest import ROOT

GOOD: dict[str, Any] = {
    "id": "lv-1", "lang": "lv", "text": "Jāmaksā 50 eiro", "kind": "job_offer", "danger": "dangerous",
    "emergency": False, "flags": ["upfront_payment"], "maybe": [], "style": ["clean"],
    "evidence": {"upfront_payment": ["Jāmaksā 50 eiro"]}, "batch": "lv-b01",
}  # fmt: skip

BAD = [
    ({"kind": "ad"}, "line 1: kind: unknown 'ad'"),
    ({"danger": "high"}, "line 1: danger: unknown 'high'"),
    ({"flags": ["no_such"]}, "line 1: flags: unknown 'no_such'"),
    ({"maybe": ["no_such"]}, "line 1: maybe: unknown 'no_such'"),
    ({"style": ["loud"]}, "line 1: style: unknown 'loud'"),
    ({"emergency": "no"}, "line 1: emergency: must be true or false"),
    ({"evidence": {}}, "line 1: evidence.upfront_payment: no quote"),
    ({"evidence": {"upfront_payment": ["100"]}}, "line 1: evidence.upfront_payment: the quote is not in the text"),
    ({"flags": 5}, "line 1: 'int' object is not iterable: missing or of the wrong form"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), BAD)
def test_broken_example_is_refused(tmp_path: Path, data: EngineData, change: dict[str, Any], sentence: str) -> None:
    """Training stops at the first broken example and says where it is."""
    file = tmp_path / "lv.jsonl"
    file.write_text(json.dumps(GOOD | change), encoding="utf-8")

    with pytest.raises(RedFlagDataError) as error:
        load_examples(file, data.flags)

    assert str(error.value) == f"lv.jsonl: {sentence}"


def test_broken_line_and_double_id_are_refused(tmp_path: Path, data: EngineData) -> None:
    """Lines that are no JSON, and ids that stand twice."""
    file = tmp_path / "lv.jsonl"
    file.write_text(json.dumps(GOOD) + "\n{", encoding="utf-8")
    with pytest.raises(RedFlagDataError, match=r"lv\.jsonl: line 2: not JSON"):
        load_examples(file, data.flags)
    file.write_text(json.dumps(GOOD) + "\n\n" + json.dumps(GOOD), encoding="utf-8")
    with pytest.raises(RedFlagDataError, match=r"lv\.jsonl: line 3: id: stands twice"):
        load_examples(file, data.flags)


def test_the_projects_examples_are_many_and_even(data: EngineData) -> None:
    """Each language has its hundreds of messages; honest ones are never fewer than a third, no flag is forgotten."""
    for code in ("lv", "ru", "uk"):
        examples = load_examples(ROOT / "redflags" / "examples" / f"{code}.jsonl", data.flags)
        dangers = Counter(example.danger for example in examples)
        flags = Counter(flag for example in examples for flag in example.flags)

        assert len(examples) >= 500
        assert dangers["legit"] * 3 >= len(examples)
        assert min(flags[flag] for flag in data.flags) >= 10
        assert {example.language for example in examples} == {code}
        assert len({example.text for example in examples}) == len(examples)
