"""One pledge as rows: how its value comes about, and what may hinder it from being turned into money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import CollateralItem, Unit
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import HUNDRED, Figure, Missing, at_most, known
from officer_app.credit.pledgedates import end_of_loan, revalue_by
from officer_app.credit.policy import Policy
from officer_app.desktop.screens.security.verdicts import line, pill, yes_no
from officer_app.desktop.widgets.blocks import figure_cell, first_path, money_cell
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.quantities import NOTHING, day, quantity
from officer_app.memos.securitywords import GRADES, LAW, OWNERS, word
from officer_app.memos.terms import term

_BLANK: Final = message("")
VALUE: Final = (
    Column("what", message(N_("How the value comes about")), stretch=True),
    Column("amount", message(N_("Amount")), ColumnKind.MONEY, 112),
)
HINDRANCES: Final = (
    Column("what", message(N_("What may hinder a sale")), stretch=True),
    Column("says", message(N_("Says")), width=150),
    Column("verdict", message(N_("Verdict")), width=134),
)

_METHODS: Final = {
    "market": "valuation.comparables",
    "income": "valuation.monthly_net_rent",
    "cost": "valuation.replacement_cost",
    "count": "valuation.counted_value",
}
_HOW: Final = {
    "market": N_("Mean of the prices of comparable things, or price per square metre × area."),
    "income": N_("Net rent × 12 ÷ capitalisation rate."),
    "cost": N_("What it costs new × (1 − wear)."),
    "count": N_("As counted, or as it stands on the paper."),
}
_LOWEST: Final = N_("The lowest of the methods used.")
_SHARE: Final = N_("Adopted value × the share of this type in the policy.")
_LIEN: Final = N_("What the thing already secures for others; they are paid first.")
_LEND: Final = N_(
    "Adopted value × share lent − prior lien; nothing where it may not be pledged, or while its deed was not seen or "
    "nobody said what it is before the law."
)
_FORCED: Final = N_("Adopted value less the cut of the policy for how quickly it sells.")


def value_rows(item: CollateralItem) -> tuple[Row, ...]:
    """Every method, the lowest adopted, and from there to what can be lent."""
    return (*_methods(item), *_lending(item))


def _methods(item: CollateralItem) -> Iterator[Row]:
    for method, fact in _METHODS.items():
        how = message(_HOW[method])
        if method in item.values:
            value = item.values[method]
            adopted = known(value) is not None and value == item.adopted_value and len(item.values) > 1
            name = message(N_("{method}, lowest"), method=term(method)) if adopted else term(method)
            yield Row(_at(item, first_path(value), fact), (Cell(name), money_cell(value, how)))
        elif method != "count":
            yield Row(f"{item.path}.{fact}", (Cell(term(method), muted=True), _unused(how)))


def _unused(how: Sayable) -> Cell:
    return Cell(message(N_("not used")), muted=True, tip=how)


def _lending(item: CollateralItem) -> Iterator[Row]:
    path = f"{item.path}.valuation"
    adopted = Cell(message(N_("Adopted")), strong=True)
    yield Row(path, (adopted, money_cell(item.adopted_value, message(_LOWEST), strong=True)))
    share = message(N_("Share lent {share}"), share=quantity(item.ltv_percent, Unit.PERCENT))
    yield Row(
        f"{item.path}.type",
        (Cell(share), money_cell(item.adopted_value * item.ltv_percent / HUNDRED, message(_SHARE))),
    )
    lien: Figure = item.prior_lien
    lien = lien if isinstance(lien, Missing) else -lien
    yield Row(f"{item.path}.prior_lien", (Cell(message(N_("Prior lien"))), money_cell(lien, message(_LIEN))))
    lendable = Cell(message(N_("Lendable")), strong=True)
    yield Row(path, (lendable, money_cell(item.lendable, message(_LEND), strong=True)))


def hindrance_rows(item: CollateralItem, told: Collateral, facts: CaseFacts, policy: Policy) -> tuple[Row, ...]:
    """Law, owners, liens, sale, insurance and age of the valuation, each with its verdict."""
    return (
        _law(item, told),
        _owner(told),
        _deed(told),
        _lien(told),
        *_sale(item, told),
        _insured(told, end_of_loan(facts.application)),
        _valued(told, facts, policy),
    )


def _law(item: CollateralItem, told: Collateral) -> Row:
    if item.eligible is False:
        verdict = pill(State.STOP, N_("barred"))
    elif isinstance(item.eligible, Missing) or not item.standing.told:
        verdict = Cell(state=State.CANNOT_TELL)
    elif item.standing.notices:
        verdict = pill(State.LOOK, N_("on condition"))
    else:
        verdict = pill(State.PASSED, N_("allowed"))
    return line(told.at("law_class"), N_("Before the law"), word(LAW, told.law_class), verdict)


def _owner(told: Collateral) -> Row:
    says: Sayable = Verbatim(told.owner) if told.owner else NOTHING
    if not isinstance(told.owner_relation, Missing):
        says = word(OWNERS, told.owner_relation)
    own = told.owner_relation == "borrower"
    agreed = told.co_owners_agree
    verdict = Cell(state=State.CANNOT_TELL)
    if agreed is False:
        verdict = pill(State.STOP, N_("not all agree"))
    elif agreed is True:
        verdict = pill(State.PASSED, N_("all agree"))
    elif own:
        verdict = Cell(_BLANK)
    return line(told.at("owner_relation"), N_("Owner"), says, verdict)


def _deed(told: Collateral) -> Row:
    says: Sayable = Verbatim(told.deed_number) if told.deed_number else NOTHING
    return line(told.at("deed_seen"), N_("Deed"), says, yes_no(told.deed_seen, N_("seen"), N_("not seen")))


def _lien(told: Collateral) -> Row:
    lien = known(told.prior_lien)
    rank = known(told.rank)
    says: Sayable = Verbatim(told.lien_holder) if told.lien_holder else NOTHING
    if rank is not None:
        says = message(N_("we come number {rank:count}"), rank=rank)
        if told.lien_holder:
            says = message(N_("{holder}, rank {rank:count}"), rank=rank, holder=told.lien_holder)
    if lien is None:
        verdict = Cell(state=State.CANNOT_TELL)
    elif lien == 0:
        verdict = pill(State.PASSED, N_("free of liens"))
    else:
        verdict = pill(State.LOOK, N_("prior lien"))
    return line(told.at("lien_holder"), N_("Prior lien and rank"), says, verdict)


def _sale(item: CollateralItem, told: Collateral) -> Iterator[Row]:
    days = known(told.days_to_sell)
    grade = word(GRADES, item.liquidity)
    says = grade if days is None else message(N_("in {days:count} days"), days=days)
    slow = item.liquidity in ("year", "hard")
    verdict = Cell(state=State.CANNOT_TELL)
    if isinstance(item.liquidity, str):
        verdict = pill(State.LOOK, N_("sells slowly")) if slow else pill(State.PASSED, N_("can be sold"))
    yield Row(told.at("liquidity"), (Cell(message(N_("How quickly it sells"))), Cell(says, tip=grade), verdict))
    if item.forced_sale_value is None:
        return
    kept = at_most(item.lendable, item.forced_sale_value - item.prior_lien)
    verdict = Cell(message(""))
    if item.eligible is not False:
        verdict = yes_no(kept, N_("enough"), N_("too little"), broken=State.LOOK)
    cell = figure_cell(item.forced_sale_value, Unit.MONEY, message(_FORCED))
    yield Row(told.at("liquidity"), (Cell(message(N_("Sale in haste brings"))), cell, verdict))


def _insured(told: Collateral, end: date | Missing) -> Row:
    verdict = Cell(state=State.CANNOT_TELL)
    if told.insured_until is not None and not isinstance(end, Missing):
        lasts = told.insured_until >= end
        verdict = yes_no(lasts, N_("to the end"), N_("ends too early"), broken=State.LOOK)
    tip = None if isinstance(end, Missing) else message(N_("The loan ends on {end:date}."), end=end)
    cell = Cell(day(told.insured_until), tip=tip or day(told.insured_until))
    return Row(told.at("insured_until"), (Cell(message(N_("Insured until"))), cell, verdict))


def _valued(told: Collateral, facts: CaseFacts, policy: Policy) -> Row:
    due = revalue_by(told, policy)
    visit = facts.site_visit
    seen = None if visit is None else visit.visited_on
    verdict = Cell(state=State.CANNOT_TELL)
    if due is not None and seen is not None:
        verdict = yes_no(seen <= due, N_("recent"), N_("too old"), broken=State.LOOK)
    tip = day(told.valued_on) if due is None else message(N_("To be valued again by {due:date}."), due=due)
    cell = Cell(day(told.valued_on), tip=tip)
    return Row(told.at("valued_on"), (Cell(message(N_("Valued on"))), cell, verdict))


def tone_of(item: CollateralItem) -> State | None:
    """The stripe of the card: what stops, what wants a look."""
    if item.eligible is False:
        return State.STOP
    return State.LOOK if item.standing.notices else None


def notes_of(item: CollateralItem, told: Collateral) -> tuple[Sayable, ...]:
    """Reasons in full: the law's, the officer's, and what was noted."""
    own = (Verbatim(told.ineligible_reason),) if told.ineligible_reason and item.eligible is False else ()
    note = (Verbatim(told.note),) if told.note else ()
    return (*item.standing.bars, *own, *item.standing.notices, *note)


def _at(item: CollateralItem, missing: str, fact: str) -> str:
    return missing or f"{item.path}.{fact}"
