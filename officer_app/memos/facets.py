"""The two questions of every loan as rows: can they pay, and will they."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final, TypeAlias

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import Missing, Ratio, known
from officer_app.credit.leverage import alone
from officer_app.memos.blocks import Pen
from officer_app.memos.inputs import Exit, MemoInputs, Standing
from officer_app.memos.lines import Span
from officer_app.memos.quantities import NOT_KNOWN, NOTHING, count, money, ratio, share
from officer_app.memos.tables import Cell
from officer_app.memos.terms import standing_span

_MOST: Final = N_("{label} (≤ {limit})")
_LEAST: Final = N_("{label} (≥ {limit})")
_STRESS: Final = N_("Sales {drop:percent} lower: left a month")
_COVERS: Final = N_("{amount:money} enough")
_FALLS_SHORT: Final = N_("{amount:money} not enough")
_OF: Final = N_("{good:count} of {all:count}")
_SCORE: Final = N_("{score:points} of 100")
_LATE: Final = N_("{loans:count}, worst {days:count} days late")
_NO_LOANS: Final = N_("none with us")
_NOT_ASKED: Final = N_("not asked")

Rows: TypeAlias = "list[tuple[Sayable | str, Cell]]"


def policy_number(assessment: Assessment, path: str) -> Decimal | None:
    """A number of the policy by its path, where this policy has it."""
    value = assessment.policy.values.get(path)
    return value if isinstance(value, Decimal) else None


def can_pay(pen: Pen, inputs: MemoInputs) -> Rows:
    """Capacity: what is left, and how much of it the loan takes; what breaks a limit is red."""
    it = inputs.assessment
    most = _limited(pen, it, highest=True)
    least = _limited(pen, it, highest=False)
    capacity = it.capacity
    return [
        (message(N_("Disposable income a month")), money(it.household.disposable_income)),
        (message(N_("Instalment a month, tested loan")), money(capacity.instalment)),
        most(
            N_("Instalment / disposable income"),
            "instalment_to_disposable_max_percent",
            capacity.instalment_to_disposable,
        ),
        least(N_("Debt service cover"), "dscr_min", capacity.dscr),
        most(
            N_("Debt / assets after the loan"),
            "debt_to_assets_after_loan_max_percent",
            capacity.debt_to_assets_after_loan,
        ),
        least(N_("Reserve in months"), "reserve_months_min", capacity.reserve_months),
        (message(_STRESS, drop=it.stress.drop_percent), _stress(pen, it)),
    ]


def other_leverage(assessment: Assessment) -> tuple[Sayable, Cell]:
    """The leverage that the limit does not look at, so that both stand in the memo."""
    at = assessment.capacity
    if alone(assessment.policy):
        return message(N_("Debt / assets with the home")), share(at.debt_to_assets_combined)
    return message(N_("Debt / assets of the business alone")), share(at.debt_to_assets_business)


def _limited(pen: Pen, assessment: Assessment, *, highest: bool) -> Callable[[str, str, Ratio], tuple[Sayable, Cell]]:
    """A row for a ratio and its limit: a share that may not be higher, or a multiple that may not be lower."""

    def row(label: str, path: str, value: Ratio) -> tuple[Sayable, Cell]:
        limit, name = policy_number(assessment, path), message(label)
        words = share(value) if highest else ratio(value)
        if limit is None or not isinstance(value, Decimal):
            return name, words
        shown = N_("{x:percent}") if highest else N_("{x:ratio}")
        head = message(_MOST if highest else _LEAST, label=name, limit=message(shown, x=limit))
        broken = value * 100 > limit if highest else value < limit
        return head, standing_span(pen, Standing.STOP, words) if broken else words

    return row


def _stress(pen: Pen, assessment: Assessment) -> Cell:
    left = known(assessment.stress.disposable_income)
    covered = assessment.stress.instalment_covered
    if left is None or isinstance(covered, Missing):
        return message(NOT_KNOWN)
    words = message(_COVERS if covered else _FALLS_SHORT, amount=left)
    return standing_span(pen, Standing.PASSED if covered else Standing.STOP, words)


def will_pay(pen: Pen, inputs: MemoInputs) -> Rows:
    """Willingness: soft answers, what was kept back, what stands unexplained."""
    assessment = inputs.assessment
    return [
        (message(N_("Soft information: good answers")), _soft(inputs)),
        (message(N_("Willingness score")), _willingness(assessment)),
        (message(N_("Debts found that were not told")), _alarming(pen, _undisclosed(assessment))),
        (
            message(N_("Contradictions left unexplained")),
            _alarming(pen, Decimal(len(inputs.unexplained)), amount=False),
        ),
        (message(N_("Contradictions explained")), _exits(inputs, Exit.EXPLAINED)),
        (message(N_("Signs of a straw borrower")), _straw(pen, inputs)),
        (message(N_("Earlier loans")), _history(inputs)),
    ]


def _soft(inputs: MemoInputs) -> Sayable:
    items = inputs.facts.soft_information
    if isinstance(items, Missing):
        return message(NOT_KNOWN)
    answered = [item for item in items if item.answer in ("yes", "no") and isinstance(item.good_answer, bool)]
    good = sum((item.answer == "yes") is item.good_answer for item in answered)
    return message(_OF, good=good, all=len(answered))


def _willingness(assessment: Assessment) -> Sayable:
    part = next((part for part in assessment.risk_index.parts if part.name == "willingness"), None)
    score = known(part.score) if part else None
    return message(NOT_KNOWN) if score is None else message(_SCORE, score=score)


def _undisclosed(assessment: Assessment) -> Decimal | None:
    return known(assessment.balance_sheet.undisclosed_debt_found)


def _alarming(pen: Pen, value: Decimal | None, *, amount: bool = True) -> Span:
    """Zero is calm, anything above it is red, by sign and colour."""
    if value is None:
        return pen.span(message(NOT_KNOWN))
    words = money(value) if amount else count(value)
    if not value:
        return pen.span(words)
    return standing_span(pen, Standing.STOP, words)


def _exits(inputs: MemoInputs, way: Exit) -> Sayable:
    closed = sum(entry.exit is way for entry in inputs.contradictions)
    return message(_OF, good=closed, all=len(inputs.contradictions)) if inputs.contradictions else NOTHING


def _straw(pen: Pen, inputs: MemoInputs) -> Span | Message:
    signs = inputs.facts.straw_indicators
    if signs is None:
        return message(_NOT_ASKED)
    seen = sum(sign.present is True for sign in signs)
    words = pen.say(message(_OF, good=seen, all=len(signs)))
    return standing_span(pen, Standing.LOOK, words) if seen else pen.span(Verbatim(words))


def _history(inputs: MemoInputs) -> Sayable:
    if not inputs.history:
        return message(_NO_LOANS)
    worst = max((loan.worst_days_overdue or 0 for loan in inputs.history), default=0)
    return message(_LATE, loans=len(inputs.history), days=worst)
