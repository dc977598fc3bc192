"""Cuts long texts where a reader would pause. Pure."""

from __future__ import annotations

SEND_LIMIT = 4_096
"""Telegram's limit of one message, counted in UTF-16 units."""

_BORDERS = ("\n\n", "\n", ". ", " ")


def split_text(text: str, limit: int = SEND_LIMIT) -> list[str]:
    """
    *text* in parts of at most *limit* UTF-16 units, cut after a paragraph, a line, a sentence or a word.

    Joined they are *text* again, but for the white space at the cuts; parts are never empty.
    """
    parts = []
    rest = text.strip()
    while utf16_length(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def utf16_length(text: str) -> int:
    """The length of *text* as Telegram counts: characters beyond U+FFFF are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, limit: int) -> int:
    """The index to cut *text* at; not in the first half, so that one early paragraph does not stand alone."""
    end = _fitting(text, limit)
    for border in _BORDERS:
        found = text.rfind(border, end // 2, end)
        if found > 0:
            return found + len(border)
    return end


def _fitting(text: str, limit: int) -> int:
    """How many characters of *text* fit in *limit* UTF-16 units, at least one."""
    end = min(len(text), limit)
    while end > 1 and utf16_length(text[:end]) > limit:
        end -= max(1, (utf16_length(text[:end]) - limit) // 2)
    return end
