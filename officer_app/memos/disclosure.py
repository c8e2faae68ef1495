"""What a borrower is told before signing: the price on one page, and whether it can be carried on the next.

Source: DOMAIN, rows 45, 46, 122 to 124; b, "APR": the yearly rate with all fees stands out over any daily or monthly
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepInFrame, PageBreak, Spacer, Table, TableStyle

from officer_app.base.clock import local_time
from officer_app.base.errors import Fault
from officer_app.base.numerals import amount_in_words
from officer_app.base.words import CHINESE, N_, Bilingual, Language, Message, Sayable, Verbatim, message
from officer_app.credit.affordability import Affordability, affordability
from officer_app.credit.assessment import Assessment
from officer_app.credit.lender import ADDRESS, COMPLAINTS, LICENCE, PHONE, REGULATOR
from officer_app.credit.loanplans import WAYS, LoanPlan
from officer_app.credit.loans.early import settlement
from officer_app.credit.loans.fees import Charge
from officer_app.credit.loans.repayment import ScheduleRow
from officer_app.credit.ratecaps import within
from officer_app.memos.blocks import BODY, SMALL, SUBHEADING, Align, Pen, Style, draw_spans
from officer_app.memos.faces import Faces, shipped_faces
from officer_app.memos.inputs import Applicant, Standing
from officer_app.memos.palette import COLOURS
from officer_app.memos.plotted import Plot
from officer_app.memos.quantities import NOTHING, count, day, money, percent
from officer_app.memos.sheet import BOTTOM, FIRST_HEIGHT, PAGE_HEIGHT, TOP, WIDTH, Headings, typeset
from officer_app.memos.tables import Cell, Column, figures, pairs, table
from officer_app.memos.terms import standing_span, term
from officer_app.plots.primitives import Role
from officer_app.plots.repayment import repayment

_ON_PAGE_ONE: Final = 36  # rows; a longer schedule stands on pages of its own
_ONE_BLOCK: Final = 12
_GAP: Final = 14.0
_LATER_HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM
_DAYS: Final = 360
_TITLE: Final = N_("What this loan costs")
_SUBTITLE: Final = N_("Read this before you sign. Ask about whatever is not clear.")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything the sheet says. `applicant` comes masked; `officer` is who explains it."""

    institution: str
    branch: str
    case_number: str
    version: int
    applicant: Applicant
    plan: LoanPlan
    assessment: Assessment
    officer: str
    made_at: datetime


def disclosure_sheet(told: Disclosure, language: Language, *, translation: bool = False) -> bytes:
    """The sheet as PDF, the price always on one page. Errors: GLYPH_MISSING."""
    return set_disclosure(told, language, shipped_faces(), translation=translation)


def set_disclosure(told: Disclosure, language: Language, faces: Faces, *, translation: bool = False) -> bytes:
    """The sheet set in given fonts."""
    pen = Pen(language, faces)
    case = message(N_("case {case} · version {version:count}"), case=told.case_number, version=told.version)
    headings = Headings(
        message(_TITLE),
        told.institution,
        case,
        "zh-CN" if language == CHINESE else "en",
        translation,
        message(N_("policy {policy}"), policy=told.assessment.policy.version),
    )
    story: list[Flowable] = [
        KeepInFrame(WIDTH, FIRST_HEIGHT - 4, list(_price(pen, told, case)), mode="shrink"),
        PageBreak(),
        KeepInFrame(WIDTH, _LATER_HEIGHT - 4, list(_carrying(pen, told)), mode="shrink"),
    ]
    if len(told.plan.rows) > _ON_PAGE_ONE:
        story += [
            PageBreak(),
            pen.block(message(N_("Repayment schedule")), SUBHEADING),
            _whole_rows(pen, told.plan.rows),
        ]
    return typeset(story, headings, pen, _plain)


def _plain(_canvas: Canvas) -> None:
    """Nothing stands under the text."""


# --- the price ----------------------------------------------------------------------------------------------------


def _price(pen: Pen, told: Disclosure, case: Sayable) -> Iterator[Flowable]:
    plan = told.plan
    yield pen.block(message(_TITLE), Style(size=17, leading=1.2, bold=True))
    yield pen.block(Verbatim(f"{told.institution} · {told.branch} · {pen.say(case)}"), replace(SMALL, size=8))
    yield pen.block(_lender(told), replace(SMALL, size=8))
    yield Rule(8)
    yield pen.block(message(_SUBTITLE), replace(BODY, bold=True))
    yield pairs(pen, _loan(pen, told), WIDTH, label=0.22)
    yield Spacer(0, 5)
    yield from _rates(pen, plan)
    yield from _limits(pen, plan)
    yield Spacer(0, 4)
    yield _beside(pen, _fees(pen, plan), _sums(pen, plan))
    yield pen.block(message(N_("Repayment schedule")), SUBHEADING)
    drawing = repayment(plan.rows, width=WIDTH, em=7.2, height=74)
    if drawing is not None:
        yield Plot(drawing, pen)
    if len(plan.rows) <= _ON_PAGE_ONE:
        yield _schedule(pen, plan.rows)
    else:
        yield pen.block(message(N_("Every payment stands on the last pages.")), SMALL)
    yield pen.block(message(N_("What you should know")), SUBHEADING)
    for words in _plain_words(told):
        yield pen.block(words, replace(BODY, size=8.2, after=2))
    yield Spacer(0, 6)
    yield Signatures(
        pen,
        (
            message(N_("Borrower")),
            message(N_("Spouse or co-borrower")),
            message(N_("Explained by")),
            message(N_("Date")),
        ),
    )


def _lender(told: Disclosure) -> Sayable:
    policy = told.assessment.policy
    parts = (policy.get(key, "") for key in (LICENCE, REGULATOR, ADDRESS, PHONE))
    line = " · ".join(part for part in parts if part)
    return Verbatim(line) if line else message(N_("Ask for the lender's licence before you sign."))


def _loan(pen: Pen, told: Disclosure) -> list[tuple[Sayable | str, Cell]]:
    plan, who = told.plan, told.applicant
    amount = plan.terms.principal
    words = amount_in_words(amount, pen.language)
    rows: list[tuple[Sayable | str, Cell]] = [
        (message(N_("Borrower")), Verbatim(f"{who.name} {who.masked_id}".strip())),
        (
            message(N_("Amount of the loan")),
            pen.block(
                message(N_("{amount:money} · {words}"), amount=amount, words=words), Style(size=10.5, bold=True)
            ),
        ),
        (
            message(N_("Paid out, term")),
            message(
                N_("{start:date}, {months:count} months, last payment on {end:date}"),
                start=plan.start,
                months=len(plan.rows),
                end=plan.terms.dates[-1],
            ),
        ),
        (message(N_("How it is paid back")), _way(plan)),
    ]
    if plan.product is not None:
        rows.insert(2, (message(N_("Product")), plan.product.name))
    return rows


def _way(plan: LoanPlan) -> Sayable:
    return message(WAYS[plan.way]) if plan.way in WAYS else term(plan.way)


def _rates(pen: Pen, plan: LoanPlan) -> Iterator[Flowable]:
    """The two yearly rates with all fees, large; the contract's own and what it is a month and a day, small."""
    large = Style(size=21, leading=1.15, bold=True, role=Role.ACCENT, align=Align.MIDDLE)
    under = Style(size=8.2, align=Align.MIDDLE)
    cells = [
        [
            pen.block(percent(plan.cost.nominal_percent), large),
            pen.block(percent(plan.cost.effective_percent), large),
        ],
        [
            pen.block(message(N_("a year, simple, all fees in")), under),
            pen.block(message(N_("a year, with interest upon interest, all fees in")), under),
        ],
    ]
    yield Table(cells, colWidths=[WIDTH / 2] * 2, style=_boxed(pen), hAlign="LEFT")
    rate = plan.contract_rate
    small = message(
        N_("Interest alone {year:percent} a year: {month:points} % a month, {daily} % a day."),
        year=rate,
        month=rate / 12,
        daily=Verbatim(f"{(rate / _DAYS).quantize(Decimal('0.0001')):f}"),
    )
    yield pen.block(small, replace(SMALL, align=Align.MIDDLE, before=3, after=2))


def _limits(pen: Pen, plan: LoanPlan) -> Iterator[Flowable]:
    """The limits of the price, each with whether it is kept."""
    for limit in plan.limits:
        kept = within(plan.cost.nominal_percent, limit.percent)
        standing = Standing.PASSED if kept else Standing.STOP if limit.in_force else Standing.LOOK
        since = N_("{name}: {limit:percent}, in force since {since:date}")
        later = N_("{name}: {limit:percent}, coming on {since:date}")
        words = message(since if limit.in_force else later, name=limit.name, limit=limit.percent, since=limit.since)
        yield pen.spans([standing_span(pen, standing, words)], replace(SMALL, size=7.8))


def _fees(pen: Pen, plan: LoanPlan) -> Flowable:
    columns = (
        Column(message(N_("Fees, all of them")), 0.42),
        Column(message(N_("Paid when")), 0.34),
        Column(message(N_("Amount")), 0.24, number=True),
    )
    rows: list[Sequence[Cell]] = [
        (_fee_name(some[0]), _when(some), money(sum((one.amount for one in some), Decimal(0))))
        for some in _by_fee(plan.charges)
    ]
    if not rows:
        rows = [(message(N_("none: nobody may take any other money")), NOTHING, money(Decimal(0)))]
    return table(pen, columns, rows, _half(), size=7.6)


def _by_fee(charges: Sequence[Charge]) -> list[list[Charge]]:
    found: dict[int, list[Charge]] = {}
    for charge in charges:
        found.setdefault(id(charge.fee), []).append(charge)
    return list(found.values())


def _fee_name(charge: Charge) -> Sayable:
    return Bilingual(charge.fee.english or charge.fee.name, charge.fee.name)


def _when(some: list[Charge]) -> Sayable:
    if len(some) == 1 and not some[0].row:
        return message(N_("at the payout"))
    if not some[0].row:
        return message(N_("at the payout, then {times:count} times, once a year"), times=len(some) - 1)
    return message(N_("{times:count} times, the first with payment {row:count}"), times=len(some), row=some[0].row)


def _sums(pen: Pen, plan: LoanPlan) -> Flowable:
    cost = plan.cost
    rows: list[tuple[Sayable | str, Cell]] = [
        (message(N_("You receive")), money(plan.received)),
        (message(N_("Interest in all")), money(cost.interest)),
        (message(N_("Fees in all")), money(cost.fees)),
    ]
    if cost.subsidy:
        rows.append((message(N_("Paid for you by the subsidy")), money(-cost.subsidy)))
    rows.append((message(N_("You pay back in all")), money(plan.terms.principal + cost.whole)))
    return figures(pen, rows, _half(), label=0.62, size=7.8)


def _schedule(pen: Pen, rows: Sequence[ScheduleRow]) -> Flowable:
    """One block with the balance, or two or three side by side with what is paid."""
    blocks = -(-len(rows) // _ONE_BLOCK)
    if blocks == 1:
        return _whole_rows(pen, rows)
    width = (WIDTH - _GAP * (blocks - 1)) / blocks
    size = 6.8 if blocks == 2 else 6.0
    tall = -(-len(rows) // blocks)
    parts = [_paid_rows(pen, rows[at : at + tall], width, size) for at in range(0, len(rows), tall)]
    return _beside(pen, *parts)


def _whole_rows(pen: Pen, rows: Sequence[ScheduleRow]) -> Table:
    columns = (
        Column(message(N_("No.")), 0.08, number=True),
        Column(message(N_("Due on")), 0.24),
        Column(message(N_("Principal")), 0.17, number=True),
        Column(message(N_("Interest")), 0.15, number=True),
        Column(message(N_("To pay")), 0.18, number=True),
        Column(message(N_("Still owed")), 0.18, number=True),
    )
    cells: list[Sequence[Cell]] = [
        (count(row.number), day(row.due), *(_exact(one) for one in _amounts(row)), _exact(row.balance_after))
        for row in rows
    ]
    return table(pen, columns, cells, WIDTH, size=7.2)


def _paid_rows(pen: Pen, rows: Sequence[ScheduleRow], width: float, size: float) -> Table:
    columns = (
        Column(Verbatim("#"), 0.1, number=True),
        Column(message(N_("Due on")), 0.29),
        Column(message(N_("Principal")), 0.2, number=True),
        Column(message(N_("Interest")), 0.2, number=True),
        Column(message(N_("To pay")), 0.21, number=True),
    )
    cells: list[Sequence[Cell]] = [
        (count(row.number), _short_day(row), *(_exact(one) for one in _amounts(row))) for row in rows
    ]
    return table(pen, columns, cells, width, size=size)


def _amounts(row: ScheduleRow) -> tuple[Decimal, Decimal, Decimal]:
    return row.principal, row.interest, row.payment


def _exact(amount: Decimal) -> Sayable:
    """Always with fen: a schedule is checked against the bank's."""
    return Verbatim(f"{amount:,.2f}")


def _short_day(row: ScheduleRow) -> Sayable:
    return Verbatim(row.due.isoformat()) if row.due is not None else NOTHING


_DAYS_OFF: Final = N_(
    "A payment that falls due on a day off is paid on the day shown above; the interest stays the same."
)


def _plain_words(told: Disclosure) -> Iterator[Message]:
    plan = told.plan
    cap = min((limit.percent for limit in plan.limits if limit.in_force), default=None)
    yield message(N_("Interest is never taken beforehand: it counts on what you owe, for the days you owe it."))
    if plan.moved:
        yield message(_DAYS_OFF)
    yield from _early(plan)
    late = plan.product.late_uplift if plan.product is not None else None
    if late is None:
        yield message(
            N_("Late: penalty interest as the contract says. Call us before the due day, we look for a fair plan.")
        )
    else:
        yield message(
            N_(
                "Late: the overdue part costs the contract's rate and {late:percent} of it more. Call us before the "
                "due day, we look for a fair plan."
            ),
            late=late,
        )
    if plan.product is not None:
        yield message(
            N_("Money used for another purpose than agreed costs {misuse:percent} more and may be called back."),
            misuse=plan.product.misuse_uplift,
        )
    if cap is not None:
        yield message(N_("Interest, fees and penalties together never pass {cap:percent} a year."), cap=cap)
    yield message(
        N_(
            "Pay only into the lender's account. Nobody of ours takes cash, a deposit or a fee for favours; whoever "
            "asks for it is not us. Never lend your name or your card for another's loan."
        )
    )
    complaints = told.assessment.policy.get(COMPLAINTS, None)
    if complaints:
        yield message(N_("Complaints: {complaints}"), complaints=Verbatim(complaints))


def _early(plan: LoanPlan) -> Iterator[Message]:
    """Early repayment, with an example in the middle of the term."""
    product = plan.product
    if product is None or not product.early_fee:
        yield message(N_("You may pay back early at any time, whole or in part, without a fee."))
    else:
        yield message(
            N_(
                "You may pay back early; the fee is at most {fee:percent} of it, "
                "and none after {months:count} months."
            ),
            fee=product.early_fee,
            months=product.early_free_after,
        )
    middle = plan.terms.dates[len(plan.rows) // 2]
    try:
        quote = settlement(plan.terms, middle)
    except Fault:  # a loan of one payment has no middle
        return
    yield message(
        N_("For example: all paid back on {on:date} takes {whole:money} and saves {saved:money} of interest."),
        on=middle,
        whole=quote.whole,
        saved=quote.saved,
    )


# --- whether it can be carried ------------------------------------------------------------------------------------


def _carrying(pen: Pen, told: Disclosure) -> Iterator[Flowable]:
    plan = told.plan
    month = affordability(told.assessment, plan.average)
    yield pen.block(message(N_("Can you carry it?")), Style(size=15, leading=1.25, bold=True))
    yield pen.block(
        message(N_("As we counted it together on {on:date}. Say so if a figure is wrong: it is your money."),
                on=local_time(told.made_at).date()),
        replace(BODY, after=6),
    )  # fmt: skip
    yield _month(pen, month, plan)
    yield pen.block(message(N_("If sales fall")), SUBHEADING)
    for standing, words in _stress(month):
        yield pen.spans([standing_span(pen, standing, words)], replace(BODY, size=9.6))
    yield _in_all(pen, plan)
    yield pen.block(message(N_("Before you sign, ask yourself")), SUBHEADING)
    for question in _QUESTIONS:
        yield pen.block(message(question), replace(BODY, size=9.4))
    yield Spacer(0, 22)
    yield pen.block(
        message(N_("I have read both pages, they were explained to me, and I got a copy.")), replace(BODY, bold=True)
    )
    yield Spacer(0, 6)
    yield Signatures(pen, (message(N_("Borrower")), message(N_("Spouse or co-borrower")), message(N_("Date"))))


_QUESTIONS: Final = (
    N_("□ Who pays if I am ill for a month?"),
    N_("□ Is the money for my own business, and do I decide over it?"),
    N_("□ Do I owe anybody whom this page does not know?"),
    N_("□ Would I rather borrow less, or for longer?"),
)


def _month(pen: Pen, month: Affordability, plan: LoanPlan) -> Flowable:
    rows: list[tuple[Sayable | str, Cell]] = [
        (message(N_("Profit of the business, average month")), _whole(month.profit)),
        (message(N_("Other income, verified")), _whole(month.other_income)),
        (message(N_("Household expenses")), _less(month.household)),
        (message(N_("Debts already paid each month")), _less(month.debts)),
        (message(N_("Left before this loan")), _whole(month.disposable)),
        (message(N_("This loan, on average a month")), _less(month.instalment)),
        (message(N_("What is left to you")), _whole(month.left)),
    ]
    columns = (Column("", 0.66), Column(message(N_("yuan a month")), 0.34, number=True))
    total = table(pen, columns, rows, WIDTH, size=10, bold_rows=frozenset({4, 6}))
    if plan.largest.payment <= plan.average * 2:
        return total
    largest = message(
        N_("The largest single payment is {amount:money} on {on:date}. Where will it come from?"),
        amount=plan.largest.payment,
        on=plan.largest.due,
    )
    return Table(
        [[total], [pen.spans([standing_span(pen, Standing.LOOK, largest)], replace(BODY, size=9.6, before=6))]],
        colWidths=[WIDTH],
        style=_tight(pen),
    )


def _whole(figure: object) -> Sayable:
    return money(figure.quantize(Decimal(1))) if isinstance(figure, Decimal) else message(N_("not known yet"))


def _less(figure: object) -> Sayable:
    return _whole(-figure) if isinstance(figure, Decimal) else _whole(figure)


def _stress(month: Affordability) -> Iterator[tuple[Standing, Sayable]]:
    left = month.left_after_drop
    if isinstance(left, Decimal):
        good = N_("Sales {drop:percent} lower: {left:money} a month are still left.")
        bad = N_("Sales {drop:percent} lower: {left:money} a month are missing.")
        words = message(good if left >= 0 else bad, drop=month.drop_percent, left=abs(left).quantize(Decimal(1)))
        yield (Standing.PASSED if left >= 0 else Standing.STOP), words
    fall = month.may_fall
    if not isinstance(fall, Decimal):
        yield Standing.UNKNOWN, message(N_("not known yet"))
    elif fall < 0:
        yield Standing.STOP, message(N_("Even now the month does not carry this loan."))
    else:
        standing = Standing.PASSED if fall >= month.drop_percent else Standing.LOOK
        shown = fall.quantize(Decimal("0.1"))
        yield standing, message(N_("Sales may fall by {fall:percent} until nothing is left."), fall=shown)


def _in_all(pen: Pen, plan: LoanPlan) -> Flowable:
    """The whole price in one sentence."""
    words = message(
        N_("In all you pay {cost:money} for having {amount:money} for {months:count} months."),
        cost=plan.cost.whole,
        amount=plan.terms.principal,
        months=len(plan.rows),
    )
    return pen.block(words, replace(BODY, size=9.6))


# --- pieces -------------------------------------------------------------------------------------------------------


class Rule(Flowable):
    """The line under the title."""

    def __init__(self, tall: float) -> None:
        super().__init__()
        self._tall = tall

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        return available_width, self._tall

    def draw(self) -> None:
        self.canv.setStrokeColor(COLOURS[Role.ACCENT])
        self.canv.setLineWidth(1.6)
        self.canv.line(0, self._tall / 2, self.width, self._tall / 2)


class Signatures(Flowable):
    """Lines to sign on in ink, each with who signs."""

    _tall: Final = 40.0
    _style: Final = Style(size=7.8, role=Role.MUTED)

    def __init__(self, pen: Pen, who: Sequence[Sayable]) -> None:
        super().__init__()
        self._pen, self._who = pen, tuple(who)

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        return available_width, self._tall

    def draw(self) -> None:
        step = (self.width + _GAP) / len(self._who)
        self.canv.setStrokeColor(COLOURS[Role.MUTED])
        self.canv.setLineWidth(0.7)
        for place, name in enumerate(self._who):
            left = place * step
            self.canv.line(left, 12, left + step - _GAP, 12)
            draw_spans(self.canv, [self._pen.span(name)], left, 2, self._style, self._pen.faces)


def _half() -> float:
    return (WIDTH - _GAP) / 2


def _beside(pen: Pen, *parts: Flowable) -> Table:
    """Parts next to each other, each as wide as the others."""
    each = (WIDTH - _GAP * (len(parts) - 1)) / len(parts)
    cells: list[Flowable | str] = []
    widths: list[float] = []
    for place, part in enumerate(parts):
        if place:
            cells.append("")
            widths.append(_GAP)
        cells.append(part)
        widths.append(each)
    return Table([cells], colWidths=widths, style=_tight(pen), hAlign="LEFT")


_TIGHT: Final = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((side, (0, 0), (-1, -1), 0) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")),
    ]
)


def _tight(pen: Pen) -> TableStyle:
    return TableStyle([("FONTNAME", (0, 0), (-1, -1), pen.faces.regular.name)], parent=_TIGHT)


def _boxed(pen: Pen) -> TableStyle:
    return TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), pen.faces.regular.name),
            ("BOX", (0, 0), (-1, -1), 1.1, COLOURS[Role.ACCENT]),
            ("LINEBEFORE", (1, 0), (1, -1), 0.6, COLOURS[Role.LINE]),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
