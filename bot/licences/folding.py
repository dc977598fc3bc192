"""Spellings of a name made comparable: without case and diacritics, then without the alphabet it is written in."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "'": None, "’": None, "ʼ": None}
)
_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгґдезиіклмнопрстуфхыэ", "abvggdeziiklmnoprstufhie", strict=True)),
        **{"ж": "z", "ц": "c", "ч": "c", "ш": "s", "щ": "sc", "ю": "iu", "я": "ia", "є": "ie", "ь": "", "ъ": ""},
    }
)
_SOUNDS = (("ph", "f"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("ck", "k"), ("x", "ks"), ("qu", "kv"))
_LETTERS = str.maketrans("cqwyj", "kkvii")
_DOUBLED = re.compile(r"(.)\1+")


def folded(text: str) -> str:
    """`text` in lower case and without diacritics: "Rīgas ŪDENS" is "rigas udens"."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_STROKES)


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, without anything between them."""
    return tuple(_WORD.findall(folded(text)))


def sounded(word: str) -> str:
    """A folded word as it sounds in either alphabet: "балтик", "baltic" and "baltik" become one."""
    latin = word.translate(_CYRILLIC)
    for written, heard in _SOUNDS:
        latin = latin.replace(written, heard)
    return latin.translate(_LETTERS)


def undoubled(word: str) -> str:
    """A word with every doubled letter once, as it is heard."""
    return _DOUBLED.sub(r"\1", word)
