"""Settings: read once, checked whole, explained in the README."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bot.commands.places import default_places
from bot.settings import PREFIX, Settings, SettingsError, read_settings


def test_nothing_set_gives_the_defaults() -> None:
    """An empty environment is a local installation."""
    assert read_settings({"PATH": "/bin"}) == Settings()


def test_settings_are_read() -> None:
    """Each kind of value, as an administrator writes it."""
    given = {
        "KAROGS_DATA": "somewhere",
        "KAROGS_DATABASE_URL": "postgresql://karogs@localhost/karogs",
        "KAROGS_PORT": "8080",
        "KAROGS_CONSOLE_ORIGIN": "https://console.example/",
        "KAROGS_BOT_HOURS": "12",
    }

    assert read_settings(given) == Settings(
        data=Path("somewhere"),
        database_url="postgresql+psycopg://karogs@localhost/karogs",
        port=8080,
        console_origin="https://console.example",
        bot_hours=12,
    )


def test_all_problems_are_told_at_once_without_values() -> None:
    """The administrator mends everything in one go, and a token never shows in an error."""
    given = {
        "KAROGS_PORT": "eighty",
        "KAROGS_TELEGRAM_TOKEN": "secret",
        "KAROGS_HUMAN_DAYS": "1000",
        "KAROGS_DATABASE_URL": "mysql://x",
        "KAROGS_PROT": "1",
    }

    with pytest.raises(SettingsError) as error:
        read_settings(given)

    assert error.value.problems == [
        "KAROGS_DATABASE_URL: must begin with sqlite:/// or postgresql://",
        "KAROGS_HUMAN_DAYS: must be a whole number from 0 to 90",
        "KAROGS_PORT: must be a port, 0 to 65535",
        "KAROGS_PROT: unknown setting",
        "KAROGS_TELEGRAM_TOKEN: must be a bot token as BotFather gives it",
    ]


def test_every_setting_stands_in_the_readme() -> None:
    """Nobody has to read the code to run a helpline."""
    readme = (default_places().project / "README.md").read_text(encoding="utf-8")
    names = [PREFIX + field.name.upper() for field in fields(Settings)]

    assert len(names) == 14
    assert [name for name in names if f"`{name}`" not in readme] == []
