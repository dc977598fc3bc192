"""Operators and their sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.conversation.database import Database
from bot.conversation.views import OperatorSession


class Operators:
    """Who may sign in to the console."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None: ...

    def add_operator(self, login: str, password: str, one_time: bool = False) -> str:
        raise NotImplementedError

    def switch_off(self, login: str) -> None:
        raise NotImplementedError

    def verify(self, login: str, password: str) -> str | None:
        raise NotImplementedError

    def change_password(self, operator_id: str, password: str) -> None:
        raise NotImplementedError

    def open_session(self, operator_id: str) -> tuple[str, str]:
        raise NotImplementedError

    def session(self, session_id: str) -> OperatorSession | None:
        raise NotImplementedError

    def end_session(self, session_id: str) -> None:
        raise NotImplementedError


def add_operator(database: Database, login: str, password: str, one_time: bool = False) -> str:
    """The same for commands that have no clock at hand."""
    raise NotImplementedError
