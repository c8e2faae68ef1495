"""Seasons, credit lines, days off and fees: by hand, and as the command answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base import public_holidays
from officer_app.base.errors import Code, Fault
from officer_app.credit.loans.duedates import Rule, WorkCalendar, moved
from officer_app.credit.loans.fees import Fee, FeeKind, charges_of, cost_of
from officer_app.credit.loans.reading import Plan, read_plan
from officer_app.credit.loans.repayment import ScheduleRow, schedule_of, total_interest
from officer_app.credit.loans.revolving import CreditLine, LineRow, line_schedule
from officer_app.credit.loans.seasonal import seasonal_principal
from officer_app.credit.loans.terms import Exactness, LoanTerms

D = Decimal
# Rows fall due on the 15th, February 2026 to January 2027.
HARVEST = {
    "principal": 10000,
    "annual_rate_percent": 12,
    "method": "seasonal",
    "disbursement_date": "2026-01-15",
    "periods": 12,
    "harvest_months": [9, 10],
}
# 7.2 % over 360 days: 0.02 % a day.
LINE = {
    "principal": 20000,
    "annual_rate_percent": "7.2",
    "method": "revolving",
    "day_count": "actual/360",
    "disbursement_date": "2026-01-01",
    "due_dates": ["2026-02-01", "2026-03-01"],
    "limit": 50000,
    "movements": [{"date": "2026-01-11", "amount": 10000}, {"date": "2026-01-21", "amount": -5000}],
}
# The 14th of February and of March 2026 are Saturdays.
SATURDAYS = {
    "principal": 10000,
    "annual_rate_percent": "7.2",
    "method": "bullet",
    "day_count": "actual/360",
    "disbursement_date": "2026-01-14",
    "periods": 2,
}


def _plan(told: object) -> Plan:
    return read_plan(json.dumps(told).encode())


def _loan(told: dict[str, object], **changes: object) -> tuple[ScheduleRow, ...]:
    terms = _plan({**told, **changes}).terms
    assert isinstance(terms, LoanTerms)
    return schedule_of(terms)


def _line(**changes: object) -> tuple[LineRow, ...]:
    terms = _plan({**LINE, **changes}).terms
    assert isinstance(terms, CreditLine)
    return line_schedule(terms)


def _rows_of(told: object) -> object:
    plan = _plan(told).terms
    return line_schedule(plan) if isinstance(plan, CreditLine) else schedule_of(plan)


def _where(told: object) -> str | None:
    with pytest.raises(Fault) as caught:
        _rows_of(told)
    assert caught.value.code is Code.LOAN_TERMS
    return caught.value.where


# --- seasons ------------------------------------------------------------------------------------------------------


def test_principal_falls_due_in_the_harvest_months() -> None:
    """Half in September (row 8), half in October (row 9); interest 8 × 100 + 50."""
    rows = _loan(HARVEST)
    assert [row.number for row in rows if row.principal] == [8, 9]
    assert [row.principal for row in rows if row.principal] == [5000, 5000]
    assert total_interest(rows) == 850


def test_shares_by_month_and_a_rest_that_goes_to_the_last() -> None:
    rows = _loan(HARVEST, harvest_months=None, month_shares={"9": 60, "10": 40})
    assert [row.principal for row in rows if row.principal] == [6000, 4000]
    thirds = _loan(HARVEST, harvest_months=[8, 9, 10])
    assert [row.principal for row in thirds if row.principal] == [D("3333.33"), D("3333.33"), D("3333.34")]


def test_a_grace_takes_a_harvest_out() -> None:
    rows = _loan(HARVEST, harvest_months=[3, 9], principal_grace_periods=3)
    assert [row.number for row in rows if row.principal] == [8]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"harvest_months": None}, "harvest_months"),
        ({"harvest_months": [13]}, "harvest_months[0]"),
        ({"harvest_months": [3], "periods": 1}, "harvest_months"),
        ({"disbursement_date": None}, "disbursement_date"),
        ({"month_shares": {"0": 1}}, "month_shares.0"),
        ({"month_shares": []}, "month_shares"),
    ],
)
def test_seasons_that_do_not_hold(changes: dict[str, object], where: str) -> None:
    assert _where({**HARVEST, **changes}) == where


@given(
    st.decimals("0.01", "1000000", places=2),
    st.dictionaries(st.integers(1, 12), st.decimals("0", "100", places=1), max_size=12),
    st.integers(1, 36),
)
def test_seasons_always_pay_back_the_whole(principal: Decimal, weights: dict[int, Decimal], rows: int) -> None:
    dues = [date(2026 + month // 12, month % 12 + 1, 15) for month in range(rows)]
    found = seasonal_principal(principal, dues, weights, Exactness())
    assert not found or (sum(found) == principal and len(found) == rows)


# --- credit lines -------------------------------------------------------------------------------------------------


def test_a_line_bears_interest_on_the_days_used() -> None:
    """20000 × 10 days 40, 30000 × 10 days 60, 25000 × 11 days 55: 155; February 25000 × 28 days: 140."""
    first, last = _line()
    assert (first.drawn, first.repaid, first.interest, first.principal) == (30000, 5000, 155, 0)
    assert (last.interest, last.principal, last.balance_after) == (140, 25000, 0)


def test_a_least_payment_lowers_what_bears_interest() -> None:
    """10 % of 25000 is 2500; February then 22500 × 28 × 0.02 % = 126. An amount above that decides."""
    first, last = _line(minimum_principal_percent=10)
    assert (first.principal, first.payment, last.interest, last.principal) == (2500, 2655, 126, 22500)
    assert _line(minimum_principal_percent=10, minimum_principal=4000)[0].principal == 4000
    assert _line(minimum_principal=90000)[0].principal == 25000


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"limit": 25000}, "movements"),
        ({"movements": [{"date": "2026-01-05", "amount": -20001}]}, "movements"),
        ({"movements": [{"date": "2026-03-01", "amount": 1}]}, "movements"),
        ({"day_count": None}, "day_count"),
        ({"minimum_principal_percent": 101}, "minimum_principal_percent"),
    ],
)
def test_lines_that_do_not_hold(changes: dict[str, object], where: str) -> None:
    assert _where({**LINE, **changes}) == where


# --- days off -----------------------------------------------------------------------------------------------------


def test_a_saturday_moves_and_interest_may_follow() -> None:
    """Two yuan a day: 31 and 28 days as planned; 33 and 28 when interest counts to the Monday."""
    planned = _loan(SATURDAYS, business_day_rule="following")
    assert [row.due for row in planned] == [date(2026, 2, 16), date(2026, 3, 16)]
    assert [row.interest for row in planned] == [62, 56]
    real = _loan(SATURDAYS, business_day_rule="following", interest_on="moved")
    assert [row.interest for row in real] == [66, 56]
    assert [row.due for row in _loan(SATURDAYS)] == [date(2026, 2, 14), date(2026, 3, 14)]


def test_named_days_off_and_days_worked_instead() -> None:
    worked = _loan(SATURDAYS, business_day_rule="following", workdays=["2026-02-14"])
    assert worked[0].due == date(2026, 2, 14)
    feast = _loan(SATURDAYS, business_day_rule="following", holidays=["2026-02-16", "2026-02-17"])
    assert feast[0].due == date(2026, 2, 18)
    assert _loan(SATURDAYS, business_day_rule="preceding")[0].due == date(2026, 2, 13)


def test_the_modified_rule_stays_in_its_month() -> None:
    saturday = date(2026, 1, 31)
    assert moved(saturday, Rule.FOLLOWING, WorkCalendar()) == date(2026, 2, 2)
    assert moved(saturday, Rule.MODIFIED, WorkCalendar()) == date(2026, 1, 30)
    assert moved(date(2026, 2, 14), Rule.MODIFIED, WorkCalendar()) == date(2026, 2, 16)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"business_day_rule": "nearest"}, "business_day_rule"),
        ({"interest_on": "sunday"}, "interest_on"),
        (
            {"business_day_rule": "following", "periods": None, "due_dates": ["2026-02-14", "2026-02-15"]},
            "business_day_rule",
        ),
    ],
)
def test_days_off_that_do_not_hold(changes: dict[str, object], where: str) -> None:
    assert _where({**SATURDAYS, **changes}) == where


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The optional package, knowing 2026 alone, with 14 February worked and 16 to 23 off."""
    module = ModuleType(public_holidays.PACKAGE)
    module.__spec__ = ModuleSpec(public_holidays.PACKAGE, None)

    def is_holiday(day: date) -> bool:
        if day.year != 2026:
            raise NotImplementedError
        return day != date(2026, 2, 14) and (day.weekday() > 4 or date(2026, 2, 16) <= day <= date(2026, 2, 23))

    module.__dict__["is_holiday"] = is_holiday
    monkeypatch.setitem(sys.modules, public_holidays.PACKAGE, module)
    public_holidays._calendar.cache_clear()
    yield
    public_holidays._calendar.cache_clear()


@pytest.mark.usefixtures("published")
def test_the_published_calendar_is_asked_where_it_is_installed() -> None:
    told = {**SATURDAYS, "business_day_rule": "following"}
    plan = read_plan(json.dumps(told).encode(), public_holidays.day_off)
    assert isinstance(plan.terms, LoanTerms)
    assert plan.terms.payment_dates == (date(2026, 2, 14), date(2026, 3, 16))
    assert public_holidays.day_off(date(2026, 2, 18)) is True
    assert public_holidays.day_off(date(2031, 2, 14)) is None


# --- fees ---------------------------------------------------------------------------------------------------------

CONTRACT = {
    "principal": "7000.00",
    "annual_rate_percent": "12",
    "method": "equal_instalment",
    "disbursement_date": "2025-04-30",
    "due_dates": ["2025-05-30", "2025-06-30", "2025-07-30"],
}


def _terms(told: dict[str, object], **changes: object) -> LoanTerms:
    terms = _plan({**told, **changes}).terms
    assert isinstance(terms, LoanTerms)
    return terms


def test_the_contracts_example_with_its_fee() -> None:
    """1 % kept back: the rates of schedules.md, section 5; interest 140.47 and 70.00 of fee."""
    terms = _terms(CONTRACT)
    cost = cost_of(terms, schedule_of(terms), [Fee("服务费", FeeKind.UPFRONT, percent=D(1))])
    assert (cost.interest, cost.fees, cost.whole) == (D("140.47"), D("70.00"), D("210.47"))
    assert f"{cost.nominal_percent:.4f}" == "18.1318"
    assert f"{cost.effective_percent:.6f}" == "19.777031"


def test_each_fee_falls_due_in_its_time() -> None:
    """1200 over 24 months at no interest, 50 a month: after a year 600 are owed."""
    terms = _terms(CONTRACT, principal=1200, annual_rate_percent=0, due_dates=None, periods=24)
    rows = schedule_of(terms)
    fees = (
        Fee("保险", FeeKind.INSURANCE, percent=D(2)),
        Fee("管理费", FeeKind.YEARLY, percent=D(2)),
        Fee("账户费", FeeKind.PER_INSTALMENT, amount=D("0.5")),
    )
    charges = charges_of(terms, rows, fees)
    assert [(one.row, one.amount) for one in charges[:4]] == [(0, 24), (12, 24), (0, 24), (12, 12)]
    assert cost_of(terms, rows, fees).fees == 84 + 24 * D("0.5")


def test_without_fees_the_rates_are_the_contracts() -> None:
    """A level annuity at 1 % a month: nominal 12, effective 1.01¹² − 1."""
    told = {**CONTRACT, "rounding": "none", "due_dates": None, "disbursement_date": None, "periods": 12}
    cost = cost_of(_terms(told), schedule_of(_terms(told)))
    assert f"{cost.nominal_percent:.6f}" == "12.000000"
    assert f"{cost.effective_percent:.4f}" == "12.6825"


def test_a_subsidy_is_taken_off() -> None:
    terms = _terms(CONTRACT)
    rows = schedule_of(terms)
    cost = cost_of(terms, rows, subsidised=D(1))
    assert (cost.subsidy, cost.whole) == (D("140.47"), 0)
    assert abs(cost.nominal_percent) < D("0.000001")
    half = cost_of(terms, rows, subsidised=D("0.5")).nominal_percent
    assert 0 < half < cost_of(terms, rows).nominal_percent


@pytest.mark.parametrize(
    ("fee", "where"),
    [
        ({"kind": "tip", "amount": 1}, "fees[0].kind"),
        ({"kind": "upfront"}, "fees[0].amount"),
        ({"kind": "upfront", "amount": 1, "percent": 1}, "fees[0].amount"),
        ({"kind": "upfront", "colour": 1}, "fees[0].colour"),
    ],
)
def test_fees_that_do_not_hold(fee: dict[str, object], where: str) -> None:
    assert _where({**CONTRACT, "fees": [fee]}) == where


# --- the command line ---------------------------------------------------------------------------------------------


def _run(told: object) -> dict[str, object]:
    command = [sys.executable, "-m", "officer_app", "schedule", "--json"]
    done = subprocess.run(command, input=json.dumps(told).encode(), capture_output=True, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_command_tells_fees_and_lines() -> None:
    with_fee = _run({**CONTRACT, "fees": [{"kind": "upfront", "percent": 1}]})
    assert with_fee["total_fees"] == "70.00"
    assert with_fee["apr_nominal_percent"] == "18.1318"
    line = _run(LINE)
    rows = line["rows"]
    assert isinstance(rows, list)
    assert rows[0] == {
        "n": 1,
        "due_date": "2026-02-01",
        "drawn": "30000.00",
        "repaid": "5000.00",
        "principal": "0.00",
        "interest": "155.00",
        "total": "155.00",
        "balance_after": "25000.00",
    }
    assert line["total_interest"] == "295.00"
