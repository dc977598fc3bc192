"""A failure that a person can mend: shown as one sentence, without a traceback."""

from __future__ import annotations


class CommandFailed(Exception):
    """The sentence says what is wrong and what to do."""
