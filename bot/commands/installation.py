"""One installation: its settings, places and database, as the commands need them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from bot.commands.places import Places, default_places
from bot.conversation import Database, DatabaseNotMigrated, KeyFileError
from bot.redflags import RedFlagDataError
from bot.settings import Settings, SettingsError, read_settings

INSTALLATION_ERRORS = (SettingsError, DatabaseNotMigrated, KeyFileError, RedFlagDataError)


@dataclass(frozen=True)
class Installation:
    """What the settings describe; `database_url` is filled in."""

    settings: Settings
    places: Places

    @property
    def database_url(self) -> str:
        return self.settings.database_url or f"sqlite:///{self.places.data / 'karogs.db'}"

    def open_database(self) -> Database:
        """The migrated database. Raises DatabaseNotMigrated."""
        return Database(self.database_url)


def this_installation(data: Path | None = None, environment: Mapping[str, str] | None = None) -> Installation:
    """The installation that the environment describes; `data` wins over KAROGS_DATA. Raises SettingsError."""
    settings = read_settings(os.environ if environment is None else environment)
    return Installation(settings, default_places(data or settings.data))


def now() -> datetime:
    """The clock of a running installation."""
    return datetime.now(timezone.utc)
