"""How long a passphrase would hold against guessing: a rough word for the person who makes it up, never a gate.

Counted is what a guesser does not get for nothing: letters that repeat the one before, or follow it on the keyboard's
rows or in the alphabet, count a fifth; a name that everybody knows makes it weak whatever else it holds. Each letter
that counts is worth the logarithm of its alphabet. Half the bits are given away for words, which people choose.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import Enum
from typing import Final

from officer_app.trust.passphrases import LEAST_CHARACTERS, normalise

_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_CHINESE: Final = 2_500  # characters in daily use
_REPEATED: Final = 0.2
_FAIR: Final = 24.0
_GOOD: Final = 36.0


class Strength(Enum):
    """From too short to good."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def strength(passphrase: str, known: Iterable[str] = ()) -> Strength:
    """The word for a passphrase; `known` are names that stand beside it, as the person's own."""
    text = normalise(passphrase)
    if len(text) < LEAST_CHARACTERS:
        return Strength.SHORT
    low = text.lower()
    names = [name.lower() for name in known if len(name) >= 2]
    for name in names:
        low = low.replace(name, "")
    bits = _bits(low) / 2
    if bits < _FAIR:
        return Strength.WEAK
    return Strength.FAIR if bits < _GOOD else Strength.GOOD


def _bits(text: str) -> float:
    if not text:
        return 0.0
    each = math.log2(_alphabet(text))
    counted = sum(
        _REPEATED if _follows(before, letter) else 1.0 for before, letter in zip(f"\0{text}", text, strict=False)
    )
    return counted * each


def _alphabet(text: str) -> int:
    size = 26 * any(letter.isascii() and letter.isalpha() for letter in text)
    size += 10 * any(letter.isdecimal() for letter in text)
    size += 30 * any(letter.isascii() and not letter.isalnum() for letter in text)
    size += _CHINESE * any(not letter.isascii() for letter in text)
    return max(size, 2)


def _follows(before: str, letter: str) -> bool:
    if before == letter:
        return True
    pair, back = before + letter, letter + before
    return any(pair in row or back in row for row in _ROWS)
