"""What `karogs bench` measures the engine and the assistant beside; speed itself is not tested."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.assistant.intent_score import Example as IntentExample
from bot.assistant.process import AssistantPaths
from bot.commands.keywords import KeywordList, load_keywords
from bot.commands.places import default_places
from bot.commands.rivals import DIET, KEYWORDS, diet_command, keyword_catch, written
from bot.commands.stopwatch import measured
from bot.messages import LANGUAGES
from bot.redflags.examples import Example

PROJECT = default_places().project


def labelled(text: str, danger: str) -> Example:
    """A labelled Latvian message."""
    return Example(text, "lv", text, "job_offer", danger, False, frozenset(), frozenset(), (), {}, "")


def test_the_list_has_keywords_of_every_language() -> None:
    """Each is found where a word of a text begins with it, whatever its case and the marks between words."""
    keywords = load_keywords(PROJECT / KEYWORDS)

    assert len(keywords.keywords) >= 80 * len(LANGUAGES)
    assert keywords.found("Bez -- LĪGUMA; кур'єром") == [" bez līguma", " кур єр"]


def test_a_keyword_inside_a_word_is_none() -> None:
    """ "pase" is not in "Japase"."""
    assert KeywordList([" pase"]).found("Japase") == []


def test_what_a_list_catches() -> None:
    """The shares of dangerous and of honest messages with enough keywords; those to be cautious of do not count."""
    messages = [
        labelled("pasi un naudu", "dangerous"),
        labelled("naudu", "dangerous"),
        labelled("brauc", "dangerous"),
        labelled("pasi līdzi", "legit"),
        labelled("labdien", "legit"),
        labelled("naudu, pasi", "caution"),
    ]

    assert keyword_catch(KeywordList([" pasi", " naudu"]), messages) == {
        "dangers_alarmed": 0.667,
        "honest_alarmed": 0.5,
        "when_two_are_wanted": {"dangers_alarmed": 0.333, "honest_alarmed": 0.0},
    }


def test_every_text_is_measured_once() -> None:
    """By name, with the seconds until the reader was ready and its megabytes; the first text is read before as well."""
    read: list[str] = []

    told = measured(lambda: read.append, {"chat": ["a", "b"], "offer": ["c"]})

    assert read == ["a", "a", "a", "b", "c", "c"]
    assert told.keys() == {"ready_seconds", "memory_mb", "seconds"}
    assert {name: len(seconds) for name, seconds in told["seconds"].items()} == {"chat": 2, "offer": 1}


def test_examples_are_written_as_rasa_reads_them(tmp_path: Path) -> None:
    """By intent, all languages together, and nothing of the text is lost."""
    examples = [
        IntentExample("lv", "greet", "čau: #1"),
        IntentExample("lv", "deny", "nē"),
        IntentExample("uk", "greet", "привіт"),
    ]

    assert yaml.safe_load(written(examples, tmp_path / "nlu.yml").read_text(encoding="utf-8"))["nlu"] == [
        {"intent": "greet", "examples": "- čau: #1\n- привіт\n"},
        {"intent": "deny", "examples": "- nē\n"},
    ]


def test_diet_is_trained_in_a_cage() -> None:
    """By Rasa's interpreter; nothing is left outside the folder that it is given."""
    paths = AssistantPaths(*(Path(f"/{name}") for name in ("root", "data", "models", "home", "rasa", "app")))
    command = diet_command(paths, Path("/home/nlu.yml"))

    assert " ".join(command.argv) == (
        f"/rasa -m rasa train nlu --nlu /home/nlu.yml --config /root/{DIET} --out /home --fixed-model-name diet"
    )
    assert (command.env["HOME"], command.env["RASA_CACHE_DIRECTORY"]) == ("/home", "/home/cache")
