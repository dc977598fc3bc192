"""How often the intent model is right about examples that it was not trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from sklearn.model_selection import StratifiedKFold

from bot.assistant.features import hashed
from bot.assistant.idea_features import IN_INTENTS, ideas_in, with_ideas
from bot.assistant.intent_model import train
from bot.messages import LANGUAGES
from bot.redflags.engine import Engine

FOLDS = 4
"""Examples stand in the order in which they were written: a fold is one stretch of each intent, so that what one author
wrote in one go, each line a variant of the one before, is held out together."""


@dataclass(frozen=True)
class Example:
    """One line of `nlu_data/nlu/<language>.yml`."""

    language: str
    intent: str
    text: str


@dataclass(frozen=True)
class IntentScore:
    """The share of examples that were given their intent, 0 to 1, by language and by intent."""

    by_language: dict[str, float]
    by_intent: dict[str, float]
    examples: int

    def table(self) -> str:
        """Two lines for a person: the languages, and the intents that are known worst."""
        languages = "  ".join(f"{language}={share:.3f}" for language, share in self.by_language.items())
        worst = sorted(self.by_intent, key=lambda intent: self.by_intent[intent])[:8]
        intents = "  ".join(f"{intent}={self.by_intent[intent]:.2f}" for intent in worst)
        return f"intents, {self.examples} examples, each judged by a model without it: {languages}\nworst: {intents}"


def read_examples(root: Path) -> list[Example]:
    """The examples of all languages from the data folder `root`."""
    return [example for language in LANGUAGES for example in _examples(root / f"nlu/{language}.yml", language)]


def cross_validated(examples: Sequence[Example], inverse_regularisation: float, engine: Engine) -> IntentScore:
    """Every example is judged by a model that was trained on the other folds; folds hold every intent evenly."""
    groups = [f"{example.language} {example.intent}" for example in examples]
    rows = [with_ideas(hashed(one.text), ideas_in(one.text, one.language, engine), IN_INTENTS) for one in examples]
    right: Counter[Example] = Counter()
    for taught, held in StratifiedKFold(FOLDS).split(examples, groups):
        names = [examples[number].intent for number in taught]
        model = train([rows[number] for number in taught], names, inverse_regularisation)
        right.update(examples[at] for at in held if model.ranked(rows[at])[0].name == examples[at].intent)
    by_language = {language: _share(examples, right, language=language) for language in LANGUAGES}
    intents = sorted({example.intent for example in examples})
    return IntentScore(by_language, {name: _share(examples, right, intent=name) for name in intents}, len(examples))


def _share(examples: Sequence[Example], right: Counter[Example], **of: str) -> float:
    group = [example for example in examples if all(getattr(example, key) == value for key, value in of.items())]
    return sum(example in right for example in group) / len(group)


def _examples(file: Path, language: str) -> Iterator[Example]:
    for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
        lines = (line.strip().removeprefix("- ") for line in entry["examples"].splitlines())
        yield from (Example(language, entry["intent"], text) for text in dict.fromkeys(lines) if text)
