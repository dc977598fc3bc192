"""The texts of one language: responses, system, page, advice, licences and console words, each under `file.key`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.knowledge.documents import Document
from bot.knowledge.required import (
    ADVICE,
    BUTTONS,
    CONSOLE_LANGUAGES,
    LICENCES,
    RESPONSES,
    SELF_CHECK,
    STORY_TEXTS,
    SYSTEM,
    TALK,
)
from bot.messages import LANGUAGES, PAYLOADS, Button, Reply

Catalogue = Mapping[str, Reply]
"""Texts as they are written, placeholders unfilled, by their key: "system.emergency", "responses.utter_greet"."""

_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "responses": RESPONSES,
    "system": SYSTEM,
    "advice": tuple(ADVICE),
    "licences": tuple(LICENCES),
    "self_check": tuple(SELF_CHECK),
    "stories": tuple(STORY_TEXTS),
    "talk": tuple(TALK),
    "page": (),
    "console": (),
}

_VISITOR_FILES = ("system", "advice", "licences", "self_check", "stories", "talk", "page")


def text_files(language: str) -> Mapping[str, str]:
    """The files of one language by the first part of their keys, as paths under the data folder."""
    files = {}
    if language in LANGUAGES:
        files["responses"] = f"domain/responses/{language}.yml"
        files |= {name: f"knowledge/{language}/{name}.yml" for name in _VISITOR_FILES}
    if language in CONSOLE_LANGUAGES:
        files["console"] = f"knowledge/{language}/console.yml"
    return files


def load_catalogue(root: Path, language: str) -> Catalogue:
    """Every text of one language. Raises KnowledgeError."""
    catalogue: dict[str, Reply] = {}
    for name, file in text_files(language).items():
        document = Document.read(root, file)
        texts = texts_of(document)
        for key in _REQUIRED[name]:
            document.required(texts, language, key)
        catalogue |= {f"{name}.{key}": reply for key, reply in texts.items()}
        _require_buttons(document, language, name, texts)
    return catalogue


def texts_of(document: Document) -> dict[str, Reply]:
    """The texts of one file by their keys; those of a mapping in it are joined to its own with a dot."""
    return dict(_texts(document, document.mapping(), ()))


def _texts(document: Document, mapping: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Reply]]:
    for name, value in mapping.items():
        key = ".".join((*path, name))
        if isinstance(value, dict) and "text" not in value:
            yield from _texts(document, document.mapping_of(value, key, name), (*path, name))
        else:
            yield key, _reply(document, key, value)


def _reply(document: Document, key: str, value: Any) -> Reply:
    if not isinstance(value, dict):
        return Reply(document.sentence(value, key, "text"))
    for unknown in sorted(set(value) - {"text", "buttons"}):
        raise document.error(key, str(unknown), "is not known here; a text has text and buttons")
    buttons = value.get("buttons", [])
    if not isinstance(buttons, list):
        raise document.error(key, "buttons", "must be a list")
    return Reply(document.sentence(value["text"], key, "text"), tuple(_button(document, key, item) for item in buttons))


def _button(document: Document, key: str, value: Any) -> Button:
    button = document.mapping_of(value, key, "buttons")
    payload = document.required(button, key, "payload")
    if payload not in PAYLOADS:
        raise document.error(key, "payload", f"{payload} is not a payload that anybody handles")
    return Button(document.sentence(document.required(button, key, "title"), key, "title"), payload)


def _require_buttons(document: Document, language: str, name: str, texts: Mapping[str, Reply]) -> None:
    for key, reply in texts.items():
        missing = BUTTONS.get(f"{name}.{key}", frozenset()) - {button.payload for button in reply.buttons}
        for payload in sorted(missing):
            raise document.error(key, "buttons", f"{payload} is missing ({language})")
