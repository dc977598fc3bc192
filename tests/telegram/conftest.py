"""Fixtures of the Telegram tests: the stand-in Bot API server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.telegram.botapi import BotApi


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A stand-in Bot API server of this test's own."""
    with BotApi() as server:
        yield server
