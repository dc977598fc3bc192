"""
Settings: environment variables `KAROGS_*`, all checked at start and all errors reported at once.

Only the composition root (`bot.commands`) reads them; everything else gets values as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.knowledge.hours import Schedule, schedule_of

PREFIX = "KAROGS_"


class SettingsError(Exception):
    """One line a wrong setting; each names the variable and what it must be, never its value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """
    One installation.

    Attributes:
        data: folder of the database and the keys.
        database_url: SQLAlchemy address; empty means SQLite in `data`.
        port, console_port, rasa_port, actions_port: TCP ports; 0 picks a free one.
        host: the address the visitors' and the operators' edges listen on; Rasa and the actions always on loopback.
        console_origin: the address operators open, as the browser shows it; empty means loopback.
        telegram_token: switches Telegram on. telegram_api: another Bot API server.
        bot_hours, human_days: how long a conversation without and with a human is kept.
        duty: when operators usually are there ("mon-fri 9:00-21:00; sat 10:00-14:00"); empty: nothing is promised.
        frame_ancestors: sites that may show the chat in a frame, separated by spaces; empty means none.
    """

    data: Path | None = None
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    console_port: int = 8001
    rasa_port: int = 0
    actions_port: int = 0
    console_origin: str = ""
    telegram_token: str = ""
    telegram_api: str = "https://api.telegram.org"
    bot_hours: int = 24
    human_days: int = 14
    frame_ancestors: str = ""
    duty: Schedule | None = None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in the environment. Raises SettingsError with every problem."""
    known = {PREFIX + field.name.upper(): field.name for field in fields(Settings)}
    problems = [f"{name}: unknown setting" for name in environment if name.startswith(PREFIX) and name not in known]
    values: dict[str, Any] = {}
    for variable, name in known.items():
        if variable in environment:
            try:
                values[name] = _READERS[name](environment[variable])
            except ValueError as error:
                problems.append(f"{variable}: {error}")
    if problems:
        raise SettingsError(sorted(problems))
    return Settings(**values)


def _port(value: str) -> int:
    if not value.isdigit() or int(value) > 65535:
        raise ValueError("must be a port, 0 to 65535")
    return int(value)


def _count(lowest: int, highest: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdigit() or not lowest <= int(value) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(value)

    return read


def _database(value: str) -> str:
    if value and not value.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return value.replace("postgresql://", "postgresql+psycopg://", 1)


def _address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise ValueError("must be an http or https address")
    return value.rstrip("/")


def _token(value: str) -> str:
    number, _, secret = value.partition(":")
    if value and not (number.isdigit() and len(secret) >= 20):
        raise ValueError("must be a bot token as BotFather gives it")
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


def _duty(value: str) -> Schedule | None:
    try:
        return schedule_of(value.strip()) if value.strip() else None
    except ValueError:
        raise ValueError("must be hours such as mon-fri 9:00-21:00; sat 10:00-14:00") from None


_READERS: dict[str, Callable[[str], Any]] = {
    "data": lambda value: Path(_filled(value)),
    "database_url": _database,
    "host": _filled,
    "port": _port,
    "console_port": _port,
    "rasa_port": _port,
    "actions_port": _port,
    "console_origin": _address,
    "telegram_token": _token,
    "telegram_api": _address,
    "bot_hours": _count(1, 24 * 30),
    "human_days": _count(0, 90),
    "frame_ancestors": str.strip,
    "duty": _duty,
}
