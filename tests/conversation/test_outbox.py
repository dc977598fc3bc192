"""Messages to Telegram: in order, at least once, and no chat waits for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.conversation import Database, Delivery, Desk, Frontdoor, load_gateway_vault, make_keys
from bot.messages import Button, Reply, Sender
from tests.conversation.conftest import WAIT, Clock, telegram_with, web_with

BUTTONS = (Button("Jā", "/affirm"),)


def heads(frontdoor: Frontdoor, limit: int = 50) -> list[tuple[int, str]]:
    return [(delivery.chat_id, delivery.text) for delivery in frontdoor.deliveries(limit)]


def test_a_delivery_says_all_that_sending_needs(frontdoor: Frontdoor) -> None:
    """Chat id, text, buttons, number and which attempt it is."""
    conversation_id = frontdoor.open_telegram(-100123).id
    frontdoor.say(conversation_id, [Reply("Labdien", BUTTONS)])
    due = frontdoor.deliveries()
    assert due == [Delivery(due[0].id, conversation_id, 1, -100123, "Labdien", BUTTONS, 1, Sender.SYSTEM)]


def test_only_replies_to_telegram_pass_the_outbox(frontdoor: Frontdoor) -> None:
    """Web messages are fetched by the page, and a visitor's own words are not sent back."""
    web_with(frontdoor)
    frontdoor.receive(frontdoor.open_telegram(1).id, "Labdien", channel_message_id="1")
    assert frontdoor.deliveries() == []


def test_a_conversations_messages_go_one_after_the_other(frontdoor: Frontdoor) -> None:
    """The second is not given out before the first is settled."""
    conversation_id = frontdoor.open_telegram(1).id
    frontdoor.say(conversation_id, [Reply("viens"), Reply("divi"), Reply("trīs")])
    seen = []
    while due := frontdoor.deliveries():
        assert frontdoor.deliveries() == []
        seen.append(due[0].text)
        frontdoor.sent(due[0].id)
    assert seen == ["viens", "divi", "trīs"]


def test_a_conversation_under_way_is_left_out(frontdoor: Frontdoor) -> None:
    """Who still carries its message gets the next one when they ask again, and not a minute later."""
    busy, free = frontdoor.open_telegram(1).id, frontdoor.open_telegram(2).id
    frontdoor.say(busy, [Reply("viens"), Reply("divi")])
    frontdoor.say(free, [Reply("cits")])
    first, other = frontdoor.deliveries()
    frontdoor.sent(first.id)
    frontdoor.sent(other.id)
    assert frontdoor.deliveries(under_way=[busy]) == []
    assert heads(frontdoor) == [(1, "divi")]


def test_a_postponed_chat_delays_no_other(frontdoor: Frontdoor, clock: Clock) -> None:
    """After a 429 that chat's messages wait in order, the others go on."""
    slow, quick = frontdoor.open_telegram(1).id, frontdoor.open_telegram(2).id
    frontdoor.say(slow, [Reply("lēns 1"), Reply("lēns 2")])
    frontdoor.say(quick, [Reply("ātrs 1"), Reply("ātrs 2")])
    first, other = frontdoor.deliveries()
    frontdoor.retry(first.id, 8)
    frontdoor.sent(other.id)
    assert heads(frontdoor) == [(2, "ātrs 2")]
    clock.forward(seconds=7)
    assert heads(frontdoor) == []
    clock.forward(seconds=1)
    again = frontdoor.deliveries()
    assert [(d.id, d.text, d.attempts) for d in again] == [(first.id, "lēns 1", 2)]


def test_the_oldest_go_first_up_to_the_limit(frontdoor: Frontdoor) -> None:
    """A burst is given out in pieces."""
    for chat in range(5):
        frontdoor.say(frontdoor.open_telegram(chat).id, [Reply(f"{chat}")])
    assert heads(frontdoor, 2) == [(0, "0"), (1, "1")]
    assert heads(frontdoor, 2) == [(2, "2"), (3, "3")]
    assert heads(frontdoor) == [(4, "4")]


def test_what_a_dead_process_was_sending_is_due_again(
    frontdoor: Frontdoor, database: Database, keys: Path, clock: Clock
) -> None:
    """A new process gets it at once, in order; the old process's confirmation is not needed."""
    conversation_id = frontdoor.open_telegram(1).id
    frontdoor.say(conversation_id, [Reply("viens"), Reply("divi")])
    frontdoor.deliveries()
    restarted = Frontdoor(database, load_gateway_vault(keys), clock)
    due = restarted.deliveries()
    assert [(d.text, d.attempts) for d in due] == [("viens", 2)]
    restarted.sent(due[0].id)
    assert heads(restarted) == [(1, "divi")]


def test_a_delivery_nobody_spoke_of_again_is_due_after_a_minute(frontdoor: Frontdoor, clock: Clock) -> None:
    """A task that died inside a living process loses no message."""
    frontdoor.say(frontdoor.open_telegram(1).id, [Reply("viens")])
    frontdoor.deliveries()
    clock.forward(seconds=59)
    assert frontdoor.deliveries() == []
    clock.forward(seconds=1)
    assert heads(frontdoor) == [(1, "viens")]


def test_with_a_wrong_route_key_nothing_is_lost(
    frontdoor: Frontdoor, database: Database, clock: Clock, tmp_path: Path
) -> None:
    """A gateway started with another key gives nothing out and breaks nothing; the right one goes on."""
    conversation_id = frontdoor.open_telegram(1).id
    frontdoor.say(conversation_id, [Reply("viens")])
    frontdoor.receive(conversation_id, "Labdien", channel_message_id="1")
    make_keys(tmp_path / "other")
    wrong = Frontdoor(database, load_gateway_vault(tmp_path / "other"), clock)
    other = wrong.open_telegram(2).id
    wrong.say(other, [Reply("divi")])
    assert heads(wrong) == [(2, "divi")]
    assert wrong.next_item(conversation_id) is None
    wrong.receive(conversation_id, "Vai esat tur?", channel_message_id="2")
    assert getattr(wrong.next_item(conversation_id), "text", None) == "Vai esat tur?"
    assert heads(frontdoor) == [(1, "viens")]
    assert getattr(frontdoor.next_item(conversation_id), "text", None) == "Labdien"


def test_settling_a_delivery_twice_changes_nothing(frontdoor: Frontdoor) -> None:
    """Sent stays sent, failed stays failed, a shredded one is simply gone."""
    conversation_id = telegram_with(frontdoor, 1)
    delivery = frontdoor.deliveries()[0]
    frontdoor.sent(delivery.id)
    frontdoor.retry(delivery.id, 0)
    frontdoor.failed(delivery.id, "blocked")
    frontdoor.sent(delivery.id)
    assert frontdoor.deliveries() == []
    frontdoor.shred(conversation_id)
    frontdoor.sent(delivery.id)
    assert frontdoor.deliveries() == []


@pytest.mark.parametrize(("reason", "unreachable"), [("blocked", True), ("rejected", False)])
def test_the_operator_sees_who_cannot_be_reached(
    frontdoor: Frontdoor, desk: Desk, reason: str, unreachable: bool
) -> None:
    """Somebody who blocked the bot is marked until they write again."""
    conversation_id = telegram_with(frontdoor, 1)
    frontdoor.request_handoff(conversation_id, WAIT)
    frontdoor.failed(frontdoor.deliveries()[0].id, reason)  # type: ignore[arg-type]
    assert [entry.unreachable for entry in desk.waiting()] == [unreachable]
    frontdoor.receive(conversation_id, "Esmu atpakaļ", channel_message_id="2")
    assert [entry.unreachable for entry in desk.waiting()] == [False]


def test_the_payload_goes_when_the_message_has_gone(frontdoor: Frontdoor, database: Database) -> None:
    """What is left of a settled delivery is its state."""
    conversation_id = frontdoor.open_telegram(1).id
    frontdoor.say(conversation_id, [Reply("viens"), Reply("divi"), Reply("trīs")])
    frontdoor.sent(frontdoor.deliveries()[0].id)
    frontdoor.failed(frontdoor.deliveries()[0].id, "rejected")
    with database.reading() as session:
        rows = session.execute(text("SELECT state, payload IS NULL FROM outbox ORDER BY id")).all()
    assert [(state, bool(is_blank)) for state, is_blank in rows] == [
        ("sent", True),
        ("failed", True),
        ("queued", False),
    ]
