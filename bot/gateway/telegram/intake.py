"""What becomes of an update: what is stored, what is said, who is woken."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.conversation import ConversationError, ConversationView, Frontdoor, NotFound
from bot.gateway.telegram.commands import Command, read_command
from bot.gateway.telegram.splitting import split_text
from bot.gateway.telegram.updates import Event, Gathering, Membership, Message, Tap, Update
from bot.messages import PAYLOADS, TEXT_LIMIT, GatewayPayload

log = logging.getLogger(__name__)

UNSTORABLE = (ConversationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
"""Errors that come from the update itself and would come again; anything else is the database's and passes."""


@dataclass(frozen=True)
class Sentence:
    """
    A sentence of ours to a chat.

    `conversation` is None when the chat has none (and needs none); `is_asked_for` when the person typed a command.
    """

    chat_id: int
    conversation: ConversationView | None
    key: str
    is_asked_for: bool = True


@dataclass
class Outcome:
    """What is left to do after updates were stored, in order; `next_offset` confirms exactly what is stored."""

    next_offset: int
    wake: list[tuple[int, str]] = field(default_factory=list)
    say: list[Sentence] = field(default_factory=list)
    seen: list[tuple[int, int]] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    leave: list[Gathering] = field(default_factory=list)
    stored: int = 0
    set_aside: int = 0
    error: Exception | None = None


class Intake:
    """Stores updates through the front door. Synchronous: runs in a thread."""

    def __init__(self, frontdoor: Frontdoor) -> None:
        self._frontdoor = frontdoor

    def store(self, updates: Sequence[Update], offset: int) -> Outcome:
        """
        Commits *updates* one by one, and returns what is left to do for those that are stored.

        Stops at the first one that the database does not take: `error` says why, and `next_offset` leaves it and all
        behind it with Telegram, to be fetched again. One that can never be stored is set aside, and its sender told.
        """
        outcome = Outcome(offset)
        for update in updates:
            try:
                self._store_or_set_aside(update, outcome)
            except Exception as error:
                outcome.error = error
                return outcome
            outcome.stored += 1
            outcome.next_offset = update.update_id + 1
        return outcome

    def _store_or_set_aside(self, update: Update, outcome: Outcome) -> None:
        if update.event is None:
            return
        try:
            self._take(update.event, outcome)
        except UNSTORABLE as error:
            log.error("update set aside: %s", type(error).__name__)
            outcome.set_aside += 1
            if isinstance(update.event, Message):
                outcome.say.append(Sentence(update.event.chat_id, None, "system.unreadable"))

    def _take(self, event: Event, outcome: Outcome) -> None:
        match event:
            case Message():
                self._message(event, outcome)
            case Tap():
                self._tap(event, outcome)
            case Membership():
                self._membership(event)
            case Gathering():
                outcome.leave.append(event)

    def _membership(self, membership: Membership) -> None:
        view = self._frontdoor.by_chat(membership.chat_id)
        if view is not None:
            self._frontdoor.reachable(view.id, not membership.is_blocked)

    def _message(self, message: Message, outcome: Outcome) -> None:
        outcome.seen.append((message.chat_id, message.message_id))
        command = None if message.is_edit else read_command(message.text)
        if command is not None:
            self._command(message, command, outcome)
        elif message.text:
            self._text(message, message.text, outcome)
        if message.unreadable is not None:
            self._say(message.chat_id, f"system.{message.unreadable.value}", outcome, is_asked_for=False)

    def _command(self, message: Message, command: Command, outcome: Outcome) -> None:
        if command.rest:
            # "/person he locked the door": the words must be assessed as well.
            self._text(message, command.rest, outcome)
        if command.payload is not None:
            self._press(message.chat_id, command.payload, f"{message.key}/command", outcome)
        elif command.sentence is not None:
            self._say(message.chat_id, command.sentence, outcome)

    def _text(self, message: Message, text: str, outcome: Outcome) -> None:
        """Longer than our limit by the few characters that Telegram allows more: two messages, nothing cut off."""
        parts = [text] if len(text) <= TEXT_LIMIT else split_text(text, TEXT_LIMIT)
        for number, part in enumerate(parts, start=1):
            key = message.key if number == 1 else f"{message.key}/{number}"
            is_new = self._receive(message.chat_id, part, key, outcome)
        if message.is_edit and is_new:
            self._say(message.chat_id, "system.edited", outcome, is_asked_for=False)

    def _tap(self, tap: Tap, outcome: Outcome) -> None:
        outcome.answer.append(tap.query_id)
        if tap.payload in PAYLOADS:
            self._press(tap.chat_id, tap.payload, f"tap:{tap.query_id}", outcome)

    def _press(self, chat_id: int, payload: str, key: str, outcome: Outcome) -> None:
        if payload == GatewayPayload.DELETE.value and self._frontdoor.by_chat(chat_id) is None:
            outcome.say.append(Sentence(chat_id, None, "system.deleted"))
            return
        self._receive(chat_id, payload, key, outcome, is_payload=True)

    def _receive(self, chat_id: int, text: str, key: str, outcome: Outcome, *, is_payload: bool = False) -> bool:
        conversation = self._frontdoor.open_telegram(chat_id)
        try:
            received = self._frontdoor.receive(conversation.id, text, channel_message_id=key, payload=is_payload)
        except NotFound:  # shredded between the two calls: what comes now begins a new conversation
            conversation = self._frontdoor.open_telegram(chat_id)
            received = self._frontdoor.receive(conversation.id, text, channel_message_id=key, payload=is_payload)
        outcome.wake.append((chat_id, conversation.id))
        return received.is_new

    def _say(self, chat_id: int, key: str, outcome: Outcome, *, is_asked_for: bool = True) -> None:
        outcome.say.append(Sentence(chat_id, self._frontdoor.by_chat(chat_id), key, is_asked_for))
