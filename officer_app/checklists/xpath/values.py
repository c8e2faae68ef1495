"""The four types of XPath and how one becomes another, with ODK's reading of dates as numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal
from functools import lru_cache
from math import inf, isinf, isnan, nan
from typing import Final, TypeAlias

from officer_app.checklists.xpath.dates import days_of, looks_like_date, moment_of
from officer_app.checklists.xpath.nodes import Node

Value: TypeAlias = "float | str | bool | list[Node]"

_NUMBER: Final = re.compile(r"\s*(-?(?:\d+(?:\.\d*)?|\.\d+))\s*")
# Sums of fen differ in the last bit; ODK Collect (JavaRosa) calls such numbers equal, and so do we.
_CLOSE: Final = 1e-12


@lru_cache(maxsize=65_536)
def plain_number(text: str) -> float:
    """The number that a text writes, NaN when it writes none; no exponent, no plus, no comma."""
    found = _NUMBER.fullmatch(text)
    return float(found[1]) if found else nan


def number_in(text: str, zone: tzinfo) -> float:
    """The number of a text; an ISO date counts as days since 1970."""
    number = plain_number(text)
    if number == number or not looks_like_date(text):  # noqa: PLR0124  a number equals itself, NaN does not
        return number
    moment = moment_of(text, zone)
    return nan if moment is None else days_of(moment)


def numbers_of(nodes: list[Node], zone: tzinfo) -> list[float]:
    """The number of each node; only where one writes none are dates looked for."""
    texts = [node.text() if node.value is None else node.value for node in nodes]
    numbers = list(map(plain_number, texts))
    return [number_in(text, zone) for text in texts] if any(map(isnan, numbers)) else numbers


def to_number(value: Value, zone: tzinfo) -> float:
    """`number()` of the specification, dates included."""
    if value.__class__ is float:
        return value
    if value.__class__ is list:
        if not value:
            return nan
        first = value[0]
        text = first.value
        return number_in(first.text() if text is None else text, zone)
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return number_in(str(value), zone)


def to_text(value: Value) -> str:
    """`string()` of the specification."""
    if value.__class__ is str:
        return value
    if value.__class__ is list:
        if not value:
            return ""
        first = value[0]
        return first.text() if first.value is None else first.value
    if isinstance(value, float):
        return number_text(value)
    return "true" if value else "false"


def to_boolean(value: Value) -> bool:
    """`boolean()` of the specification: a text is true when it is not empty, 'false' included."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return not isnan(value) and value != 0
    return len(value) > 0


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no trailing zeros, no sign on zero."""
    text = repr(number)
    if text.endswith(".0"):
        return "0" if number == 0 else text[:-2]
    if text[-1].isdigit() and "e" not in text:
        return text
    if isnan(number):
        return "NaN"
    if isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return format(Decimal(text), "f").removesuffix(".0")


def same_number(left: float, right: float) -> bool:
    """Equal but for the last bits."""
    return left == right or abs(left - right) < _CLOSE


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`=`: any node of a node-set may match."""
    if left.__class__ is list:
        return _equal_nodes(left, right, zone)
    if right.__class__ is list:
        return _equal_nodes(right, left, zone)
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return same_number(to_number(left, zone), to_number(right, zone))
    return left == right


def _equal_nodes(nodes: list[Node], other: Value, zone: tzinfo) -> bool:
    if isinstance(other, bool):
        return (len(nodes) > 0) == other
    if isinstance(other, str):
        return any(node.text() == other for node in nodes)
    if isinstance(other, float):
        return any(same_number(number_in(node.text(), zone), other) for node in nodes)
    texts = {node.text() for node in other}
    return any(node.text() in texts for node in nodes)


def unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`!=`: any node of a node-set may differ, so it is not the opposite of `=`."""
    if left.__class__ is list:
        return _unequal_nodes(left, right, zone)
    if right.__class__ is list:
        return _unequal_nodes(right, left, zone)
    return not equal(left, right, zone)


def _unequal_nodes(nodes: list[Node], other: Value, zone: tzinfo) -> bool:
    if isinstance(other, bool):
        return (len(nodes) > 0) != other
    if isinstance(other, str):
        return any(node.text() != other for node in nodes)
    if isinstance(other, float):
        return any(not same_number(number_in(node.text(), zone), other) for node in nodes)
    mine, theirs = {node.text() for node in nodes}, {node.text() for node in other}
    return bool(mine) and bool(theirs) and (len(mine) > 1 or len(theirs) > 1 or mine != theirs)


Order: TypeAlias = Callable[[float, float], bool]


def ordered(left: Value, right: Value, order: Order, zone: tzinfo) -> bool:
    """`<`, `<=`, `>`, `>=`: numbers, never texts; any node of a node-set may satisfy it."""
    if isinstance(left, bool) and right.__class__ is list:
        return order(float(left), float(len(right) > 0))
    if isinstance(right, bool) and left.__class__ is list:
        return order(float(len(left) > 0), float(right))
    if left.__class__ is not list and right.__class__ is not list:
        return order(to_number(left, zone), to_number(right, zone))
    mine, theirs = _numbers(left, zone), _numbers(right, zone)
    return any(order(one, other) for one in mine for other in theirs)


def _numbers(value: Value, zone: tzinfo) -> list[float]:
    if isinstance(value, list):
        return _extremes(numbers_of(value, zone))
    return [to_number(value, zone)]


def _extremes(numbers: list[float]) -> list[float]:
    """The least and the greatest decide any order; so two long node-sets cost no product of their lengths."""
    known = [number for number in numbers if number == number]  # noqa: PLR0124  NaN is in no order
    return [min(known, default=inf), max(known, default=-inf)] if known else []
