"""What is asked for, what there was between us before, and who looked at it when and where."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlab.platypus import Flowable

from officer_app.base.numerals import amount_in_words
from officer_app.base.words import CHINESE, N_, Sayable, Verbatim, message
from officer_app.credit.figures import Missing, known, summed
from officer_app.memos.blocks import Pen
from officer_app.memos.inputs import MemoInputs, Visit
from officer_app.memos.quantities import NOT_KNOWN, NOTHING, clock_time, count, day, metres, moment, money, percent
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import heading, listed, nothing, subheading
from officer_app.memos.sections.pricing import pricing
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Column, pairs
from officer_app.memos.terms import term


def request(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """The application and the earlier loans."""
    asked = inputs.facts.application
    yield heading(pen, Section.REQUEST)
    yield pairs(
        pen,
        [
            (message(N_("Amount asked for")), _amount(pen, asked.requested_amount, inputs.currency)),
            (message(N_("Term")), _months(asked.term_months)),
            (message(N_("Rate a year, nominal")), percent(asked.annual_rate_percent)),
            (message(N_("Fee at payout")), percent(asked.upfront_fee_percent)),
            (message(N_("Repayment")), term(asked.repayment_method)),
            (message(N_("Purpose as told")), asked.purpose_declared or NOTHING),
            *([(message(N_("Level of approval")), inputs.level)] if inputs.level is not None else []),
        ],
        WIDTH,
    )
    yield from pricing(pen, inputs.assessment)
    yield subheading(pen, N_("What the money is for"))
    yield _purpose(pen, inputs)
    yield subheading(pen, N_("Loans with us before"))
    yield _history(pen, inputs)


def _amount(pen: Pen, value: Decimal | Missing, currency: str) -> Sayable:
    amount = known(value)
    if amount is None:
        return message(NOT_KNOWN)
    if pen.language != CHINESE:
        return message(N_("{amount:money} {currency}"), amount=amount, currency=currency)
    words = amount_in_words(amount, pen.language)
    return message(N_("{amount:money} {currency} ({words})"), amount=amount, currency=currency, words=words)


def _months(value: Decimal | Missing) -> Sayable:
    months = known(value)
    return message(NOT_KNOWN) if months is None else message(N_("{months:count} months"), months=months)


def _purpose(pen: Pen, inputs: MemoInputs) -> Flowable:
    items = inputs.facts.application.purpose_items
    if isinstance(items, Missing) or not items:
        return nothing(pen)
    columns = (Column(message(N_("Item")), 0.7), Column(message(N_("Amount")), 0.3, number=True))
    rows: list[tuple[str | Sayable, Sayable]] = [(item.item, money(item.amount)) for item in items]
    rows.append((message(N_("Total")), money(summed(items, lambda item: item.amount))))
    return listed(pen, columns, rows, bold_rows=frozenset({len(rows) - 1}), width=WIDTH * 0.6)


def _history(pen: Pen, inputs: MemoInputs) -> Flowable:
    columns = (
        Column(message(N_("Loan")), 0.24),
        Column(message(N_("Amount")), 0.18, number=True),
        Column(message(N_("Paid out")), 0.2),
        Column(message(N_("Paid off")), 0.2),
        Column(message(N_("Worst days late")), 0.18, number=True),
    )
    rows = [
        (loan.number, money(loan.amount), day(loan.paid_out), day(loan.closed), _late(loan.worst_days_overdue))
        for loan in inputs.history
    ]
    return listed(pen, columns, rows)


def _late(days: int | None) -> Sayable:
    return NOTHING if days is None else count(days)


def visits(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Who was on site, when, for how long, how far from the address."""
    yield heading(pen, Section.VISITS)
    columns = (
        Column(message(N_("Visit")), 0.25),
        Column(message(N_("Begun")), 0.19),
        Column(message(N_("Ended")), 0.1),
        Column(message(N_("Minutes")), 0.09, number=True),
        Column(message(N_("Place")), 0.25),
        Column(message(N_("From address")), 0.12, number=True),
    )
    yield listed(pen, columns, [_visit_row(pen, visit) for visit in inputs.visits])
    yield subheading(pen, N_("Investigators"))
    people = (
        Column(message(N_("Name")), 0.25),
        Column(message(N_("Role")), 0.3),
        Column(message(N_("Key")), 0.45),
    )
    rows = [(person.name, person.role, Verbatim(person.key_id or "—")) for person in inputs.investigators]
    yield listed(pen, people, rows)


def _visit_row(pen: Pen, visit: Visit) -> tuple[Sayable | str, ...]:
    names = " · ".join(visit.investigators)
    purpose = pen.say(visit.purpose)
    label = message(N_("{number:count}. {purpose}"), number=visit.number, purpose=purpose)
    beside = [pen.say(told) for told in (visit.cosigned, visit.from_paper) if told is not None]
    return (
        Verbatim("\n".join(part for part in (pen.say(label), names, visit.visit_code, *beside) if part)),
        moment(visit.started),
        clock_time(visit.ended),
        _late(visit.minutes),
        visit.place or NOTHING,
        metres(visit.distance_m),
    )
