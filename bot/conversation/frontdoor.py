"""The visitor's side of a conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from bot.conversation.database import Database
from bot.conversation.vault import GatewayVault
from bot.conversation.views import (
    ConversationView,
    Delivery,
    InboxItem,
    Opened,
    Received,
    Settled,
    VisitorMessage,
)
from bot.messages import Reply, Route
from bot.redflags.assessment import Assessment


class Frontdoor:
    """All that the gateway may do with conversations."""

    def __init__(self, database: Database, vault: GatewayVault, clock: Callable[[], datetime]) -> None: ...

    def open_web(self, language: str | None) -> Opened:
        raise NotImplementedError

    def by_token(self, token: str) -> ConversationView | None:
        raise NotImplementedError

    def by_chat(self, chat_id: int) -> ConversationView | None:
        raise NotImplementedError

    def open_telegram(self, chat_id: int) -> ConversationView:
        raise NotImplementedError

    def view(self, conversation_id: str) -> ConversationView | None:
        raise NotImplementedError

    def receive(self, conversation_id: str, text: str, *, channel_message_id: str, payload: bool = False) -> Received:
        raise NotImplementedError

    def pending(self) -> list[str]:
        raise NotImplementedError

    def next_item(self, conversation_id: str) -> InboxItem | None:
        raise NotImplementedError

    def assessed(self, item: InboxItem, assessment: Assessment, replies: Sequence[Reply] = ()) -> None:
        raise NotImplementedError

    def settle(self, item: InboxItem, replies: Sequence[Reply], *, intent: str | None = None) -> Settled:
        raise NotImplementedError

    def say(self, conversation_id: str, replies: Sequence[Reply]) -> None:
        raise NotImplementedError

    def request_handoff(self, conversation_id: str, reply: Reply) -> Route:
        raise NotImplementedError

    def withdraw_handoff(self, conversation_id: str, reply: Reply) -> Route:
        raise NotImplementedError

    def set_language(self, conversation_id: str, language: str) -> None:
        raise NotImplementedError

    def shred(self, conversation_id: str) -> bool:
        raise NotImplementedError

    def messages(self, conversation_id: str, token: str, after: int = 0) -> list[VisitorMessage]:
        raise NotImplementedError

    def deliveries(self, limit: int = 50) -> list[Delivery]:
        raise NotImplementedError

    def sent(self, delivery_id: int) -> None:
        raise NotImplementedError

    def retry(self, delivery_id: int, after_seconds: float) -> None:
        raise NotImplementedError

    def failed(self, delivery_id: int, reason: Literal["blocked", "rejected"]) -> None:
        raise NotImplementedError
