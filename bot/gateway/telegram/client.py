"""python-telegram-bot's `Bot` as a plain client of the Bot API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import telegram
from telegram.request import HTTPXRequest

CONNECTIONS = 32
"""Requests at the same time; one chat is served by one request."""

GRACE_SECONDS = 10
"""How much longer than the long poll itself its answer may take before the connection counts as dead."""


class Client(telegram.Bot):
    """
    A `Bot` that can hand out updates as Telegram sent them.

    `Bot.get_updates` turns every update into objects first: names and all, and one update that it cannot read fails
    the whole batch, for ever, with its text in the log. `fetch` leaves the reading to our own parser.
    """

    def __init__(self, bot_token: str, api_base_url: str) -> None:
        super().__init__(
            bot_token,
            base_url=f"{api_base_url.rstrip('/')}/bot",
            request=HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=20, pool_timeout=30),
            get_updates_request=HTTPXRequest(connection_pool_size=1, pool_timeout=30),
        )

    async def fetch(self, offset: int, wait_seconds: int, kinds: Sequence[str]) -> list[object]:
        """
        The updates from *offset* on (0: from the oldest), as raw JSON; confirms all before *offset*.

        Waits up to *wait_seconds* for the first one. Raises `telegram.error.TelegramError`.
        """
        data: dict[str, Any] = {"offset": offset, "timeout": wait_seconds, "allowed_updates": list(kinds)}
        result = await self._post("getUpdates", data, read_timeout=wait_seconds + GRACE_SECONDS)
        if not isinstance(result, list):
            raise telegram.error.NetworkError("getUpdates: the result is not a list")
        return result


def retry_seconds(error: telegram.error.RetryAfter) -> float:
    """How long Telegram asks to wait; python-telegram-bot gives a number or a timedelta, as its settings say."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
