"""
Training: from labelled messages to the model, in the app's environment only.

Limits of the heads are chosen, and all figures reported, on messages that the fold's model has not seen; a fold never
splits a batch, because one sitting's messages resemble each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from bot.redflags.assessment import KINDS, Assessment
from bot.redflags.engine import EngineData, data_fingerprint, load_data
from bot.redflags.examples import Example, load_examples
from bot.redflags.features import letter_features
from bot.redflags.fitting import Fit, Head, fit, learnable, matrix
from bot.redflags.folding import fold
from bot.redflags.identification import identify
from bot.redflags.judgement import judge
from bot.redflags.languages import Language, without_marks
from bot.redflags.limits import limits_of
from bot.redflags.model import Model
from bot.redflags.reading import Reading

FOLDS = 4


class TooFewExamples(Exception):
    """The examples cannot train a model: there are fewer batches than folds."""


@dataclass(frozen=True)
class Report:
    """A trained model, and what it says of each example when a model that has not seen it is asked."""

    model: Model
    validated: Sequence[tuple[Example, Assessment]]


@dataclass(frozen=True)
class _Snippets:
    """Pieces of texts for the language heads: the example each comes from, its features and its language."""

    example: NDArray[np.int64]
    features: Sequence[object]
    heads: Sequence[Head]


def all_examples(root: Path, data: EngineData) -> list[Example]:
    """The examples of all languages. Raises RedFlagDataError, TooFewExamples."""
    folder = root / "redflags" / "examples"
    examples = [one for code in data.languages for one in load_examples(folder / f"{code}.jsonl", data.flags)]
    if len({example.batch for example in examples}) < FOLDS:
        raise TooFewExamples(f"{len(examples)} examples in fewer than {FOLDS} batches")
    return examples


def train(root: Path, progress: Callable[[str], None]) -> Report:
    """
    The model of the data below `root` (nlu_data), validated.

    Raises:
        RedFlagDataError: naming file, line and field. TooFewExamples.
    """
    # Taken first: what somebody edits while the training runs must make the model out of date, not new.
    fingerprint = data_fingerprint(root)
    data = load_data(root)
    examples = all_examples(root, data)
    progress(f"reading {len(examples)} examples")
    readings = [data.reader.read(fold(example.text), example.language) for example in examples]
    trainer = _Trainer(fingerprint, data, examples, readings)
    chances, languages = trainer.validate(progress)
    progress("training on all examples")
    model = trainer.model(limits_of(trainer.heads, chances, readings))
    validated = [
        (example, judge(trainer.as_read(index, language), example.text, data.flags, model, answers))
        for index, (example, language, answers) in enumerate(
            zip(examples, languages, trainer.named(chances), strict=True)
        )
    ]
    return Report(model, validated)


class _Trainer:
    """The examples as matrices, and the fits over them."""

    def __init__(
        self, fingerprint: str, data: EngineData, examples: Sequence[Example], readings: Sequence[Reading]
    ) -> None:
        self._fingerprint, self._data, self._examples, self._readings = fingerprint, data, examples, readings
        self.heads = learnable(_heads(examples, data))
        self._rows = matrix([reading.features() for reading in readings])
        owners, snippets = zip(*_snippets(examples, data.languages), strict=True)
        self._owners = np.array(owners)
        self._letters = matrix([letter_features(fold(snippet).text) for snippet in snippets])
        self._language_heads = [
            Head(f"language:{code}", np.array([examples[owner].language == code for owner in owners], dtype=np.int8))
            for code in data.languages
        ]

    def validate(self, progress: Callable[[str], None]) -> tuple[NDArray[np.float64], list[str]]:
        """For each example the heads' probabilities and the language, by a model that has not seen its batch."""
        chances = np.zeros((len(self._examples), len(self.heads)))
        languages = [""] * len(self._examples)
        groups = [example.batch for example in self._examples]
        for number, (seen, unseen) in enumerate(GroupKFold(FOLDS).split(self._rows, groups=groups), 1):
            progress(f"validating, part {number} of {FOLDS}")
            chances[unseen] = fit(self._rows, self.heads, seen).chances(self._rows[unseen])
            letters = self._language_model(self._fit_language(seen))
            for index in unseen:
                languages[index] = identify(fold(self._examples[index].text), self._data.languages, letters)
        return chances, languages

    def model(self, limits: Mapping[str, float]) -> Model:
        """The model fitted to all examples."""
        everything = np.arange(len(self._examples))
        main, letters = fit(self._rows, self.heads, everything), self._fit_language(everything)
        return Model(
            fingerprint=self._fingerprint,
            heads=tuple(head.name for head in [*self.heads, *self._language_heads]),
            weights=np.hstack([main.weights, letters.weights]).astype(np.float16),
            bias=np.concatenate([main.bias, letters.bias]),
            limits=limits,
            known=_known(self._data, self._readings),
        )

    def as_read(self, index: int, language: str) -> Reading:
        """The example's reading in the language that was found for it."""
        reading = self._readings[index]
        if language == reading.language:
            return reading
        return self._data.reader.read(fold(self._examples[index].text), language)

    def named(self, chances: NDArray[np.float64]) -> Iterable[dict[str, float]]:
        names = [head.name for head in self.heads]
        return (dict(zip(names, row.tolist(), strict=True)) for row in chances)

    def _fit_language(self, examples: NDArray[np.int64]) -> Fit:
        return fit(self._letters, self._language_heads, np.flatnonzero(np.isin(self._owners, examples)))

    def _language_model(self, fitted: Fit) -> Model:
        names = tuple(head.name for head in self._language_heads)
        return Model("", names, fitted.weights.astype(np.float16), fitted.bias, {}, {})


def _heads(examples: Sequence[Example], data: EngineData) -> list[Head]:
    heads = [Head("danger", np.array([_danger(example) for example in examples], dtype=np.int8))]
    heads.append(Head("emergency", np.array([example.emergency for example in examples], dtype=np.int8)))
    for kind in KINDS:
        heads.append(Head(f"kind:{kind}", np.array([example.kind == kind for example in examples], dtype=np.int8)))
    for flag in data.flags:
        heads.append(Head(f"flag:{flag}", np.array([_flag(example, flag) for example in examples], dtype=np.int8)))
    return heads


def _danger(example: Example) -> int:
    return {"dangerous": 1, "legit": 0, "caution": -1}[example.danger]


def _flag(example: Example, flag: str) -> int:
    return -1 if flag in example.maybe else int(flag in example.flags)


def _snippets(examples: Sequence[Example], languages: Mapping[str, Language]) -> Iterable[tuple[int, str]]:
    """Each text whole, its first ten words, three words of it, and all of them as people also type them."""
    for index, example in enumerate(examples):
        words = example.text.split()
        middle = len(words) // 2
        for text in {example.text, " ".join(words[:10]), " ".join(words[middle : middle + 3])}:
            for spelling in {text, without_marks(text), _in_latin(text.casefold(), languages[example.language])}:
                yield index, spelling


def _in_latin(text: str, language: Language) -> str:
    spelling: dict[str, str] = {}
    for latin, own in language.latin.items():
        spelling.setdefault(own, latin)
    return "".join(spelling.get(char, char) for char in text)


def _known(data: EngineData, readings: Sequence[Reading]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The dictionary forms of all words of the examples, so that the running engine need not look them up."""
    known: dict[str, dict[str, set[str]]] = {code: {} for code in data.languages}
    for token in (token for reading in readings for token in reading.tokens if token.keys):
        for key in token.keys:
            known[key.replace("~", ":").split(":")[0]].setdefault(token.text, set()).add(key)
    return {code: {word: tuple(sorted(keys)) for word, keys in words.items()} for code, words in known.items()}
