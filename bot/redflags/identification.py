"""Which language a text is in: its script, the model's language heads, letters and words of one language only."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from bot.redflags.features import letters
from bot.redflags.folding import Folded
from bot.redflags.languages import Language
from bot.redflags.model import Scales
from bot.redflags.reading import is_latin
from bot.redflags.vocabulary import Row

LETTER_COLUMNS = 1 << 16
"""Pieces of letters share so many columns here: the languages need no exact vocabulary."""
_LETTER_WEIGHT = 0.4
_WORD_WEIGHT = 0.5
_ENOUGH = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def identify(folded: Folded, languages: Mapping[str, Language], scales: Scales) -> str:
    """The code of the text's language; the first of `languages` in Latin script for a text without letters."""
    latin = is_latin(folded.text)
    if not any(map(str.isalpha, folded.text)):
        return next(iter(languages))
    possible = [code for code, language in languages.items() if latin or language.script == "cyrillic"]
    margins = np.clip(scales.margins(letter_row(folded.text)), -30, 30)
    chances = dict(zip(scales.heads, (1.0 / (1.0 + np.exp(-margins))).tolist(), strict=True))
    return max(possible, key=lambda code: _score(folded.text, languages[code], chances, latin))


def letter_row(text: str) -> Row:
    """The pieces of letters of a folded text, marks kept: what a language is recognised by."""
    hashed = (letters(text, keep_marks=True).keys >> np.uint64(40)) & np.uint64(LETTER_COLUMNS - 1)
    columns, counts = np.unique(hashed, return_counts=True)
    values = 1.0 + np.log(counts)
    return Row(columns.astype(np.int64), np.asarray(values / np.sqrt(np.sum(values * values)), dtype=np.float32))


def _score(text: str, language: Language, chances: Mapping[str, float], latin: bool) -> float:
    own_script = (language.script == "latin") == latin
    own_letters = sum(char in language.letters for char in text) if own_script else 0
    words = _WORD.findall(text)
    own_words = sum(word in language.words for word in words) / max(1, min(len(words), _ENOUGH))
    own = _LETTER_WEIGHT * min(own_letters, _ENOUGH) / _ENOUGH
    return chances.get(f"language:{language.code}", 0.0) + own + _WORD_WEIGHT * min(own_words, 1.0)
