"""Numbers: conversion, rounding, sums, powers, angles, chance."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_FLOOR, Decimal
from math import floor, inf, isfinite, isnan, nan
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.functions.registry import eager, lazy, on_node
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.syntax import Call, Number
from officer_app.checklists.xpath.values import Value, numbers_of, to_number


@on_node("number", 0, 1)
def _number(context: Context, node: Node, value: Value | None = None) -> float:
    return to_number([node] if value is None else value, context.zone)


@eager("int", 1)
def _int(context: Context, value: Value) -> float:
    number = to_number(value, context.zone)
    return float(math.trunc(number)) if isfinite(number) else number


@eager("floor", 1)
def _floor(context: Context, value: Value) -> float:
    number = to_number(value, context.zone)
    return float(math.floor(number)) if isfinite(number) else number


@eager("ceiling", 1)
def _ceiling(context: Context, value: Value) -> float:
    number = to_number(value, context.zone)
    return float(math.ceil(number)) if isfinite(number) else number


@lazy("round", 1, 2)
def _round(call: Call, arguments: Sequence[Evaluator]) -> Evaluator:
    value, places = arguments[0], call.arguments[1] if len(arguments) == 2 else Number(0.0)
    if isinstance(places, Number) and places.value in _POWERS:
        return _rounding(value, places.value, _POWERS[places.value])
    reckoned = arguments[-1]
    return lambda node, context: rounded(
        to_number(value(node, context), context.zone), to_number(reckoned(node, context), context.zone)
    )


def _rounding(value: Evaluator, places: float, power: float) -> Evaluator:
    """To the decimals that the author wrote: runs once for each row of a list whose total has changed."""

    def run(node: Node, context: Context) -> float:
        found = value(node, context)
        return _on_bits(found if found.__class__ is float else to_number(found, context.zone), places, power)

    return run


# Far from a tie the bits round as the digits do, at a fraction of the time.
_POWERS: Final = {float(places): 10.0**places for places in range(7)}
_EXACT: Final = 1e10
_NEAR_TIE: Final = 1e-3


def rounded(number: float, places: float) -> float:
    """To so many decimals; a tie goes up (XPath: round(-1.5) is -1). Reckoned on the digits, not on the bits."""
    power = _POWERS.get(places)
    return _on_digits(number, places) if power is None else _on_bits(number, places, power)


def _on_bits(number: float, places: float, power: float) -> float:
    if -_EXACT < (scaled := number * power) < _EXACT:
        nearest = floor(scaled + 0.5)
        if abs(abs(scaled - nearest) - 0.5) > _NEAR_TIE:
            return nearest / power or math.copysign(0.0, number)
    return _on_digits(number, places)


def _on_digits(number: float, places: float) -> float:
    if not isfinite(number):
        return number
    if not isfinite(places) or abs(places) > 30:
        return nan if isnan(places) else number
    exact, unit = Decimal(repr(number)), Decimal(1).scaleb(-int(places))
    if exact.adjusted() + int(places) > 25:
        return number
    result = ((exact + unit / 2) / unit).to_integral_value(ROUND_FLOOR) * unit
    return math.copysign(float(result), number) if result == 0 else float(result)


@eager("abs", 1)
def _abs(context: Context, value: Value) -> float:
    return abs(to_number(value, context.zone))


@eager("sum", 1)
def _sum(context: Context, value: Value) -> float:
    """NaN as soon as one node is blank; nothing sums to 0."""
    return float(sum(numbers_of(_nodes(value), context.zone)))


@eager("max", 1, inf)
def _max(context: Context, *values: Value) -> float:
    return _extreme(context, values, max)


@eager("min", 1, inf)
def _min(context: Context, *values: Value) -> float:
    return _extreme(context, values, min)


def _extreme(context: Context, values: Sequence[Value], pick: Callable[[list[float]], float]) -> float:
    numbers: list[float] = []
    for value in values:
        found = numbers_of(value, context.zone) if isinstance(value, list) else [to_number(value, context.zone)]
        numbers.extend(found)
    if not numbers or any(map(isnan, numbers)):
        return nan
    return pick(numbers)


def _nodes(value: Value) -> list[Node]:
    if isinstance(value, list):
        return value
    raise XPathError(message(N_("A list of answers is needed here, not a number or a text.")))


def _safe(compute: Callable[..., float], *numbers: float) -> float:
    """NaN where the real line has no answer, infinity where it is out of reach."""
    if any(isnan(number) for number in numbers):
        return nan
    try:
        result = compute(*numbers)
    except OverflowError:
        return inf
    except (ValueError, ZeroDivisionError):
        return nan
    return result if isinstance(result, float) else nan


@eager("pow", 2)
def _pow(context: Context, base: Value, exponent: Value) -> float:
    return _safe(math.pow, to_number(base, context.zone), to_number(exponent, context.zone))


def _logarithm(compute: Callable[[float], float], number: float) -> float:
    return -inf if number == 0 else _safe(compute, number)


def _of_one(name: str, compute: Callable[[float], float]) -> None:
    eager(name, 1)(lambda context, value: _safe(compute, to_number(value, context.zone)))


for _name, _compute in (
    ("sqrt", math.sqrt),
    ("exp", math.exp),
    ("exp10", lambda number: math.pow(10.0, number)),
    ("sin", math.sin),
    ("cos", math.cos),
    ("tan", math.tan),
    ("asin", math.asin),
    ("acos", math.acos),
    ("atan", math.atan),
    ("log", lambda number: _logarithm(math.log, number)),
    ("log10", lambda number: _logarithm(math.log10, number)),
):
    _of_one(_name, _compute)


@eager("atan2", 2)
def _atan2(context: Context, y: Value, x: Value) -> float:
    return _safe(math.atan2, to_number(y, context.zone), to_number(x, context.zone))


@eager("pi", 0)
def _pi(_context: Context) -> float:
    return math.pi


@lazy("random", 0)
def _random(_call: Call, _arguments: Sequence[Evaluator]) -> Evaluator:
    return lambda _node, context: context.around.random.random()
