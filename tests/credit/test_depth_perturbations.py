"""Every number of the six cases in depth changed in turn: the program and the second calculation still agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.support.depth import DEPTH, assessed_in_depth, depth_case, whole_answer
from tests.support.sampling import ONE_IN_MANY, sampled
from tests.support.shipped_line import shipped_line
from tests.support.worked import changed, differences, leaves

NUMBER = re.compile(r"-?\d+(\.\d+)?")
Path = tuple[str | int, ...]
# Blocks that only the cross-checks read; their numbers are changed there, one by one, in the tests of each check.
BLOCKS_OF_CHECKS = frozenset(
    {
        "accounts", "business", "customers", "insurances", "lifestyle", "payroll", "peers", "photos", "premises",
        "savings_flow", "screening", "staff", "stock_flow", "stock_items", "suppliers", "three_stables", "till",
        "turnover", "utilities", "vehicles",
    }
)  # fmt: skip
# Numbers of the other blocks that no figure of the assessment may follow: what checks compare, and what is only told.
CHECKED_ONLY = frozenset(
    {
        "application.own_funds_available",
        "application.purpose_items.life_months",
        "borrower.history_loans.amount",
        "borrower.history_loans.times_late",
        "borrower.local_years",
        "borrower.phone_years",
        # the one pledge that was counted has no deed that anybody saw, so it carries nothing
        "collateral.valuation.counted_value",
        "collateral.days_to_sell",
        "collateral.rank",
        "credit_report.card_limit",
        "credit_report.card_used",
        "credit_report.guarantees_balance",
        "credit_report.lender_count",
        "credit_report.loan_balance",
        "credit_report.loan_count",
        "credit_report.monthly_payments",
        "credit_report.queries_3m",
        "equity_history.profit_told_per_year",
        "equity_history.uses_of_profit.amount",
        "equity_history.uses_of_profit.year",
        "equity_history.years_of_profit",
        "guarantors.assets_total",
        "guarantors.debts_total",
        "guarantors.guarantee_period_months",
        "guarantors.guarantees_total",
        "household.dependants",
        "household.home.value",
        "household.home.years",
        "household.other_income.years",
        "liabilities.monthly_rate_percent",
        "liabilities.original_amount",
        "meters.quantity_year_before",
        "sales.books.monthly_sales",
        "sales.declared_gross_margin_percent",
        "sales.largest_customer_share_percent",
        "sales.last_sales.cashless",
        "sales.last_sales.counted",
        "sales.last_sales.total_amount",
        "sales.routes.inputs.norm_high",
        "sales.routes.inputs.norm_low",
        "site_visit.minutes_on_site",
        "unexplained_regular_outflows.day_of_month",
    }
)


def numbers(case: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for path, text in leaves({block: case[block] for block in ("application", "borrower", "facts")}):
        if NUMBER.fullmatch(text):
            yield path, text


def fact(path: Path) -> str:
    """The fact's place in the vocabulary, of whichever row."""
    parts = [part for part in path if isinstance(part, str)]
    return ".".join(parts[1:] if parts[0] == "facts" else parts)


def few(text: str) -> list[str]:
    value = Decimal(text)
    return ["0", str(value + 1)] if "." not in text else ["0", str(value * Decimal("1.1"))]


def many(text: str) -> list[str]:
    """What is whole stays whole: persons, months and times come so."""
    value = Decimal(text)
    if "." not in text:
        return sorted({"0", "1", "2", *(f"{new:f}" for new in (value + 1, value * 2, value * 10, value // 2))})
    return sorted(
        {"0", "1", *(f"{value * Decimal(factor):f}" for factor in ("0.5", "0.99", "1.01", "1.1", "2", "10"))}
    )


def line(case: dict[str, Any]) -> dict[str, str] | None:
    try:
        return shipped_line(case)
    except ZeroDivisionError:
        return None


def disagreements(case: dict[str, Any], path: Path, new: str) -> list[str]:
    """Where the two differ; where the line divides by nothing, the program must say that something is missing."""
    other = changed(case, path, new)
    found, wanted = whole_answer(assessed_in_depth(other)), line(other)
    if wanted is None:
        return [] if "missing" in found.values() else [f"{fact(path)} = {new}: the program computes all the same"]
    return [f"{fact(path)} = {new}: {difference}" for difference in differences(found, wanted)]


@pytest.mark.parametrize("name", DEPTH)
def test_the_two_calculations_agree(name: str) -> None:
    case = depth_case(name)
    assert list(differences(whole_answer(assessed_in_depth(case)), shipped_line(case))) == []


@pytest.mark.parametrize("name", DEPTH)
def test_each_number_changed_alone(name: str, full: bool) -> None:
    case = depth_case(name)
    some = sampled(numbers(case), f"{name}, a few ways", full=full)
    wrong = [text for path, old in some for new in few(old) for text in disagreements(case, path, new)]
    assert wrong == []


@pytest.mark.parametrize("name", DEPTH)
def test_each_number_changed_alone_in_many_ways(name: str, full: bool) -> None:
    case = depth_case(name)
    some = sampled(numbers(case), name, full=full, one_in=ONE_IN_MANY)
    wrong = [text for path, old in some for new in many(old) for text in disagreements(case, path, new)]
    assert wrong == []


def test_which_numbers_move_no_figure_is_written_down() -> None:
    """A number that stops to count, or begins to, shows here: the facts that move nothing are exactly these."""
    still, moving = set[str](), set[str]()
    for name in DEPTH:
        case = depth_case(name)
        before = whole_answer(assessed_in_depth(case))
        for path, old in numbers(case):
            new = [*few(old), "1000000000"]
            moved = any(whole_answer(assessed_in_depth(changed(case, path, text))) != before for text in new)
            (moving if moved else still).add(fact(path))
    others = {name for name in still - moving if name.split(".")[0] not in BLOCKS_OF_CHECKS}
    assert others == CHECKED_ONLY
    assert not {name for name in moving if name.split(".")[0] in BLOCKS_OF_CHECKS}
