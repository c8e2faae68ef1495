"""A told case as a visit: the answers, one by one and in the order of the checklist, that lead to its facts.

The demo, the tour and the tests fill the shipped business visit with it. It reads the form for the place of each
fact, and a session of its own for what is asked at all once the earlier answers are in.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from officer_app.base.clock import Clock
from officer_app.base.words import ENGLISH
from officer_app.checklists.definitions import Definition, Sort
from officer_app.checklists.form import Form
from officer_app.checklists.session import FormSession
from officer_app.credit.reading import FactNode, FactTree
from officer_app.training.openers import openers


@dataclass(frozen=True, slots=True)
class SetAnswer:
    """Answer one question."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class AddRepeat:
    """One more instance of a repeat."""

    ref: str


Step: TypeAlias = "SetAnswer | AddRepeat"

# A yes/no question that opens a part of the form, and the facts that stand behind a yes.
GATES: Final[Mapping[str, tuple[str, ...]]] = {
    "in_cooperative": ("borrower.cooperative_uscc",),
    "has_other_income": ("household.other_income",),
    "has_big_customer": ("sales.largest_customer_share_percent",),
    "has_seasons": ("sales.month_factors", "sales.month_factors_note"),
    "has_books": ("sales.books",),
    "has_livestock": ("assets.livestock", "assets.livestock_source", "livestock_detail"),
    "has_receivables": (
        "assets.receivables_total",
        "assets.receivables_source",
        "assets.receivables_over_12_months",
        "turnover.declared_credit_days",
    ),
    "has_debts": ("liabilities",),
    "has_outflows": ("unexplained_regular_outflows",),
    "has_guarantees": ("guarantees_given",),
    "has_injections": ("equity_history.outside_injections",),
    "has_withdrawals": ("equity_history.outside_withdrawals",),
    "has_bills": ("utilities",),
    "has_peers": ("peers",),
    "has_collateral": ("collateral",),
    "has_guarantors": ("guarantors",),
}
# Lists that must be known: without them the question stays open instead of being answered "no".
_NEVER_ASSUMED: Final = frozenset({"has_other_income", "has_debts"})
_METHODS: Final[Mapping[str, str]] = {
    "sold": "comparables",
    "sold_area": "comparables_price_per_m2",
    "rent": "monthly_net_rent",
    "cost": "replacement_cost",
    "count": "counted_value",
}
# Repeats whose rows are fixed sentences, and the repeat beside each that takes other sentences.
_FIXED_ROWS: Final[Mapping[str, tuple[str, str]]] = {
    "soft_row": ("soft_extra", "item"),
    "straw_row": ("straw_extra", "indicator"),
    "trait_row": ("trait_extra", ""),
    "positive_row": ("positive_extra", ""),
}
_EXTRA_ROWS: Final = {extra: fixed for fixed, (extra, _) in _FIXED_ROWS.items()}
# Months are asked as dates; the fact beside each takes year and month of its answer.
_MONTHS: Final[Mapping[str, str]] = {
    "first_payment_month": "application.first_month_of_cash_flow",
    "client_since": "borrower.client_since",
    "vehicle_registered": "first_registered",
    "outflow_since": "first_seen",
    "equity_start": "equity_history.start",
}
_LICENCE: Final[Mapping[str, str]] = {"91": "company", "92": "individual_business"}


def visit_steps(
    tree: FactTree,
    form: Form,
    clock: Clock,
    beside: Mapping[str, str] | None = None,
) -> tuple[Step, ...]:
    """The steps that fill `form` (the shipped business visit) with the facts of `tree`, in the form's order.

    `beside` answers questions that are no facts, by name: {"trade": "理发"}. Facts that the form does not ask for
    (photos, which come from the pictures themselves) are left out.
    """
    session = FormSession(form, clock, random.Random(0))  # noqa: S311  the form draws nothing
    walk = _Walk(tree, session, beside or {})
    walk.visit(form.root, "", tree)
    return tuple(walk.steps)


class _Walk:
    """Goes down the form with a session that answers along."""

    def __init__(self, tree: FactTree, session: FormSession, beside: Mapping[str, str]) -> None:
        self._tree = tree
        self._session = session
        self._beside = beside
        self._openers = openers(session.form.root)
        self.steps: list[Step] = []

    def visit(self, node: Definition, ref: str, entry: FactNode) -> None:
        """Everything below one instance of a group or repeat; `entry` is what the facts around it are told in."""
        for child in node.children.values():
            below = f"{ref}/{child.name}" if ref else f"/{node.name}/{child.name}"
            if child.sort is Sort.REPEAT:
                self._repeat(child, below, entry)
            elif not child.is_leaf:
                self.visit(child, below, entry)
            elif child.control is not None:
                self._answer(child, below, entry)

    def _answer(self, node: Definition, ref: str, entry: FactNode) -> None:
        text = self._text(node, entry)
        if not text:
            return
        question = self._session.question(ref, ENGLISH)
        if question.relevant and not question.readonly and question.value != text:
            self._session.set(ref, text)
            self.steps.append(SetAnswer(ref, text))

    def _text(self, node: Definition, entry: FactNode) -> str:
        name = node.name
        if name in self._beside:
            return self._beside[name]
        if name in GATES or name in self._openers:
            return self._gate(name) if name in GATES else self._opened(name, entry)
        if name in _MONTHS:
            return _first_day(_text_at(entry, _MONTHS[name]))
        if name in _TOLD_OTHERWISE:
            return _TOLD_OTHERWISE[name](self._tree, entry)
        return _text_at(entry, node.bind.fact) if node.bind.fact else ""

    def _opened(self, name: str, entry: FactNode) -> str:
        """The parts behind an opener of which something is told; nothing when none is."""
        parts = self._openers[name].items()
        return " ".join(part for part, facts in parts if any(_at(entry, fact) for fact in facts))

    def _gate(self, name: str) -> str:
        told = [_at(self._tree, path) for path in GATES[name]]
        if any(told):
            return "yes"
        return "" if name in _NEVER_ASSUMED and all(node is None for node in told) else "no"

    def _repeat(self, node: Definition, ref: str, entry: FactNode) -> None:
        if node.name in _FIXED_ROWS:
            self._fixed_rows(node, ref, entry)
        elif node.bind.fact:
            self._rows(node, ref, self._entries(node, ref, entry))

    def _entries(self, node: Definition, ref: str, entry: FactNode) -> Sequence[FactNode]:
        entries = _list_at(entry, node.bind.fact)
        if node.name not in _EXTRA_ROWS:
            return entries
        fixed = _EXTRA_ROWS[node.name]
        known = set(self._sayings(f"{ref.rpartition('/')[0]}/{fixed}"))
        return [each for each in entries if _saying_of(each, _FIXED_ROWS[fixed][1]) not in known]

    def _rows(self, node: Definition, ref: str, entries: Sequence[FactNode]) -> None:
        for number, each in enumerate(entries, 1):
            if number > self._length(ref):
                self._session.add_repeat(ref)
                self.steps.append(AddRepeat(ref))
            self.visit(node, f"{ref}[{number}]", each)

    def _fixed_rows(self, node: Definition, ref: str, entry: FactNode) -> None:
        key = _FIXED_ROWS[node.name][1]
        told = {_saying_of(each, key): each for each in _list_at(entry, node.bind.fact)}
        for number, saying in enumerate(self._sayings(ref), 1):
            if saying in told:
                self.visit(node, f"{ref}[{number}]", told[saying])

    def _sayings(self, ref: str) -> list[str]:
        """The sentences of fixed rows, in their order."""
        state = self._session.state()
        return [
            value for each, (value, _, _) in state.items() if each.startswith(f"{ref}[") and each.endswith("_saying")
        ]

    def _length(self, ref: str) -> int:
        return self._session.count(ref)


def _names(path: str) -> Iterator[str]:
    return iter(path.removesuffix("[]").split("."))


def _at(entry: FactNode, path: str) -> FactNode | None:
    """What is told at a path, or None."""
    node: FactNode | None = entry
    for name in _names(path):
        node = node.get(name) if isinstance(node, Mapping) else None
    return node


def _text_at(entry: FactNode, path: str) -> str:
    if path == ".":
        return entry if isinstance(entry, str) else ""
    node = _at(entry, path)
    return node if isinstance(node, str) else ""


def _list_at(entry: FactNode, path: str) -> Sequence[FactNode]:
    node = _at(entry, path)
    return node if isinstance(node, Sequence) and not isinstance(node, str) else ()


def _saying_of(entry: FactNode, key: str) -> str:
    return _text_at(entry, key or ".")


# --- questions whose answer is not the fact's own text ------------------------------------------------------


def _consent(_tree: FactTree, _entry: FactNode) -> str:
    return "OK"


def _first_day(month: str) -> str:
    return f"{month}-01" if month else ""


def _business_form(tree: FactTree, _entry: FactNode) -> str:
    code = _text_at(tree, "borrower.business_licence_uscc")
    by_code = _LICENCE.get(code[:2], "company") if code else ""
    return _text_at(tree, "business.form") or by_code


def _premises_point(tree: FactTree, _entry: FactNode) -> str:
    lat, lon = (_text_at(tree, f"photos.premises_{axis}") for axis in ("lat", "lon"))
    return f"{lat} {lon} 0 0" if lat and lon else ""


def _valuation_methods(_tree: FactTree, entry: FactNode) -> str:
    return " ".join(name for name, fact in _METHODS.items() if _at(entry, f"valuation.{fact}"))


def _seen(_tree: FactTree, _entry: FactNode) -> str:
    return "yes"


_TOLD_OTHERWISE: Final[Mapping[str, Callable[[FactTree, FactNode], str]]] = {
    "consent": _consent,
    "business_form": _business_form,
    "premises_point": _premises_point,
    "valuation_methods": _valuation_methods,
    "trait_seen": _seen,
    "positive_seen": _seen,
}
