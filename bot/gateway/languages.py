"""In which language a visitor is spoken to: what they chose, else what they write."""

from __future__ import annotations

from collections import OrderedDict

from bot.messages import LANGUAGES

DEFAULT_LANGUAGE = LANGUAGES[0]
PASTED_KINDS = frozenset({"job_offer", "dating", "help_offer"})
"""Kinds of text that are usually somebody else's words: they do not tell the visitor's own language."""

SHORT_TEXT_LETTERS = 12
"""A text with fewer letters ("да", "labi") is no proof of a language."""


def requested_language(accept_language: str | None) -> str:
    """The best of our languages in an Accept-Language header; Latvian when it names none of them."""
    wishes: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES:
            wishes.append((_quality(parameters), language))
    wishes = [wish for wish in wishes if wish[0] > 0]
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else DEFAULT_LANGUAGE


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


class SpokenLanguages:
    """
    The language each conversation is answered in while nobody chose one.

    A pasted offer and a very short text never change what the visitor's own words have shown. Kept in memory
    for the `size` conversations heard last; a forgotten one is simply detected again.
    """

    def __init__(self, size: int = 10_000) -> None:
        self._size = size
        self._spoken: OrderedDict[str, str] = OrderedDict()

    def decide(self, conversation_id: str, text: str, detected: str, kind: str) -> str:
        """The language to answer `text` in, remembered for the next message of the conversation."""
        known = self._spoken.get(conversation_id)
        is_own_words = kind not in PASTED_KINDS and sum(map(str.isalpha, text)) >= SHORT_TEXT_LETTERS
        language = detected if known is None or is_own_words else known
        return self.remember(conversation_id, language)

    def remember(self, conversation_id: str, language: str) -> str:
        """`language`, which the conversation is answered in from now on."""
        self._spoken[conversation_id] = language
        self._spoken.move_to_end(conversation_id)
        while len(self._spoken) > self._size:
            self._spoken.popitem(last=False)
        return language

    def last(self, conversation_id: str) -> str:
        """The language last decided, Latvian when none was."""
        return self._spoken.get(conversation_id, DEFAULT_LANGUAGE)

    def forget(self, conversation_id: str) -> None:
        self._spoken.pop(conversation_id, None)
