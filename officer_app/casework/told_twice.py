"""The same question, answered otherwise on a later visit: both answers stay, and the difference wants a word.

A list is taken whole from the latest visit and has no rows to hold against each other; what is measured on the day
(cash, pictures, the visit itself) is another thing on another day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.fields import FactKind
from officer_app.credit.nodes import FactNode, FactTree
from officer_app.credit.vocabulary import label_of, spec_of
from officer_app.memos.terms import term
from officer_app.vault.records import VisitRecord

TOLD_TWICE: Final = "TOLD_TWICE"
_OF_THE_DAY: Final = frozenset(
    {"site_visit", "photos", "till", "stock_flow", "savings_flow", "credit_report", "consents", "lies"}
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
    }
)
_TOLD: Final = N_("{fact}: {first} on the visit of {first_on:date}, {then} on the visit of {then_on:date}")
_ON_ONE_DAY: Final = N_("{fact}: {first} on the first visit of {first_on:date}, {then} on the one after it")
_PLAIN: Final = "{value:money}"
_PERCENT: Final = "{value:percent}"


@dataclass(frozen=True, slots=True)
class ToldTwice:
    """One fact with two values: the later one stands in the analysis. `later` is when its visit began, in UTC."""

    path: str
    first: str
    first_on: date
    then: str
    then_on: date
    later: datetime

    @property
    def key(self) -> str:
        """The name of the contradiction, for good within its case."""
        return f"{TOLD_TWICE}:{self.path}"

    @property
    def sentence(self) -> Sayable:
        """Both values with the days they were told on."""
        return message(
            _ON_ONE_DAY if self.first_on == self.then_on else _TOLD,
            fact=label_of(self.path),
            first=_said(self.path, self.first),
            first_on=self.first_on,
            then=_said(self.path, self.then),
            then_on=self.then_on,
        )


def told_twice(told: Iterable[tuple[VisitRecord, FactTree]]) -> tuple[ToldTwice, ...]:
    """Every fact whose latest value is another than the last different one before it; visits oldest first."""
    by_path: dict[str, list[tuple[VisitRecord, str]]] = {}
    for record, tree in told:
        for path, value in _leaves("", tree):
            by_path.setdefault(path, []).append((record, value))
    return tuple(found for path, values in by_path.items() for found in _apart(path, values))


def _apart(path: str, values: list[tuple[VisitRecord, str]]) -> Iterator[ToldTwice]:
    latest, value = values[-1]
    for record, former in reversed(values[:-1]):
        if not _same(path, former, value):
            yield ToldTwice(
                path, former, local_date(record.started), value, local_date(latest.started), latest.started
            )
            return


def _leaves(prefix: str, tree: Mapping[str, FactNode]) -> Iterator[tuple[str, str]]:
    """The texts outside lists of facts that two visits may be held to."""
    for name, node in tree.items():
        path = f"{prefix}{name}"
        if path in _OF_THE_DAY:
            continue
        if isinstance(node, Mapping):
            yield from _leaves(f"{path}.", node)
        elif isinstance(node, str) and node.strip() and _comparable(path):
            yield path, node.strip()


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
