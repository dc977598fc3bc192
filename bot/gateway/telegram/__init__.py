"""The Telegram channel of the gateway."""

from bot.gateway.telegram.channel import TELEGRAM_API, TelegramChannel
from bot.gateway.telegram.errors import TokenRefused
from bot.gateway.telegram.pace import Health, Pace

__all__ = ["TELEGRAM_API", "Health", "Pace", "TelegramChannel", "TokenRefused"]
