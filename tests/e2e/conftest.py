"""A whole Karogs for the end-to-end tests of one module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.installation import Karogs
from tests.telegram.botapi import TOKEN, BotApi, World


@pytest.fixture(scope="module")
def bot_api() -> Iterator[BotApi]:
    with BotApi() as server:
        yield server


@pytest.fixture(scope="module")
def world(bot_api: BotApi) -> World:
    """Telegram's side: what people send to the bot and what arrives."""
    return bot_api.world


@pytest.fixture(scope="module")
def karogs(bot_api: BotApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Karogs]:
    """Everything, started by `karogs up`; each module has its own, because some kill what others need."""
    with Karogs(tmp_path_factory.mktemp("karogs") / "data", bot_api.url, TOKEN) as running:
        yield running
