"""Who says no: whether a phrase found in a text is denied there ("no fees", "passports stay with you")."""

from __future__ import annotations

from collections.abc import Sequence

from bot.redflags.languages import Negators, without_marks
from bot.redflags.phrases import Hit
from bot.redflags.tokens import Token

_REACH_BEFORE, _REACH_AFTER = 3, 2


def is_denied(hit: Hit, tokens: Sequence[Token], negators: Negators) -> bool:
    """
    True when a word of denial outside the phrase, in its clause, belongs to it.

    A phrase with a denial of its own ("does not let out") is not denied by a second one: all three languages double
    their negations ("nobody does not let out"). "Without" is no such denial: "without a contract we do not work".
    """
    if any(_is_negative(tokens[index], negators) for index in hit.places):
        return False
    return _before(hit, tokens, negators) or _inside(hit, tokens, negators) or _after(hit, tokens, negators)


def _inside(hit: Hit, tokens: Sequence[Token], negators: Negators) -> bool:
    between = set(range(hit.first, hit.last)) - set(hit.places)
    return any(_means_no(tokens[index], negators.before) for index in between)


def _before(hit: Hit, tokens: Sequence[Token], negators: Negators) -> bool:
    left = _REACH_BEFORE
    for index in range(hit.first - 1, -1, -1):
        token = tokens[index]
        if token.clause != tokens[hit.first].clause or left == 0:
            return False
        if _means_no(token, negators.before):
            return not _is_condition(tokens[index - 1 : index], negators)
        left -= token.is_word
    return False


def _after(hit: Hit, tokens: Sequence[Token], negators: Negators) -> bool:
    left = _REACH_AFTER
    for token in tokens[hit.last + 1 :]:
        if token.clause != tokens[hit.last].clause or left == 0:
            return False
        if _means_no(token, negators.after):
            return True
        left -= token.is_word
    return False


def _is_condition(before: Sequence[Token], negators: Negators) -> bool:
    """ "If I do not come he shows them" denies that somebody comes, and not that he shows them."""
    return any(_means_no(token, negators.conditions) for token in before)


def _is_negative(token: Token, negators: Negators) -> bool:
    if token.text in negators.without:
        return False
    prefixed = bool(negators.prefix) and token.text.startswith(negators.prefix)
    return prefixed or _means_no(token, negators.before) or _means_no(token, negators.after)


def _means_no(token: Token, words: frozenset[str]) -> bool:
    return token.text in words or without_marks(token.text) in words
