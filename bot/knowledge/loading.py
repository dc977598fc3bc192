"""Loads all of knowledge at once, and refuses it as a whole when one file is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bot.knowledge.catalogue import Catalogue, load_catalogue, text_files
from bot.knowledge.directory import Directory
from bot.knowledge.directory_file import load_directory
from bot.knowledge.easy import easy_catalogue, easy_file, easy_flags, easy_topics
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.flags import FlagText, load_flag_ids, load_flags
from bot.knowledge.knowledge import Knowledge
from bot.knowledge.placeholders import lookups, value_names, without_placeholders
from bot.knowledge.required import CONSOLE_LANGUAGES, NEEDS, VALUES
from bot.knowledge.sources import load_sources
from bot.knowledge.topics import TOPIC_FILES, Topic, load_topics
from bot.knowledge.typed_numbers import typed_numbers
from bot.messages import EASY_LANGUAGES, LANGUAGES, SPEECHES, Reply, language_of

_Written = tuple[str, str, str, str]
"""A text where it was written: file, entry, key, text."""


def load_knowledge(root: Path) -> Knowledge:
    """
    Everything that can be said, from the data folder `root` (nlu_data).

    Raises KnowledgeError, which names file, entry and key, when a file or a required key is missing, when a text
    takes something from the directory that is not there, or holds a phone number or a brace typed by hand.
    """
    sources = load_sources(root)
    source_ids = frozenset(sources)
    directory = load_directory(root, source_ids)
    flag_ids = load_flag_ids(root)
    languages = tuple(dict.fromkeys((*LANGUAGES, *CONSOLE_LANGUAGES)))
    catalogues = {language: load_catalogue(root, language) for language in languages}
    flags = {language: load_flags(root, language, flag_ids) for language in LANGUAGES}
    topics = {language: load_topics(root, language, sources) for language in LANGUAGES}
    for language, easy in EASY_LANGUAGES.items():
        catalogues[easy] = easy_catalogue(root, language, catalogues[language])
        flags[easy] = easy_flags(root, language, flags[language])
        topics[easy] = {
            topic_id: topic
            for name, ids in TOPIC_FILES.items()
            for topic_id, topic in easy_topics(root, language, name, {i: topics[language][i] for i in ids}).items()
        }
    for written in _all_written(catalogues, flags, topics):
        _check(written, directory)
    _same_everywhere(catalogues, SPEECHES, tuple(text_files(LANGUAGES[0]).keys() - {"console"}))
    _same_everywhere(catalogues, CONSOLE_LANGUAGES, ("console",))
    return _with_filled_tables(Knowledge(catalogues, flags, topics, directory, sources))


def _all_written(
    catalogues: Mapping[str, Catalogue],
    flags: Mapping[str, Mapping[str, FlagText]],
    topics: Mapping[str, Mapping[str, Topic]],
) -> Iterator[_Written]:
    for language, catalogue in catalogues.items():
        for full_key, reply in catalogue.items():
            name, key = full_key.split(".", 1)
            yield from _written_reply(_file(language, name), key, reply)
    for language, texts in flags.items():
        for flag_id, flag in texts.items():
            yield from ((_file(language, "flags"), flag_id, key, text) for key, text in vars(flag).items())
    for language, listed in topics.items():
        for topic in listed.values():
            name = "rights" if topic.id in TOPIC_FILES["rights"] else "situations"
            yield from ((_file(language, name), topic.id, key, getattr(topic, key)) for key in ("title", "text"))


def _file(language: str, name: str) -> str:
    """Where a text is written; of an easy form, where it would be."""
    if language in EASY_LANGUAGES.values():
        return easy_file(language_of(language), name)
    return text_files(language).get(name) or f"knowledge/{language}/{name}.yml"


def _written_reply(file: str, key: str, reply: Reply) -> Iterator[_Written]:
    yield file, key, "text", reply.text
    for button in reply.buttons:
        yield file, key, f"title of {button.payload}", button.title


def _check(written: _Written, directory: Directory) -> None:
    file, entry, key, text = written
    for kind, name in lookups(text):
        if name not in (NEEDS if kind == "numbers" else directory.entries):
            raise KnowledgeError(file, entry, key, f"{{{kind}:{name}}} is not in the directory")
    typed = without_placeholders(text)
    if "{" in typed or "}" in typed:
        raise KnowledgeError(file, entry, key, "has a brace that is not part of a placeholder")
    for number in typed_numbers(typed, directory.dialled()):
        raise KnowledgeError(file, entry, key, f"holds the number {number}; write {{phone:…}} with its id instead")
    values = next((table for name, table in VALUES.items() if file.endswith(f"/{name}.yml")), None)
    if values is not None and value_names(text) - values.get(entry, frozenset()):
        raise KnowledgeError(file, entry, key, f"may hold only the values {sorted(values.get(entry, ()))}")


def _same_everywhere(catalogues: Mapping[str, Catalogue], languages: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Every language must have the same keys, and take the same values in each."""
    expected = {key: value_names(catalogues[lang][key].text) for lang in languages for key in catalogues[lang]}
    for full_key, values in expected.items():
        name, key = full_key.split(".", 1)
        for language in languages if name in names else ():
            file = _file(language, name)
            if full_key not in catalogues[language]:
                raise KnowledgeError(file, language, key, "is missing, another language has it")
            if value_names(catalogues[language][full_key].text) != values:
                raise KnowledgeError(file, language, key, "takes other {values} than in another language")


def _with_filled_tables(knowledge: Knowledge) -> Knowledge:
    """Flags and topics take no values, so their numbers can be filled in once and for all."""

    def filled(language: str, text: str) -> str:
        return knowledge._filled(language, text, "text", {})

    flags = {
        language: {
            flag_id: FlagText(*(filled(language, t) for t in vars(flag).values())) for flag_id, flag in texts.items()
        }
        for language, texts in knowledge.flags.items()
    }
    topics = {
        language: {topic.id: replace(topic, text=filled(language, topic.text)) for topic in listed.values()}
        for language, listed in knowledge.topics.items()
    }
    return replace(knowledge, flags=flags, topics=topics)
