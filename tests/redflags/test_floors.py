"""Floors: a worse model does not replace a better one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.redflags import Assessment
from bot.redflags.errors import RedFlagDataError
from bot.redflags.examples import Example
from bot.redflags.floors import broken_floors, load_floors
from tests.redflags.conftest import ROOT


def message(language: str, danger: str, *, alarmed: bool) -> tuple[Example, Assessment]:
    """A labelled message and an assessment that alarms or not."""
    example = Example("x", language, "text", "job_offer", danger, False, frozenset(), frozenset(), (), {}, "b")
    return example, Assessment(language, "job_offer", "high" if alarmed else "none", False)


PAIRS = [
    message("lv", "dangerous", alarmed=True),
    message("lv", "dangerous", alarmed=False),
    message("ru", "dangerous", alarmed=True),
    message("ru", "legit", alarmed=True),
]


def test_kept_marks_break_nothing() -> None:
    """Marks that the figures reach, exactly or by more, are kept."""
    assert broken_floors(PAIRS, {"lv": {"danger_recall": 0.5}, "ru": {"danger_recall": 0.9, "false_alarm": 1.0}}) == []


def test_every_broken_mark_is_named() -> None:
    """A figure under its floor and one over its ceiling are named with group, figure and mark."""
    marks = {"all": {"danger_recall": 0.7, "false_alarm": 0.5}, "lv": {"danger_recall": 0.6}}

    assert broken_floors(PAIRS, marks) == [
        "all: danger_recall is 0.667, the mark is 0.7",
        "all: false_alarm is 1.000, the mark is 0.5",
        "lv: danger_recall is 0.500, the mark is 0.6",
    ]


def test_a_figure_of_nothing_breaks_no_mark() -> None:
    """A language without emergencies cannot miss one."""
    assert broken_floors(PAIRS, {"uk": {"danger_recall": 1.0}, "lv": {"emergency_recall": 1.0}}) == []


def test_the_projects_floors_hold_every_language() -> None:
    """The project sets marks for all messages and for each language."""
    assert list(load_floors(ROOT / "redflags" / "floors.yml")) == ["all", "lv", "ru", "uk"]


@pytest.mark.parametrize("content", ["all: {danger_recal: 0.9}", "all: {danger_recall: 95}", "all: 0.9"])
def test_a_broken_mark_is_refused_by_name(tmp_path: Path, content: str) -> None:
    """An unknown figure, a percentage and a bare number are refused."""
    (tmp_path / "floors.yml").write_text(content, encoding="utf-8")

    with pytest.raises(RedFlagDataError, match=r"floors\.yml.*all"):
        load_floors(tmp_path / "floors.yml")
