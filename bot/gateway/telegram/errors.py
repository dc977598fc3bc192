"""What ends the channel."""

from __future__ import annotations


class TokenRefused(Exception):
    """Telegram does not know the bot token (401 or 404): only a new token helps, so the channel stops."""

    def __init__(self) -> None:
        super().__init__("Telegram refuses the bot token: check KAROGS_TELEGRAM_TOKEN (and KAROGS_TELEGRAM_API)")
