"""Rivals: a plain keyword list and Rasa's default DIET pipeline, measured beside the engine and the assistant."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import yaml

from bot.assistant.intent_score import Example as IntentExample
from bot.assistant.intent_score import read_examples
from bot.assistant.process import AssistantPaths, Command, train_command
from bot.commands.keywords import KeywordList, load_keywords
from bot.commands.measures import seconds_of, spread
from bot.commands.places import Places
from bot.commands.training import assistant_paths, run_caged
from bot.redflags import Assessment
from bot.redflags.engine import Engine
from bot.redflags.examples import Example
from bot.redflags.scoring import Pair, figures

Texts = Mapping[str, Sequence[str]]
KEYWORDS = "deploy/bench/keywords.yml"
DIET = "deploy/bench/diet.yml"
TAUGHT_EVERY = 6
"""DIET learns every sixth line: of all it takes longer than all the rest, and it is to be compared, not to be used."""


def rival_figures(places: Places, engine: Engine, labelled: Sequence[Example], texts: Texts) -> dict[str, object]:
    """
    By contender what it alarms on among labelled messages, where it judges danger, and how fast and large it is.

    Each is measured in a process of its own, one after another. Raises CommandFailed.
    """
    listed = places.project / KEYWORDS
    paths = assistant_paths(places)
    return {
        "keyword_list": keyword_catch(load_keywords(listed), labelled)
        | _measured(paths, paths.app_python, "keywords", listed, texts),
        "karogs_engine": catch([(example, engine.assess(example.text)) for example in labelled])
        | _measured(paths, paths.app_python, "engine", places.models, texts),
        "karogs_assistant": _measured(paths, paths.rasa_python, "rasa", paths.model, texts),
        "rasa_diet": diet_figures(paths, texts),
    }


def keyword_catch(keywords: KeywordList, labelled: Sequence[Example]) -> dict[str, object]:
    """What the list catches when one keyword is enough for an alarm, and when two are wanted."""
    counts = [len(keywords.found(example.text)) for example in labelled]
    one, two = (
        catch([(example, _alarm(example, count >= fewest)) for example, count in zip(labelled, counts, strict=True)])
        for fewest in (1, 2)
    )
    return {**one, "when_two_are_wanted": two}


def catch(pairs: Sequence[Pair]) -> dict[str, object]:
    """The shares of the dangerous and of the honest messages that are alarmed on, 0 to 1; None of nothing."""
    scored = figures(pairs)
    return {"dangers_alarmed": _rounded(scored["danger_recall"]), "honest_alarmed": _rounded(scored["false_alarm"])}


def diet_figures(paths: AssistantPaths, texts: Texts) -> dict[str, object]:
    """Rasa's default pipeline trained on a part of our examples of intents, in a folder that is removed afterwards."""
    examples = read_examples(paths.data)[::TAUGHT_EVERY]
    with tempfile.TemporaryDirectory(prefix="karogs-diet-") as folder:
        own = replace(paths, home=Path(folder))
        command = diet_command(own, written(examples, own.home / "nlu.yml"))
        print("karogs bench: training Rasa's default pipeline (some minutes)", file=sys.stderr, flush=True)
        seconds = round(seconds_of(partial(run_caged, command)))
        trained = {"examples": len(examples), "epochs": _epochs(paths.root / DIET), "train_seconds": seconds}
        return trained | _measured(own, own.rasa_python, "rasa", own.home / "diet.tar.gz", texts)


def diet_command(paths: AssistantPaths, examples: Path) -> Command:
    """`rasa train nlu` in the assistant's cage; the model and all it leaves behind are below `paths.home`."""
    given = ("--nlu", str(examples), "--config", str(paths.root / DIET))
    out = ("--out", str(paths.home), "--fixed-model-name", "diet")
    argv = (str(paths.rasa_python), "-m", "rasa", "train", "nlu", *given, *out)
    return replace(train_command(paths), argv=argv)


def written(examples: Sequence[IntentExample], path: Path) -> Path:
    """The path, after the examples were written there as Rasa reads them."""
    lines: dict[str, list[str]] = {}
    for example in examples:
        lines.setdefault(example.intent, []).append(f"- {example.text}\n")
    entries = [{"intent": intent, "examples": "".join(several)} for intent, several in lines.items()]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True), encoding="utf-8")
    return path


def _measured(paths: AssistantPaths, python: Path, reader: str, place: Path, texts: Texts) -> dict[str, object]:
    """What the stopwatch says of a reader: what is ready when, in how many MB, and how fast it reads each list."""
    argv = (str(python), "-m", "bot.commands.stopwatch", reader, str(place))
    told = json.loads(run_caged(replace(train_command(paths), argv=argv), json.dumps(texts)).splitlines()[-1])
    seconds = told["seconds"]
    return {
        "ready_seconds": round(told["ready_seconds"], 2),
        "memory_mb": round(told["memory_mb"]),
        **{name: spread(several) for name, several in seconds.items()},
        **{f"{name}_a_second": round(len(several) / sum(several)) for name, several in seconds.items()},
    }


def _alarm(example: Example, is_alarm: bool) -> Assessment:
    """The answer of a list that knows alarm or no alarm, and nothing else."""
    return Assessment(example.language, "other", "high" if is_alarm else "none", False)


def _epochs(config: Path) -> int:
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    return int(next(step["epochs"] for step in pipeline if step["name"] == "DIETClassifier"))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 3)
