"""The static files of the chat page, held in memory, and its HTML with the words of the knowledge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.gateway.findings import Findings
from bot.knowledge import Knowledge

WEB = Path(__file__).parent / "web"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

LANGUAGE_NAMES = MappingProxyType({"lv": "Latviešu", "ru": "Русский", "uk": "Українська"})
"""Each language by its own name: the only words on the page that are the same in every language."""


@dataclass(frozen=True)
class StaticFile:
    """One file of the page as it is sent."""

    content: bytes
    media_type: str


class Pages:
    """
    The chat page, the form without JavaScript and the widget's loader.

    `exit_url` is the neutral site that quick exit opens; with `may_be_framed` the loader shows the chat in a frame
    on the partner's page, else it opens the chat in a window of its own.
    """

    def __init__(self, knowledge: Knowledge, exit_url: str, *, may_be_framed: bool = False) -> None:
        self._knowledge = knowledge
        self._exit_url = exit_url
        self._templates = Environment(
            loader=FileSystemLoader(WEB),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._words = {language: _page_words(knowledge, language) for language in knowledge.languages}
        self._chat = {language: self._render_chat(language) for language in knowledge.languages}
        self._widget = self._render_widget(may_be_framed)
        self.files: Mapping[str, StaticFile] = _static_files(WEB / "static")

    def chat(self, language: str) -> str:
        """The chat page, its first words in `language` and those of the other languages with it."""
        return self._chat[language]

    def widget(self) -> str:
        """The loader for partners' pages."""
        return self._widget

    def form(self, language: str, text: str = "", findings: Findings | None = None, error: str | None = None) -> str:
        """The form without JavaScript, with the findings of the text or with what is wrong with it."""
        return self._templates.get_template("check.html").render(
            **self._frame(language), text=text, findings=findings, error=error, parts=text_parts(text, findings)
        )

    def _render_chat(self, language: str) -> str:
        return self._templates.get_template("chat.html").render(
            **self._frame(language), all_words=_embedded_json(self._words)
        )

    def _frame(self, language: str) -> dict[str, object]:
        words = self._words[language]
        return {"language": language, "languages": LANGUAGE_NAMES, "words": words, "exit_url": self._exit_url}

    def _render_widget(self, may_be_framed: bool) -> str:
        labels = {language: words["widget_label"] for language, words in self._words.items()}
        settings = json.dumps({"labels": labels, "mayBeFramed": may_be_framed}, ensure_ascii=False)
        return (WEB / "widget.js").read_text("utf-8").replace("/* settings */ null", settings)


def text_parts(text: str, findings: Findings | None) -> list[tuple[str, bool]]:
    """`text` cut into pieces with whether each is evidence of a red flag, in order and without overlaps."""
    parts: list[tuple[str, bool]] = []
    position = 0
    for flag in sorted(findings.assessment.flags, key=lambda flag: flag.start) if findings else ():
        start = max(flag.start, position)
        if flag.end <= start:
            continue
        parts += [(text[position:start], False), (text[start : flag.end], True)]
        position = flag.end
    return [part for part in [*parts, (text[position:], False)] if part[0]]


def _page_words(knowledge: Knowledge, language: str) -> dict[str, str]:
    # {count} is filled by the page while somebody types; the other placeholders are filled here.
    keys = [key.removeprefix("page.") for key in knowledge.keys(language, "page.")]
    return {key: knowledge.text(language, f"page.{key}", count="{count}") for key in keys if key[:6] != "error_"}


def _embedded_json(value: object) -> Markup:
    # "<" would let a text end the script element that carries it.
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704


def _static_files(folder: Path) -> Mapping[str, StaticFile]:
    return {
        path.name: StaticFile(path.read_bytes(), MEDIA_TYPES[path.suffix])
        for path in sorted(folder.iterdir())
        if path.suffix in MEDIA_TYPES
    }
