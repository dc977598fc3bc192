"""The Telegram channel: polls for what visitors write, sends what they are answered."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Coroutine
from typing import Any

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError

from bot.conversation import Frontdoor
from bot.gateway.telegram.client import Client
from bot.gateway.telegram.commands import menu
from bot.gateway.telegram.delivery import Outbox
from bot.gateway.telegram.errors import TokenRefused
from bot.gateway.telegram.history import ChatHistory
from bot.gateway.telegram.intake import Intake, Outcome
from bot.gateway.telegram.pace import Health, Pace
from bot.gateway.telegram.polling import Poller
from bot.gateway.telegram.redaction import guard_logs
from bot.gateway.telegram.sending import Sender
from bot.gateway.telegram.sentences import Sentences
from bot.gateway.telegram.updates import Gathering
from bot.gateway.turns import Turns
from bot.knowledge import Knowledge
from bot.messages import Reply

log = logging.getLogger(__name__)

TELEGRAM_API = "https://api.telegram.org"
CHATS_REMEMBERED = 10_000
SETTLE_SECONDS = 2.0
"""How long a batch waits for sentences said directly before it is confirmed."""


class TelegramChannel:
    """
    Everything between Telegram and the front door, by long poll.

    `health` tells how it does. One channel may poll with one token: a second one is a conflict that is logged,
    counted and waited out. Makes the process's logs hold no token.
    """

    def __init__(
        self,
        bot_token: str,
        api_base_url: str,
        frontdoor: Frontdoor,
        turns: Turns,
        knowledge: Knowledge,
        *,
        pace: Pace | None = None,
    ) -> None:
        self._bot_token = bot_token
        guard_logs(bot_token)
        self.health = Health()
        self._pace = pace or Pace()
        self._knowledge = knowledge
        self._turns = turns
        self._client = Client(bot_token, api_base_url)
        self._history = ChatHistory(time.monotonic)
        sender = Sender(self._client, self._history, self._pace, self.health)
        self._sentences = Sentences(frontdoor, knowledge, sender, self._pace)
        self._outbox = Outbox(frontdoor, sender, self._pace)
        self._poller = Poller(self._client, Intake(frontdoor), self._react, self._pace, self.health)
        self._chats: OrderedDict[str, int] = OrderedDict()
        self._leaving: set[Gathering] = set()
        self._background: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """
        Polls and delivers until cancelled.

        Raises `TokenRefused` when Telegram does not know the token; any other trouble is waited out.
        """
        guard_logs(self._bot_token)  # again: whoever set up logging since then may have let the libraries talk
        self._turns.farewell = self._farewell
        tasks: list[asyncio.Task[None]] = []
        try:
            await self._connect()
            tasks = [asyncio.create_task(self._poller.run()), asyncio.create_task(self._outbox.run())]
            await asyncio.gather(*tasks)
        except TokenRefused:
            log.critical("telegram stopped: the bot token is refused")
            raise
        finally:
            self.health.state = "stopped"
            await self._stop(tasks)

    async def _connect(self) -> None:
        """Says hello until Telegram answers; a webhook left by an earlier set-up would keep every update from us."""
        attempt = 0
        while True:
            try:
                await self._client.initialize()
                await self._client.delete_webhook(drop_pending_updates=False)
                return await self._show_menu()
            except InvalidToken:
                raise TokenRefused from None
            except TelegramError as error:
                attempt += 1
                self.health.state = "unreachable"
                log.warning("telegram not reached: %s (attempt %d)", type(error).__name__, attempt)
            await asyncio.sleep(self._pace.backoff(attempt))

    async def _show_menu(self) -> None:
        """The menu of commands by the phone's language; Latvian for every other one. Never worth stopping for."""
        scope = BotCommandScopeAllPrivateChats()
        for language in (None, *self._knowledge.languages):
            named = menu(self._knowledge, language or self._knowledge.languages[0])
            commands = [BotCommand(name, description[:256]) for name, description in named]
            try:
                await self._client.set_my_commands(commands, scope=scope, language_code=language)
            except TelegramError as error:
                log.warning("menu not set: %s", type(error).__name__)

    async def _react(self, outcome: Outcome) -> None:
        for chat_id, message_id in outcome.seen:
            self._history.note(chat_id, message_id)
        for chat_id, conversation_id in outcome.wake:
            self._remember(conversation_id, chat_id)
            self._outbox.expect(self._turns.wake(conversation_id))
        for query_id in outcome.answer:
            self._start(self._answer(query_id))
        for gathering in set(outcome.leave) - self._leaving:
            self._leaving.add(gathering)
            self._start(self._leave(gathering))
        for sentence in outcome.say:
            await self._sentences.say(sentence)
        self._outbox.look()
        await self._sentences.settle(SETTLE_SECONDS)

    async def _answer(self, query_id: str) -> None:
        """Ends the waiting circle on the button; a tap that is too old for it is no loss."""
        try:
            await self._client.answer_callback_query(query_id)
        except TelegramError as error:
            log.info("tap not answered: %s", type(error).__name__)

    async def _leave(self, gathering: Gathering) -> None:
        if gathering.can_write:
            reply = self._sentences.in_all_languages("system.group")
            try:
                await self._client.send_message(gathering.chat_id, reply.text, disable_notification=True)
            except TelegramError as error:
                log.info("group not told: %s", type(error).__name__)
        try:
            await self._client.leave_chat(gathering.chat_id)
        except TelegramError as error:
            log.info("group not left: %s", type(error).__name__)
        self._leaving.discard(gathering)

    async def _farewell(self, conversation_id: str, reply: Reply) -> None:
        """The conversation is shredded and its sealed address with it: only our memory still knows the chat."""
        chat_id = self._chats.pop(conversation_id, None)
        if chat_id is not None:
            self._sentences.tell(chat_id, reply, clear_first=True)

    def _remember(self, conversation_id: str, chat_id: int) -> None:
        self._chats[conversation_id] = chat_id
        self._chats.move_to_end(conversation_id)
        while len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _stop(self, tasks: list[asyncio.Task[None]]) -> None:
        ending = [*tasks, *self._background]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        await self._sentences.stop()
        await self._client.shutdown()
