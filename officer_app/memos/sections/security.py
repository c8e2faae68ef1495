"""Pledges with every value that was found and what may hinder a sale, guarantors with their own sums, the group."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import CollateralItem, GuarantorMeans
from officer_app.credit.circles import guarantee_circles
from officer_app.credit.facts.security import Collateral, Guarantor
from officer_app.credit.figures import Missing, known
from officer_app.credit.groups import GroupRule, group_rules
from officer_app.credit.guaranteeterms import effective_period
from officer_app.credit.pledgedates import end_of_loan, revalue_by
from officer_app.memos.blocks import CELL, SMALL, Pen
from officer_app.memos.inputs import MemoInputs, Standing
from officer_app.memos.lines import Span
from officer_app.memos.quantities import NOTHING, day, money, percent, quantity, ratio
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import gap, heading, listed, nothing, subheading
from officer_app.memos.securitywords import GRADES, KINDS, LAW, OWNERS, RULE_UNITS, means_word, rule_limit, word
from officer_app.memos.tables import Cell, Column
from officer_app.memos.terms import standing_span, term

_BREAK: Final = Span("\n")


def security(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """What stands behind the loan; a pledge never lifts what the cash flow carries."""
    yield heading(pen, Section.SECURITY)
    yield _pledges(pen, inputs)
    yield gap()
    yield pen.block(
        message(N_("A pledge is the second source: it never lifts the cap of repayment capacity.")), SMALL
    )
    if inputs.assessment.collateral:
        yield subheading(pen, N_("Law, liens, sale and insurance of the pledges"))
        yield _hindrances(pen, inputs)
    yield subheading(pen, N_("Guarantors"))
    yield _guarantors(pen, inputs)
    yield from _group(pen, inputs)


# --- pledges -------------------------------------------------------------------------------------------------------


def _pledges(pen: Pen, inputs: MemoInputs) -> Flowable:
    items = inputs.assessment.collateral
    if not items:
        return nothing(pen)
    columns = (
        Column(message(N_("Pledge")), 0.21),
        Column(message(N_("Values found")), 0.22),
        Column(message(N_("Adopted")), 0.12, number=True),
        Column(message(N_("Share lent")), 0.09, number=True),
        Column(message(N_("Prior lien")), 0.11, number=True),
        Column(message(N_("Sale in haste")), 0.12, number=True),
        Column(message(N_("Lendable")), 0.13, number=True),
    )
    rows = [_pledge(pen, item, told) for item, told in zip(items, inputs.facts.collateral, strict=True)]
    total = money(inputs.assessment.collateral_lendable_total)
    rows.append((message(N_("Lendable in all")), "", "", "", "", "", total))
    return listed(pen, columns, rows, bold_rows=frozenset({len(rows) - 1}))


def _pledge(pen: Pen, item: CollateralItem, told: Collateral) -> tuple[Cell, ...]:
    name = [pen.span(Verbatim(f"{pen.say(term(told.type))} · {item.id}")), _BREAK, pen.span(Verbatim(told.owner))]
    if item.eligible is False:
        name += [_BREAK, standing_span(pen, Standing.STOP, _why_not(item, told))]
    if told.note:
        name += [_BREAK, pen.span(Verbatim(told.note))]
    values = "\n".join(
        f"{pen.say(term(method))} {pen.say(money(_fen(value)))}" for method, value in item.values.items()
    )
    return (
        pen.spans(name, CELL),
        Verbatim(values),
        money(_fen(item.adopted_value)),
        percent(item.ltv_percent),
        money(item.prior_lien),
        NOTHING if item.forced_sale_value is None else money(_fen(item.forced_sale_value)),
        money(_fen(item.lendable)),
    )


def _why_not(item: CollateralItem, told: Collateral) -> Sayable:
    own = (Verbatim(told.ineligible_reason),) if told.ineligible_reason else ()
    reasons: tuple[Sayable, ...] = (*own, *item.standing.bars)
    return message(N_("may not be pledged: {why}"), why=reasons or "—")


def _fen(value: Decimal | Missing) -> Decimal | Missing:
    return value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else value


def _hindrances(pen: Pen, inputs: MemoInputs) -> Flowable:
    columns = (
        Column(message(N_("Pledge")), 0.12),
        Column(message(N_("Before the law")), 0.21),
        Column(message(N_("Owner and deed")), 0.16),
        Column(message(N_("Prior lien")), 0.14),
        Column(message(N_("Sells")), 0.11),
        Column(message(N_("Insured until")), 0.13),
        Column(message(N_("Valued on")), 0.13),
    )
    pairs = zip(inputs.assessment.collateral, inputs.facts.collateral, strict=True)
    rows = [_hindrance(pen, item, told, inputs) for item, told in pairs]
    return listed(pen, columns, rows)


def _hindrance(pen: Pen, item: CollateralItem, told: Collateral, inputs: MemoInputs) -> tuple[Cell, ...]:
    return (
        item.id,
        pen.spans(_law(pen, item, told), CELL),
        pen.spans(_owner(pen, told), CELL),
        _lien(told),
        word(GRADES, item.liquidity),
        pen.spans([_insured(pen, told, inputs)], CELL),
        pen.spans([_valued(pen, told, inputs)], CELL),
    )


def _law(pen: Pen, item: CollateralItem, told: Collateral) -> list[Span]:
    spans = [pen.span(word(LAW, told.law_class))]
    for notice in item.standing.notices:
        spans += [_BREAK, standing_span(pen, Standing.LOOK, notice)]
    return spans


def _owner(pen: Pen, told: Collateral) -> list[Span]:
    spans = [pen.span(word(OWNERS, told.owner_relation))]
    if told.co_owners_agree is False:
        spans += [_BREAK, standing_span(pen, Standing.STOP, message(N_("not all owners agree")))]
    if told.deed_seen is False:
        spans += [_BREAK, standing_span(pen, Standing.STOP, message(N_("deed not seen")))]
    if told.deed_number:
        spans += [_BREAK, pen.span(Verbatim(told.deed_number))]
    return spans


def _lien(told: Collateral) -> Sayable:
    lien, rank = known(told.prior_lien), known(told.rank)
    if not lien:
        return message(N_("none")) if lien is not None else money(told.prior_lien)
    holder = told.lien_holder or "—"
    if rank is None:
        return Verbatim(holder)
    return message(N_("{holder}; we come number {rank:count}"), holder=holder, rank=rank)


def _insured(pen: Pen, told: Collateral, inputs: MemoInputs) -> Span:
    end = end_of_loan(inputs.facts.application)
    if told.insured_until is None or isinstance(end, Missing):
        return pen.span(day(told.insured_until))
    kept = told.insured_until >= end
    return standing_span(pen, Standing.PASSED if kept else Standing.LOOK, day(told.insured_until))


def _valued(pen: Pen, told: Collateral, inputs: MemoInputs) -> Span:
    due, visit = revalue_by(told, inputs.assessment.policy), inputs.facts.site_visit
    if due is None or visit is None or visit.visited_on is None:
        return pen.span(day(told.valued_on))
    kept = visit.visited_on <= due
    return standing_span(pen, Standing.PASSED if kept else Standing.LOOK, day(told.valued_on))


# --- guarantors ----------------------------------------------------------------------------------------------------


def _guarantors(pen: Pen, inputs: MemoInputs) -> Flowable:
    people = inputs.assessment.guarantor_means
    if not people:
        return nothing(pen)
    columns = (
        Column(message(N_("Guarantor")), 0.18),
        Column(message(N_("Guarantee")), 0.21),
        Column(message(N_("Income")), 0.11, number=True),
        Column(message(N_("Left a month")), 0.11, number=True),
        Column(message(N_("Cover")), 0.08, number=True),
        Column(message(N_("Net worth")), 0.12, number=True),
        Column(message(N_("What it comes to")), 0.19),
    )
    rows: list[tuple[Cell, ...]] = [
        _guarantor(pen, person, told) for person, told in zip(people, inputs.facts.guarantors, strict=True)
    ]
    rows.append((message(N_("Together")), "", "", "", ratio(inputs.assessment.group_cover), "", ""))
    return listed(pen, columns, rows, bold_rows=frozenset({len(rows) - 1}))


def _guarantor(pen: Pen, person: GuarantorMeans, told: Guarantor) -> tuple[Cell, ...]:
    standing, verdict = means_word(person)
    spans = [standing_span(pen, standing, verdict)]
    for doubt in person.doubts:
        spans += [_BREAK, standing_span(pen, Standing.LOOK, doubt)]
    return (
        Verbatim(f"{told.name or told.id}\n{told.relation}"),
        pen.spans(_terms(pen, told), CELL),
        money(told.monthly_income),
        money(person.surplus),
        ratio(person.cover),
        money(_fen(person.net_worth)),
        pen.spans(spans, CELL),
    )


def _terms(pen: Pen, told: Guarantor) -> list[Span]:
    """Kind, period and spouse, as far as anybody read the guarantee."""
    spans = [pen.span(word(KINDS, told.guarantee_kind))]
    if not isinstance(told.guarantee_kind, Missing):
        months = message(N_("{months:count} months after the due date"), months=known(effective_period(told)))
        spans += [_BREAK, pen.span(months)]
    if told.spouse_signed is False:
        spans += [_BREAK, standing_span(pen, Standing.STOP, message(N_("spouse did not sign")))]
    return spans


# --- the group -----------------------------------------------------------------------------------------------------


def _group(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    group, it = inputs.facts.joint_group, inputs.assessment
    if group is not None:
        yield subheading(pen, N_("Joint-liability group"))
        loan, instalment = it.facts.application.requested_amount, it.capacity.instalment_at_requested_amount
        yield _rules(pen, group_rules(group, it.facts.borrower, loan, instalment, it.policy))
    for circle in guarantee_circles(it.facts):
        yield gap()
        ring = " → ".join((*circle.names, circle.names[0]))
        words = message(N_("Guarantees run in a circle: {ring}"), ring=ring)
        yield pen.spans([standing_span(pen, Standing.STOP, words)], CELL)


def _rules(pen: Pen, rules: tuple[GroupRule, ...]) -> Flowable:
    if not rules:
        return nothing(pen)
    columns = (
        Column(message(N_("Rule of the group")), 0.46),
        Column(message(N_("Found")), 0.18, number=True),
        Column(message(N_("Limit")), 0.18, number=True),
        Column(message(N_("Verdict")), 0.18),
    )
    return listed(pen, columns, [_rule(pen, rule) for rule in rules])


def _rule(pen: Pen, rule: GroupRule) -> tuple[Cell, ...]:
    verdict = standing_span(pen, Standing.UNKNOWN)
    if isinstance(rule.kept, bool):
        kept = message(N_("kept")) if rule.kept else message(N_("broken"))
        verdict = standing_span(pen, Standing.PASSED if rule.kept else Standing.STOP, kept)
    return rule.label, quantity(rule.found, RULE_UNITS[rule.name]), rule_limit(rule), verdict
