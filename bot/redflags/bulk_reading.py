"""Bulk reading: all examples read at once, on several processes; only training imports this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from joblib import Parallel, delayed

from bot.redflags.engine import load_data
from bot.redflags.examples import Example
from bot.redflags.features import Occurrences
from bot.redflags.fitting import PROCESSES
from bot.redflags.folding import fold
from bot.redflags.reading import Reading

_Words = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class BulkReading:
    """
    The reading of each example, as a text of its language, and what occurs in each; both in the examples' order.

    `words` are the dictionary forms of all words met, by language and word.
    """

    readings: Sequence[Reading]
    occurring: Sequence[Occurrences]
    words: _Words


def read_all(root: Path, examples: Sequence[Example]) -> BulkReading:
    """The examples, read with the data below `root` (nlu_data). Raises RedFlagDataError."""
    shares = [examples[number::PROCESSES] for number in range(PROCESSES)]
    parts = Parallel(n_jobs=PROCESSES)(delayed(_read)(root, share) for share in shares)
    in_order = [(parts[number % PROCESSES], number // PROCESSES) for number in range(len(examples))]
    return BulkReading(
        readings=[part.readings[place] for part, place in in_order],
        occurring=[part.occurring[place] for part, place in in_order],
        words={
            code: {word: keys for part in parts for word, keys in part.words[code].items()} for code in parts[0].words
        },
    )


def _read(root: Path, examples: Sequence[Example]) -> BulkReading:
    data = load_data(root)
    readings = [data.reader.read(fold(example.text), example.language) for example in examples]
    words = {code: dict(lemmatizer.memory) for code, lemmatizer in data.lemmatizers.items()}
    return BulkReading(readings, [reading.occurrences() for reading in readings], words)
