"""What goes when, by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.conversation import Database, Desk, Frontdoor, Operators, Purged, Retention
from tests.conversation.conftest import ALONE, BYE, WAIT, Clock, telegram_with, waiting_with, web_with


def is_there(frontdoor: Frontdoor, conversation_id: str) -> bool:
    return frontdoor.view(conversation_id) is not None


def test_a_conversation_without_a_human_goes_24_hours_after_its_last_sign_of_life(
    frontdoor: Frontdoor, retention: Retention, clock: Clock
) -> None:
    """Writing again starts the day anew; the token is dead afterwards."""
    conversation_id, token = web_with(frontdoor)
    other = telegram_with(frontdoor, 5)
    clock.forward(hours=23)
    frontdoor.receive(other, "Vēl", channel_message_id="2")
    clock.forward(hours=1)
    assert retention.run().conversations == 0
    clock.forward(minutes=1)
    assert retention.run().conversations == 1
    assert (is_there(frontdoor, conversation_id), is_there(frontdoor, other)) == (False, True)
    assert frontdoor.by_token(token) is None
    clock.forward(hours=23)
    assert retention.run().conversations == 1
    assert frontdoor.by_chat(5) is None


def test_a_conversation_with_a_human_goes_14_days_after_its_end(
    frontdoor: Frontdoor, desk: Desk, retention: Retention, clock: Clock
) -> None:
    """Its token works till then."""
    conversation_id, token = web_with(frontdoor)
    frontdoor.request_handoff(conversation_id, WAIT)
    desk.take("one", conversation_id)
    desk.close("one", conversation_id, "advice", BYE)
    clock.forward(days=14)
    assert retention.run().conversations == 0
    assert frontdoor.messages(conversation_id, token, after=3)[-1].text == BYE.text
    clock.forward(minutes=1)
    assert retention.run().conversations == 1
    assert not is_there(frontdoor, conversation_id)


def test_who_waits_for_a_person_is_not_deleted_after_a_day(
    frontdoor: Frontdoor, desk: Desk, retention: Retention, clock: Clock
) -> None:
    """Over a weekend without operators the request stands; who went on alone counts as without a human again."""
    waiting, alone = waiting_with(frontdoor, "a"), waiting_with(frontdoor, "b")
    frontdoor.withdraw_handoff(alone, ALONE)
    clock.forward(days=3)
    assert retention.run().conversations == 1
    assert [entry.id for entry in desk.waiting()] == [waiting]
    clock.forward(days=11, minutes=1)
    assert retention.run().conversations == 1


def test_other_lifetimes_are_arguments(frontdoor: Frontdoor, database: Database, clock: Clock) -> None:
    """An hour instead of a day."""
    conversation_id, _ = web_with(frontdoor)
    clock.forward(hours=1, minutes=1)
    purged = Retention(database, clock, without_human=timedelta(hours=1)).run()
    assert (purged.conversations, is_there(frontdoor, conversation_id)) == (1, False)


def test_more_than_a_batch_goes_in_one_run(frontdoor: Frontdoor, retention: Retention, clock: Clock) -> None:
    """One hundred and twenty conversations are due at once."""
    for _ in range(120):
        frontdoor.open_web("lv")
    clock.forward(days=2)
    assert retention.run().conversations == 120
    assert retention.run().conversations == 0


def test_retention_leaves_tombstones_and_clears_the_feed(
    frontdoor: Frontdoor, retention: Retention, database: Database, clock: Clock
) -> None:
    """Hints older than ten minutes go, also those about conversations that are gone."""
    web_with(frontdoor)
    clock.forward(days=2)
    assert retention.run() == Purged(conversations=1, requeued=0, feed_events=0, sessions=0)
    clock.forward(minutes=11)
    assert retention.run() == Purged(conversations=0, requeued=0, feed_events=2, sessions=0)
    assert _counts(database) == [1, 0]


def _counts(database: Database) -> list[int]:
    with database.reading() as session:
        return [
            session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in ("tombstone", "feed_event")
        ]


def test_a_tombstone_outlives_every_backup_and_then_goes(
    frontdoor: Frontdoor, retention: Retention, database: Database, clock: Clock
) -> None:
    """A hundred and twenty days, more than the longest life of a conversation."""
    frontdoor.shred(web_with(frontdoor)[0])
    clock.forward(days=120)
    retention.run()
    assert _counts(database) == [1, 0]
    clock.forward(days=1)
    retention.run()
    assert _counts(database) == [0, 0]


@pytest.mark.parametrize(("step", "ended"), [({"minutes": 31}, 1), ({"minutes": 29}, 0)])
def test_sessions_that_ended_by_themselves_are_deleted(
    database: Database, retention: Retention, clock: Clock, step: dict[str, float], ended: int
) -> None:
    """Thirty minutes without use."""
    operators = Operators(database, clock)
    operators.open_session(operators.add_operator("anna", "x" * 15))
    clock.forward(**step)
    assert retention.run().sessions == ended
