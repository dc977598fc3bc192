"""One message to one chat, and what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from weakref import WeakValueDictionary

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.gateway.telegram.client import Client, retry_seconds
from bot.gateway.telegram.errors import TokenRefused
from bot.gateway.telegram.history import ChatHistory
from bot.gateway.telegram.pace import Health, Pace
from bot.gateway.telegram.splitting import split_text
from bot.messages import Button

BUTTONS_IN_A_ROW = 2
SHORT_TITLE = 20
"""Characters of a button's title that still fit beside another one on a small phone."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Letter:
    """What to send: *is_operators* texts cannot be forwarded or saved; numbers and advice can."""

    chat_id: int
    text: str
    buttons: tuple[Button, ...] = ()
    is_operators: bool = False


@dataclass(frozen=True)
class Done:
    """The chat has it, whole."""


@dataclass(frozen=True)
class Hold:
    """Not now: try again after so many seconds, or after a back-off of the caller's (None)."""

    seconds: float | None


@dataclass(frozen=True)
class Undeliverable:
    """Never: `reason` is "blocked" (the person stopped the bot) or "rejected" (Telegram refuses the message)."""

    reason: str


Result = Done | Hold | Undeliverable


class Sender:
    """
    Sends letters, one at a time per chat; what one chat may not get now never delays another.

    Silent, without link preview and without markup: somebody may look at the phone, and nobody's words are formatted.
    """

    def __init__(self, client: Client, history: ChatHistory, pace: Pace, health: Health) -> None:
        self._client = client
        self._history = history
        self._pace = pace
        self._health = health
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._begun: dict[str, int] = {}
        self._flood: tuple[float, int] | None = None
        self._paused_until = 0.0

    def lock(self, chat_id: int) -> asyncio.Lock:
        """Held while something is on its way to this chat."""
        return self._locks.setdefault(chat_id, asyncio.Lock())

    async def send(self, letter: Letter, key: str) -> Result:
        """
        Sends *letter* in as many parts as it needs; *key* names it, so that a repeat goes on with the part that failed.

        The caller holds the chat's lock. Raises `TokenRefused`.
        """
        parts = split_text(letter.text)
        for number in range(self._begun.get(key, 0), len(parts)):
            is_last = number == len(parts) - 1
            result = await self._send_part(letter, parts[number], letter.buttons if is_last else ())
            if not isinstance(result, Done):
                self._begun[key] = number
                return self._finish(key, result)
        return self._finish(key, Done() if parts else Undeliverable("rejected"))

    async def clear(self, chat_id: int) -> None:
        """Takes away what stands in the chat, both sides, as far as it is known and Telegram allows it."""
        ids = self._history.take(chat_id)
        for start in range(0, len(ids), 100):
            try:
                await self._client.delete_messages(chat_id, ids[start : start + 100])
            except TelegramError:
                return  # what is left was promised to nobody

    async def _send_part(self, letter: Letter, text: str, buttons: tuple[Button, ...]) -> Result:
        await self._wait_out_flood()
        try:
            message = await self._client.send_message(
                letter.chat_id,
                text,
                disable_notification=True,
                link_preview_options=NO_PREVIEW,
                protect_content=letter.is_operators or None,
                reply_markup=keyboard(buttons),
            )
        except TelegramError as error:
            return self._judge(letter.chat_id, error)
        self._history.note(letter.chat_id, message.message_id)
        return Done()

    def _judge(self, chat_id: int, error: TelegramError) -> Result:
        match error:
            case InvalidToken():
                raise TokenRefused from None
            case RetryAfter():
                self._throttled(chat_id)
                return Hold(retry_seconds(error))
            case Forbidden():
                return Undeliverable("blocked")
            case BadRequest() | ChatMigrated():
                return Undeliverable("rejected")
            case _:
                return Hold(None)

    def _finish(self, key: str, result: Result) -> Result:
        if not isinstance(result, Hold):
            self._begun.pop(key, None)
        match result:
            case Done():
                self._health.sent += 1
            case Undeliverable("blocked"):
                self._health.blocked += 1
            case Undeliverable():
                self._health.rejected += 1
        return result

    def _throttled(self, chat_id: int) -> None:
        """Two chats throttled within the window: it is the bot that is too fast, not the chats."""
        self._health.throttled += 1
        now = asyncio.get_running_loop().time()
        if self._flood is not None:
            at, other = self._flood
            if other != chat_id and now - at <= self._pace.flood_window_seconds:
                self._paused_until = now + self._pace.flood_pause_seconds
        self._flood = (now, chat_id)

    async def _wait_out_flood(self) -> None:
        pause = self._paused_until - asyncio.get_running_loop().time()
        if pause > 0:
            await asyncio.sleep(pause)


def keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """The buttons under a message: short ones two in a row, a long one alone, because phones are narrow."""
    if not buttons:
        return None
    rows: list[list[InlineKeyboardButton]] = []
    has_room = False
    for button in buttons:
        is_short = len(button.title) <= SHORT_TITLE
        made = InlineKeyboardButton(button.title, callback_data=button.payload)
        if has_room and is_short:
            rows[-1].append(made)
        else:
            rows.append([made])
        has_room = is_short and len(rows[-1]) < BUTTONS_IN_A_ROW
    return InlineKeyboardMarkup(rows)
