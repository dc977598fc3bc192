"""The lexicon: `nlu_data/redflags/flags.yml` and one file of phrases a language, checked as they are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.redflags.datafile import mapping
from bot.redflags.errors import RedFlagDataError
from bot.redflags.phrases import Phrase, PhraseError, parse
from bot.redflags.tokens import Lemmatizer

EMERGENCY = "emergency"
"""The name under which a lexicon lists what shows that somebody is in danger this minute."""

STRENGTHS = ("weak", "strong", "critical")


@dataclass(frozen=True)
class Flag:
    """One red flag of the contract: its id, strength and the forms of exploitation it points to."""

    id: str
    strength: str
    points_to: tuple[str, ...]
    means: str


@dataclass(frozen=True)
class Lexicon:
    """One language's phrases, with sentences that must (`examples`) and must not (`counterexamples`) be recognised."""

    language: str
    phrases: tuple[Phrase, ...]
    examples: Mapping[str, tuple[str, ...]]
    counterexamples: Mapping[str, tuple[str, ...]]


def load_flags(path: Path) -> dict[str, Flag]:
    """All flags by id, in the order of the file. Raises RedFlagDataError."""
    flags: dict[str, Flag] = {}
    for number, entry in enumerate(mapping(path).get("flags", [])):
        where = f"flags[{number}]"
        if not isinstance(entry, dict) or not {"id", "strength", "points_to", "means"} <= entry.keys():
            raise RedFlagDataError(path.name, where, "needs id, strength, points_to and means")
        if entry["strength"] not in STRENGTHS:
            raise RedFlagDataError(path.name, entry["id"], f"strength must be one of {', '.join(STRENGTHS)}")
        if entry["id"] in flags:
            raise RedFlagDataError(path.name, entry["id"], "stands twice")
        flags[entry["id"]] = Flag(entry["id"], entry["strength"], tuple(entry["points_to"]), entry["means"])
    if not flags:
        raise RedFlagDataError(path.name, "flags", "no flag")
    return flags


def load_lexicon(path: Path, flags: Mapping[str, Flag], lemmatizer: Lemmatizer) -> Lexicon:
    """The lexicon of one language. Raises RedFlagDataError that names file, flag and phrase."""
    phrases: list[Phrase] = []
    examples: dict[str, tuple[str, ...]] = {}
    counterexamples: dict[str, tuple[str, ...]] = {}
    for flag, entry in mapping(path).items():
        if flag not in flags and flag != EMERGENCY:
            raise RedFlagDataError(path.name, str(flag), "no such flag")
        if not isinstance(entry, dict) or not entry.get("phrases"):
            raise RedFlagDataError(path.name, flag, "needs phrases")
        for source in entry["phrases"]:
            try:
                phrases += parse(str(source), flag, lemmatizer)
            except PhraseError as error:
                raise RedFlagDataError(path.name, f"{flag}: {source}", str(error)) from error
        examples[flag] = tuple(entry.get("examples", ()))
        counterexamples[flag] = tuple(entry.get("counterexamples", ()))
    if not phrases:
        raise RedFlagDataError(path.name, "phrases", "no phrase")
    return Lexicon(lemmatizer.language.code, tuple(phrases), examples, counterexamples)
