"""Amounts read back in English, so that a zero too many is heard."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_LARGE: Final = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_BEYOND: Final = Decimal(10) ** 12


def yuan_in_english(value: Decimal) -> str:
    """1230500.5 as '1 million 230 thousand 500 yuan 50 fen'; "" from 10^12 on.

    The sizes are words and the rest stays in figures: spelled out whole it would not fit beside a field, and what is
    cut off is not checked. Units: yuan, rounded half up to fen.
    """
    rounded = abs(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    if rounded >= _BEYOND:
        return ""
    yuan, fen = divmod(int(rounded * 100), 100)
    told = [*_sizes(yuan), "yuan", *([str(fen), "fen"] if fen else [])]
    return ("minus " if value < 0 and rounded else "") + " ".join(told)


def _sizes(number: int) -> list[str]:
    told: list[str] = []
    for size, name in _LARGE:
        many, number = divmod(number, size)
        told += [str(many), name] if many else []
    return [*told, str(number)] if number or not told else told
