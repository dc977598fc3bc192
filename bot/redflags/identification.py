"""Which language a text is in: the script first, then the model's language heads, then letters of one language only."""

from __future__ import annotations

from collections.abc import Mapping

from bot.redflags.features import letter_features
from bot.redflags.folding import Folded
from bot.redflags.languages import Language
from bot.redflags.model import Model
from bot.redflags.reading import is_latin

_LETTER_WEIGHT = 0.4


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
    return chances.get(f"language:{language.code}", 0.0) + _LETTER_WEIGHT * min(own_letters, 3) / 3
