"""The corpus: labelled messages and their sentences as numbers, with the questions each of them answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.redflags.assessment import KINDS
from bot.redflags.bulk_reading import BulkReading
from bot.redflags.examples import Example
from bot.redflags.fitting import Head, learnable, matrix
from bot.redflags.vocabulary import Vocabulary, vocabulary_of
from bot.redflags.windows import windows

_FEWEST_TEXTS = 4
"""A feature that stands in fewer messages than this is not learned: it would be learned by heart."""


@dataclass(frozen=True)
class Sentences:
    """All sentences of all messages: the message (its number) and the span in its text as given of each."""

    owners: NDArray[np.int64]
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Corpus:
    """The messages' rows and heads, and the same of their sentences."""

    vocabulary: Vocabulary
    texts: csr_matrix
    text_heads: Sequence[Head]
    sentences: csr_matrix
    sentence_heads: Sequence[Head]
    owners: NDArray[np.int64]

    def sentences_of(self, texts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the sentences of these messages, in order."""
        return np.flatnonzero(np.isin(self.owners, texts))


def corpus_of(examples: Sequence[Example], read: BulkReading, flags: Iterable[str]) -> Corpus:
    """The corpus of examples as they were read; the vocabulary knows nothing of their labels."""
    vocabulary = vocabulary_of(read.occurring, _FEWEST_TEXTS)
    texts, sentences, owners, spans = [], [], [], []
    for number, reading in enumerate(read.readings):
        known = vocabulary.known(read.occurring[number])
        texts.append(vocabulary.row(known))
        for span in windows(reading.tokens):
            sentences.append(vocabulary.row(known, span))
            owners.append(number)
            spans.append(reading.original_span(*span))
    pieces = Sentences(np.array(owners), spans)
    return Corpus(
        vocabulary=vocabulary,
        texts=matrix(texts, len(vocabulary)),
        text_heads=learnable(_text_heads(examples, flags)),
        sentences=matrix(sentences, len(vocabulary)),
        sentence_heads=learnable(_sentence_heads(examples, pieces, flags)),
        owners=pieces.owners,
    )


def _text_heads(examples: Sequence[Example], flags: Iterable[str]) -> list[Head]:
    heads = [Head("danger", np.array([_danger(example) for example in examples], dtype=np.int8))]
    heads.append(Head("emergency", np.array([example.emergency for example in examples], dtype=np.int8)))
    for kind in KINDS:
        heads.append(Head(f"kind:{kind}", np.array([example.kind == kind for example in examples], dtype=np.int8)))
    for flag in flags:
        heads.append(Head(f"flag:{flag}", np.array([_flag(example, flag) for example in examples], dtype=np.int8)))
    return heads


def _danger(example: Example) -> int:
    return {"dangerous": 1, "legit": 0, "caution": -1}[example.danger]


def _flag(example: Example, flag: str) -> int:
    return -1 if flag in example.maybe else int(flag in example.flags)


def _sentence_heads(examples: Sequence[Example], sentences: Sentences, flags: Iterable[str]) -> list[Head]:
    """A sentence shows a flag where it is quoted for it, and danger where it is quoted for any in a dangerous text."""
    emergency = np.array([example.emergency for example in examples], dtype=np.int8)[sentences.owners]
    heads = [Head("emergency", emergency), Head("danger", _dangerous_sentences(examples, sentences))]
    for flag in flags:
        labels = np.array([_flag(example, flag) for example in examples], dtype=np.int8)[sentences.owners]
        for number in np.flatnonzero(labels == 1):
            labels[number] = _is_quoted(examples[sentences.owners[number]], flag, sentences.spans[int(number)])
        heads.append(Head(f"flag:{flag}", labels))
    return heads


def _dangerous_sentences(examples: Sequence[Example], sentences: Sentences) -> NDArray[np.int8]:
    labels = np.array([_danger(example) for example in examples], dtype=np.int8)[sentences.owners]
    for number in np.flatnonzero(labels == 1):
        example, span = examples[sentences.owners[number]], sentences.spans[int(number)]
        labels[number] = 1 if any(_is_quoted(example, flag, span) for flag in example.evidence) else -1
    return labels


def _is_quoted(example: Example, flag: str, span: tuple[int, int]) -> bool:
    starts = ((quote, example.text.find(quote)) for quote in example.evidence.get(flag, ()))
    return any(start < span[1] and start + len(quote) > span[0] for quote, start in starts)
