"""Debts told, in the report, in the statements; debts without a plan; gates of order. Arithmetic by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.contradictions import contradictions
from officer_app.credit.figures import known
from tests.support.honest import HONEST, Changes, assessed_with, checked, verdict

BANK: dict[str, Any] = HONEST["liabilities"][0]
BROTHER: dict[str, Any] = {
    "creditor": "弟弟", "kind": "individual", "balance": "24000", "monthly_payment": "0", "disclosed": "yes",
    "plan": "none",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "check", "wanted"),
    [
        # told 20 000; 5 % more are 21 000
        ({"credit_report.loan_balance": "21000"}, "DEBTS_REPORT", "passed"),
        ({"credit_report.loan_balance": "21000.01"}, "DEBTS_REPORT", "failed"),
        ({"credit_report.loan_balance": "0"}, "DEBTS_REPORT", "passed"),  # less in the report never fails
        ({"credit_report.loan_balance": "-1"}, "DEBTS_REPORT", "missing"),
        ({"credit_report": None}, "DEBTS_REPORT", "not_done"),
        ({"liabilities": None}, "DEBTS_REPORT", "missing"),
        ({"liabilities": []}, "DEBTS_REPORT", "failed"),  # told none, the report shows 20 000
        ({"credit_report.loan_count": "2"}, "DEBTS_REPORT_COUNT", "failed"),
        ({"credit_report.loan_count": "1"}, "DEBTS_REPORT_COUNT", "passed"),
        ({"credit_report.monthly_payments": "1050"}, "DEBTS_REPORT_PAYMENTS", "passed"),
        ({"credit_report.monthly_payments": "1051"}, "DEBTS_REPORT_PAYMENTS", "failed"),
        ({"credit_report.guarantees_balance": "1"}, "DEBTS_REPORT_GUARANTEES", "failed"),
        # a debt to a person stands in no report
        ({"liabilities": [BROTHER], "credit_report.loan_balance": "1"}, "DEBTS_REPORT", "failed"),
        # cards: 8 000 of 10 000 are 80 %
        ({"credit_report.card_used": "8000"}, "CARD_USE", "passed"),
        ({"credit_report.card_used": "8001"}, "CARD_USE", "failed"),
        ({"credit_report.card_limit": "0"}, "CARD_USE", "failed"),  # 2 000 used of nothing
        ({"credit_report.card_limit": "0", "credit_report.card_used": "0"}, "CARD_USE", "none"),
        ({"credit_report.card_used": None}, "CARD_USE", "missing"),
    ],
)
def test_three_sources(changes: Changes, check: str, wanted: str) -> None:
    assert verdict(check, changes) == wanted


def test_a_debt_found_in_the_report_is_one_contradiction_not_two() -> None:
    """Entered as not told, the hidden debt speaks for itself; the check fails and only repeats it."""
    hidden = {**BANK, "creditor": "网贷", "disclosed": "no", "source": "credit_report", "monthly_payment": "0"}
    changes = {"liabilities": [BANK, hidden], "credit_report.loan_balance": "40000"}
    found = checked("DEBTS_REPORT", changes)
    assert found.flags == ("DEBTS_DIFFER_FROM_REPORT",)
    assert say(found.sentence, CHINESE) == "自报机构贷款 20,000；征信报告 40,000，系统已录入 40,000"
    codes = {one.code for one in contradictions(assessed_with(changes))}
    assert "UNDISCLOSED_DEBT" in codes
    assert "DEBTS_DIFFER_FROM_REPORT" not in codes
    # not entered, it is the contradiction
    codes = {one.code for one in contradictions(assessed_with({"credit_report.loan_balance": "40000"}))}
    assert "DEBTS_DIFFER_FROM_REPORT" in codes


@pytest.mark.parametrize(
    ("fact", "check", "last_good", "first_bad"),
    [
        ("overdue_now", "REPORT_OVERDUE", "0", "0.01"),
        ("overdue_times_24m", "REPORT_LATE", "6", "7"),
        ("worst_overdue_months", "REPORT_LATE", "2", "3"),
        ("queries_3m", "REPORT_QUERIES", "6", "7"),
        ("paid_by_third_party", "REPORT_PAID_BY_OTHERS", "no", "yes"),
    ],
)
def test_quality_of_the_report(fact: str, check: str, last_good: str, first_bad: str) -> None:
    path = f"credit_report.{fact}"
    assert verdict(check, {path: last_good}) == "passed"
    assert verdict(check, {path: first_bad}) == "failed"
    assert verdict(check, {"credit_report": None}) == "not_done"
    if fact != "worst_overdue_months":  # how long is asked only of who was late
        assert verdict(check, {path: None}) == "not_done"
    if fact != "paid_by_third_party":
        assert verdict(check, {path: "-1"}) == "missing"


@pytest.mark.parametrize(
    ("changes", "check", "wanted"),
    [
        ({"consents.bureau_consent_on": "2026-10-02"}, "CONSENT_BEFORE_QUERY", "passed"),  # the same day
        ({"consents.bureau_consent_on": "2026-10-03"}, "CONSENT_BEFORE_QUERY", "failed"),
        ({"consents": None}, "CONSENT_BEFORE_QUERY", "missing"),  # a query without any consent on file
        ({"credit_report.queried_on": None}, "CONSENT_BEFORE_QUERY", "not_done"),
        # 8 September to 8 October are 30 days
        ({"credit_report.report_date": "2026-09-08"}, "REPORT_FRESH", "passed"),
        ({"credit_report.report_date": "2026-09-07"}, "REPORT_FRESH", "failed"),
        ({"credit_report.report_date": "2026-10-09"}, "REPORT_FRESH", "passed"),  # fetched after the visit
        ({"site_visit": None}, "REPORT_FRESH", "missing"),
        ({"credit_report.report_date": None}, "REPORT_FRESH", "not_done"),
        ({"credit_report.report_kind": "simple"}, "REPORT_KIND", "passed"),
        ({"credit_report.report_kind": "own_print"}, "REPORT_KIND", "failed"),
        ({"credit_report.report_kind": None}, "REPORT_KIND", "not_done"),
    ],
)
def test_gates_of_the_report(changes: Changes, check: str, wanted: str) -> None:
    assert verdict(check, changes) == wanted


@pytest.mark.parametrize(
    ("changes", "check", "wanted"),
    [
        # searched on 5 October, valid for 3 days: until the visit on the 8th
        ({"public_records.0.valid_days": "3"}, "PUBLIC_RECORDS", "passed"),
        ({"public_records.0.valid_days": "2"}, "PUBLIC_RECORDS", "failed"),
        # without a number of days the policy's 30: 8 September
        ({"public_records.1.searched_on": "2026-09-08"}, "PUBLIC_RECORDS", "passed"),
        ({"public_records.1.searched_on": "2026-09-07"}, "PUBLIC_RECORDS", "failed"),
        ({"public_records.1.register": "tax"}, "PUBLIC_RECORDS", "failed"),  # dishonesty is no longer searched
        ({"public_records.0.valid_days": "999999999"}, "PUBLIC_RECORDS", "passed"),
        ({"public_records": None}, "PUBLIC_RECORDS", "not_done"),
        ({"public_records.0.found": "yes"}, "PUBLIC_RECORDS_FOUND", "failed"),
        ({"public_records.2.found": "no"}, "PUBLIC_RECORDS_FOUND", "failed"),  # no licence in the registry
        ({"public_records.2.found": "no", "business.form": "individual_business"}, "PUBLIC_RECORDS_FOUND", "failed"),
        # Who sells what the household grows needs no licence; an entry on enforcement counts for farmers too.
        ({"public_records.2.found": "no", "business.form": "farm_household"}, "PUBLIC_RECORDS_FOUND", "passed"),
        ({"public_records.0.found": "yes", "business.form": "farm_household"}, "PUBLIC_RECORDS_FOUND", "failed"),
        ({"public_records.3.found": None}, "PUBLIC_RECORDS_FOUND", "missing"),
        ({"public_records": None}, "PUBLIC_RECORDS_FOUND", "not_done"),
    ],
)
def test_public_records(changes: Changes, check: str, wanted: str) -> None:
    assert verdict(check, changes) == wanted


def test_public_records_name_what_is_missing_and_what_was_found() -> None:
    found = checked("PUBLIC_RECORDS", {"public_records.3.searched_on": None})
    assert say(found.sentence, ENGLISH) == "Not searched, or no longer valid: registry of movables"
    found = checked("PUBLIC_RECORDS_FOUND", {"public_records.0.found": "yes", "public_records.0.note": "执行中 3 万"})
    assert say(found.sentence, CHINESE) == "公开信息有不利记录：被执行记录（执行中 3 万）"


# 24 000 at 1 % over 24 months: 24 000 × 0.01 / (1 − 1.01^−24) = 1 129.76
IMPUTED = Decimal("1129.76")


def service(changes: Changes, policy: Changes | None = None) -> Decimal:
    found = known(assessed_with(changes, policy).household.existing_debt_service)
    assert found is not None
    return found.quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("debt", "policy", "wanted"),
    [
        ({}, {}, 1000 + IMPUTED),
        ({"deferral_signed": "yes"}, {}, Decimal(1000)),
        ({"deferral_signed": "no"}, {}, 1000 + IMPUTED),
        ({"plan": "instalments"}, {}, 1000 + IMPUTED),  # instalments of nothing are no plan
        ({"plan": "interest_only", "monthly_payment": "100"}, {}, 1000 + IMPUTED),  # and no day for the principal
        ({"kind": "supplier"}, {}, Decimal(1000)),  # goods on credit turn round with the trade
        # due inside the term, and not counted by hand: 24 000 / 12
        ({"plan": "at_maturity", "due_date": "2026-12-31"}, {}, Decimal(3000)),
        ({"plan": "at_maturity", "due_date": "2026-12-31", "deferral_signed": "yes"}, {}, Decimal(1000)),
        # one yuan counted by hand is not the debt
        ({"bullet_principal_due_in_term": "1"}, {}, Decimal("2129.85")),  # 1 129.763 imputed + 1 / 12
        ({"plan": "at_maturity"}, {}, 1000 + IMPUTED),  # a maturity that nobody dated
        ({"plan": "at_maturity", "due_date": "2029-01-01"}, {}, Decimal(1000)),
        # due inside the term and counted already: 24 000 / 12
        ({"bullet_principal_due_in_term": "24000"}, {}, Decimal(3000)),
        ({"monthly_payment": "1500"}, {}, Decimal(2500)),  # pays more than would be imputed
        ({}, {"imputed_debt_rate_percent_month": 0}, Decimal(2000)),  # 24 000 / 24
        ({}, {"debts_without_plan": "as_told"}, Decimal(1000)),
        ({}, {"debts_without_plan": None}, Decimal(1000)),  # an older policy
    ],
)
def test_a_debt_without_a_plan_costs_something(debt: Changes, policy: Changes, wanted: Decimal) -> None:
    assert service({"liabilities": [BANK, {**BROTHER, **debt}]}, policy) == wanted


@pytest.mark.parametrize(
    ("debt", "wanted"),
    [
        ({}, "failed"),
        ({"deferral_signed": "yes"}, "passed"),
        ({"plan": "instalments"}, "failed"),
        ({"plan": "instalments", "monthly_payment": "500"}, "none"),
        ({"plan": ""}, "failed"),  # nobody asked how it will be paid back: as good as none
        ({"plan": "", "kind": "supplier"}, "none"),  # goods on credit turn round with the trade
        ({"plan": "none", "kind": "customer"}, "none"),
        ({"plan": "", "monthly_payment": "500"}, "none"),
    ],
)
def test_debt_plan(debt: Changes, wanted: str) -> None:
    assert verdict("DEBT_PLAN", {"liabilities": [BANK, {**BROTHER, **debt}]}) == wanted


def test_debt_plan_names_debts_and_cost() -> None:
    found = checked("DEBT_PLAN", {"liabilities": [BANK, BROTHER]})
    assert say(found.sentence, ENGLISH) == "Without a plan: 弟弟 24,000; counted as 1,129.76 a month"
    assert say(found.sentence, CHINESE) == "没有还款计划，也没有签延期：弟弟 24,000；按每月还 1,129.76 计算"
    assert found.flags == ("DEBT_WITHOUT_PLAN",)


def test_without_debts_nothing_is_asked() -> None:
    assert verdict("DEBT_PLAN", {"liabilities": []}) == "none"
    assert verdict("DEBT_PLAN", {"liabilities": None}) == "none"
    assert verdict("DEBT_PLAN", {"liabilities": [BROTHER]}, {"debts_without_plan": None}) == "none"


@pytest.mark.parametrize(("proof", "counted"), [("statement", 1200), ("told", 0), ("", 1200)])
def test_income_that_was_only_told_counts_as_unseen_whatever_is_ticked(proof: str, counted: int) -> None:
    income = {"item": "配偶工资", "monthly_amount": "1200", "verified": "yes", "proof": proof}
    found = assessed_with({"household.other_income": [income]})
    assert known(found.household.other_income_counted) == Decimal(counted)
