"""The norm library: what is usual in a trade, so that flour, water or wages tell the sales.

A norm bounds one input of the sales routes that carry it (bowls per bag of flour, litres of water per haircut). A
branch lays its own file over the shipped ones. The range that a route is checked against is written among the route's
own inputs: `assess(facts, policy)` stays a function of two values, and a file decided years ago is computed again
without the library of that day. A frozen library inside the policy was rejected: one changed norm would make a new
policy version, and a file would carry three hundred norms to use two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from officer_app.base.errors import Code, Fault
from officer_app.base.toml import read_toml
from officer_app.base.words import CHINESE, N_, Message, translate
from officer_app.credit.keys import Wrong, read_number
from officer_app.credit.routes import RULES

SIZE_LIMIT: Final = 256_000
CONVENTION: Final = "local convention"
CONVENTION_LABEL: Final = N_("local convention")

# The inputs that a norm may bound: one for each kind of route that has one.
NORMED: Final = frozenset(rule.normed for rule in RULES.values() if rule.normed)

# The others say what is made of one unit used.
_USED_PER_MADE: Final = frozenset({"quantity_per_output", "piece_rate", "litres_per_100km"})

_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){1,2}")
_TRADE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TEXT_LIMIT: Final = 200

_Table: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Words:
    """One label in both languages."""

    en: str
    zh: str

    def spoken(self, language: str) -> str:
        """The label in one language."""
        return self.zh if language == CHINESE else self.en


@dataclass(frozen=True, slots=True)
class Norm:
    """What is usual: `low` ≤ `value` ≤ `high`, in units of the input it bounds.

    `consumed` in `unit` gives or stands for `output` in `output_unit`. A `source` of None is the convention of those
    who lend to the trade, not a printed figure.
    """

    id: str
    trade: str
    trade_label: Words
    input: str
    consumed: Words
    unit: Words
    output: Words
    output_unit: Words
    value: Decimal
    low: Decimal
    high: Decimal
    source: Words | None

    def measured(self, language: str) -> Message:
        """The value with what it counts: "155 bowl per bag of 25 kg"."""
        made, used = self.output_unit.spoken(language), self.unit.spoken(language)
        one, other = (used, made) if self.input in _USED_PER_MADE else (made, used)
        return Message(N_("{value} {one} per {other}"), {"value": self.value, "one": one, "other": other})

    def source_spoken(self, language: str) -> str:
        """Where it comes from, in one language."""
        return translate(CONVENTION_LABEL, language) if self.source is None else self.source.spoken(language)


@dataclass(frozen=True, slots=True)
class Override:
    """One field of a shipped norm that a branch set otherwise; `was` is empty for a norm that only the branch has."""

    id: str
    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Norms:
    """A library: norms by id, in the order of the files, and what a branch set otherwise."""

    by_id: Mapping[str, Norm]
    overridden: tuple[Override, ...] = ()

    def of_trade(self, trade: str) -> tuple[Norm, ...]:
        """The norms of one trade."""
        return tuple(norm for norm in self.by_id.values() if norm.trade == trade)

    def bounding(self, name: str) -> tuple[Norm, ...]:
        """The norms that bound one input of a route."""
        return tuple(norm for norm in self.by_id.values() if norm.input == name)

    @property
    def trades(self) -> Mapping[str, Words]:
        """Every trade with its label."""
        return {norm.trade: norm.trade_label for norm in self.by_id.values()}


def read_norms(files: Mapping[str, str]) -> Norms:
    """A library from the TOML texts of its files by name, one trade each.

    Errors: NORMS_TOO_LARGE, NORMS_NOT_TOML, NORM_WRONG; `where` is `bakery.toml: norms[3].low`.
    """
    found: dict[str, Norm] = {}
    for name, text in files.items():
        try:
            _read_trade(text, found)
        except Fault as fault:
            raise Fault(fault.code, where=f"{name}: {fault.where}", **fault.parameters) from fault
    return Norms(MappingProxyType(found))


def _read_trade(text: str, found: dict[str, Norm]) -> None:
    tree = _tree(text)
    _exactly(tree, ("trade", "label", "norms"), (), "")
    trade, label = _name(tree["trade"], _TRADE, "trade"), _words(tree["label"], "label")
    for place, table in _tables(tree["norms"]):
        _exactly(table, _FIELDS, (), place)
        norm = _norm(table, trade, label, place)
        if norm.id in found:
            raise _wrong(f"{place}.id", Message(N_("an id that no other norm has")))
        found[norm.id] = norm


def norms_with(base: Norms, override: str) -> Norms:
    """The library with a branch's file laid over it; `overridden` tells each field that differs.

    The file has `[[norms]]` alone: an `id` and only the fields that differ. An id that the library does not know
    needs every field, and `trade` with `label` unless the trade is known. Errors: as `read_norms`.
    """
    tree = _tree(override)
    _exactly(tree, ("norms",), (), "")
    norms, told, seen = dict(base.by_id), list(base.overridden), set[str]()
    for place, table in _tables(tree["norms"]):
        identity = _identity(table.get("id"), f"{place}.id")
        if identity in seen:
            raise _wrong(f"{place}.id", Message(N_("an id that no other norm has")))
        seen.add(identity)
        known = norms.get(identity)
        norms[identity] = _own(table, base, place) if known is None else _changed(known, table, place)
        told += _differences(known, norms[identity])
    return Norms(MappingProxyType(norms), tuple(told))


def norm_inputs(norm: Norm, language: str) -> Mapping[str, str]:
    """The facts below `sales.routes[].inputs` that freeze a norm into a file, as texts."""
    return {
        "norm": norm.id,
        "norm_low": f"{norm.low:f}",
        "norm_high": f"{norm.high:f}",
        "norm_source": norm.source_spoken(language),
    }


def _tree(text: str) -> _Table:
    if len(text) > SIZE_LIMIT:
        raise Fault(Code.NORMS_TOO_LARGE, found=len(text), limit=SIZE_LIMIT)
    try:
        return read_toml(text)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, and tables without end
        raise Fault(Code.NORMS_NOT_TOML, where=str(error), detail=str(error)) from error


def _tables(value: object) -> Iterator[tuple[str, _Table]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _wrong("norms", Message(N_("a list of norms")))
    for place, table in enumerate(value):
        if not isinstance(table, Mapping):
            raise _wrong(f"norms[{place}]", Message(N_("a table")))
        yield f"norms[{place}]", table


def _exactly(table: _Table, needed: Sequence[str], allowed: Sequence[str], place: str) -> None:
    """Refuse what is missing and what nothing reads."""
    for name in needed:
        if name not in table:
            raise _wrong(_below(place, name), Message(N_("something: it is not there")))
    for name in table:
        if name not in needed and name not in allowed:
            raise _wrong(_below(place, name), Message(N_("nothing: no norm has such a key")))


def _norm(table: _Table, trade: str, label: Words, place: str) -> Norm:
    return _in_order(Norm(trade=trade, trade_label=label, **_fields(table, place)), place)


def _fields(table: _Table, place: str) -> dict[str, Any]:
    """The fields that a table sets, each read by its own reader."""
    return {name: read(table[name], f"{place}.{name}") for name, read in _READERS.items() if name in table}


def _own(table: _Table, base: Norms, place: str) -> Norm:
    """A norm that only the branch has."""
    _exactly(table, (*_FIELDS, "trade"), ("label",), place)
    trade = _name(table["trade"], _TRADE, f"{place}.trade")
    label = base.trades.get(trade)
    if label is None or "label" in table:
        label = _words(table.get("label"), f"{place}.label")
    return _norm(table, trade, label, place)


def _changed(norm: Norm, table: _Table, place: str) -> Norm:
    _exactly(table, ("id",), _FIELDS, place)
    return _in_order(replace(norm, **_fields(table, place)), place)


def _in_order(norm: Norm, place: str) -> Norm:
    if not 0 < norm.low <= norm.value <= norm.high:
        raise _wrong(f"{place}.value", Message(N_("low ≤ value ≤ high, all above 0")))
    return norm


def _differences(known: Norm | None, norm: Norm) -> Iterator[Override]:
    for name in _FIELDS[1:]:
        was, now = "" if known is None else _written(getattr(known, name)), _written(getattr(norm, name))
        if was != now:
            yield Override(norm.id, name, was, now)


def _written(value: object) -> str:
    if value is None:
        return CONVENTION
    return f"{value.en} / {value.zh}" if isinstance(value, Words) else f"{value}"


def _words(value: object, place: str) -> Words:
    if not isinstance(value, Mapping):
        raise _wrong(place, Message(N_("a label in both languages, en and zh")))
    _exactly(value, ("en", "zh"), (), place)
    return Words(_text(value["en"], f"{place}.en"), _text(value["zh"], f"{place}.zh"))


def _text(value: object, place: str) -> str:
    if isinstance(value, str) and value.strip() and len(value) <= _TEXT_LIMIT and value.isprintable():
        return value
    raise _wrong(place, Message(N_("a text")))


def _identity(value: object, place: str) -> str:
    return _name(value, _ID, place)


def _name(value: object, pattern: re.Pattern[str], place: str) -> str:
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    raise _wrong(place, Message(N_("a name of small letters, digits and _")))


def _input(value: object, place: str) -> str:
    if isinstance(value, str) and value in NORMED:
        return value
    raise _wrong(place, Message(N_("one of: {choices}"), {"choices": ", ".join(sorted(NORMED))}))


def _number(value: object, place: str) -> Decimal:
    try:
        return read_number(value)
    except Wrong as wrong:
        raise _wrong(place, wrong.needed) from None


def _source(value: object, place: str) -> Words | None:
    return None if value == CONVENTION else _words(value, place)


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else str(name)


def _wrong(place: str, needed: Message) -> Fault:
    return Fault(Code.NORM_WRONG, where=place, key=place, needed=needed)


_READERS: Final[Mapping[str, Callable[[object, str], object]]] = {
    "id": _identity,
    "input": _input,
    "consumed": _words,
    "unit": _words,
    "output": _words,
    "output_unit": _words,
    "value": _number,
    "low": _number,
    "high": _number,
    "source": _source,
}
_FIELDS: Final = tuple(_READERS)
