"""Gateway processes that a test may kill: the channel as it is, and python-telegram-bot's own polling beside it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.telegram.rig import Core, build_channel

SLOW_HANDLER_SECONDS = 0.2
"""What a turn through the assistant takes at worst."""


def run_channel(folder: str, api_url: str, token: str, assistant_url: str) -> None:
    """Our channel on the core below *folder*, until killed."""

    async def serve() -> None:
        core = Core(Path(folder))
        channel, turns = build_channel(core, api_url, token, assistant_url)
        await turns.recover()
        await channel.run()

    asyncio.run(serve())


def run_polling(folder: str, api_url: str, token: str, _: str) -> None:
    """The usual way: `Application.run_polling` with a handler that stores; until killed."""
    core = Core(Path(folder))

    async def store(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.sleep(SLOW_HANDLER_SECONDS)
        message = update.message
        assert message is not None
        view = core.frontdoor.open_telegram(message.chat_id)
        core.frontdoor.receive(view.id, message.text or "", channel_message_id=str(message.message_id))

    application = Application.builder().token(token).base_url(f"{api_url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, store))
    application.run_polling()
