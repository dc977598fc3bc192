"""In which language a visitor is spoken to: what they chose, else what they write."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace

from bot.messages import LANGUAGES

DEFAULT_LANGUAGE = LANGUAGES[0]
PASTED_KINDS = frozenset({"job_offer", "dating", "help_offer"})
"""Kinds of text that are usually somebody else's words: they do not tell the visitor's own language."""

SHORT_TEXT_LETTERS = 12
"""A text with fewer letters ("да", "labi") is no proof of a language."""


def requested_language(accept_language: str | None) -> str:
    """The best of our languages in an Accept-Language header; Latvian when it names none of them."""
    return wished_language(accept_language) or DEFAULT_LANGUAGE


def wished_language(accept_language: str | None) -> str | None:
    """The best of our languages in an Accept-Language header; None when it names none of them."""
    wishes: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES:
            wishes.append((_quality(parameters), language))
    wishes = [wish for wish in wishes if wish[0] > 0]
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else None


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


@dataclass(frozen=True)
class _Spoken:
    """
    The language of one conversation, not chosen.

    `is_own`: the visitor's own words showed it, and not a pasted text or the browser. `other` is the language of their
    last message where it was another one.
    """

    language: str
    is_own: bool = False
    other: str | None = None


class SpokenLanguages:
    """
    The languages that were expected or detected, not chosen, for the `size` conversations heard last.

    A conversation's stored language that differs from the one here was chosen by the visitor and is never changed by
    what they write. After a restart nothing is known here, so every stored language counts as chosen.
    """

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._spoken: OrderedDict[str, _Spoken] = OrderedDict()

    def expect(self, conversation_id: str, language: str) -> None:
        """The browser's language: it decides while the first words are too few to tell."""
        self._keep(conversation_id, _Spoken(language))

    def decide(self, conversation_id: str, stored: str | None, text: str, detected: str, kind: str) -> str:
        """
        The language to answer `text` in.

        Pasted offers and very short texts never change the one before, and of somebody's own words two messages in a
        row must be in the other language: one borrowed sentence is no wish for it.
        """
        known = self._spoken.get(conversation_id)
        if stored is not None and (known is None or stored != known.language):
            return stored
        is_long = sum(map(str.isalpha, text)) >= SHORT_TEXT_LETTERS
        is_own = is_long and kind not in PASTED_KINDS
        if stored is None or known is None:
            first = known.language if known and not is_long and _may_be(known.language, text) else detected
            spoken = _Spoken(first, is_own)
        else:
            spoken = _next(known, detected) if is_own else known
        self._keep(conversation_id, spoken)
        return spoken.language

    def forget(self, conversation_id: str) -> None:
        """The language of the conversation is a choice from now on, or the conversation is gone."""
        self._spoken.pop(conversation_id, None)

    def _keep(self, conversation_id: str, spoken: _Spoken) -> None:
        self._spoken[conversation_id] = spoken
        self._spoken.move_to_end(conversation_id)
        while len(self._spoken) > self._size:
            self._spoken.popitem(last=False)


def _next(known: _Spoken, detected: str) -> _Spoken:
    """After a message in the visitor's own words."""
    if detected == known.language or not known.is_own or detected == known.other:
        return _Spoken(detected, is_own=True)
    return replace(known, other=detected)


def _may_be(language: str, text: str) -> bool:
    """Whether the letters of a short text leave `language` open: Latin ones may be Latvian, Cyrillic ones not."""
    is_cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    return is_cyrillic == (language != DEFAULT_LANGUAGE)
