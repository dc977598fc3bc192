"""What can go wrong with a conversation: small errors that carry the word for the HTTP edge, never anybody's text."""

from __future__ import annotations

from typing import ClassVar


class ConversationError(Exception):
    """A request that the state of a conversation does not allow; `code` is the error word of the HTTP answers."""

    code: ClassVar[str] = "conversation_error"


class NotFound(ConversationError):
    """There is no such conversation, or it has been shredded."""

    code = "not_found"


class AlreadyTaken(ConversationError):
    """Another claim came first."""

    code = "already_taken"


class NotYours(ConversationError):
    """The operator does not hold the claim of this conversation (any more)."""

    code = "not_yours"


class IllegalTransition(ConversationError):
    """The routing table knows no way from this route by this event."""

    code = "illegal_transition"


class BandNotLower(ConversationError):
    """An operator may only lower the band; raising is done by what the visitor writes."""

    code = "band_not_lower"


class BadOutcome(ConversationError):
    """An outcome is one word out of a list (lower-case letters, digits, underscore), never free text."""

    code = "bad_outcome"


class OperatorExists(ConversationError):
    """The login is in use."""

    code = "operator_exists"


class WeakPassword(ConversationError):
    """A chosen password is shorter than the minimum; `minimum` says how many characters are needed."""

    code = "weak_password"

    def __init__(self, minimum: int) -> None:
        super().__init__(f"a password needs at least {minimum} characters")
        self.minimum = minimum


class DatabaseNotMigrated(Exception):
    """The database's schema is not the one of this program; `found` is its revision, `needed` the program's."""

    def __init__(self, found: str | None, needed: str | None) -> None:
        have = found or "none"
        super().__init__(f"the database is at schema {have}, this program needs {needed}: run `karogs migrate`")
        self.found = found
        self.needed = needed


class KeyFileError(Exception):
    """A key file is missing, exists where it must not, or does not hold 32 bytes; `name` is the file's name."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name


class Unreadable(Exception):
    """A sealed value does not open: another key, another row, or changed bytes."""


class FeedOverrun(Exception):
    """A subscriber has not read for so long that its feed was cut; subscribe again and read the state anew."""
