"""Paying early, in part or in whole, and paying late: by hand, and one yuan in for one yuan out."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.credit.loans.early import Keep, prepayment, settlement
from officer_app.credit.loans.penalty import Late, capped_penalty, penalty_interest
from officer_app.credit.loans.reading import read_terms
from officer_app.credit.loans.repayment import schedule_of, total_interest, total_principal
from officer_app.credit.loans.terms import LoanTerms, Method

D = Decimal
LOAN: dict[str, object] = {
    "principal": "7000.00",
    "annual_rate_percent": "12",
    "method": "equal_instalment",
    "disbursement_date": "2025-04-30",
    "due_dates": ["2025-05-30", "2025-06-30", "2025-07-30"],
}
YEAR: dict[str, object] = {**LOAN, "principal": 12000, "due_dates": None, "periods": 12, "method": "equal_principal"}


def _terms(told: dict[str, object] = LOAN, **changes: object) -> LoanTerms:
    return read_terms(json.dumps({**told, **changes}).encode())


# --- the whole ----------------------------------------------------------------------------------------------------


def test_settling_pays_for_the_days_used() -> None:
    """4689.85 after the first row; 46.8985 × 16 of 31 days = 24.21; saved 46.90 + 23.57 − 24.21."""
    quote = settlement(_terms(), date(2025, 6, 15))
    assert (quote.rows_paid, quote.principal, quote.interest, quote.fee) == (1, D("4689.85"), D("24.21"), 0)
    assert (quote.whole, quote.saved) == (D("4714.06"), D("46.26"))


def test_settling_by_real_days() -> None:
    """4688.89 × 0.12 × 16 / 365 = 24.66."""
    assert settlement(_terms(day_count="actual/365"), date(2025, 6, 15)).interest == D("24.66")


def test_the_fee_is_held_down_by_the_policy() -> None:
    """1 % asked, 0.5 % allowed: 4689.85 × 0.5 % = 23.45."""
    assert settlement(_terms(), date(2025, 6, 15), D(1), D("0.5")).fee == D("23.45")
    assert settlement(_terms(), date(2025, 6, 15), D(1)).fee == 0


def test_on_the_day_of_the_payout_nothing_is_earned() -> None:
    quote = settlement(_terms(), date(2025, 4, 30))
    assert (quote.principal, quote.interest, quote.rows_paid) == (7000, 0, 0)


def test_deferred_interest_is_owed_all_the_same() -> None:
    """Row 1 was let off: its 70.00, and 70.00 × 16 / 31 = 36.13."""
    terms = _terms(principal_grace_periods=1, interest_deferral_periods=1)
    assert settlement(terms, date(2025, 6, 15)).interest == D("106.13")


def test_a_flat_loan_pays_its_share_of_days() -> None:
    """210 over 91 days, 46 used: 106.15, of which 70 are paid."""
    assert settlement(_terms(method="flat"), date(2025, 6, 15)).interest == D("36.15")


@pytest.mark.parametrize("day", [date(2025, 4, 29), date(2025, 7, 30)])
def test_a_day_outside_the_term_is_refused(day: date) -> None:
    with pytest.raises(Fault) as caught:
        settlement(_terms(), day)
    assert (caught.value.code, caught.value.where) == (Code.LOAN_TERMS, "day")


# --- a part -------------------------------------------------------------------------------------------------------


def test_a_lower_instalment_over_the_same_days() -> None:
    """11 of 12 thousand after a month; 5500 back on the due day: 500 a month for 11 months from 5500."""
    found = prepayment(_terms(YEAR), date(2025, 5, 30), D(5500), Keep.TERM)
    assert (found.interest, len(found.rows)) == (0, 11)
    assert {row.principal for row in found.rows} == {D(500)}
    assert found.rows[0].interest == 55
    assert found.rows[0].number == 2


def test_a_shorter_term_at_the_old_burden() -> None:
    """5500 left at 1000 a month: six rows, the last of 500; half a month's interest on what came back early."""
    found = prepayment(_terms(YEAR), date(2025, 6, 15), D(5500), Keep.INSTALMENT)
    assert [row.principal for row in found.rows] == [1000] * 5 + [500]
    # 5500 × 1 % × 16 of 31 days
    assert found.interest == D("28.39")


def test_a_shorter_term_at_the_old_instalment() -> None:
    terms = _terms(LOAN, principal=12000, due_dates=None, periods=12)
    old = schedule_of(terms)[0].payment
    found = prepayment(terms, date(2025, 6, 15), D(5000), Keep.INSTALMENT)
    assert {row.payment for row in found.rows[:-1]} == {old}
    assert found.rows[-1].payment <= old
    assert len(found.rows) < 11


@pytest.mark.parametrize(
    ("changes", "amount", "keep", "where"),
    [
        ({}, D(7000), Keep.TERM, "amount"),
        ({}, D(0), Keep.TERM, "amount"),
        ({"method": "bullet"}, D(100), Keep.INSTALMENT, "method"),
        ({"method": "flat"}, D(100), Keep.INSTALMENT, "method"),
        (
            {"principal_grace_periods": 2, "interest_deferral_periods": 2},
            D(1),
            Keep.TERM,
            "interest_deferral_periods",
        ),
    ],
)
def test_parts_that_cannot_be_paid(changes: dict[str, object], amount: Decimal, keep: Keep, where: str) -> None:
    with pytest.raises(Fault) as caught:
        prepayment(_terms(**changes), date(2025, 6, 15), amount, keep)
    assert (caught.value.code, caught.value.where) == (Code.LOAN_TERMS, where)


_METHODS = [Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.FIXED_PRINCIPAL, Method.CUSTOM, Method.BULLET]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[LoanTerms, date, Decimal, Keep]:
    periods = draw(st.integers(3, 30))
    principal = draw(st.integers(50_000, 30_000_000))
    method = draw(st.sampled_from(_METHODS))
    told: dict[str, object] = {
        "principal": str(D(principal) / 100),
        "annual_rate_percent": str(D(draw(st.integers(0, 2400))) / 100),
        "method": method.value,
        "day_count": draw(st.sampled_from(["periodic", "actual/360", "actual/actual"])),
        "disbursement_date": "2026-01-31",
        "periods": periods,
    }
    if method is Method.FIXED_PRINCIPAL:
        told["fixed_principal"] = str(D(principal // (periods + 1)) / 100)
    if method is Method.CUSTOM:
        each = principal // periods
        told["principal_schedule"] = [str(D(each) / 100)] * (periods - 1) + [
            str(D(principal - each * (periods - 1)) / 100)
        ]
    if draw(st.booleans()) and method is not Method.CUSTOM:
        told["principal_grace_periods"] = draw(st.integers(1, periods - 2))
    terms = read_terms(json.dumps(told).encode())
    day = terms.dates[0] + timedelta(days=draw(st.integers(0, (terms.dates[-1] - terms.dates[0]).days - 1)))
    amount = D(draw(st.integers(1, principal // 2))) / 100
    keep = Keep.TERM if method is Method.BULLET else draw(st.sampled_from(Keep))
    return terms, day, amount, keep


@settings(max_examples=300, deadline=None)
@given(_cases())
def test_one_yuan_in_is_one_yuan_out(case: tuple[LoanTerms, date, Decimal, Keep]) -> None:
    """Whatever is paid early, all principal together is the loan, to the cent.

    Interest is never more than before where the instalment is made of the same rate as the rows: by real days an
    instalment computed anew shifts principal between rows, a little either way.
    """
    terms, day, amount, keep = case
    before = schedule_of(terms)
    paid = sum(1 for due in terms.dates[1:] if due <= day)
    balance = before[paid - 1].balance_after if paid else terms.principal
    assume(amount < balance)
    found = prepayment(terms, day, amount, keep)
    together = total_principal(found.paid) + found.principal + total_principal(found.rows)
    assert together == terms.principal
    assert found.rows[-1].balance_after == 0
    assert [row.number for row in found.rows] == [paid + 1 + place for place in range(len(found.rows))]
    assert paid + len(found.rows) <= terms.periods
    if terms.day_count == "periodic":
        interest = total_interest(found.paid) + found.interest + total_interest(found.rows)
        # A cent for the rounding of each row.
        assert interest <= total_interest(before) + D("0.01") * terms.periods


@settings(max_examples=200, deadline=None)
@given(_cases())
def test_settling_never_costs_more_than_waiting(case: tuple[LoanTerms, date, Decimal, Keep]) -> None:
    terms, day, _, _ = case
    quote = settlement(terms, day)
    rows = schedule_of(terms)
    assert total_principal(rows[: quote.rows_paid]) + quote.principal == terms.principal
    assert quote.saved >= -D("0.01")


# --- late ---------------------------------------------------------------------------------------------------------

LATE = Late(D("5000.00"), date(2026, 3, 1), date(2026, 3, 21))


def test_the_penalty_of_the_contract() -> None:
    """schedules.md, section 2: 5000 at 9 % for 20 days over 360 is 25.00, half as much again 37.50."""
    assert penalty_interest(LATE, D("0.09"), D(0)) == D("25.00")
    assert penalty_interest(LATE, D("0.09"), D(50)) == D("37.50")
    assert penalty_interest(LATE, D("0.09"), D(100)) == D("50.00")


def test_who_is_not_late_pays_nothing() -> None:
    assert penalty_interest(Late(D(5000), date(2026, 3, 1), date(2026, 3, 1)), D("0.09"), D(50)) == 0


def test_all_together_stays_under_the_price_cap() -> None:
    """12 % of 5000 for 20 days is 33.33…: cut down to 33.33, and with 25.00 charged already 8.33 are left."""
    assert capped_penalty(LATE, D("37.50"), D(0), D(12)) == D("33.33")
    assert capped_penalty(LATE, D("37.50"), D("25.00"), D(12)) == D("8.33")
    assert capped_penalty(LATE, D("37.50"), D("40.00"), D(12)) == 0
    assert capped_penalty(LATE, D("37.50"), D(0), D(24)) == D("37.50")


@given(st.decimals("1", "100000", places=2), st.integers(1, 400), st.decimals("1", "36", places=2))
def test_no_rounding_passes_the_cap(overdue: Decimal, days: int, cap: Decimal) -> None:
    late = Late(overdue, date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=days))
    found = capped_penalty(late, D(10) ** 9, D(0), cap)
    assert found <= overdue * cap / 100 * days / 360
