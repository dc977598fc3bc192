"""A short text as numbers: hashed pieces of its words, so that typing errors and endings cost little."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter

BUCKETS = 2**18
"""On unseen lines, 1 topic in 100 more is known than with a quarter of them, and no more with four times as many."""
READ_CHARACTERS = 400
"""Intents show in the first sentences; what is longer is an offer, which the engine reads."""

_WORD = re.compile(r"\w+|[?!]|[\u2600-\u27bf\U0001f300-\U0001faff]")
_PUNCTUATION = frozenset("?!")
_PIECES = range(2, 5)
_WORD_JOINER = "\u2060"
"""Stands before a typed slash, so that Rasa does not take the text for an intent."""


def normalised(text: str) -> list[str]:
    """The words of `text` in one spelling: small letters, no Latin diacritics, digits as 0."""
    spelled = unicodedata.normalize("NFKC", text[:READ_CHARACTERS]).casefold()
    return [re.sub(r"\d", "0", _bare(word)) for word in _WORD.findall(spelled)]


def hashed(text: str) -> dict[int, float]:
    """
    Buckets (0 … BUCKETS - 1) of the pieces of `text`, each with its weight; the weights have length 1.

    Pieces are runs of 2 to 4 characters inside a word and its borders, whole words and pairs of words.
    A text of punctuation alone has none, and neither has a typed command: it must not pass for the intent it names.
    """
    if text.lstrip().lstrip(_WORD_JOINER).startswith("/"):
        return {}
    words = normalised(text)
    if _PUNCTUATION.issuperset(words):
        return {}
    counts = Counter(zlib.crc32(piece.encode()) % BUCKETS for piece in pieces(words))
    weights = {bucket: 1.0 + 0.5 * (count - 1) ** 0.5 for bucket, count in counts.items()}
    length = sum(weight * weight for weight in weights.values()) ** 0.5
    return {bucket: weight / length for bucket, weight in weights.items()}


def pieces(words: list[str]) -> list[str]:
    """The pieces of which `hashed` keeps the buckets."""
    found = [f"w:{word}" for word in words]
    found += [f"p:{first} {second}" for first, second in zip(["^", *words], [*words, "$"], strict=True)]
    for word in words:
        bordered = f" {word} "
        found += [bordered[i : i + size] for size in _PIECES for i in range(len(bordered) - size + 1)]
    return found


def _bare(word: str) -> str:
    """Latin letters lose their marks (people leave them out); Cyrillic й and ї keep theirs, they are letters."""
    if not any("a" <= char <= "z" for char in word):
        return word
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
