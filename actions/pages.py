"""Texts that fit into messages."""

from __future__ import annotations

from collections.abc import Iterable

PAGE_LIMIT = 3_500
"""Characters of one message to the visitor (Telegram's limit is 4,096)."""

EVIDENCE_LIMIT = 140
"""Characters of the visitor's words that are quoted back for one red flag."""


def paragraphs(*parts: str) -> str:
    """The parts that are not empty, with a line between them."""
    return "\n\n".join(part for part in parts if part)


def pages(parts: Iterable[str], limit: int = PAGE_LIMIT) -> tuple[str, ...]:
    """The parts joined into as few texts as fit into `limit` characters each; a part is never torn."""
    filled: list[str] = []
    for part in parts:
        if filled and len(filled[-1]) + 2 + len(part) <= limit:
            filled[-1] = paragraphs(filled[-1], part)
        else:
            filled.append(part)
    return tuple(filled)


def quoted(evidence: str, limit: int = EVIDENCE_LIMIT) -> str:
    """`evidence` in one line, cut after a whole word when it is longer than `limit` characters."""
    line = " ".join(evidence.split())
    if len(line) <= limit:
        return line
    cut = line[: limit + 1].rsplit(" ", 1)[0][:limit]
    return f"{cut.rstrip(',.;:–—-')} …"
