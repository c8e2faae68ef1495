"""What each lane of the shipped policy demands, worked out on the honest file: one fact is taken out at a time."""

from __future__ import annotations

from typing import Any

import pytest

from officer_app.credit.approval import undone
from officer_app.credit.lanes import LANES, Lane
from tests.support.honest import Changes, assessed_with
from tests.support.worked import shipped_policy

# What the honest file was never asked, since the checks that came first did not need it.
REST: Changes = {
    "borrower.resident_id": "990101198811110025",
    "sales.routes.0.mouth": "paper",
    "sales.routes.0.evidence": "流水账三个月",
    "straw_indicators": [{"indicator": "cannot say what the money is for", "present": "no"}],
    "purpose_plausible_max": {"amount": "25000", "basis": "两家报价"},
}
DEBT = {"creditor": "弟弟", "kind": "individual", "balance": "6000", "monthly_payment": "0", "disclosed": "yes"}
FLAT: dict[str, Any] = {
    "id": "flat", "type": "residential", "owner": "本人", "eligible": "yes", "prior_lien": "0",
    "valuation": {"comparables": ["200000", "210000"]},
}  # fmt: skip
FRIEND = {
    "id": "g1", "relation": "朋友", "monthly_income": "9000", "monthly_household_expenses": "3000",
    "monthly_debt_service": "0",
}  # fmt: skip
QR = {"id": "qr", "name": "收款码", "kind": "cashless", "mouth": "paper", "evidence": "账单"}


def lane(name: str) -> Lane:
    return next(row for row in shipped_policy().get(LANES, ()) if row.name == name)


def owed(name: str, changes: Changes) -> list[str]:
    """The checks that the lane still demands of the changed file."""
    return [check.id for check in undone(assessed_with({**REST, **changes}), lane(name).checks)]


def test_a_file_that_answers_everything_owes_nothing_in_any_lane() -> None:
    assert [owed(name, {}) for name in ("repeat", "standard", "large")] == [[], [], []]


def test_each_lane_demands_what_the_smaller_one_does_and_more() -> None:
    repeat, standard, large = (set(lane(name).checks) for name in ("repeat", "standard", "large"))
    assert repeat < standard < large
    assert {"ID_INVALID", "QUERY_WITHOUT_CONSENT", "REPORT_TOO_OLD", "REPORT_NOT_OUR_OWN"} <= repeat
    assert {"DEBTS_DIFFER_FROM_REPORT", "PUBLIC_RECORDS_OPEN", "SPOUSE_NOT_HEARD", "RELATED_TO_STAFF"} <= repeat
    assert {"SALES_ROUTES_TOO_FEW", "DEBT_WITHOUT_PLAN", "EQUITY_CHECK_FAILED"} <= standard


REPORT = [
    "DEBTS_REPORT", "REPORT_OVERDUE", "CONSENT_BEFORE_QUERY", "REPORT_FRESH", "REPORT_KIND",
]  # fmt: skip
# What is taken out or put in: what a repeat client then owes, and what a new one owes besides.
GONE: list[tuple[Changes, list[str], list[str]]] = [
    ({"borrower.resident_id": "", "screening": {}}, ["IDENTITY"], []),
    ({"credit_report": None}, REPORT, ["REPORT_LATE", "REPORT_QUERIES"]),
    ({"consents": None}, ["CONSENT_BEFORE_QUERY"], []),
    ({"public_records": None}, ["PUBLIC_RECORDS", "PUBLIC_RECORDS_FOUND"], []),
    ({"borrower.staff_relation": None}, ["RELATED_STAFF"], []),
    ({"household.spouse": None}, ["SPOUSE"], []),
    # A debt that pays nothing and of whose plan nobody asked is judged as one without a plan: it is owed no more.
    ({"liabilities": [DEBT]}, [], []),
    ({"sales.routes.0.evidence": ""}, [], ["ROUTES_ENOUGH"]),
    ({"sales.routes.0": QR}, [], ["CASHLESS_SHARE"]),
    ({"premises.monthly_rent": None}, [], ["RENT"]),
    ({"premises.lease_until": None}, [], ["LEASE"]),
    ({"straw_indicators": ""}, [], ["STRAW"]),
    ({"purpose_plausible_max": ""}, [], ["PURPOSE"]),
    ({"application.purpose_items": [{"item": "冰柜", "amount": "25000"}]}, [], ["QUOTATION"]),
    ({"application.purpose_items": [{"item": "冰柜", "amount": "20000"}]}, [], []),
    ({"collateral": [FLAT]}, [], ["PLEDGE_LAW", "PLEDGE_OWNER"]),
    ({"guarantors": [FRIEND]}, [], ["GUARANTOR_MEANS"]),
    ({"equity_history.depreciation": ""}, [], ["EQUITY"]),
]


@pytest.mark.parametrize(("changes", "repeat", "besides"), GONE, ids=[",".join(row[0]) for row in GONE])
def test_what_is_left_out_is_owed(changes: Changes, repeat: list[str], besides: list[str]) -> None:
    assert owed("repeat", changes) == repeat
    assert sorted(owed("standard", changes)) == sorted(repeat + besides)


LARGE_ONLY: list[tuple[Changes, list[str]]] = [
    ({"borrower.gift_offered": None}, ["GIFT"]),
    ({"application.applied_elsewhere": None}, ["APPLIED_ELSEWHERE"]),
    ({"application.own_funds_available": None}, ["GAP", "OWN_FUNDS"]),
    ({"accounts": None}, ["ACCOUNTS"]),
    ({"references": None}, ["REFEREES", "REFERENCES"]),
    ({"equity_history.profit_told_per_year": None, "equity_history.years_of_profit": None}, ["USES_OF_PROFIT"]),
    ({"business.years_on_paper": None}, ["YEARS"]),
    ({"credit_report.card_limit": None, "credit_report.card_used": None}, ["CARD_USE"]),
    ({"credit_report.paid_by_third_party": None}, ["REPORT_PAID_BY_OTHERS"]),
]


@pytest.mark.parametrize(("changes", "besides"), LARGE_ONLY, ids=[row[1][0] for row in LARGE_ONLY])
def test_the_largest_case_owes_more(changes: Changes, besides: list[str]) -> None:
    assert owed("standard", changes) == []
    assert sorted(owed("large", changes)) == besides


@pytest.mark.parametrize("status", ["single", "divorced", "widowed"])
def test_who_is_not_married_owes_no_word_of_a_spouse(status: str) -> None:
    assert owed("standard", {"borrower.marital_status": status, "household.spouse": None}) == []


def test_who_did_not_say_whether_he_is_married_owes_it() -> None:
    assert owed("repeat", {"borrower.marital_status": None, "household.spouse": None}) == ["SPOUSE"]
