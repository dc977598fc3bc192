"""Windows: the sentences of a reading, as pieces that are judged by themselves beside the whole text."""

from __future__ import annotations

from collections.abc import Sequence

from bot.redflags.tokens import Token

_FEWEST_WORDS = 4
"""A shorter sentence stays together with the one behind it."""
_MOST_TOKENS = 40
"""A longer sentence is cut where a clause ends."""


def windows(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The spans of the windows in the reading's text, in order, end exclusive; none for a text without tokens."""
    spans: list[tuple[int, int]] = []
    first = words = 0
    for index, token in enumerate(tokens):
        if index > first and words >= _FEWEST_WORDS and _ends(tokens[first], tokens[index - 1], token, index - first):
            spans.append((tokens[first].start, tokens[index - 1].end))
            first, words = index, 0
        words += token.is_word
    if tokens:
        spans.append((tokens[first].start, tokens[-1].end))
    return spans


def _ends(first: Token, last: Token, following: Token, length: int) -> bool:
    if following.sentence != last.sentence:
        return True
    return length >= _MOST_TOKENS and following.clause != last.clause
