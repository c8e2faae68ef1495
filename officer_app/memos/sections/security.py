"""Pledges with every value that was found, and guarantors with what they have left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import CollateralItem, GuarantorCover
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import Missing
from officer_app.memos.blocks import CELL, SMALL, Pen
from officer_app.memos.inputs import MemoInputs, Standing
from officer_app.memos.quantities import NOT_KNOWN, money, percent, ratio
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import gap, heading, listed, nothing, subheading
from officer_app.memos.tables import Cell, Column
from officer_app.memos.terms import standing_span, term


def security(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """What stands behind the loan; a pledge never lifts what the cash flow carries."""
    yield heading(pen, Section.SECURITY)
    yield _pledges(pen, inputs)
    yield gap()
    yield pen.block(
        message(N_("A pledge is the second source: it never lifts the cap of repayment capacity.")), SMALL
    )
    yield subheading(pen, N_("Guarantors"))
    yield _guarantors(pen, inputs)


def _pledges(pen: Pen, inputs: MemoInputs) -> Flowable:
    items = inputs.assessment.collateral
    if not items:
        return nothing(pen)
    columns = (
        Column(message(N_("Pledge")), 0.27),
        Column(message(N_("Values found")), 0.25),
        Column(message(N_("Adopted")), 0.13, number=True),
        Column(message(N_("Share lent")), 0.1, number=True),
        Column(message(N_("Prior lien")), 0.12, number=True),
        Column(message(N_("Lendable")), 0.13, number=True),
    )
    rows = [_pledge(pen, item, told) for item, told in zip(items, inputs.facts.collateral, strict=True)]
    total = money(inputs.assessment.collateral_lendable_total)
    rows.append((message(N_("Lendable in all")), "", "", "", "", total))
    return listed(pen, columns, rows, bold_rows=frozenset({len(rows) - 1}))


def _pledge(pen: Pen, item: CollateralItem, told: Collateral) -> tuple[Cell, ...]:
    name = [pen.span(Verbatim(f"{pen.say(term(told.type))} · {item.id}\n{told.owner}"))]
    if item.eligible is False:
        words = message(N_("may not be pledged: {why}"), why=told.ineligible_reason or "—")
        name += [pen.span("\n"), standing_span(pen, Standing.STOP, words)]
    if told.note:
        name += [pen.span(Verbatim(f"\n{told.note}"))]
    values = "\n".join(
        f"{pen.say(term(method))} {pen.say(money(_fen(value)))}" for method, value in item.values.items()
    )
    return (
        pen.spans([span if span.text else type(span)("\n") for span in name], CELL),
        Verbatim(values),
        money(_fen(item.adopted_value)),
        percent(item.ltv_percent),
        money(item.prior_lien),
        money(_fen(item.lendable)),
    )


def _fen(value: Decimal | Missing) -> Decimal | Missing:
    return value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else value


def _guarantors(pen: Pen, inputs: MemoInputs) -> Flowable:
    covers = inputs.assessment.guarantors
    if not covers:
        return nothing(pen)
    columns = (
        Column(message(N_("Guarantor")), 0.28),
        Column(message(N_("Relation")), 0.27),
        Column(message(N_("Income")), 0.15, number=True),
        Column(message(N_("Left a month")), 0.15, number=True),
        Column(message(N_("Cover")), 0.15, number=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (told.id, told.relation, money(told.monthly_income), money(cover.surplus), _cover(cover))
        for cover, told in zip(covers, inputs.facts.guarantors, strict=True)
    ]
    rows.append((message(N_("Together")), "", "", "", ratio(inputs.assessment.group_cover)))
    return listed(pen, columns, rows, bold_rows=frozenset({len(rows) - 1}))


def _cover(cover: GuarantorCover) -> Sayable:
    return message(NOT_KNOWN) if isinstance(cover.cover, Missing) else ratio(cover.cover)
