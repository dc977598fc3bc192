"""
What stands in braces in a text.

`{phone:lv_112}`, `{entry:lv_patverums}` and `{numbers:advice}` are looked up in the directory;
any other `{name}` is a value that the caller gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_PLACEHOLDER = re.compile(r"\{(?:(?P<kind>phone|entry|numbers):(?P<id>[a-z0-9_]+)|(?P<name>[a-z][a-z0-9_]*))\}")


def lookups(text: str) -> list[tuple[str, str]]:
    """Kind and id of everything that `text` takes from the directory."""
    return [(m["kind"], m["id"]) for m in _PLACEHOLDER.finditer(text) if m["kind"]]


def value_names(text: str) -> frozenset[str]:
    """The names of the values that a caller must give."""
    return frozenset(m["name"] for m in _PLACEHOLDER.finditer(text) if m["name"])


def without_placeholders(text: str) -> str:
    """`text` with a space where a placeholder stood: what its writer typed by hand."""
    return _PLACEHOLDER.sub(" ", text)


def fill(text: str, look_up: Callable[[str, str], str], values: Mapping[str, object]) -> str:
    """
    `text` with every placeholder replaced, in one pass: a value that holds braces itself stays as it is.

    Raises KeyError with the name of a value that was not given.
    """
    return _PLACEHOLDER.sub(lambda m: look_up(m["kind"], m["id"]) if m["kind"] else str(values[m["name"]]), text)
