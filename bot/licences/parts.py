"""The parts of a cell that names several things."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[,;/\n•]|\s+un\s+|(?:^|\s)\d{1,2}[.)]\s")


def parts_of(cell: str) -> tuple[str, ...]:
    """ "Vācija, Nīderlande un Norvēģija" in three; also lines, semicolons, slashes and numbered items."""
    return tuple(part for part in (piece.strip(" .–-") for piece in _BETWEEN.split(cell)) if part)
