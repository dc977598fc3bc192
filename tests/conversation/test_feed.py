"""What changed is told to everybody who listens, soon and without gaps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.conversation import Database, Desk, Feed, FeedEvent, FeedOverrun, Frontdoor, load_gateway_vault
from bot.conversation.feed import Mailbox
from bot.messages import Reply
from tests.conversation.conftest import BYE, EMERGENCY, WAIT, Clock, telegram_with, waiting_with, web_with


@pytest.fixture
def feed(database: Database) -> Feed:
    return Feed(database)


async def heard(events: AsyncIterator[FeedEvent], act: Callable[[], object], count: int) -> set[tuple[str, str]]:
    """Which conversations and kinds are told of after an act."""
    await asyncio.to_thread(act)
    found = [await asyncio.wait_for(anext(events), 5) for _ in range(count)]
    return {(event.conversation_id, event.kind) for event in found}


async def test_each_change_is_told_by_its_kind(feed: Feed, frontdoor: Frontdoor, desk: Desk) -> None:
    """Messages, routes and places in the queue."""
    conversation_id, _ = web_with(frontdoor)
    message, route, queue = ((conversation_id, kind) for kind in ("message", "route", "queue"))

    def received() -> None:
        frontdoor.receive(conversation_id, "x", channel_message_id="x")

    async with feed.subscribe() as events:
        assert await heard(events, received, 1) == {message}
        assert await heard(events, lambda: frontdoor.request_handoff(conversation_id, WAIT), 3) == {
            message,
            route,
            queue,
        }
        item = frontdoor.next_item(conversation_id)
        assert item is not None
        assert await heard(events, lambda: frontdoor.assessed(item, EMERGENCY), 2) == {message, queue}
        assert await heard(events, lambda: desk.take("one", conversation_id), 2) == {route, queue}
        assert await heard(events, lambda: desk.write("one", conversation_id, "c", "x"), 1) == {message}
        assert await heard(events, lambda: desk.close("one", conversation_id, "advice", BYE), 2) == {message, route}
        assert await heard(events, lambda: frontdoor.shred(conversation_id), 2) == {route, queue}


async def test_a_failed_delivery_is_told_to_the_operator(feed: Feed, frontdoor: Frontdoor, desk: Desk) -> None:
    """The transcript and the queue both change."""
    conversation_id = telegram_with(frontdoor, 3)
    delivery = frontdoor.deliveries()[0]
    async with feed.subscribe() as events:
        told = await heard(events, lambda: frontdoor.failed(delivery.id, "blocked"), 2)
    assert told == {(conversation_id, "message"), (conversation_id, "queue")}


async def test_every_subscriber_hears_everything(feed: Feed, frontdoor: Frontdoor) -> None:
    """Five listeners, twenty conversations."""
    async with asyncio.TaskGroup() as group, asyncio.timeout(20):
        ready = asyncio.Barrier(6)
        tasks = [group.create_task(_collect(feed, ready, 20)) for _ in range(5)]
        await ready.wait()
        ids = [await asyncio.to_thread(waiting_with, frontdoor, f"t{number}") for number in range(20)]
    assert [task.result() for task in tasks] == [set(ids)] * 5


async def _collect(feed: Feed, ready: asyncio.Barrier, count: int) -> set[str]:
    found: set[str] = set()
    async with feed.subscribe() as events:
        await ready.wait()
        async for event in events:
            if event.kind == "queue":
                found.add(event.conversation_id)
            if len(found) == count:
                break
    return found


async def test_what_happened_before_is_not_told(feed: Feed, frontdoor: Frontdoor) -> None:
    """A subscriber reads the state first and then hears what changes."""
    web_with(frontdoor)
    async with feed.subscribe() as events:
        later = await asyncio.to_thread(frontdoor.open_web, "lv")
        told = await heard(events, lambda: frontdoor.receive(later.conversation.id, "x", channel_message_id="x"), 1)
    assert told == {(later.conversation.id, "message")}


async def test_another_processs_changes_are_told_as_well(feed: Feed, url: str, keys: Path, clock: Clock) -> None:
    """The console hears of what the gateway does through a database connection of its own."""
    elsewhere = Database(url)
    frontdoor = Frontdoor(elsewhere, load_gateway_vault(keys), clock)
    async with feed.subscribe() as events:
        opened = frontdoor.open_web("lv")
        told = await heard(events, lambda: frontdoor.receive(opened.conversation.id, "x", channel_message_id="x"), 1)
    elsewhere.close()
    assert told == {(opened.conversation.id, "message")}


async def test_hints_that_nobody_read_are_merged(feed: Feed, frontdoor: Frontdoor) -> None:
    """A slow reader of a busy conversation gets a few hints, and one that is newer than the last change."""
    conversation_id, _ = web_with(frontdoor)
    async with feed.subscribe() as events:
        for number in range(30):
            await asyncio.to_thread(frontdoor.say, conversation_id, [Reply(f"{number}")])
        await asyncio.to_thread(frontdoor.request_handoff, conversation_id, WAIT)
        kinds: list[str] = []
        while "queue" not in kinds or "message" not in kinds[-3:]:
            kinds.append((await asyncio.wait_for(anext(events), 5)).kind)
    assert kinds.count("message") < 30


async def test_a_reader_far_behind_is_told_so() -> None:
    """More conversations than the mailbox holds: the reader must look at everything anew."""
    mailbox = Mailbox(limit=3)
    for number in range(4):
        mailbox.deliver(FeedEvent(number, f"c{number}", "message"))
    await asyncio.sleep(0)
    with pytest.raises(FeedOverrun):
        await anext(mailbox)


async def test_a_feed_can_be_left_and_entered_again(feed: Feed, frontdoor: Frontdoor) -> None:
    """The watching thread ends with its last listener and a new one begins."""
    for _ in range(3):
        conversation_id = frontdoor.open_web("lv").conversation.id
        act = partial(frontdoor.receive, conversation_id, "x", channel_message_id="x")
        async with feed.subscribe() as events:
            assert await heard(events, act, 1) == {(conversation_id, "message")}


async def test_a_lost_connection_loses_no_hint(feed: Feed, url: str, frontdoor: Frontdoor, database: Database) -> None:
    """PostgreSQL ends all connections; what was committed meanwhile is told after the next connection."""
    if database.is_sqlite:
        return await _cut_and_hear(feed, frontdoor, lambda: None)

    def cut() -> None:
        with database.reading() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'"
                )
            ).all()

    await _cut_and_hear(feed, frontdoor, cut)
    return None


async def _cut_and_hear(feed: Feed, frontdoor: Frontdoor, cut: Callable[[], None]) -> None:
    opened = frontdoor.open_web("lv")
    async with feed.subscribe() as events:
        await asyncio.to_thread(cut)
        told = await heard(events, lambda: frontdoor.receive(opened.conversation.id, "x", channel_message_id="x"), 1)
    assert told == {(opened.conversation.id, "message")}
