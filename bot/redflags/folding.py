"""
Folding: one plain spelling for every disguise, with the way back to the original.

People hide words from filters (zero-width characters, letters of the other alphabet, spaced letters, digits for
letters), and people type in a hurry. Everything after this module reads the folded text only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_CYRILLIC_TWINS = dict(zip("aceiopxykmthb", "асеіорхукмтнв", strict=True)) | {"u": "и", "r": "г", "n": "п"}
_LATIN_TWINS = dict(zip("асеіорхукмтнвигп", "aceiopxykmthburn", strict=True))
_ASCII_LETTER = re.compile("[a-z]")
_CYRILLIC_DIGITS = {"0": "о", "1": "и", "3": "з", "4": "ч", "6": "б"}
_LATIN_DIGITS = {"0": "o", "1": "i", "3": "e", "5": "s"}  # not 4: in Latin letters it stands for «ч»
_IGNORED = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_MARK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*·|/]){3,}[^\W_](?![^\W_])")
_ONLY_DIGITS_BETWEEN = re.compile(
    r"(?<=[^\W\d_])\d+(?=[^\W\d_])|(?<=[^\W\d_]{2})\d(?![^\W_])|(?<![^\W_])\d(?=[^\W\d_]{3})"
)
_LETTER_O_IN_NUMBER = re.compile(r"(?<=\d)[oо]+(?![^\W\d_])")
_SAME_THRICE = re.compile(r"([^\W\d_])\1{2,}")
_REVERSED = re.compile("\u202e([^\u202c\n]*)")


@dataclass(frozen=True)
class Folded:
    """
    The folded text and, for each of its characters, the index of the original character it came from.

    `disguise` counts the places where something hidden was undone: 0 in an ordinary text.
    """

    text: str
    origin: tuple[int, ...]
    disguise: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span, end exclusive, of folded characters `start` to `end` (not empty)."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str) -> Folded:
    """The folded form of any text; it is never longer than about three times the original."""
    chars, origin, hidden = _plain(text)
    chars, origin, joined = _join_spaced(chars, origin)
    folded, changed = _untangle_words("".join(chars))
    folded, origin = _shorten_repeats(folded, origin)
    return Folded(folded, tuple(origin), hidden + joined + changed)


@lru_cache(maxsize=4096)
def _plain_char(char: str) -> str:
    """Width and case folded, marks that make no letter of ours dropped; may be empty or several characters."""
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # half a character, as broken JSON brings it, cannot be encoded
    plain = unicodedata.normalize("NFKC", char).casefold().replace("ё", "е")
    if plain in {"’", "ʼ", "`", "´", "ʹ", "‘"}:
        return "'"
    return "".join(piece for piece in plain if piece.isascii() or not unicodedata.combining(piece))


class _PlainTable(dict[int, str]):
    """`str.translate` table that learns each character's plain form when it first meets it."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain_char(chr(code))
        return plain


_TABLE = _PlainTable()


def _plain(text: str) -> tuple[list[str], list[int], int]:
    if not _IGNORED.search(text) and not _MARK.search(text):
        plain = text.translate(_TABLE)
        # Nothing is dropped without marks and ignored characters, so the same length means one for one.
        if len(plain) == len(text):
            return list(plain), list(range(len(text))), 0
    return _plain_by_clusters(text)


def _plain_by_clusters(text: str) -> tuple[list[str], list[int], int]:
    chars: list[str] = []
    origin: list[int] = []
    hidden = 0
    for start, cluster in _clusters(text):
        if _IGNORED.match(cluster):
            hidden += bool(chars) and chars[-1].isalnum() and _letter_follows(text, start + 1)
            continue
        hidden += len(cluster) > 2
        for piece in _plain_char(cluster if len(cluster) == 1 else _composed(cluster)):
            chars.append(piece)
            origin.append(start)
    return chars, origin, hidden


def _letter_follows(text: str, index: int) -> bool:
    return index < len(text) and text[index].isalpha()


def _clusters(text: str) -> list[tuple[int, str]]:
    """Base characters with the combining marks behind them; text under a right-to-left override is turned round."""
    order = list(range(len(text)))
    for match in _REVERSED.finditer(text):
        order[match.start(1) : match.end(1)] = reversed(order[match.start(1) : match.end(1)])
    if text.isascii() or not any(unicodedata.combining(char) for char in text):
        return [(index, text[index]) for index in order]
    clusters: list[tuple[int, str]] = []
    for index in order:
        if clusters and unicodedata.combining(text[index]):
            clusters[-1] = (clusters[-1][0], (clusters[-1][1] + text[index])[:8])
        else:
            clusters.append((index, text[index]))
    return clusters


def _composed(cluster: str) -> str:
    composed = unicodedata.normalize("NFC", cluster)
    return composed if len(composed) == 1 else cluster[0]


def _join_spaced(chars: list[str], origin: list[int]) -> tuple[list[str], list[int], int]:
    """`d e v u s h k i` and `э-с-к-о-р-т` become words."""
    drop: set[int] = set()
    joined = 0
    for match in _SPACED.finditer("".join(chars)):
        letters = sum(char.isalpha() for char in match.group())
        if letters >= 3:
            drop.update(range(match.start() + 1, match.end(), 2))
            joined += 1
    if not drop:
        return chars, origin, 0
    kept = [index for index in range(len(chars)) if index not in drop]
    return [chars[i] for i in kept], [origin[i] for i in kept], joined


def _untangle_words(text: str) -> tuple[str, int]:
    """The same text, letter for letter, with each word in one alphabet; and how many words were mixed."""
    cyrillic_text = sum("а" <= char <= "ї" for char in text) > len(text) // 4
    changed = 0
    pieces: list[str] = []
    position = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isalpha() and (word.isascii() or not _ASCII_LETTER.search(word)):
            continue  # one alphabet and no digit
        plain = _one_alphabet(word, cyrillic_text)
        changed += plain != word
        pieces += [text[position : match.start()], plain]
        position = match.end()
    return "".join(pieces) + text[position:], changed


def _one_alphabet(word: str, cyrillic_text: bool) -> str:
    word = _LETTER_O_IN_NUMBER.sub(lambda match: "0" * len(match.group()), word)
    cyrillic = [char for char in word if "Ѐ" <= char <= "ӿ"]
    latin = [char for char in word if char.isascii() and char.isalpha()]
    if cyrillic and latin:
        sure_cyrillic = any(char not in _LATIN_TWINS for char in cyrillic)
        sure_latin = any(char not in _CYRILLIC_TWINS for char in latin)
        to_cyrillic = sure_cyrillic or (not sure_latin and cyrillic_text)
        twins = _CYRILLIC_TWINS if to_cyrillic else _LATIN_TWINS
        word = "".join(twins.get(char, char) for char in word)
        cyrillic = cyrillic if to_cyrillic else []
    if cyrillic or latin:
        digits = _CYRILLIC_DIGITS if cyrillic else _LATIN_DIGITS
        word = _ONLY_DIGITS_BETWEEN.sub(lambda match: "".join(digits.get(d, d) for d in match.group()), word)
    return word


def _shorten_repeats(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """`sroooočno` becomes `sročno`."""
    if not _SAME_THRICE.search(text):
        return text, origin
    keep = [True] * len(text)
    for match in _SAME_THRICE.finditer(text):
        keep[match.start() + 1 : match.end()] = [False] * (match.end() - match.start() - 1)
    return "".join(c for c, k in zip(text, keep, strict=True) if k), [o for o, k in zip(origin, keep, strict=True) if k]
