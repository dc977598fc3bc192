"""Phone numbers that somebody typed into a text, where a placeholder belongs."""

from __future__ import annotations

import re
from collections.abc import Set

_RUN = re.compile(r"\+?\d(?:[ \u00a0-]?\d)*")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_SHORT = re.compile(r"11[0-9]|116\d{3}|10[1-4]|0800\d*")
_LONG = 7


def digits(number: str) -> str:
    """The digits of `number` alone."""
    return re.sub(r"\D", "", number)


def typed_numbers(text: str, known: Set[str]) -> list[str]:
    """
    Everything in `text` that looks like a phone number.

    That is: a plus sign before a digit, seven or more digits in a row (spaces and hyphens do not end a row),
    an emergency or helpline short number, or the digits of a number in `known`. Dates, counts of days and
    paragraphs of laws are not.
    """
    runs = [m.group() for m in _RUN.finditer(_DATE.sub(" ", text))]
    return [run for run in runs if _looks_like_phone(run, known)]


def _looks_like_phone(run: str, known: Set[str]) -> bool:
    plain = digits(run)
    return run.startswith("+") or len(plain) >= _LONG or plain in known or _SHORT.fullmatch(plain) is not None
