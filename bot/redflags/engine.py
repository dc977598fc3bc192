"""The engine: a text in, an assessment out. Of the text nothing stays but single words in bounded memories."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.redflags.amounts import load_amounts
from bot.redflags.assessment import Assessment
from bot.redflags.concepts import load_thesaurus
from bot.redflags.errors import ModelMissing
from bot.redflags.folding import fold
from bot.redflags.identification import identify
from bot.redflags.judgement import judge
from bot.redflags.languages import Language, load_languages
from bot.redflags.lexicon import Flag, Lexicon, load_flags, load_lexicon
from bot.redflags.model import Model, load_model, trained_fingerprint
from bot.redflags.opinion import Opinion
from bot.redflags.phrases import PhraseIndex
from bot.redflags.quantities import QuantityReader
from bot.redflags.reading import Numbers, Reader
from bot.redflags.tokens import Lemmatizer, Tokenizer
from bot.redflags.wages import load_wages

TEXT_LIMIT = 100_000
"""Characters that are read; what stands behind them is not assessed."""


@dataclass(frozen=True, repr=False)
class Engine:
    """Recognises red flags; built by `load_engine`, safe to share between threads."""

    reader: Reader
    flags: Mapping[str, Flag]
    model: Model

    @property
    def fingerprint(self) -> str:
        """Changes when the data or the code that the model was trained with change."""
        return self.model.fingerprint

    def assess(self, text: str, language: str | None = None) -> Assessment:
        """
        What the words of the text show.

        Args:
            text: any text; at most 100,000 characters are read.
            language: the language to read it in; found from the text when None or unknown.

        Returns:
            An assessment whose offsets are code points of the text as given. Never raises.
        """
        folded = fold(text[:TEXT_LIMIT])
        if language is None or language not in self.reader.languages:
            language = identify(folded, self.reader.languages, self.model.letters)
        reading = self.reader.read(folded, language)
        if not reading.tokens:
            return Assessment(language, "other", "none", False)
        return judge(Opinion(self.model, reading), text, self.flags)


@dataclass(frozen=True)
class EngineData:
    """The engine's data files, loaded and checked: `nlu_data/redflags`."""

    languages: Mapping[str, Language]
    flags: Mapping[str, Flag]
    lexicons: Mapping[str, Lexicon]
    lemmatizers: Mapping[str, Lemmatizer]
    reader: Reader


def load_data(root: Path, known: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None) -> EngineData:
    """
    The data below `root` (nlu_data). Raises RedFlagDataError for the first broken entry.

    Args:
        known: dictionary forms by language, from the trained model, so that common words need no analysis.
    """
    folder = root / "redflags"
    languages = load_languages(folder / "languages")
    flags = load_flags(folder / "flags.yml")
    lemmatizers = {code: Lemmatizer(language, (known or {}).get(code)) for code, language in languages.items()}
    lexicons = {code: load_lexicon(folder / "lexicon" / f"{code}.yml", flags, lemmatizers[code]) for code in languages}
    phrases = PhraseIndex([phrase for lexicon in lexicons.values() for phrase in lexicon.phrases])
    thesaurus = load_thesaurus(folder / "concepts", lemmatizers)
    amounts = load_amounts(folder / "money.yml")
    wages = load_wages(folder / "wages.yml", folder / "money.yml", amounts.in_euro)
    numbers = Numbers(amounts, QuantityReader(languages), wages)
    reader = Reader(languages, Tokenizer(languages, lemmatizers), thesaurus, phrases, numbers)
    return EngineData(languages, flags, lexicons, lemmatizers, reader)


def data_fingerprint(root: Path) -> str:
    """A hash of every data file below `root`/redflags and of the engine's own code."""
    files = [path for path in (root / "redflags").rglob("*") if path.suffix in {".yml", ".jsonl"}]
    code = sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256()
    for path in [*sorted(files), *code]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def save_trained(model: Model, root: Path, models: Path) -> None:
    """
    Puts the model and the data files it was trained with in `models`, in place of what was there.

    The running engine reads this copy alone: a file that staff are editing cannot stop a process that starts again.
    """
    fresh, place, old = (models / f"redflags{suffix}" for suffix in (".new", "", ".old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(root / "redflags", fresh / "data" / "redflags", ignore=shutil.ignore_patterns("examples", "talk"))
    model.save(fresh)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def load_trained(models: Path) -> Engine:
    """The engine as it was trained last. Raises ModelMissing, RedFlagDataError."""
    model = load_model(models / "redflags")
    data = load_data(models / "redflags" / "data", model.known)
    return Engine(data.reader, data.flags, model)


def load_engine(root: Path, models: Path) -> Engine:
    """
    The trained engine, when it was trained from the data below `root` (nlu_data).

    Args:
        models: the folder that `karogs train` writes to.

    Raises:
        ModelMissing: nothing trained, or from other data. RedFlagDataError: the trained copy is broken.
    """
    if not is_trained(root, models):
        raise ModelMissing("no model for the present data; run `karogs train`")
    return load_trained(models)


def is_trained(root: Path, models: Path) -> bool:
    """True when the trained copy was made from the data below `root` by this code; loads nothing else."""
    return trained_fingerprint(models / "redflags") == data_fingerprint(root)
