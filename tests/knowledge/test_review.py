"""What the staff must look at again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.review import Remark, Urgency, review
from bot.messages import LANGUAGES


@pytest.mark.parametrize(("days", "urgency"), [(60, None), (61, Urgency.SOON), (90, Urgency.SOON), (91, Urgency.LATE)])
def test_age(knowledge: Knowledge, days: int, urgency: Urgency | None) -> None:
    """Every entry, every right and every situation, from the day after the limit."""
    remarks = review(knowledge, knowledge.directory.compiled + timedelta(days=days))
    aged = [remark for remark in remarks if remark.urgency is not Urgency.OPEN]
    topics = sum(len(knowledge.topics[language]) for language in LANGUAGES)

    assert {remark.urgency for remark in aged} == ({urgency} if urgency else set())
    assert len(aged) == (len(knowledge.directory.entries) + topics if urgency else 0)


def test_what_the_sources_leave_open(knowledge: Knowledge) -> None:
    """Hours in conflict or unknown, languages unknown, sources without a date."""
    remarks = [
        remark for remark in review(knowledge, knowledge.directory.compiled) if remark.id in ("lv_patverums", "nl")
    ]

    assert remarks == [
        Remark(Urgency.OPEN, "lv_patverums", 0, "the sources differ on its hours: ask when calling"),
        Remark(Urgency.OPEN, "lv_patverums", 0, "no source states its languages: ask when calling"),
        Remark(Urgency.OPEN, "nl", 0, "no source states its languages: ask when calling"),
        Remark(Urgency.OPEN, "nl", 0, "all of its sources are undated"),
    ]


def test_the_most_urgent_first(knowledge: Knowledge) -> None:
    """Late, soon, open."""
    order = [remark.urgency for remark in review(knowledge, knowledge.directory.compiled + timedelta(days=100))]

    assert order == sorted(order, key=list(Urgency).index)
    assert order[0] is Urgency.LATE
