"""Schedules and rates to the cent: the contract's own examples, what must hold for every loan, and bad terms."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.credit.loans.daycounts import DAY_COUNTS, months_later
from officer_app.credit.loans.reading import read_flows, read_terms
from officer_app.credit.loans.repayment import ScheduleRow, schedule_of, total_interest
from officer_app.credit.loans.returns import effective_annual, per_period
from officer_app.credit.loans.terms import Method

LOAN = {
    "principal": "7000.00",
    "annual_rate_percent": "12",
    "method": "equal_instalment",
    "disbursement_date": "2025-04-30",
    "due_dates": ["2025-05-30", "2025-06-30", "2025-07-30"],
}
ACTUAL = {"day_count": "actual/365"}
# schedules.md, section 4: what is changed, then principal · interest · total · balance after of the three rows.
EXAMPLES: list[tuple[Mapping[str, object], str]] = [
    ({}, "2310.15 70.00 2380.15 4689.85 2333.25 46.90 2380.15 2356.60 2356.60 23.57 2380.17 0.00"),
    (
        {"instalment_multiple_of": 10},
        "2310.00 70.00 2380.00 4690.00 2333.10 46.90 2380.00 2356.90 2356.90 23.57 2380.47 0.00",
    ),
    (
        {"instalment_override": "2400"},
        "2330.00 70.00 2400.00 4670.00 2353.30 46.70 2400.00 2316.70 2316.70 23.17 2339.87 0.00",
    ),
    (ACTUAL, "2311.11 69.04 2380.15 4688.89 2332.36 47.79 2380.15 2356.53 2356.53 23.24 2379.77 0.00"),
    (
        {**ACTUAL, "instalment_basis": "exact_day_factors"},
        "2310.99 69.04 2380.03 4689.01 2332.24 47.79 2380.03 2356.77 2356.77 23.24 2380.01 0.00",
    ),
    (
        {"principal_grace_periods": 1},
        "0.00 70.00 70.00 7000.00 3482.59 70.00 3552.59 3517.41 3517.41 35.17 3552.58 0.00",
    ),
    (
        {"principal_grace_periods": 1, "interest_deferral_periods": 1},
        "0.00 0.00 0.00 7000.00 3482.59 140.00 3622.59 3517.41 3517.41 35.17 3552.58 0.00",
    ),
    (
        {"full_moratorium_periods": 1, "moratorium_interest": "capitalised"},
        "0.00 0.00 0.00 7070.00 3517.41 70.70 3588.11 3552.59 3552.59 35.53 3588.12 0.00",
    ),
    (
        {"method": "equal_principal"},
        "2333.33 70.00 2403.33 4666.67 2333.33 46.67 2380.00 2333.34 2333.34 23.33 2356.67 0.00",
    ),
    (
        {"method": "equal_principal", "instalment_multiple_of": 100, "interest_multiple_of": 10},
        "2300.00 70.00 2370.00 4700.00 2300.00 50.00 2350.00 2400.00 2400.00 20.00 2420.00 0.00",
    ),
    ({"method": "flat"}, "2333.33 70.00 2403.33 4666.67 2333.33 70.00 2403.33 2333.34 2333.34 70.00 2403.34 0.00"),
    (
        {"method": "flat", "instalment_multiple_of": 1},
        "2333.00 70.00 2403.00 4667.00 2333.00 70.00 2403.00 2334.00 2334.00 70.00 2404.00 0.00",
    ),
    (
        {"method": "bullet", "day_count": "actual/360"},
        "0.00 70.00 70.00 7000.00 0.00 72.33 72.33 7000.00 7000.00 70.00 7070.00 0.00",
    ),
    (
        {"method": "fixed_principal", "fixed_principal": "1500"},
        "1500.00 70.00 1570.00 5500.00 1500.00 55.00 1555.00 4000.00 4000.00 40.00 4040.00 0.00",
    ),
    (
        {"method": "custom", "principal_schedule": ["0", "4500", "2500"]},
        "0.00 70.00 70.00 7000.00 4500.00 70.00 4570.00 2500.00 2500.00 25.00 2525.00 0.00",
    ),
]


def _rows(**changes: object) -> tuple[ScheduleRow, ...]:
    told = {key: value for key, value in {**LOAN, **changes}.items() if value is not None}
    return schedule_of(read_terms(json.dumps(told).encode()))


@pytest.mark.parametrize(("changes", "expected"), EXAMPLES)
def test_the_examples_of_the_contract(changes: dict[str, object], expected: str) -> None:
    found = [
        value for row in _rows(**changes) for value in (row.principal, row.interest, row.payment, row.balance_after)
    ]
    assert [f"{value:.2f}" for value in found] == expected.split()


def test_names_of_the_trade_are_the_methods_they_are() -> None:
    grace = {"principal_grace_periods": 1}
    assert _rows(method="grace_then_equal", **grace) == _rows(**grace)
    once = {"due_dates": ["2026-04-30"]}
    assert _rows(method="single_repayment", **once) == _rows(method="bullet", **once)


def test_capitalised_interest_is_shown_in_its_row() -> None:
    rows = _rows(full_moratorium_periods=1, moratorium_interest="capitalised")
    assert [row.capitalised for row in rows] == [Decimal("70.00"), None, None]


@pytest.mark.parametrize(
    ("day_count", "expected"),
    [
        ("actual/360", "0.125000"),
        ("actual/364", "0.123626"),
        ("actual/365", "0.123288"),
        ("actual/actual", "0.123175"),
        ("30/360", "0.122222"),
    ],
)
def test_a_share_of_the_year(day_count: str, expected: str) -> None:
    assert f"{DAY_COUNTS[day_count](date(2024, 12, 17), date(2025, 1, 31)):.6f}" == expected


def test_due_days_are_clamped_and_counted_from_the_first() -> None:
    start = date(2025, 1, 31)
    assert [months_later(start, n) for n in (1, 2, 13)] == [date(2025, 2, 28), date(2025, 3, 31), date(2026, 2, 28)]
    dues = [row.due for row in _rows(disbursement_date="2025-01-31", due_dates=None, periods=3)]
    assert dues == [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]


def test_a_balloon_waits_for_the_last_row() -> None:
    rows = _rows(balloon="3000", due_dates=None, periods=12)
    payments = [row.payment for row in rows]
    assert len(set(payments[:-1])) == 1
    assert abs(rows[-1].payment - payments[0] - 3000) < Decimal("0.10")
    assert _rows(balloon="0") == _rows()


# --- what holds for every loan ------------------------------------------------------------------------------------


def _random_loan(random: Random) -> dict[str, object]:
    periods = random.randint(2, 40)
    start = date(2024, 1, 1) + timedelta(days=random.randint(0, 900))
    dues = [start]
    for _ in range(periods):
        dues.append(dues[-1] + timedelta(days=random.randint(26, 35)))
    principal = Decimal(random.randint(100_000, 90_000_000)) / 100
    method = random.choice(list(Method))
    loan: dict[str, object] = {
        "principal": str(principal),
        "annual_rate_percent": str(Decimal(random.randint(0, 2400)) / 100),
        "method": method.value,
        "day_count": random.choice(["periodic", *DAY_COUNTS]),
        "disbursement_date": start.isoformat(),
        "due_dates": [due.isoformat() for due in dues[1:]],
        "rounding": random.choice(["half_up", "half_even"]),
    }
    if method is Method.FIXED_PRINCIPAL:
        loan["fixed_principal"] = str((principal / (periods + 1)).quantize(Decimal("0.01")))
    if method is Method.CUSTOM:
        cuts = sorted(Decimal(random.randint(0, int(principal * 100))) / 100 for _ in range(periods - 1))
        edges = [Decimal(0), *cuts, principal]
        loan["principal_schedule"] = [str(high - low) for low, high in pairwise(edges)]
    elif method is not Method.FLAT and random.random() < 0.3:
        loan["principal_grace_periods"] = random.randint(1, periods - 1)
    return loan


def _share(loan: Mapping[str, object], start: date, end: date) -> Decimal:
    """The share of the year, written apart from the program: day by day for the real ones."""
    kind = loan["day_count"]
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    if kind == "periodic":
        return Decimal(1) / 12
    if kind == "actual/actual":
        leap = sum(1 for day in days if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0))
        return Decimal(leap) / 366 + Decimal(len(days) - leap) / 365
    if kind == "30/360":
        first = 30 if start.day == 31 else start.day
        last = 30 if end.day == 31 and first == 30 else end.day
        return Decimal((end.year - start.year) * 360 + (end.month - start.month) * 30 + (last - first)) / 360
    return Decimal(len(days)) / Decimal(str(kind).removeprefix("actual/"))


def test_every_loan_is_paid_back_to_the_cent(full: bool) -> None:
    """Principal sums exactly, interest is what the day count says, no row but the last takes the rest."""
    seed, many = 20260930, 10_000 if full else 500
    random = Random(seed)  # noqa: S311  repeatable
    print(f"seed {seed}: {many} loans")
    cent = Decimal("0.01")
    for _ in range(many):
        loan = _random_loan(random)
        rows = schedule_of(read_terms(json.dumps(loan).encode()))
        principal, rate = Decimal(str(loan["principal"])), Decimal(str(loan["annual_rate_percent"])) / 100
        assert sum((row.principal for row in rows), Decimal(0)) == principal, loan
        assert rows[-1].balance_after == 0, loan
        if loan["method"] == "flat":
            whole = principal * rate * len(rows) / 12
            assert abs(total_interest(rows) - whole) <= cent / 2, loan
            continue
        balance, at = principal, date.fromisoformat(str(loan["disbursement_date"]))
        for row in rows:
            assert row.due is not None
            expected = balance * rate * _share(loan, at, row.due)
            assert abs(row.interest - expected) <= cent / 2, loan
            balance, at = balance - row.principal, row.due
            assert balance == row.balance_after >= 0, loan


def test_unrounded_terms_round_only_what_is_shown() -> None:
    rows = _rows(rounding="none", due_dates=None, periods=7)
    assert rows[0].principal != rows[0].principal.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert abs(sum((row.principal for row in rows), Decimal(0)) - 7000) < Decimal("1e-20")


# --- rates --------------------------------------------------------------------------------------------------------


def _flows(*amounts: str) -> bytes:
    days = ("2025-04-30", "2025-05-30", "2025-06-30", "2025-07-30")
    told = [{"date": day, "amount": amount} for day, amount in zip(days, amounts, strict=False)]
    return json.dumps({"flows": told, "periods_per_year": 12}).encode()


def test_the_rate_of_the_contracts_example() -> None:
    flows, yearly = read_flows(_flows("6930.00", "-2380.15", "-2380.15", "-2380.17"))
    assert yearly == 12
    assert f"{effective_annual(flows):.8f}" == "0.19777031"
    assert f"{per_period(flows):.8f}" == "0.01510987"


def test_money_that_goes_one_way_has_no_rate() -> None:
    flows, _ = read_flows(_flows("6930.00", "2380.15"))
    with pytest.raises(Fault) as caught:
        effective_annual(flows)
    assert caught.value.code is Code.LOAN_TERMS


def test_a_rate_beyond_all_bounds_is_refused() -> None:
    flows, _ = read_flows(_flows("1.00", "-900.00"))
    with pytest.raises(Fault) as caught:
        per_period(flows)
    assert caught.value.where == "flows"


@given(st.decimals("-0.2", "0.9", places=6), st.integers(1, 60))
def test_a_rate_is_found_again(rate: Decimal, payments: int) -> None:
    """One payment a period at a known rate: the internal rate is that rate."""
    worth = sum((1 / (1 + rate) ** k for k in range(1, payments + 1)), Decimal(0))
    told = [{"date": "2026-01-01", "amount": f"{worth * 1000:.20f}"}]
    told += [{"date": "2026-02-01", "amount": "-1000"}] * payments
    flows, _ = read_flows(json.dumps({"flows": told}).encode())
    assert abs(per_period(flows) - rate) < Decimal("1e-9")


# --- bad terms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"method": "rule_of_78"}, "method"),
        ({"day_count": "actual/366"}, "day_count"),
        ({"principal_grace_periods": 3}, "principal_grace_periods"),
        ({"due_dates": ["2025-05-30", "2025-05-30", "2025-07-30"]}, "due_dates"),
        ({"due_dates": ["2025-04-30", "2025-05-30", "2025-07-30"]}, "due_dates"),
        ({"periods": 4}, "periods"),
        ({"method": "custom", "principal_schedule": ["0", "4500", "2400"]}, "principal_schedule"),
        ({"method": "custom", "principal_schedule": ["4500", "2500"]}, "principal_schedule"),
        ({"method": "fixed_principal"}, "fixed_principal"),
        ({"method": "fixed_principal", "fixed_principal": "5000"}, "principal"),
        ({"instalment_override": "6000"}, "principal"),
        ({"principal": "0"}, "principal"),
        ({"principal": "-1"}, "principal"),
        ({"principal": "1e30"}, "principal"),
        ({"principal": "NaN"}, "principal"),
        ({"annual_rate_percent": None}, "annual_rate_percent"),
        ({"disbursement_date": None, "day_count": "actual/365"}, "disbursement_date"),
        ({"due_dates": None, "disbursement_date": None}, "periods"),
        ({"due_dates": None, "periods": 3, "periods_per_year": 52}, "due_dates"),
        ({"due_dates": None, "periods": 1200, "disbursement_date": "9990-01-01"}, "periods"),
        ({"due_dates": ["30.05.2025"]}, "due_dates[0]"),
        ({"full_moratorium_periods": 1}, "moratorium_interest"),
        ({"balloon": "8000"}, "balloon"),
        ({"instalment_multiple_of": 0}, "instalment_multiple_of"),
        ({"decimal_places": 2.5}, "decimal_places"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_terms_that_do_not_hold_are_refused_with_their_place(changes: dict[str, object], where: str) -> None:
    with pytest.raises(Fault) as caught:
        _rows(**changes)
    assert (caught.value.code, caught.value.where) == (Code.LOAN_TERMS, where)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*LOAN, "flows", "periods"]), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(st.binary(max_size=300) | _JSON.map(lambda told: json.dumps(told).encode()))
@example(b"[" * 100_000)
@example(b'{"principal": 1e999999999}')
@example(b'{"principal": ' + b"9" * 5_000 + b"}")
def test_strange_bytes_are_refused(data: bytes) -> None:
    for read in (read_terms, read_flows):
        assert _code_of(read, data) in {None, Code.LOAN_TERMS}


def _code_of(read: Callable[[bytes], object], data: bytes) -> Code | None:
    try:
        read(data)
    except Fault as refused:
        return refused.code
    return None


# --- the command line ---------------------------------------------------------------------------------------------


def _run(*words: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "officer_app", *words]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def test_the_commands_answer_in_json() -> None:
    done = _run("schedule", "--json", given=json.dumps(LOAN).encode())
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rows"][0] == {
        "n": 1,
        "due_date": "2025-05-30",
        "principal": "2310.15",
        "interest": "70.00",
        "total": "2380.15",
        "balance_after": "4689.85",
    }
    assert (told["total_interest"], told["total_payable"]) == ("140.47", "7140.47")
    rate = _run("rate", "--json", given=_flows("6930.00", "-2380.15", "-2380.15", "-2380.17"))
    assert json.loads(rate.stdout) == {
        "xirr_effective_annual_act365": "0.19777031",
        "irr_per_period": "0.01510987",
        "apr_nominal_percent": "18.1318",
        "effective_annual_percent": "19.7172",
    }


def test_the_command_refuses_with_a_code() -> None:
    done = _run("schedule", "--json", given=b'{"principal": "ten"}')
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "LOAN_TERMS"
