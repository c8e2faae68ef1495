"""Schedules and rates of loans without a window: one JSON object in, one out."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from officer_app.base.canonical import Json
    from officer_app.credit.loans.fees import Fee
    from officer_app.credit.loans.repayment import ScheduleRow
    from officer_app.credit.loans.revolving import CreditLine
    from officer_app.credit.loans.terms import LoanTerms

_AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
_FRACTION: Final = 8
_PERCENT: Final = 4
_LINE_COLUMNS: Final = ("n", "due_date", "drawn", "repaid", "principal", "interest", "total", "balance_after")
_COLUMNS: Final = ("n", "due_date", "principal", "interest", "total", "balance_after")


def register(app: typer.Typer) -> None:
    """Add `schedule` and `rate`."""
    app.command("schedule")(_schedule)
    app.command("rate")(_rate)


def _schedule(as_json: _AsJson = False) -> None:
    """Repayment schedule, row by row, of the loan terms on stdin (JSON)."""
    from officer_app.base.public_holidays import day_off
    from officer_app.credit.loans.reading import read_plan
    from officer_app.credit.loans.revolving import CreditLine
    from officer_app.credit.loans.told import SIZE_LIMIT

    plan = read_plan(sys.stdin.buffer.read(SIZE_LIMIT + 1), day_off)
    if isinstance(plan.terms, CreditLine):
        _tell(*_line(plan.terms), _LINE_COLUMNS, as_json=as_json)
    else:
        _tell(*_loan(plan.terms, plan.fees), _COLUMNS, as_json=as_json)


def _tell(lines: list[dict[str, object]], sums: dict[str, str], columns: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        _write({"rows": lines, **sums})
        return
    for line in lines:
        sys.stdout.write("  ".join(f"{line.get(name) or '':>14}" for name in columns) + "\n")
    for name, value in sums.items():
        sys.stdout.write(f"{name}  {value}\n")


def _loan(terms: LoanTerms, fees: tuple[Fee, ...]) -> tuple[list[dict[str, object]], dict[str, str]]:
    from officer_app.credit.loans.fees import cost_of
    from officer_app.credit.loans.repayment import schedule_of
    from officer_app.credit.rounding import printed

    rows = schedule_of(terms)
    sums = _sums(rows, terms)
    if fees:
        cost = cost_of(terms, rows, fees)
        sums["total_fees"] = terms.exactness.printed(cost.fees)
        sums["total_cost"] = terms.exactness.printed(cost.whole)
        sums["apr_nominal_percent"] = printed(cost.nominal_percent, _PERCENT)
        sums["apr_effective_percent"] = printed(cost.effective_percent, _PERCENT)
    return [_row(row, terms) for row in rows], sums


def _line(line: CreditLine) -> tuple[list[dict[str, object]], dict[str, str]]:
    from officer_app.credit.figures import HUNDRED
    from officer_app.credit.loans.returns import effective_annual
    from officer_app.credit.loans.revolving import line_flows, line_schedule
    from officer_app.credit.rounding import printed

    shown, rows = line.exactness.printed, line_schedule(line)
    lines: list[dict[str, object]] = [
        {
            "n": row.number,
            "due_date": row.due.isoformat(),
            "drawn": shown(row.drawn),
            "repaid": shown(row.repaid),
            "principal": shown(row.principal),
            "interest": shown(row.interest),
            "total": shown(row.payment),
            "balance_after": shown(row.balance_after),
        }
        for row in rows
    ]
    rate = effective_annual(line_flows(line, rows)) * HUNDRED
    return lines, {
        "total_drawn": shown(sum((row.drawn for row in rows), Decimal(0))),
        "total_interest": shown(sum((row.interest for row in rows), Decimal(0))),
        "apr_effective_percent": printed(rate, _PERCENT),
    }


def _sums(rows: tuple[ScheduleRow, ...], terms: LoanTerms) -> dict[str, str]:
    from officer_app.credit.loans.repayment import total_interest, total_principal

    shown = terms.exactness.printed
    interest, principal = total_interest(rows), total_principal(rows)
    return {
        "total_principal": shown(principal),
        "total_interest": shown(interest),
        "total_payable": shown(principal + interest),
    }


def _row(row: ScheduleRow, terms: LoanTerms) -> dict[str, object]:
    shown = terms.exactness.printed
    told: dict[str, object] = {
        "n": row.number,
        "due_date": row.due.isoformat() if row.due is not None else None,
        "principal": shown(row.principal),
        "interest": shown(row.interest),
        "total": shown(row.payment),
        "balance_after": shown(row.balance_after),
    }
    if row.capitalised is not None:
        told["interest_capitalised"] = shown(row.capitalised)
    return told


def _rate(as_json: _AsJson = False) -> None:
    """Effective and nominal yearly rates of the payments on stdin (JSON)."""
    from officer_app.credit.loans.reading import read_flows
    from officer_app.credit.loans.returns import effective_annual, effective_percent, nominal_percent, per_period
    from officer_app.credit.loans.told import SIZE_LIMIT
    from officer_app.credit.rounding import printed

    flows, yearly = read_flows(sys.stdin.buffer.read(SIZE_LIMIT + 1))
    told: dict[str, Json] = {"xirr_effective_annual_act365": printed(effective_annual(flows), _FRACTION)}
    if yearly is not None:
        rate: Decimal = per_period(flows)
        told["irr_per_period"] = printed(rate, _FRACTION)
        told["apr_nominal_percent"] = printed(nominal_percent(rate, yearly), _PERCENT)
        told["effective_annual_percent"] = printed(effective_percent(rate, yearly), _PERCENT)
    if as_json:
        _write(told)
        return
    for name, value in told.items():
        sys.stdout.write(f"{name}  {value}\n")


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
