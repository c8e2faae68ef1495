"""The schedule of a case: its due dates, and where they go on days off."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from officer_app.credit.loanplans import LoanPlan, Wish, loan_plan
from tests.support.honest import assessed_with

D = Decimal
TODAY = date(2026, 10, 8)
# Payout 14 October 2026; due on the 14th: 14 November is a Saturday, 14 February 2027 a Sunday, the others weekdays
# or, in 2027, Wednesday 14 April, Friday 14 May … and Saturday 14 August.
ASKED = {"application.payout_date": "2026-10-14"}


def _plan(rule: str | None, published: dict[date, bool] | None = None) -> LoanPlan:
    known = published or {}
    plan = loan_plan(assessed_with(ASKED, {"business_day_rule": rule}), TODAY, Wish(D(12000)), known.get)
    assert isinstance(plan, LoanPlan)
    return plan


def _days(plan: LoanPlan) -> list[str]:
    return [row.due.isoformat() for row in plan.rows if row.due is not None]


@pytest.mark.parametrize(
    ("rule", "november", "february"),
    [
        ("as_agreed", "2026-11-14", "2027-02-14"),
        (None, "2026-11-14", "2027-02-14"),
        ("following", "2026-11-16", "2027-02-15"),
        ("preceding", "2026-11-13", "2027-02-12"),
        ("modified_following", "2026-11-16", "2027-02-15"),
    ],
)
def test_a_payment_due_on_a_day_off_moves_by_the_rule(rule: str | None, november: str, february: str) -> None:
    days = _days(_plan(rule))
    assert (days[0], days[3]) == (november, february)
    assert days[1] == "2026-12-14"  # a Monday stays


def test_interest_runs_to_the_day_agreed() -> None:
    moved, agreed = _plan("following"), _plan("as_agreed")
    assert [(row.principal, row.interest) for row in moved.rows] == [
        (row.principal, row.interest) for row in agreed.rows
    ]
    assert (moved.moved, agreed.moved) == (True, False)


def test_official_days_off_count_where_they_are_known() -> None:
    # The Monday after is off as well, the Tuesday is worked.
    assert _days(_plan("following", {date(2026, 11, 16): True}))[0] == "2026-11-17"
    # The Saturday itself is worked instead of another day.
    assert _days(_plan("following", {date(2026, 11, 14): False}))[0] == "2026-11-14"
