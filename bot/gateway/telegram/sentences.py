"""The sentences that a chat gets beside the conversation: greetings, questions, and what we cannot read."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict

from bot.conversation import ConversationError, Frontdoor
from bot.gateway.telegram.intake import Sentence
from bot.gateway.telegram.pace import Pace
from bot.gateway.telegram.sending import Hold, Letter, Sender
from bot.knowledge import Knowledge
from bot.messages import Button, Reply, speech

log = logging.getLogger(__name__)

ATTEMPTS = 6
"""How often a sentence without a conversation is tried before it is given up."""

CHATS_REMEMBERED = 10_000
GREETING = "system.telegram_start"
"""Speaks three languages by itself, in every language's file."""


class Sentences:
    """
    Says sentences: through the outbox where there is a conversation, directly where there is none.

    While nobody chose a language the sentence is said in all three: a short photo caption proves none. The same
    unasked sentence goes to a chat once in a while only, so an album of ten photos gets one answer and two bots
    cannot keep each other talking.
    """

    def __init__(
        self,
        frontdoor: Frontdoor,
        knowledge: Knowledge,
        sender: Sender,
        pace: Pace,
    ) -> None:
        self._frontdoor = frontdoor
        self._knowledge = knowledge
        self._sender = sender
        self._pace = pace
        self._said: OrderedDict[tuple[int, str], float] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._fresh: list[asyncio.Task[None]] = []

    async def say(self, sentence: Sentence) -> None:
        """Returns when the sentence is in the outbox; or, said directly, as soon as it is on its way."""
        if not sentence.is_asked_for and self._is_repeat(sentence):
            return
        conversation = sentence.conversation
        if conversation is None:
            return self.tell(sentence.chat_id, self._reply(None, sentence.key))
        spoken = conversation.language and speech(conversation.language, is_easy=conversation.is_easy)
        reply = self._reply(spoken, sentence.key)
        try:
            await asyncio.to_thread(self._frontdoor.say, conversation.id, (reply,))
        except ConversationError:  # shredded meanwhile
            self.tell(sentence.chat_id, reply)

    def tell(self, chat_id: int, reply: Reply, *, clear_first: bool = False) -> None:
        """Sends *reply* to a chat directly, in the background; with `clear_first` the chat is emptied before."""
        task = asyncio.create_task(self._tell(Letter(chat_id, reply.text, reply.buttons), clear_first))
        self._tasks.add(task)
        self._fresh.append(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self, seconds: float) -> None:
        """Waits until what was said directly since the last time has been sent, at most *seconds*."""
        fresh, self._fresh = self._fresh, []
        if fresh:
            await asyncio.wait(fresh, timeout=seconds)

    async def stop(self) -> None:
        """Ends what is still on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def in_all_languages(self, key: str) -> Reply:
        """The sentence in every language, one below the other; what is the same in all of them stands once."""
        replies = [self._knowledge.reply(language, key) for language in self._knowledge.languages]
        titles: dict[str, dict[str, None]] = {}
        for button in (button for reply in replies for button in reply.buttons):
            titles.setdefault(button.payload, {})[button.title] = None
        buttons = tuple(Button(" / ".join(words), payload) for payload, words in titles.items())
        return Reply("\n\n".join(dict.fromkeys(reply.text for reply in replies)), buttons)

    def _reply(self, spoken: str | None, key: str) -> Reply:
        if spoken is None and key != GREETING:
            return self.in_all_languages(key)
        return self._knowledge.reply(spoken or self._knowledge.languages[0], key)

    async def _tell(self, letter: Letter, clear_first: bool) -> None:
        try:
            async with self._sender.lock(letter.chat_id):
                if clear_first:
                    await self._sender.clear(letter.chat_id)
                await self._send(letter)
        except Exception as error:
            log.warning("sentence not sent: %s", type(error).__name__)

    async def _send(self, letter: Letter) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            result = await self._sender.send(letter, f"direct:{id(letter)}")
            if not isinstance(result, Hold):
                return
            await asyncio.sleep(self._pace.backoff(attempt) if result.seconds is None else result.seconds)
        log.warning("sentence given up after %d attempts", ATTEMPTS)

    def _is_repeat(self, sentence: Sentence) -> bool:
        key, now = (sentence.chat_id, sentence.key), time.monotonic()
        last = self._said.pop(key, None)
        if last is not None and now - last < self._pace.repeat_seconds:
            self._said[key] = last
            return True
        self._said[key] = now
        while len(self._said) > CHATS_REMEMBERED:
            self._said.popitem(last=False)
        return False
