"""
What the learned model sees of a text: pieces of letters, words, concepts, and facts (phrases found, money, pay and
other quantities).

Every occurrence is a 64-bit key, whose highest bits say of which sort it is, with the span it stands on: so one look at
a text serves the whole text and each of its sentences. Which keys count, and how much, the vocabulary says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.redflags.amounts import Amount
from bot.redflags.languages import without_marks
from bot.redflags.quantities import Quantity
from bot.redflags.tokens import Token
from bot.redflags.wages import Pay

LETTERS, WORDS, CONCEPTS, FACTS = range(4)
SORTS = 4
_SORT_BITS = np.uint64(62)

_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BELOW_SORT = np.uint64((1 << 62) - 1)
_PIECES = (2, 3, 4, 5)
_STEM = 6
_PAY_STEPS = (5, 10, 15, 25, 60, 150, 400, 900, 1600, 2500, 4000, 8000)
_CONCEPTS_APART = (4, 6)
"""How many tokens apart two neighbouring concepts, and two with one between them, may stand to be a pair."""

Named = tuple[str, int, int]
"""A feature by name, with the start and end of its span."""


@dataclass(frozen=True)
class Occurrences:
    """Features in a text, in no order: key, start and end of each, arrays of one length."""

    keys: NDArray[np.uint64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def inside(self, start: int, end: int) -> NDArray[np.uint64]:
        """The keys of those that stand in the span."""
        return self.keys[(self.starts >= start) & (self.ends <= end)]

    def at(self, chosen: NDArray[np.bool_], keys: NDArray[np.uint64]) -> Occurrences:
        """Those that are chosen, under these keys."""
        return Occurrences(keys[chosen], self.starts[chosen], self.ends[chosen])


def sorts_of(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Of which sort each key is: 0 to `SORTS` - 1."""
    return (keys >> _SORT_BITS).astype(np.int64)


def occurrences(
    text: str,
    tokens: Sequence[Token],
    senses: Sequence[Sequence[str]],
    facts: Iterable[Named],
) -> Occurrences:
    """
    Everything the model sees of a text.

    Args:
        text: folded text, in the letters of its language.
        tokens: its tokens. senses: the concepts of each.
        facts: see `facts_of`.
    """
    parts = (
        letters(text),
        _named(WORDS, _words([token for token in tokens if token.is_word])),
        concepts(tokens, senses),
        _named(FACTS, sorted(set(facts))),
    )
    return Occurrences(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
    )


def letters(text: str, *, keep_marks: bool = False) -> Occurrences:
    """
    The pieces of two to five letters; one space is thought before and behind the text.

    White space of any kind counts as a space, any digit as a nought.
    """
    plain = text if keep_marks else without_marks(text)
    codes = np.frombuffer(f" {plain} ".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    codes[(codes >= 48) & (codes <= 57)] = 48
    codes[(codes >= 9) & (codes <= 13)] = 32
    sizes = [size for size in _PIECES if len(codes) >= size]
    places = [np.arange(-1, len(codes) - size, dtype=np.int32) for size in sizes]
    return Occurrences(
        np.concatenate([_pieces(codes, size) for size in sizes]),
        np.concatenate([np.maximum(place, 0) for place in places]),
        np.concatenate([np.minimum(place + size, len(plain)) for place, size in zip(places, sizes, strict=True)]),
    )


def concepts(tokens: Sequence[Token], senses: Sequence[Sequence[str]]) -> Occurrences:
    """The concepts of the tokens, and the pairs of those that stand near each other."""
    return _named(CONCEPTS, _concepts(tokens, senses))


def facts_of(
    hits: Iterable[Named],
    amounts: Iterable[Amount],
    pay: Iterable[Pay],
    quantities: Iterable[Quantity],
    *,
    is_disguised: bool,
) -> list[Named]:
    """Named facts: phrases found ("upfront_payment", "no:upfront_payment" where denied), numbers, a disguise."""
    facts = [(f"hit {name}", start, end) for name, start, end in hits]
    for amount in amounts:
        names = [f"pay {amount.period} {_step(amount.euros)}", f"paid {amount.period}"]
        names += [f"monthly {_step(amount.monthly)}"] if amount.monthly is not None else []
        facts += [(name, amount.start, amount.end) for name in names]
    facts += [(f"pay {one.name}", one.start, one.end) for one in pay]
    facts += [(name, one.start, one.end) for one in quantities for name in one.facts()]
    return [*facts, ("disguise", 0, 0)] if is_disguised else facts


def _step(euros: float) -> int:
    return sum(euros >= limit for limit in _PAY_STEPS)


def _pieces(codes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    value = np.full(len(codes) - size + 1, size, dtype=np.uint64)
    for offset in range(size):
        value = value * _PRIME + codes[offset : len(codes) - size + 1 + offset]
    return ((value ^ (value >> np.uint64(29))) * _MIX) & _BELOW_SORT


def _words(words: Sequence[Token]) -> Iterator[Named]:
    stems = [without_marks(word.text)[:_STEM] for word in words]
    for index, (word, stem) in enumerate(zip(words, stems, strict=True)):
        yield f"w {stem}", word.start, word.end
        for apart in (1, 2):
            if index >= apart:
                yield f"{apart} {stems[index - apart]} {stem}", words[index - apart].start, word.end


def _concepts(tokens: Sequence[Token], senses: Sequence[Sequence[str]]) -> Iterator[Named]:
    telling = [index for index, sense in enumerate(senses) if sense]
    for place, index in enumerate(telling):
        token = tokens[index]
        yield from ((f"c {concept}", token.start, token.end) for concept in senses[index])
        for apart, farthest in enumerate(_CONCEPTS_APART, 1):
            other = telling[place - apart] if place >= apart else -1
            if other >= 0 and index - other <= farthest and tokens[other].sentence == token.sentence:
                for one in senses[other]:
                    yield from ((f"p{apart} {one} {two}", tokens[other].start, token.end) for two in senses[index])


def _named(sort: int, features: Iterable[Named]) -> Occurrences:
    listed = list(features)
    hashed = [crc32(name.encode("utf-8", "replace")) for name, _, _ in listed]
    keys = np.array(hashed, dtype=np.uint64) | np.uint64(sort) << _SORT_BITS
    places = np.array([(start, end) for _, start, end in listed], dtype=np.int32).reshape(-1, 2)
    return Occurrences(keys, places[:, 0], places[:, 1])
