"""The borrower, the household, and what others say: facts first, soft information with its answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.character import saying
from officer_app.credit.facts.character import SoftItem
from officer_app.credit.figures import Missing, Truth
from officer_app.memos.blocks import SMALL, Pen
from officer_app.memos.inputs import MemoInputs, Standing
from officer_app.memos.lines import Span
from officer_app.memos.quantities import NOT_KNOWN, NOTHING, count, day, money
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import heading, listed, missing_line, subheading
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Column, half, pairs, side_by_side, table
from officer_app.memos.terms import standing_span

_YES: Final = N_("yes")
_NO: Final = N_("no")


def people(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """Borrower, household, character."""
    yield heading(pen, Section.PEOPLE)
    yield pairs(pen, _borrower(pen, inputs), WIDTH)
    yield subheading(pen, N_("Household, a month"))
    yield _household(pen, inputs)
    yield from _missing_household(pen, inputs)
    yield subheading(pen, N_("Soft information"))
    yield _soft(pen, inputs)
    if inputs.drawn is not None:
        yield pen.block(inputs.drawn, SMALL)
    if inputs.facts.straw_indicators is not None:
        yield subheading(pen, N_("Signs of a straw borrower"))
        yield _straw(pen, inputs)
    yield subheading(pen, N_("Heard and seen"))
    yield _notes(pen, inputs)
    yield subheading(pen, N_("Registers searched"))
    yield _lookups(pen, inputs)


def _borrower(pen: Pen, inputs: MemoInputs) -> list[tuple[Sayable, Sayable | str]]:
    who = inputs.applicant
    rows: list[tuple[Sayable, Sayable | str]] = [
        (message(N_("Name")), who.name),
        (message(N_("Identity number, masked")), who.masked_id or NOTHING),
        (message(N_("Phone, masked")), who.masked_phone or NOTHING),
        (message(N_("Role in the business")), who.role or NOTHING),
        (message(N_("Persons in the household")), count(inputs.facts.household.persons)),
    ]
    if who.consent:
        rows.append((message(N_("Consent to the use of personal data")), who.consent))
    if inputs.facts.traits_bankruptcy_prone:
        traits = " · ".join(pen.say(saying(trait)) for trait in inputs.facts.traits_bankruptcy_prone)
        rows.append((message(N_("Traits noted")), traits))
    return rows


def _household(pen: Pen, inputs: MemoInputs) -> Flowable:
    wide = half(WIDTH)
    family, month = inputs.facts.household, inputs.assessment.household
    left = (
        Column(message(N_("Income besides the business")), 0.52),
        Column(message(N_("On paper")), 0.2),
        _amount(0.28),
    )
    income = family.other_income if isinstance(family.other_income, tuple) else ()
    rows = [(item.item, _yes_no(item.verified), money(item.monthly_amount)) for item in income]
    sums = [(message(N_("Counted")), "", money(month.other_income_counted))]
    right = (Column(message(N_("Expenses")), 0.66), _amount(0.34))
    expenses = family.monthly_expenses if isinstance(family.monthly_expenses, tuple) else ()
    spent = [(item.item, money(item.monthly_amount)) for item in expenses]
    ends = [
        (message(N_("Local floor")), money(month.expenses_floor)),
        (message(N_("Adopted: the higher")), money(month.expenses_adopted)),
    ]
    return side_by_side(
        pen,
        [
            table(pen, left, [*rows, *sums], wide, bold_rows=frozenset({len(rows)})),
            table(pen, right, [*spent, *ends], wide, bold_rows=frozenset({len(spent) + 1})),
        ],
        WIDTH,
    )


def _amount(share: float) -> Column:
    return Column(message(N_("Amount")), share, number=True)


def _missing_household(pen: Pen, inputs: MemoInputs) -> list[Flowable]:
    month = inputs.assessment.household
    waits = [part.paths for part in (month.expenses_adopted, month.other_income_counted) if isinstance(part, Missing)]
    return missing_line(pen, tuple(path for paths in waits for path in paths))


def _yes_no(truth: Truth) -> Sayable:
    if isinstance(truth, Missing):
        return message(NOT_KNOWN)
    return message(_YES if truth else _NO)


def _soft(pen: Pen, inputs: MemoInputs) -> Flowable:
    items = inputs.facts.soft_information
    columns = (Column(message(N_("Item")), 0.66), Column(message(N_("Answer")), 0.14), Column("", 0.2))
    rows = (
        []
        if isinstance(items, Missing)
        else [(saying(item.item), _answer(item), _judged(pen, item)) for item in items]
    )
    return listed(pen, columns, rows)


def _answer(item: SoftItem) -> Sayable:
    return {"yes": message(_YES), "no": message(_NO)}.get(item.answer, message(N_("not answered")))


def _judged(pen: Pen, item: SoftItem) -> Span:
    if item.answer not in ("yes", "no") or isinstance(item.good_answer, Missing):
        return standing_span(pen, Standing.UNKNOWN, message(N_("left out")))
    good = (item.answer == "yes") is item.good_answer
    words = message(N_("good")) if good else message(N_("look closer"))
    return standing_span(pen, Standing.PASSED if good else Standing.LOOK, words)


def _straw(pen: Pen, inputs: MemoInputs) -> Flowable:
    signs = inputs.facts.straw_indicators or ()
    columns = (Column(message(N_("Indicator")), 0.8), Column(message(N_("Present")), 0.2))
    return listed(pen, columns, [(saying(sign.indicator), _yes_no(sign.present)) for sign in signs])


def _notes(pen: Pen, inputs: MemoInputs) -> Flowable:
    columns = (
        Column(message(N_("About")), 0.15),
        Column(message(N_("Said")), 0.24),
        Column(message(N_("Seen")), 0.24),
        Column(message(N_("Evidence and verdict")), 0.22),
        Column(message(N_("Noted by")), 0.15),
    )
    rows = [
        (
            note.subject,
            note.said or NOTHING,
            note.seen or NOTHING,
            Verbatim("\n".join(part for part in (note.evidence, note.verdict) if part) or "—"),
            Verbatim("\n".join(part for part in (note.author, pen.say(day(note.on)) if note.on else "") if part)),
        )
        for note in inputs.notes
    ]
    return listed(pen, columns, rows)


def _lookups(pen: Pen, inputs: MemoInputs) -> Flowable:
    columns = (
        Column(message(N_("Register")), 0.26),
        Column(message(N_("Searched on")), 0.16),
        Column(message(N_("Words searched")), 0.2),
        Column(message(N_("Result")), 0.22),
        Column(message(N_("Holds until")), 0.16),
    )
    rows = [
        (look.register, day(look.on), look.words_searched, look.result, day(look.valid_until))
        for look in inputs.lookups
    ]
    return listed(pen, columns, rows)
