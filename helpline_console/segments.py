"""Cuts a message into pieces, so that no browser counts: browsers count UTF-16 units, the engine code points."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from bot.redflags import RedFlag


@dataclass(frozen=True)
class Segment:
    """A piece of one message and the ids of the flags whose evidence covers it, in the engine's order."""

    text: str
    flags: tuple[str, ...] = ()


def cut(text: str, flags: Sequence[RedFlag]) -> tuple[Segment, ...]:
    """
    The message as segments whose texts joined are *text*.

    Flags may overlap: a piece under two of them names both. A flag that lies outside of the text marks nothing.
    """
    edges = sorted({0, len(text), *(edge for flag in flags for edge in _inside(flag, len(text)))})
    return tuple(
        Segment(text[start:end], tuple(flag.id for flag in flags if flag.start <= start and end <= flag.end))
        for start, end in itertools.pairwise(edges)
    )


def _inside(flag: RedFlag, length: int) -> tuple[int, ...]:
    return tuple(edge for edge in (flag.start, flag.end) if 0 <= edge <= length)
