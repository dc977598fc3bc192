"""The console's own words, in Latvian and English, out of nlu_data/knowledge/<language>/console.yml."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import HTTPConnection

from bot.knowledge import Knowledge

LANGUAGES = ("lv", "en")
LANGUAGE_COOKIE = "karogs-console-language"

VALUES = (
    "band",
    "code",
    "count",
    "flags",
    "limit",
    "minimum",
    "minutes",
    "quote",
    "seconds",
    "time",
    "visitor_language",
)
"""The values that a word may take; the page and `Words.text` fill them."""

_PREFIX = "console."


def chosen_language(connection: HTTPConnection) -> str:
    """The language of the console that the operator chose: in the address, else the cookie, else Latvian."""
    for choice in (connection.query_params.get("language"), connection.cookies.get(LANGUAGE_COOKIE)):
        if choice in LANGUAGES:
            return choice
    return LANGUAGES[0]


class Words:
    """All words of the console. Raises KnowledgeError when a word takes a value that nobody gives."""

    def __init__(self, knowledge: Knowledge) -> None:
        unfilled = {name: f"{{{name}}}" for name in VALUES}
        self._words = {
            language: {
                key.removeprefix(_PREFIX): knowledge.text(language, key, **unfilled)
                for key in knowledge.keys(language, _PREFIX)
            }
            for language in LANGUAGES
        }

    def all(self, language: str) -> Mapping[str, str]:
        """Every word by its key, places for values still open as `{name}`."""
        return self._words[language]

    def text(self, language: str, key: str, **values: object) -> str:
        """One word with its values; raises KeyError for a key that is not in the file."""
        return self._words[language][key].format(**values)

    def error(self, language: str, code: str, **values: object) -> str:
        """The sentence for an error code; of a code that the file does not know, the code itself."""
        return self.text(language, f"error_{code}", **values) if f"error_{code}" in self._words[language] else code

    def flag(self, language: str, flag_id: str) -> tuple[str, str]:
        """Name and reason of a red flag; of a flag that is newer than the file, its id."""
        words = self._words[language]
        return words.get(f"flag_{flag_id}", flag_id), words.get(f"why_{flag_id}", "")
