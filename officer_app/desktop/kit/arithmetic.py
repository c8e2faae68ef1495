"""Sums as officers type them: 12*30+500, ５００×３, 5.5万, (80+20)*26."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, DecimalException, localcontext
from typing import Final

_TOKEN: Final = re.compile(r"\s*(?:(\d+(?:\.\d*)?|\.\d+)\s*([万亿千百]?)|([-+*/()]))")
_SIGNS: Final = str.maketrans(
    {"×": "*", "÷": "/", "−": "-", "–": "-", "【": "(", "】": ")", "。": ".", "x": "*", "X": "*"}
)
_SCALES: Final = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGITS: Final = 28
_LONGEST: Final = 120


def reckon(text: str) -> Decimal | None:
    """The value of a sum, exact where it can be; None when it is none.

    Full-width digits and signs, thousands separators and 万 are understood. Division keeps 28 digits.
    """
    tokens = _tokens(text)
    if not tokens:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            value, rest = _sum(tokens, 0)
        except (DecimalException, ValueError):
            return None
    return value if rest == len(tokens) and value.is_finite() else None


def plain(value: Decimal) -> str:
    """The value as answers are stored: no grouping, no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(text: str) -> str:
    """A stored number with thousands separators, its decimals as they are; other texts unchanged."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return text
    head, point, tail = text.partition(".")
    return f"{int(head):,}{point}{tail}" if head not in {"-0", "-"} else text


def is_plain_number(text: str) -> bool:
    """Whether what was typed is a number alone, without anything to reckon."""
    return re.fullmatch(r"[-+]?[\d,]*\.?\d*", _normal(text).strip()) is not None


def _normal(text: str) -> str:
    flat = unicodedata.normalize("NFKC", text).translate(_SIGNS).replace("，", ",").replace("、", ",")
    return flat.rstrip("=").strip()


def _tokens(text: str) -> list[str | Decimal]:
    """Numbers and signs in order; empty when anything else stands between them."""
    flat = re.sub(r"(?<=\d),(?=\d)", "", _normal(text))
    if len(flat) > _LONGEST:
        return []
    found: list[str | Decimal] = []
    place = 0
    while place < len(flat):
        match = _TOKEN.match(flat, place)
        if match is None:
            return []
        number, scale, sign = match.groups()
        found.append(sign or Decimal(number) * _SCALES[scale])
        place = match.end()
    return found


def _sum(tokens: list[str | Decimal], place: int) -> tuple[Decimal, int]:
    value, place = _product(tokens, place)
    while place < len(tokens) and tokens[place] in ("+", "-"):
        sign = tokens[place]
        other, place = _product(tokens, place + 1)
        value = value + other if sign == "+" else value - other
    return value, place


def _product(tokens: list[str | Decimal], place: int) -> tuple[Decimal, int]:
    value, place = _factor(tokens, place)
    while place < len(tokens) and tokens[place] in ("*", "/"):
        sign = tokens[place]
        other, place = _factor(tokens, place + 1)
        value = value * other if sign == "*" else value / other
    return value, place


def _factor(tokens: list[str | Decimal], place: int) -> tuple[Decimal, int]:
    first = tokens[place] if place < len(tokens) else ""
    if isinstance(first, Decimal):
        return first, place + 1
    if first in ("+", "-"):
        value, place = _factor(tokens, place + 1)
        return (-value if first == "-" else value), place
    if first != "(":
        raise ValueError(first)
    value, place = _sum(tokens, place + 1)
    if place >= len(tokens) or tokens[place] != ")":
        raise ValueError("(")
    return value, place + 1


def megabytes(size: int) -> str:
    """A size in bytes as megabytes of a million, with one decimal, and never nothing for something."""
    tenth = Decimal("0.1")
    return str(max((Decimal(size) / 1_000_000).quantize(tenth), tenth if size else Decimal(0)))
