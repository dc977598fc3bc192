"""Fixtures of the Telegram tests: the stand-in Bot API server, the core, the assistant, the channel at work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.gateway.telegram import TelegramChannel
from tests.telegram.botapi import TOKEN, BotApi, World
from tests.telegram.rig import Core, WireAssistant, build_channel, running, until


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A stand-in Bot API server of this test's own."""
    with BotApi() as server:
        yield server


@pytest.fixture
def core(tmp_path: Path) -> Iterator[Core]:
    """A conversation core on an empty SQLite file."""
    made = Core(tmp_path)
    yield made
    made.close()


@pytest.fixture
def assistant() -> Iterator[WireAssistant]:
    """The assistant at the wire; says back what it got."""
    with WireAssistant() as server:
        yield server


@dataclass
class Telegram:
    """A channel at work, and both of its ends."""

    world: World
    world_url: str
    core: Core
    assistant: WireAssistant
    channel: TelegramChannel
    task: asyncio.Task[None]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Returns when *condition* holds."""
        await until(condition)

    async def sent(self, chat_id: int, count: int) -> list[str]:
        """The texts sent to the chat, once there are *count* and the channel has nothing left to do."""
        await until(lambda: len(self.world.sent_to(chat_id)) >= count)
        await self.quiet()
        return self.world.sent_to(chat_id)

    async def quiet(self) -> None:
        """Returns when every update is confirmed, every message settled and the outbox is empty."""
        await until(lambda: len(self.world.queue) == 0 and not self.core.frontdoor.pending())
        before = -1
        while before != len(self.world.sent):
            before = len(self.world.sent)
            await asyncio.sleep(0.1)


@pytest.fixture
async def telegram(api: BotApi, core: Core, assistant: WireAssistant) -> AsyncIterator[Telegram]:
    """The channel at work between the stand-in and the core."""
    channel, turns = build_channel(core, api.url, TOKEN, assistant.url)
    async with running(channel, turns) as task:
        await until(lambda: channel.health.state == "polling" or api.world.calls["getupdates"] > 0)
        yield Telegram(api.world, api.url, core, assistant, channel, task)
