"""Tricks that a risk officer got through with, each planted in an honest file, and the code that now catches it.

A row names the trick, what it changes in the honest file, the keys without which it got through (an older policy) and
the flag. The honest file is silent on all of them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.approval import approval_path
from officer_app.credit.assessment import Assessment, Verdict
from officer_app.credit.contradictions import contradictions
from officer_app.credit.crosschecks.report_gates import report_age
from officer_app.credit.lanes import lane_of
from officer_app.credit.proof import allowed_apart, proof_needed
from officer_app.credit.wordsaid import says_something
from officer_app.training.demo_cases import FRUIT, SALON
from tests.credit.test_skipping import told
from tests.support.honest import Changes, assessed_with, honest_with, said_in_both, verdict
from tests.support.worked import SHIPPED_POLICY, shipped_policy

# Each gives 50 000 a month, as told: 40 000 / 0.8; (26 000 + 30 000 − 26 000) / (1 − 0.4); 1 000 / 2 %.
CODES: Changes = {
    "id": "codes",
    "name": "收款码",
    "kind": "cashless",
    "mouth": "paper",
    "evidence": "微信账单 3 个月",
    "inputs": {"gross_inflow": "40000", "own_transfers": "0", "cashless_share_percent": "80"},
}
BOUGHT: Changes = {
    "id": "bought",
    "name": "进货单",
    "kind": "purchases",
    "mouth": "paper",
    "evidence": "送货单 7–9 月",
    "inputs": {"opening_stock": "26000", "monthly_purchases": "30000", "closing_stock": "26000"},
}
FEE: Changes = {
    "id": "fee",
    "name": "管理费",
    "kind": "commission",
    "mouth": "third_party",
    "evidence": "市场收费票",
    "inputs": {"total_paid": "1000", "rate_percent": "2"},
}
TAX: Changes = {
    "id": "tax",
    "name": "开票",
    "kind": "invoices",
    "coverage": "full",
    "evidence": "税局 App",
    "inputs": {"invoiced_total": "600000", "months_covered": "12"},
}
BOOK: Changes = {
    "id": "book",
    "name": "流水账",
    "kind": "book",
    "mouth": "third_party",
    "evidence": "账本 4 页",
    "inputs": {"monthly_sales": "50000"},
}
# 40 charcoal bags × 1 250 = 50 000
COAL: Changes = {
    "id": "coal",
    "name": "木炭",
    "kind": "proxy",
    "evidence": "炭行送货单",
    "inputs": {"unit": "袋", "quantity_per_month": "40", "sales_per_unit": "1250"},
}
PAID_IN: Changes = {"gross_inflow": "50000", "own_transfers": "0"}
HONEST_ROUTES = [CODES, BOUGHT, FEE]
RUNNING: Changes = {"contract": "QS-2026-0101", "amount": "30000", "outstanding": "25000", "worst_days_late": "0"}
CAR: Changes = {
    "id": "湘A00001",
    "type": "vehicle",
    "owner": "王小明",
    "owner_relation": "borrower",
    "eligible": "yes",
    "law_class": "ordinary",
    "registrable": "yes",
    "co_owners_agree": "yes",
    "deed_seen": "yes",
    "prior_lien": "0",
    "liquidity": "months",
    "insured_until": "2028-12-31",
    "insured_amount": "30000",
    "valued_on": "2026-10-01",
    "valuation": {"comparables": ["30000"]},
}
CAR_POLICY: Changes = {"kind": "vehicle", "insured": "湘A00001", "until": "2028-12-31", "lender_beneficiary": "yes"}


def routes(*some: Changes) -> Changes:
    return {"sales.routes": list(some)}


def named(one: Changes, name: str, **more: Any) -> Changes:
    return {**one, "id": name, "name": name, **more}


@dataclass(frozen=True)
class Trick:
    """What is planted, how it got through before, what catches it, and what the honest one beside it does."""

    words: str
    changes: Changes
    without: tuple[str, ...]
    code: str
    honest: Changes = field(default_factory=dict)


TRICKS = (
    Trick(
        "three entries of one QR code count as three routes",
        routes(CODES, named(CODES, "two"), named(CODES, "three")),
        ("routes_counted",),
        "SALES_ROUTES_TOO_FEW",
        routes(*HONEST_ROUTES),
    ),
    Trick(
        "two tills of two banks and the codes that pay into them",
        routes(CODES, named(CODES, "cbc", kind="bank_net", inputs=PAID_IN), FEE),
        ("routes_counted",),
        "SALES_ROUTES_TOO_FEW",
        routes(*HONEST_ROUTES),
    ),
    Trick(
        "one kind of charcoal told three times under three names",
        routes(COAL, named(COAL, "炭二"), named(COAL, "炭三", kind="output_proxy", inputs={
            "unit": " 袋 ", "quantity_per_month": "40", "output_per_unit": "125", "price_per_output": "10"})),
        ("routes_counted",),
        "SALES_ROUTES_TOO_FEW",
        routes(COAL, named(COAL, "面粉", inputs={**COAL["inputs"], "unit": "公斤"}), FEE),
    ),
    Trick(
        "“无”, “-” and “1” as evidence",
        routes({**CODES, "evidence": "无"}, {**BOUGHT, "evidence": "-"}, {**FEE, "evidence": "1"}),
        ("words_of_proof",),
        "SALES_ROUTES_TOO_FEW",
        routes(*HONEST_ROUTES),
    ),
    Trick(
        "a tax return told as all sales",
        routes(*HONEST_ROUTES, TAX),
        ("route_class_told",),
        "ROUTE_TOLD_BETTER",
        routes(*HONEST_ROUTES, {**TAX, "coverage": "floor"}),
    ),
    Trick(
        "his own book told as the word of others",
        routes(*HONEST_ROUTES, BOOK),
        ("route_class_told",),
        "ROUTE_TOLD_BETTER",
        routes(*HONEST_ROUTES, {**BOOK, "mouth": "paper"}),
    ),
    Trick(
        "his own book counts as a route that is not his",
        routes(CODES, BOOK, {**BOOK, "id": "days", "kind": "units", "inputs": {
            "units_per_year": "60000", "average_price": "10"}}),
        ("route_class_told",),
        "SALES_ROUTES_TOO_FEW",
        routes(*HONEST_ROUTES),
    ),
    Trick(
        "a running loan of ours that is not among the debts",
        {"borrower.history_loans": [RUNNING]},
        ("running_loans",),
        "OWN_LOAN_NOT_AMONG_DEBTS",
        {"borrower.history_loans": [{**RUNNING, "outstanding": "20000"}]},
    ),
    Trick(
        "an empty word explains the savings",
        {"savings_flow.balance_then": "80000", "savings_flow.reason": "没有"},
        ("words_of_proof",),
        "DEPOSITS_UNEXPLAINED",
        {"savings_flow.balance_then": "80000", "savings_flow.reason": "给儿子交了学费"},
    ),
    Trick(
        "a banned word with blanks and full-width signs",
        {"application.purpose_declared": "周转，炒 股。"},
        ("banned_purpose_exceptions",),
        "PURPOSE_IS_BANNED",
        {"application.purpose_declared": "炒货铺进货，付股东分红"},
    ),
    Trick(
        "a washing machine for the home in a loan for fixed assets",
        {"application.purpose_items.0.kind": "household"},
        ("purpose_kinds",),
        "PURPOSE_FOR_HOUSEHOLD",
        {"application.purpose_items.0.kind": "equipment"},
    ),
    Trick(
        "a credit report dated ahead is never too old",
        {"credit_report.report_date": "2027-10-02"},
        ("paper_days_after_visit_max",),
        "DAY_LIES_AHEAD",
        {"credit_report.report_date": "2026-10-20"},
    ),
    Trick(
        "an offer dated ahead is always recent",
        {"application.purpose_items.0.quotation_date": "2027-01-01"},
        ("paper_days_after_visit_max",),
        "DAY_LIES_AHEAD",
    ),
    Trick(
        "a valuation dated ahead needs no new one",
        {"collateral": [{**CAR, "valued_on": "2029-01-01"}]},
        ("paper_days_after_visit_max",),
        "DAY_LIES_AHEAD",
        {"collateral": [CAR]},
    ),
    Trick(
        "a search that is noted to hold ten years",
        {"public_records.0.searched_on": "2025-10-05", "public_records.0.valid_days": "3650"},
        ("register_valid_days_max",),
        "PUBLIC_RECORDS_OPEN",
        {"public_records.0.searched_on": "2026-07-10", "public_records.0.valid_days": "90"},
    ),
    Trick(
        "a debt of whose plan nobody asked pays nothing",
        {"liabilities.0.plan": "", "liabilities.0.monthly_payment": "0"},
        ("debts_plan_unsaid",),
        "DEBT_WITHOUT_PLAN",
    ),
    Trick(
        "the insurance of the pledge pays his brother",
        {"collateral": [CAR], "insurances": [{**CAR_POLICY, "lender_beneficiary": "no"}]},
        ("security.insurance_beneficiary",),
        "PLEDGE_UNINSURED",
        {"collateral": [CAR], "insurances": [CAR_POLICY]},
    ),
    Trick(
        "eight months without principal where the product gives three",
        {
            "application.product": "equipment",
            "application.repayment_method": "principal_schedule",
            "application.principal_share_by_month": ["0"] * 8 + ["0.25"] * 4,
        },
        ("product_limits",),
        "PRODUCT_NOT_FITTING",
        {
            "application.product": "equipment",
            "application.repayment_method": "principal_schedule",
            "application.principal_share_by_month": ["0"] * 2 + ["0.1"] * 10,
        },
    ),
    Trick(
        "the first payment half a year away where the product gives three months",
        {"application.product": "equipment", "application.first_due_date": "2027-04-20"},
        ("product_limits",),
        "PRODUCT_NOT_FITTING",
        {"application.product": "equipment", "application.first_due_date": "2027-02-20"},
    ),
    Trick(
        "a subsidy that the product does not know",
        {"application.product": "equipment", "application.subsidy_share_percent": "50"},
        ("product_limits",),
        "PRODUCT_NOT_FITTING",
        {"application.product": "equipment", "application.subsidy_share_percent": "0"},
    ),
)  # fmt: skip
SHIPPED: Changes = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)
IDS = [trick.words for trick in TRICKS]


def flags(changes: Changes, policy: Changes | None = None) -> set[str]:
    found = assessed_with(changes, policy)
    for check in found.checks:
        said_in_both(check)
    return {flag.code for flag in found.flags}


def older(without: tuple[str, ...]) -> Changes:
    """A policy of before: without these keys. A key of a table is taken out of its table."""
    tree: Changes = {}
    for path in without:
        table, _, name = path.rpartition(".")
        tree |= {table: {key: of for key, of in SHIPPED[table].items() if key != name}} if table else {name: None}
    return tree


@pytest.mark.parametrize("trick", TRICKS, ids=IDS)
def test_the_trick_is_caught(trick: Trick) -> None:
    assert trick.code in flags(trick.changes)


@pytest.mark.parametrize("trick", TRICKS, ids=IDS)
def test_it_got_through_under_an_older_policy(trick: Trick) -> None:
    """Or the rule would not be what catches it; and old files come out as before."""
    assert trick.code not in flags(trick.changes, older(trick.without))


@pytest.mark.parametrize("trick", TRICKS, ids=IDS)
def test_the_honest_one_beside_it_is_left_alone(trick: Trick) -> None:
    assert trick.code not in flags(trick.honest)


@pytest.mark.parametrize("name", [FRUIT, SALON])
def test_the_demo_visits_hear_nothing_of_these_rules(name: str) -> None:
    found = told(name)
    raised = {flag.code for flag in found.flags}
    assert not raised & {trick.code for trick in TRICKS} - {"PLEDGE_COVER_SHORT"}
    new = {"ROUTE_CLASS", "OWN_LOANS", "PURPOSE_KINDS", "DAYS_AHEAD"}
    assert not [check.id for check in found.checks if check.id in new]


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    ["", " ", "无", "没有", "无。", "没有 凭据", "-", "——", "1", "１２３", "无无无", "啊啊啊啊", "N/A", "n.a.",
     "none", "No proof", "without any documents", "同上", "已核实", "属实", "……", "OK!"],
)  # fmt: skip
def test_words_that_say_nothing(words: str) -> None:
    assert not says_something(words)


@pytest.mark.parametrize(
    "words",
    ["微信账单 3 个月", "账本", "送货单", "POS 小票", "税局 App", "照片 2", "没有账本，看了送货单", "给儿子交学费",
     "receipts May", "邻居老王说的", "无人机照片", "no slips, counted the boxes"],
)  # fmt: skip
def test_words_that_say_something(words: str) -> None:
    assert says_something(words)


# --- routes ---------------------------------------------------------------------------------------------------------


def test_what_was_told_better_is_neither_adopted_nor_counted() -> None:
    """The tax return shows 30 000: as all sales it would be adopted; by its kind it is a part of them."""
    low = {**TAX, "inputs": {"invoiced_total": "360000", "months_covered": "12"}}
    found = assessed_with(routes(*HONEST_ROUTES, low))
    assert found.income.adopted_monthly_sales == 50000
    before = assessed_with(routes(*HONEST_ROUTES, low), {"route_class_told": None})
    assert before.income.adopted_monthly_sales == 30000
    (check,) = [check for check in found.checks if check.id == "ROUTE_CLASS"]
    assert say(check.sentence, CHINESE) == (
        "填得比这类途径本身能证明的更好，不予采信：开票（填的是：全部销售；按这类途径：至少这么多）"
    )


def test_routes_of_one_thing_are_named() -> None:
    found = assessed_with(routes(CODES, named(CODES, "two"), FEE))
    (check,) = [check for check in found.checks if check.id == "ROUTES_ENOUGH"]
    assert check.found == 2
    assert "收款码" in say(check.sentence, CHINESE)
    assert "count once: 收款码, two" in say(check.sentence, ENGLISH)


def test_evidence_that_says_nothing_is_no_check_left_undone() -> None:
    """Somebody was asked and had nothing to show: that is an answer."""
    empty = [{**one, "evidence": "无"} for one in HONEST_ROUTES]
    assert verdict("ROUTES_ENOUGH", routes(*empty)) == "failed"
    assert verdict("ROUTES_ENOUGH", routes(*({**one, "evidence": ""} for one in HONEST_ROUTES))) == "not_done"


# --- loans with us --------------------------------------------------------------------------------------------------

PAST: Changes = {
    "contract": "QS-2024-0311", "amount": "30000", "closed_on": "2025-11-05", "worst_days_late": "0",
    "seen_in_books": "yes",
}  # fmt: skip
SECOND = {**PAST, "contract": "QS-2023-0192"}


def graded(*loans: Changes, policy: Changes | None = None) -> Assessment:
    return assessed_with({"borrower.history_loans": list(loans)}, policy)


@pytest.mark.parametrize(
    ("loans", "grade", "limit"),
    [
        ([PAST, SECOND], "A", 100_000),
        ([PAST], "B", 70_000),
        ([{**PAST, "seen_in_books": "no"}, {**SECOND, "seen_in_books": ""}], "C", 50_000),  # told by him alone
        ([{**PAST, "contract": "无"}, {**SECOND, "contract": "1"}], "C", 50_000),  # in our books, without a number
        ([PAST, {**SECOND, "seen_in_books": "no", "worst_days_late": "31"}], "D", 20_000),  # against him it counts
        # 70 000 − 25 000, 70 000 − 30 000 (nobody noted what is left), and never below nothing
        ([PAST, RUNNING], "B", 45_000),
        ([PAST, {**RUNNING, "outstanding": ""}], "B", 40_000),
        ([PAST, {**RUNNING, "outstanding": "90000"}], "B", 0),
    ],
)
def test_only_confirmed_loans_lift_the_limit_and_running_ones_use_it_up(
    loans: list[Changes], grade: str, limit: int
) -> None:
    found = graded(*loans)
    assert found.dossier_grade == grade
    assert found.sizing.caps["security"] == limit


def test_what_is_owed_to_us_counts_with_the_amount() -> None:
    """One borrower may owe 10 % of 30 000 000; 20 000 are asked for, 90 000 are owed: 110 000 in all."""
    found = graded(PAST, {**RUNNING, "outstanding": "90000"})
    assert found.sizing.caps["single_borrower_limit"] == 3_000_000 - 90_000
    path = approval_path(found, found.policy)
    assert path.tier is not None
    assert path.tier.name != "branch_manager"
    assert say(path.reasons[0], CHINESE) == "金额20,000元，加上尚欠我们的90,000元，按合计110,000元定审批层级"


def test_what_is_owed_lifts_the_thresholds_too() -> None:
    path = approval_path(graded({**RUNNING, "outstanding": "180001"}), shipped_policy())
    assert [say(one, ENGLISH) for one in path.second_officer] == [
        "20,000 and 180,001 still owed to us are 200,001 together, above 200,000"
    ]


def test_a_running_loan_of_which_nothing_is_known_waits() -> None:
    found = graded({"contract": "QS-2026-0101"})
    assert "borrower.history_loans[0].outstanding" in str(found.sizing.caps["security"])


@pytest.mark.parametrize(
    ("loans", "lane"),
    [
        ([PAST], "repeat"),
        ([{**PAST, "seen_in_books": "no"}], "standard"),
        ([PAST, {**RUNNING, "outstanding": "30001"}], "standard"),  # 20 000 + 30 001 are above 50 000
        ([PAST, {**RUNNING, "outstanding": "30000"}], "repeat"),
    ],
)
def test_the_short_lane_opens_by_what_our_books_show(loans: list[Changes], lane: str) -> None:
    found = graded(*loans, policy={"lanes": shipped_lanes()})
    got = lane_of(found.facts, found, found.policy)
    assert got is not None
    assert got.name == lane


def shipped_lanes() -> list[Changes]:
    """The lanes as shipped, the short one for every grade and flag: this is about history and amount alone."""
    return [
        {key: of for key, of in row.items() if key not in ("grades", "without_flags")} for row in SHIPPED["lanes"]
    ]


def test_older_policies_know_nothing_of_it() -> None:
    keys = {"history_counted": None, "running_loans": None}
    found = graded({**PAST, "seen_in_books": "no"}, RUNNING, policy=keys)
    assert found.dossier_grade == "B"
    assert found.sizing.caps["security"] == 70_000


# --- purposes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "kind", "wanted"),
    [
        ("买货车跑运输，先付首付", "vehicle", "none"),
        ("付首付", "vehicle", "none"),  # the item is a vehicle
        ("收割机首付", "", "none"),
        ("付首付", "premises", "failed"),
        ("首付", "", "failed"),
        ("货车首付，顺便付房子首付", "vehicle", "failed"),  # the flat is named too
        ("交彩票店半年房租", "", "none"),
        ("交彩票店房租，剩下的买彩票", "", "failed"),
        ("向厂家订期货，明年春款", "stock", "none"),
        ("做期货", "stock", "failed"),
        ("订期货开户保证金", "stock", "failed"),
        ("还农商行发放贷款的尾款", "", "none"),
        ("放贷给工友", "", "failed"),
        ("买 股 票", "", "failed"),
        ("买股·票", "", "failed"),
        ("ｓｔｏｃｋ ｍａｒｋｅｔ", "", "failed"),
        ("rent of the lottery shop", "", "none"),
        ("stock for the market stall", "", "none"),
    ],
)
def test_banned_words_and_where_they_are_honest(purpose: str, kind: str, wanted: str) -> None:
    changes = {"application.purpose_items.0.item": purpose, "application.purpose_items.0.kind": kind}
    assert verdict("BANNED_PURPOSE", changes) == wanted
    told_so = {"application.purpose_declared": purpose, "application.purpose_items.0.kind": kind}
    assert verdict("BANNED_PURPOSE", told_so) == wanted


# --- price ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "reached"),
    [("12", False), ("14", False), ("15", True), ("24", True)],  # paid out 2026-10-20; the line begins 2027-12-31
)
def test_a_coming_limit_is_told_of_loans_that_reach_it(months: str, *, reached: bool) -> None:
    changes = {"application.annual_rate_percent": "16", "application.term_months": months}
    assert ("RATE_COMING" in flags(changes)) is reached
    assert "RATE_COMING" in flags(changes, {"rate_coming_for": None})


# --- proof ----------------------------------------------------------------------------------------------------------


def test_money_above_the_equity_tolerance_needs_proof() -> None:
    """Expected 27 000: a tenth is 2 700, a quarter of the loan 5 000. 7 300 kept back are more, 2 700 are not."""
    debt = {
        "creditor": "弟弟",
        "kind": "individual",
        "monthly_payment": "0",
        "disclosed": "no",
        "plan": "at_maturity",
    }
    for balance, wanted in (("7300", Decimal(7300)), ("2700", None)):
        found = assessed_with({"liabilities": [honest_with({})["liabilities"][0], {**debt, "balance": balance}]})
        assert allowed_apart(found) == 2700
        one = next(one for one in contradictions(found) if one.code == "UNDISCLOSED_DEBT")
        assert proof_needed(found, one) == wanted
        by = assessed_with({"liabilities": [{**debt, "balance": balance}]}, {"explained_with_proof": None})
        assert all(proof_needed(by, one) is None for one in contradictions(by))


def test_what_is_apart_is_the_largest_of_the_routes() -> None:
    """50 000 told; the codes show 30 000 and the fee 32 000: 20 000 apart."""
    low = {**CODES, "inputs": {**CODES["inputs"], "gross_inflow": "24000"}}
    fee = {**FEE, "inputs": {"total_paid": "640", "rate_percent": "2"}}
    found = assessed_with(routes(low, BOUGHT, fee))
    sales = next(one for one in contradictions(found) if one.subject == "SALES")
    assert proof_needed(found, sales) == 20_000


def test_what_is_no_money_or_little_of_it_needs_a_sentence_alone() -> None:
    found = assessed_with({"staff.declared": "9", "till.counted": "1000"})
    by_code = {one.code: proof_needed(found, one) for one in contradictions(found)}
    assert by_code["STAFF_COUNT_MISMATCH"] is None
    assert by_code["TILL_DIFFERS"] is None


# --- the day of the decision ----------------------------------------------------------------------------------------


def test_the_report_ages_until_the_decision() -> None:
    """Made on 2 October: 30 days old on 1 November, 31 on the second."""
    found = assessed_with({})
    for day, old in ((date(2026, 11, 1), False), (date(2026, 11, 2), True)):
        age = report_age(found.facts, found.policy, day)
        assert age is not None
        assert age.days == (day - date(2026, 10, 2)).days
        assert age.most == 30
        assert age.too_old is old
    without = assessed_with({}, {"report_days_at_decision_max": None})
    assert report_age(without.facts, without.policy, date(2027, 1, 1)) is None
    assert report_age(assessed_with({"credit_report": None}).facts, found.policy, date(2027, 1, 1)) is None


def test_a_beneficiary_nobody_asked_for_is_asked_for() -> None:
    unsaid = {key: value for key, value in CAR_POLICY.items() if key != "lender_beneficiary"}
    found = assessed_with({"collateral": [CAR], "insurances": [unsaid]})
    (check,) = [check for check in found.checks if check.id == "PLEDGE_INSURED"]
    assert check.verdict is Verdict.MISSING
    assert check.missing == ("insurances[0].lender_beneficiary",)
