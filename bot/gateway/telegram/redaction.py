"""Keeps the bot token out of every log record."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from typing import Any

LIBRARIES = ("httpx", "httpcore", "telegram")
"""httpx logs every address at INFO, and the token is part of it; python-telegram-bot logs whole updates."""

_TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
_MARK = "[token]"


_guarded: set[str] = set()
"""The tokens in use. Process-wide, as logging is."""


def redact(text: str) -> str:
    """*text* without the guarded tokens and without anything that has the shape of a bot token."""
    for token in _guarded:
        text = text.replace(token, _MARK)
    return _TOKEN.sub(_MARK, text)


def guard_logs(token: str) -> None:
    """
    From now on no log record of this process holds *token*, in its message or in its traceback.

    The libraries are silenced as well: python-telegram-bot reports even at ERROR and CRITICAL with the server's
    answer in the text, which may be what somebody wrote. The channel logs its own failures, by class name.
    """
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
    if not _guarded:
        _redact_records(logging.getLogRecordFactory())
    _guarded.add(token)


def _redact_records(make: Callable[..., logging.LogRecord]) -> None:
    """The record factory is the one place that every logger and every handler, now or later, goes through."""

    def make_redacted(*arguments: Any, **named: Any) -> logging.LogRecord:
        record = make(*arguments, **named)
        _redact_message(record)
        _redact_traceback(record)
        return record

    logging.setLogRecordFactory(make_redacted)


def _redact_message(record: logging.LogRecord) -> None:
    try:
        message = record.getMessage()
    except (TypeError, ValueError, KeyError):
        return  # arguments that do not fit: the handler reports it, and prints the arguments only to stderr
    clean = redact(message)
    if clean != message:
        record.msg, record.args = clean, ()


def _redact_traceback(record: logging.LogRecord) -> None:
    if not record.exc_info or record.exc_info[0] is None:
        return
    text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
    clean = redact(text)
    if clean != text:
        record.exc_info, record.exc_text = None, clean
