"""
Training: from labelled messages to the model, in the app's environment only.

Limits of the heads are chosen, and all figures reported, on messages that the fold's model has not seen; a fold never
splits a batch, because one sitting's messages resemble each other. Lines of talk (`nlu_data/redflags/talk`: what people
answer and ask in a few words, and what a few words of danger look like) are learned in every fold and never scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from bot.redflags.assessment import Assessment
from bot.redflags.bulk_reading import read_all
from bot.redflags.corpus import Corpus, corpus_of
from bot.redflags.engine import EngineData, data_fingerprint, load_data
from bot.redflags.examples import Example, load_examples
from bot.redflags.fitting import Fit, Head, fit, matrix, weigh
from bot.redflags.folding import fold
from bot.redflags.identification import LETTER_COLUMNS, identify, letter_row
from bot.redflags.judgement import judge
from bot.redflags.languages import Language, without_marks
from bot.redflags.limits import limits_of
from bot.redflags.model import Model, Scales
from bot.redflags.opinion import Opinion, mixed
from bot.redflags.reading import Reading

FOLDS = 3
_MOST_TEXTS_A_LANGUAGE = 1500
"""So many texts of a language are enough to know it by its letters."""


class TooFewExamples(Exception):
    """The examples cannot train a model: there are fewer batches than folds."""


@dataclass(frozen=True)
class Report:
    """A trained model, and what it says of each example when a model that has not seen it is asked."""

    model: Model
    validated: Sequence[tuple[Example, Assessment]]


def all_examples(root: Path, data: EngineData) -> list[Example]:
    """The examples of all languages. Raises RedFlagDataError, TooFewExamples."""
    folder = root / "redflags" / "examples"
    examples = [one for code in data.languages for one in load_examples(folder / f"{code}.jsonl", data.flags)]
    if len({example.batch for example in examples}) < FOLDS:
        raise TooFewExamples(f"{len(examples)} examples in fewer than {FOLDS} batches")
    return examples


def talk_lines(root: Path, data: EngineData) -> list[Example]:
    """The lines of talk of all languages that have some. Raises RedFlagDataError."""
    files = (root / "redflags" / "talk" / f"{code}.jsonl" for code in data.languages)
    return [line for file in files if file.exists() for line in load_examples(file, data.flags)]


def train(root: Path, progress: Callable[[str], None]) -> Report:
    """
    The model of the data below `root` (nlu_data), validated.

    Raises:
        RedFlagDataError: naming file, line and field. TooFewExamples.
    """
    # Taken first: what somebody edits while the training runs must make the model out of date, not new.
    fingerprint = data_fingerprint(root)
    data = load_data(root)
    messages = all_examples(root, data)
    examples = [*messages, *talk_lines(root, data)]
    progress(f"reading {len(examples)} examples")
    read = read_all(root, examples)
    corpus, letters = corpus_of(examples, read, data.flags), _Letters(examples, data.languages)
    margins, languages = _validated(corpus, letters, messages, progress)
    progress("training on all examples")
    everything, scored = np.arange(len(examples)), np.arange(len(messages))
    heads = [Head(head.name, head.labels[scored]) for head in corpus.text_heads]
    names = [head.name for head in heads]
    chances = np.zeros_like(margins)
    for seen, unseen in _folds(messages):
        chances[unseen] = weigh(heads, margins, seen).chances(names, margins[unseen])
    model = Model(
        fingerprint=fingerprint,
        vocabulary=corpus.vocabulary,
        texts=_scales(corpus.text_heads, fit(corpus.texts, corpus.text_heads, everything)),
        sentences=_scales(corpus.sentence_heads, fit(corpus.sentences, corpus.sentence_heads, _all(corpus.owners))),
        letters=letters.scales(everything),
        weighing=weigh(heads, margins, scored),
        limits=limits_of(heads, chances, read.readings[: len(messages)], [message.language for message in messages]),
        known=read.words,
    )
    validated = []
    for number, example in enumerate(messages):
        reading = _as_read(data, read.readings[number], example, languages[number])
        opinion = Opinion(model, reading, dict(zip(names, chances[number].tolist(), strict=True)))
        validated.append((example, judge(opinion, example.text, data.flags)))
    return Report(model, validated)


def _validated(
    corpus: Corpus, letters: _Letters, messages: Sequence[Example], progress: Callable[[str], None]
) -> tuple[NDArray[np.float64], list[str]]:
    """
    For each message the heads' margins and the language, by a model that has not seen its batch.

    The corpus may hold more than the messages, behind them: that is seen always.
    """
    margins = np.zeros((len(messages), len(corpus.text_heads)))
    languages = [""] * len(messages)
    always = np.arange(len(messages), corpus.texts.shape[0])
    for number, (others, unseen) in enumerate(_folds(messages), 1):
        progress(f"validating, part {number} of {FOLDS}")
        seen = np.concatenate([others, always])
        margins[unseen] = _margins(corpus, seen, unseen)
        scales = letters.scales(seen)
        for index in unseen:
            languages[index] = identify(fold(messages[index].text), letters.languages, scales)
    return margins, languages


def _folds(examples: Sequence[Example]) -> Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs of seen and unseen examples' numbers; each example is unseen once, and a batch is never split."""
    yield from GroupKFold(FOLDS).split(examples, groups=[example.batch for example in examples])


def _margins(corpus: Corpus, seen: NDArray[np.int64], unseen: NDArray[np.int64]) -> NDArray[np.float64]:
    texts = fit(corpus.texts, corpus.text_heads, seen).margins(corpus.texts[unseen])
    places = corpus.sentences_of(unseen)
    fitted = fit(corpus.sentences, corpus.sentence_heads, corpus.sentences_of(seen))
    sentences = fitted.margins(corpus.sentences[places])
    owners = corpus.owners[places]
    names = [head.name for head in corpus.text_heads]
    sentence_names = [head.name for head in corpus.sentence_heads]
    bounds = np.searchsorted(owners, unseen), np.searchsorted(owners, unseen, side="right")
    return np.array(
        [
            mixed(names, margin, sentence_names, sentences[first:last])
            for margin, first, last in zip(texts, *bounds, strict=True)
        ]
    )


class _Letters:
    """Pieces of the examples as the language heads learn them."""

    def __init__(self, examples: Sequence[Example], languages: Mapping[str, Language]) -> None:
        self.languages = languages
        owners, snippets = zip(*_snippets(examples, languages), strict=True)
        self._owners = np.array(owners)
        self._rows = matrix([letter_row(fold(snippet).text) for snippet in snippets], LETTER_COLUMNS)
        self._heads = [
            Head(f"language:{code}", np.array([examples[owner].language == code for owner in owners], dtype=np.int8))
            for code in languages
        ]

    def scales(self, examples: NDArray[np.int64]) -> Scales:
        """The language heads fitted to these examples."""
        return _scales(self._heads, fit(self._rows, self._heads, np.flatnonzero(np.isin(self._owners, examples))))


def _scales(heads: Sequence[Head], fitted: Fit) -> Scales:
    return Scales(tuple(head.name for head in heads), fitted.weights.astype(np.float16), fitted.bias)


def _all(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.arange(len(rows))


def _as_read(data: EngineData, reading: Reading, example: Example, language: str) -> Reading:
    """The example's reading in the language that was found for it."""
    if language == reading.language:
        return reading
    return data.reader.read(fold(example.text), language)


def _snippets(examples: Sequence[Example], languages: Mapping[str, Language]) -> Iterable[tuple[int, str]]:
    """Texts whole, their first ten words, three words of them, and all of these as people also type them."""
    for code, language in languages.items():
        own = [index for index, example in enumerate(examples) if example.language == code]
        for index in own[:: -(-len(own) // _MOST_TEXTS_A_LANGUAGE) or 1]:
            words = examples[index].text.split()
            middle = len(words) // 2
            snippets = (examples[index].text, " ".join(words[:10]), " ".join(words[middle : middle + 3]))
            for text in dict.fromkeys(snippets):
                for spelling in dict.fromkeys((text, without_marks(text), _in_latin(text.casefold(), language))):
                    yield index, spelling


def _in_latin(text: str, language: Language) -> str:
    spelling: dict[str, str] = {}
    for latin, own in language.latin.items():
        spelling.setdefault(own, latin)
    return "".join(spelling.get(char, char) for char in text)
