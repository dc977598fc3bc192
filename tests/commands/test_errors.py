"""`karogs errors`: misses worth reading, worst first."""

from __future__ import annotations

from bot.commands.errors import misses, report
from bot.redflags import Assessment, RedFlag
from bot.redflags.examples import Example

TEXT = "Pasi nodod birojā."


def labelled(name: str, danger: str, flags: set[str], *, emergency: bool = False) -> Example:
    """A labelled Latvian message."""
    return Example(
        name, "lv", TEXT, "job_offer", danger, emergency, frozenset(flags), frozenset({"secrecy"}), (), {}, ""
    )


CALM = Assessment("lv", "job_offer", "none", False)
ALARM = Assessment("lv", "job_offer", "high", False, (RedFlag("documents_taken", "critical", 0, 10, "Pasi nodod"),))
UNSURE = Assessment("lv", "job_offer", "high", False, (*ALARM.flags, RedFlag("secrecy", "strong", 0, 4, "Pasi")))


def test_worst_faults_come_first_and_right_answers_not_at_all() -> None:
    """An emergency before a danger before a false alarm before flags; a flag that may be there is no fault."""
    pairs = [
        (labelled("a", "legit", set()), ALARM),
        (labelled("b", "dangerous", {"documents_taken"}), UNSURE),
        (labelled("c", "dangerous", {"documents_taken", "threats"}), ALARM),
        (labelled("d", "dangerous", set()), CALM),
        (labelled("e", "dangerous", set(), emergency=True), CALM),
    ]

    assert [(example.id, why) for example, _, why in misses(pairs)] == [
        ("e", ["emergency missed", "danger missed"]),
        ("d", ["danger missed"]),
        ("a", ["false alarm", "flags not there: documents_taken"]),
        ("c", ["flags missed: threats"]),
    ]


def test_a_miss_is_shown_with_its_marked_text() -> None:
    """A reader sees what is wrong and which words were taken for a sign."""
    example = labelled("a", "legit", set())

    assert list(report(example, ALARM, ["false alarm"])) == [
        "a (legit, job_offer): false alarm",
        "found: risk high; documents_taken",
        "⟦Pasi nodod⟧[1] birojā.",
    ]
