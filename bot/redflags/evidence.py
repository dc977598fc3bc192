"""Evidence that a person can read: a phrase of the lexicon widened to the piece of sense it stands in."""

from __future__ import annotations

from bot.redflags.reading import Reading

_LONGEST_QUOTE = 120


def whole_clauses(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """
    The span widened to the clauses it lies in, so that a person reads a piece of sense and not two words.

    Stays as it is where the clauses are longer than 120 characters together.
    """
    inside = {token.clause for token in reading.tokens if token.start < end and token.end > start}
    words = [token for token in reading.tokens if token.clause in inside and token.is_word]
    if not words or words[-1].end - words[0].start > _LONGEST_QUOTE:
        return start, end
    return min(start, words[0].start), max(end, words[-1].end)
