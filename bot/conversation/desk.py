"""The operator's side of a conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.conversation.database import Database
from bot.conversation.vault import ConsoleVault
from bot.conversation.views import QueueEntry, Transcript, Written
from bot.messages import Band, Reply


class Desk:
    """All that the console may do with conversations."""

    def __init__(self, database: Database, vault: ConsoleVault, clock: Callable[[], datetime]) -> None: ...

    def waiting(self) -> list[QueueEntry]:
        raise NotImplementedError

    def mine(self, operator_id: str) -> list[QueueEntry]:
        raise NotImplementedError

    def take(self, operator_id: str, conversation_id: str) -> None:
        raise NotImplementedError

    def next(self, operator_id: str) -> str | None:
        raise NotImplementedError

    def transcript(self, operator_id: str, conversation_id: str) -> Transcript:
        raise NotImplementedError

    def write(self, operator_id: str, conversation_id: str, client_id: str, text: str) -> Written:
        raise NotImplementedError

    def say(self, operator_id: str, conversation_id: str, reply: Reply) -> None:
        raise NotImplementedError

    def renew(self, operator_id: str) -> None:
        raise NotImplementedError

    def release(self, operator_id: str, conversation_id: str, reply: Reply) -> None:
        raise NotImplementedError

    def return_to_bot(self, operator_id: str, conversation_id: str, reply: Reply) -> None:
        raise NotImplementedError

    def close(self, operator_id: str, conversation_id: str, outcome: str, reply: Reply) -> None:
        raise NotImplementedError

    def lower_band(self, operator_id: str, conversation_id: str, band: Band, reason: str) -> None:
        raise NotImplementedError
