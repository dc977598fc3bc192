"""
Conversations as staff write them in `tests/talks/<language>.yml`: what a visitor says or taps, and what comes back.

A conversation has a `name` and `turns`. A turn has `say` or `tap` (a payload), and expects: `has` (each of these stands
in the answers), `any` (at least one of these does), `lacks` (none does), `buttons` (payloads that are offered),
`route` (who answers then). Case and the kind of spaces do not count. `easy: true` opens it in easy language.

`tests/talks/open/` has conversations that the assistant does not hold well yet, as somebody would want them: to do.
`python -m tests.talks ADDRESS` holds them all with a running Karogs and says what is wrong; a mended one moves up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.messages import PAYLOADS, Route

FOLDER = Path(__file__).parent
TURN_KEYS = frozenset({"say", "tap", "has", "any", "lacks", "buttons", "route"})


@dataclass(frozen=True)
class Heard:
    """What came back in one turn."""

    texts: Sequence[str]
    payloads: Sequence[str]
    route: str

    @property
    def plain(self) -> str:
        """All texts in one, as they are compared."""
        return _plain("\n".join(self.texts))


@dataclass(frozen=True)
class Turn:
    """One step of the visitor, and what must and must not come back."""

    words: str
    has: Sequence[str] = ()
    any: Sequence[str] = ()
    lacks: Sequence[str] = ()
    buttons: Sequence[str] = ()
    route: str | None = None

    @classmethod
    def of(cls, written: dict[str, Any]) -> Turn:
        """Raises ValueError for a turn that expects nothing, or holds a key or a payload that nobody knows."""
        unknown = set(written) - TURN_KEYS
        if unknown or ("say" in written) == ("tap" in written):
            raise ValueError(f"a turn says or taps something; unknown keys: {sorted(unknown)}")
        if len(written) == 1:
            raise ValueError("a turn expects something")
        payloads = {*written.get("buttons", ()), *([written["tap"]] if "tap" in written else [])}
        if payloads - PAYLOADS or written.get("route", "bot") not in {route.value for route in Route}:
            raise ValueError(f"unknown payloads or route: {sorted(payloads - PAYLOADS)} {written.get('route')}")
        expected = {key: written[key] for key in ("has", "any", "lacks", "buttons", "route") if key in written}
        return cls(written.get("say") or written["tap"], **expected)

    def faults(self, heard: Heard) -> list[str]:
        """What is not as expected, for a person to read; empty when all is."""
        said = heard.plain
        found = [f"lacks {words!r}" for words in self.has if _plain(words) not in said]
        found += [f"has {words!r}" for words in self.lacks if _plain(words) in said]
        if self.any and not any(_plain(words) in said for words in self.any):
            found.append(f"has none of {list(self.any)!r}")
        found += [f"offers no {payload}" for payload in self.buttons if payload not in heard.payloads]
        if self.route is not None and heard.route != self.route:
            found.append(f"route is {heard.route}")
        return found if heard.texts or self.route in {"waiting", "human"} else [*found, "says nothing"]


@dataclass(frozen=True)
class Talk:
    """One conversation."""

    language: str
    name: str
    turns: Sequence[Turn]
    is_easy: bool = False


def read_talks(language: str, folder: str = "") -> list[Talk]:
    """
    The conversations of one language; those in the folder "open/" are not held well yet.

    Raises ValueError that names the conversation and the turn.
    """
    talks = []
    for written in yaml.safe_load((FOLDER / f"{folder}{language}.yml").read_text(encoding="utf-8")):
        turns = []
        for number, turn in enumerate(written["turns"], start=1):
            try:
                turns.append(Turn.of(turn))
            except ValueError as error:
                raise ValueError(f"{language}: {written['name']}: turn {number}: {error}") from None
        talks.append(Talk(language, written["name"], turns, bool(written.get("easy"))))
    return talks


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
