"""Which language a text is in: its script, the model's language heads, letters and words of one language only."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.redflags.features import letter_features
from bot.redflags.folding import Folded
from bot.redflags.languages import Language
from bot.redflags.model import Model
from bot.redflags.reading import is_latin

_LETTER_WEIGHT = 0.4
_WORD_WEIGHT = 0.5
_ENOUGH = 3
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def identify(folded: Folded, languages: Mapping[str, Language], model: Model) -> str:
    """The code of the text's language; the first of `languages` in Latin script for a text without letters."""
    latin = is_latin(folded.text)
    if not any(map(str.isalpha, folded.text)):
        return next(iter(languages))
    possible = [code for code, language in languages.items() if latin or language.script == "cyrillic"]
    chances = model.probabilities(letter_features(folded.text))
    return max(possible, key=lambda code: _score(folded.text, languages[code], chances, latin))


def _score(text: str, language: Language, chances: Mapping[str, float], latin: bool) -> float:
    own_script = (language.script == "latin") == latin
    own_letters = sum(char in language.letters for char in text) if own_script else 0
    words = _WORD.findall(text)
    own_words = sum(word in language.words for word in words) / max(1, min(len(words), _ENOUGH))
    letters = _LETTER_WEIGHT * min(own_letters, _ENOUGH) / _ENOUGH
    return chances.get(f"language:{language.code}", 0.0) + letters + _WORD_WEIGHT * min(own_words, 1.0)
