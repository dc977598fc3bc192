"""Fetch, commit, confirm: what happens when Telegram or the database behaves badly."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.gateway.telegram import TokenRefused
from tests.telegram.botapi import TOKEN, BotApi
from tests.telegram.conftest import Telegram
from tests.telegram.rig import Core, WireAssistant, build_channel, running, until

ANN = 1_001
BEN = 1_002


async def test_ids_that_start_anew_after_a_quiet_week_are_followed(telegram: Telegram) -> None:
    """Ids jump down: everything is stored, once, and confirmed; no poll runs in circles."""
    world = telegram.world
    for number in range(20):
        world.text(ANN, f"before {number}")
    await telegram.sent(ANN, 20)
    world.quiet_week(first_id=1_000)
    polls = world.calls["getupdates"]
    for number in range(20):
        world.text(ANN, f"after {number}")
        await asyncio.sleep(0.01)
    await telegram.sent(ANN, 40)

    assert telegram.core.heard(ANN) == [f"{when} {number}" for when in ("before", "after") for number in range(20)]
    assert (telegram.channel.health.updates, len(world.queue)) == (40, 0)
    assert world.calls["getupdates"] - polls <= 41


async def test_more_than_one_batch_waits_after_a_long_absence(
    api: BotApi, core: Core, assistant: WireAssistant
) -> None:
    """A hundred at a time, all of them, in order."""
    for number in range(150):
        api.world.text(7_000 + number % 5, f"{number:03}")
    channel, turns = build_channel(core, api.url, TOKEN, assistant.url)
    async with running(channel, turns):
        await until(lambda: len(api.world.sent) == 150)

    heard = [core.heard(chat_id) for chat_id in range(7_000, 7_005)]
    assert [len(texts) for texts in heard] == [30] * 5
    assert all(texts == sorted(texts) for texts in heard)


async def test_a_second_poller_is_reported_loudly_and_waited_out(
    telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    """409: a state, a counter and a critical log line; when the other one is gone, nothing has been lost."""
    async with Bot(TOKEN, base_url=f"{telegram.world_url}/bot") as thief:
        with contextlib.suppress(Conflict):
            await thief.get_updates(timeout=0)
        await telegram.until(lambda: telegram.channel.health.conflicts >= 1)
    telegram.world.text(ANN, "Labdien")
    await telegram.sent(ANN, 1)

    assert telegram.channel.health.state == "polling"
    assert [record.levelno for record in caplog.records if "conflict" in record.getMessage()][:1] == [logging.CRITICAL]
    assert telegram.core.heard(ANN) == ["Labdien"]


async def test_a_refused_token_stops_the_channel_with_a_clear_error(
    api: BotApi, core: Core, assistant: WireAssistant
) -> None:
    """At the start: the error names the settings and not the token."""
    channel, _ = build_channel(core, api.url, "7000000002:" + "x" * 35, assistant.url)
    with pytest.raises(TokenRefused, match="KAROGS_TELEGRAM_TOKEN") as error:
        await channel.run()

    assert "x" * 35 not in str(error.value)
    assert channel.health.state == "stopped"


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_a_token_revoked_while_running_stops_it_too(telegram: Telegram, method: str) -> None:
    """Whichever loop meets it first."""
    telegram.world.fail(method, 401, times=99)
    telegram.world.text(ANN, "Labdien")
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(telegram.task, 20)

    assert telegram.channel.health.state == "stopped"


async def test_the_start_waits_for_telegram(core: Core, assistant: WireAssistant) -> None:
    """Nobody answers at first; later everything that waited arrives."""
    with BotApi() as api:
        port = api.port
    channel, turns = build_channel(core, f"http://127.0.0.1:{port}", TOKEN, assistant.url)
    async with running(channel, turns):
        await until(lambda: channel.health.state == "unreachable")
        with BotApi(port=port) as api:
            api.world.text(ANN, "Labdien")
            await until(lambda: len(api.world.sent) == 1)

    assert core.heard(ANN) == ["Labdien"]


async def test_a_webhook_of_an_earlier_set_up_is_removed(api: BotApi, core: Core, assistant: WireAssistant) -> None:
    """Without dropping what waits."""
    api.world.webhook_url = "https://example.org/old"
    api.world.text(ANN, "Labdien")
    channel, turns = build_channel(core, api.url, TOKEN, assistant.url)
    async with running(channel, turns):
        await until(lambda: len(api.world.sent) == 1)

    assert api.world.webhook_url == ""


@pytest.mark.parametrize("code", [429, 500, 502])
async def test_a_failing_poll_is_repeated(telegram: Telegram, code: int) -> None:
    """Nothing is lost or doubled by it, also when the answer was lost after the server had made it."""
    telegram.world.fail("getUpdates", code, times=2)
    telegram.world.fail("getUpdates", code, times=2, after_work=True)
    for number in range(6):
        telegram.world.text(ANN, f"{number}")
        await telegram.until(lambda: len(telegram.world.sent) > number)  # noqa: B023 (awaited within the loop)

    assert telegram.core.heard(ANN) == ["0", "1", "2", "3", "4", "5"]
    assert telegram.channel.health.failed_polls == 4


async def test_a_locked_database_confirms_nothing(telegram: Telegram, tmp_path: Path) -> None:
    """While nothing can be stored Telegram keeps everything; afterwards it is there once."""
    lock = telegram.core.database.dedicated()
    lock.cursor().execute("BEGIN IMMEDIATE")
    for number in range(5):
        telegram.world.text(ANN, f"{number}")
    await telegram.until(lambda: telegram.channel.health.state == "not_stored")
    waiting = len(telegram.world.queue)
    lock.cursor().execute("ROLLBACK")
    lock.close()
    await telegram.sent(ANN, 5)

    assert waiting == 5
    assert telegram.core.heard(ANN) == ["0", "1", "2", "3", "4"]


ODD = [
    {},
    {"message": None},
    {"message": []},
    {"message": {"message_id": 1}},
    {"message": {"message_id": "1", "chat": {"id": "1001", "type": "private"}, "text": "x"}},
    {"message": {"message_id": 2**70, "chat": {"id": 1001, "type": "private"}, "text": "x"}},
    {"message": {"message_id": 3, "chat": {"id": 1e9, "type": "private"}, "text": "x"}},
    {"message": {"message_id": 4, "chat": {"id": 1001, "type": "private"}, "text": {"html": "x"}}},
    {"message": {"message_id": 5, "chat": {"id": 1001, "type": "private"}, "from": {"is_bot": True}, "text": "x"}},
    {"callback_query": {"id": "x\u0000", "message": {"chat": {"id": 1001, "type": "private"}}, "data": "/person"}},
    {"callback_query": {"id": "1", "inline_message_id": "abc", "data": "/person"}},
    {"my_chat_member": {"chat": {"id": 1001, "type": "private"}}},
    {"something_of_next_year": {"text": "x"}},
]


async def test_odd_updates_stop_nothing(telegram: Telegram) -> None:
    """Whatever comes between two messages, both are answered and everything is confirmed."""
    telegram.world.text(ANN, "first")
    for update in ODD:
        telegram.world.push(update)
    telegram.world.push(
        {"message": {"message_id": 900, "chat": {"id": BEN, "type": "private"}, "text": "\ud800 \x00 x"}}
    )
    telegram.world.text(ANN, "last")
    await telegram.sent(ANN, 2)

    assert (len(ODD), telegram.channel.health.updates, len(telegram.world.queue)) == (13, 16, 0)
    assert telegram.core.heard(ANN) == ["first", "last"]
    assert len(telegram.core.heard(BEN)) == 1
