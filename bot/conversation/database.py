"""The door to the database: SQLite or PostgreSQL."""

from __future__ import annotations


class Database:
    """A migrated database; raises DatabaseNotMigrated when its schema is not this program's."""

    def __init__(self, url: str) -> None:
        self.url = url

    def close(self) -> None:
        """Lets every connection go."""
        raise NotImplementedError


def migrate(url: str) -> None:
    """Brings the database to the newest schema; safe to repeat."""
    raise NotImplementedError
