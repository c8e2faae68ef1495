"""The same question, answered otherwise on a later visit: both answers stay, and the difference wants a word.

Entries of a list are held against each other where the list names a key (`merging`); a list without one is taken
whole from the latest visit. What is measured on the day (cash, pictures, the visit itself) is another thing on
another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.merging import Entry, EntryKey, entries, key_of
from officer_app.credit.fields import FactKind
from officer_app.credit.nodes import FactNode, FactTree
from officer_app.credit.vocabulary import label_of, spec_of
from officer_app.memos.terms import term
from officer_app.vault.records import VisitRecord

TOLD_TWICE: Final = "TOLD_TWICE"
_OF_THE_DAY: Final = frozenset(
    {
        "site_visit",
        "photos",
        "till",
        "stock_flow",
        "savings_flow",
        "credit_report",
        "consents",
        "lies",
        "public_records[]",
        "meters[]",
        "vehicles[].odometer_km",
    }
)
_COUNTED_THAT_DAY: Final = frozenset({"assets.cash_on_hand", "assets.deposits", "assets.household_cash"})
# Texts are notes, and notes differ; these name somebody or something.
_NAMES: Final = frozenset(
    {
        "borrower.name",
        "borrower.resident_id",
        "borrower.business_licence_uscc",
        "borrower.cooperative_uscc",
        "borrower.bank_account_owner",
        "borrower.actual_user",
        "borrower.actual_controller",
        "household.spouse.name",
        "household.spouse.resident_id",
        "household.home.deed_owner",
        "premises.lease_holder",
        "collateral[].deed_number",
        "collateral[].lien_holder",
        "guarantors[].resident_id",
        "vehicles[].registered_owner",
    }
)
# Which entry of a list: "Debts, Farmers' Bank".
_OF_ENTRY: Final = N_("{list}, {entry}: {fact}")
_TOLD: Final = N_("{fact}: {first} on the visit of {first_on:date}, {then} on the visit of {then_on:date}")
_ON_ONE_DAY: Final = N_("{fact}: {first} on the first visit of {first_on:date}, {then} on the one after it")
_PLAIN: Final = "{value:money}"
_PERCENT: Final = "{value:percent}"


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One value of one visit: the fact's general path and, inside a list, the entry it belongs to."""

    path: str
    value: str
    entry: tuple[EntryKey, ...] = ()
    named: Sayable | None = None

    @property
    def place(self) -> tuple[str, tuple[EntryKey, ...]]:
        return self.path, self.entry


@dataclass(frozen=True, slots=True)
class ToldTwice:
    """One fact with two values: the later one stands in the analysis. `later` is when its visit began, in UTC.

    `entry` says which entry of a list it is and `named` what it is called; empty outside of lists.
    """

    path: str
    first: str
    first_on: date
    then: str
    then_on: date
    later: datetime
    entry: tuple[EntryKey, ...] = ()
    named: Sayable | None = None

    @property
    def key(self) -> str:
        """The name of the contradiction, for good within its case; of an entry's name only a digest."""
        if not self.entry:
            return f"{TOLD_TWICE}:{self.path}"
        digest = sha256(repr(self.entry).encode()).hexdigest()[:12]
        return f"{TOLD_TWICE}:{self.path}:{digest}"

    @property
    def sentence(self) -> Sayable:
        """Both values with the days they were told on."""
        return message(
            _ON_ONE_DAY if self.first_on == self.then_on else _TOLD,
            fact=self._fact(),
            first=_said(self.path, self.first),
            first_on=self.first_on,
            then=_said(self.path, self.then),
            then_on=self.then_on,
        )

    def _fact(self) -> Sayable:
        label = label_of(self.path)
        if self.named is None:
            return label
        of_list = label_of(f"{self.path.partition('[]')[0]}[]")
        return message(_OF_ENTRY, list=of_list, entry=self.named, fact=label)


def told_twice(told: Iterable[tuple[VisitRecord, FactTree]]) -> tuple[ToldTwice, ...]:
    """Every fact whose latest value is another than the last different one before it; visits oldest first."""
    by_place: dict[object, list[tuple[VisitRecord, _Leaf]]] = {}
    for record, tree in told:
        for leaf in _leaves("", tree):
            by_place.setdefault(leaf.place, []).append((record, leaf))
    return tuple(found for values in by_place.values() for found in _apart(values))


def _apart(values: list[tuple[VisitRecord, _Leaf]]) -> Iterator[ToldTwice]:
    latest, leaf = values[-1]
    for record, former in reversed(values[:-1]):
        if not _same(leaf.path, former.value, leaf.value):
            yield ToldTwice(
                leaf.path,
                former.value,
                local_date(record.started),
                leaf.value,
                local_date(latest.started),
                latest.started,
                leaf.entry,
                leaf.named,
            )
            return


def _leaves(
    prefix: str, tree: Mapping[str, FactNode], entry: tuple[EntryKey, ...] = (), named: Sayable | None = None
) -> Iterator[_Leaf]:
    """The texts that two visits may be held to."""
    for name, node in tree.items():
        path = f"{prefix}{name}"
        if path in _OF_THE_DAY:
            continue
        if isinstance(node, Mapping):
            yield from _leaves(f"{path}.", node, entry, named)
        elif isinstance(node, str):
            if node.strip() and _comparable(path):
                yield _Leaf(path, node.strip(), entry, named)
        elif f"{path}[]" not in _OF_THE_DAY:
            for known, row in entries(node, key_of(path)) if key_of(path) else ():
                yield from _leaves(f"{path}[].", row, (*entry, known), named or _name_of(path, row))


def _name_of(of_list: str, entry: Entry) -> Sayable | None:
    """What the entry is called: the first of its key's texts that is a name, else the first there is."""
    said = [(f"{of_list}[].{name}", str(entry.get(name, "")).strip()) for name in key_of(of_list)]
    filled = [(path, text) for path, text in said if text]
    names = [text for path, text in filled if (spec := spec_of(path)) is not None and spec.kind is FactKind.LABEL]
    if names:
        return Verbatim(names[0])
    return _said(*filled[0]) if filled else None


def _comparable(path: str) -> bool:
    spec = spec_of(path)
    if spec is None or path in _COUNTED_THAT_DAY:
        return False
    return spec.kind is not FactKind.LABEL or path in _NAMES


def _same(path: str, one: str, other: str) -> bool:
    """Alike as the fact counts: 80000 and 80000.00 are one amount."""
    if one == other:
        return True
    first, second = _number(path, one), _number(path, other)
    return first is not None and first == second


def _number(path: str, text: str) -> Decimal | None:
    spec = spec_of(path)
    if spec is None or spec.kind not in {FactKind.MONEY, FactKind.PERCENT, FactKind.NUMBER, FactKind.INT}:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _said(path: str, text: str) -> Sayable:
    spec, number = spec_of(path), _number(path, text)
    if spec is None:
        return Verbatim(text)
    match spec.kind:
        case FactKind.MONEY if number is not None:
            return message(_PLAIN, value=number)
        case FactKind.PERCENT if number is not None:
            return message(_PERCENT, value=number)
        case FactKind.YES_NO:
            return message(N_("yes")) if text == "yes" else message(N_("no"))
        case FactKind.CHOICE:
            return term(text)
        case _:
            return Verbatim(text)
