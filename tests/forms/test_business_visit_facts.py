"""The checklist carries every fact that a person can find out, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from officer_app.checklists.session import FormSession
from officer_app.credit.assess import assess
from officer_app.credit.facts.routes import RouteKind
from officer_app.credit.reading import FactNode, FactTree, complete, read_facts
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.training.visit_steps import GATES, SetAnswer, visit_steps
from officer_app.training.worked_cases import read_worked_case
from tests.support.visits import VisitClock, business_visit, new_visit, taken, without_photos_found

# Where and when a photo was taken is read from the photo itself, and reuse is found by comparing files; a lie is
# proven when a contradiction is closed.
NOT_ASKED = {path for path in VOCABULARY if path.startswith(("photos.items[]", "lies[]"))}


def _route(number: int, kind: str, inputs: Mapping[str, FactNode]) -> Mapping[str, FactNode]:
    return {"id": f"route_{number}", "name": f"途径 {number}", "kind": kind, "inputs": inputs}


ROUTES: Mapping[RouteKind, Mapping[str, FactNode]] = {
    RouteKind.DAY_TYPES: {
        "day_types": [
            {"day_type": "平常", "days_per_month": "20", "average_sales_per_day": "300"},
            {"day_type": "周末", "days_per_month": "10", "average_sales_per_day": "500.50"},
        ]
    },
    RouteKind.PROXY: {"quantity_per_month": "100", "unit": "张", "sales_per_unit": "4.00", "other_sales": "50"},
    RouteKind.OUTPUT_PROXY: {
        "quantity_per_month": "2",
        "unit": "片",
        "output_per_unit": "30",
        "output_unit": "平方米",
        "price_per_output": "5",
        "other_sales": "0",
    },
    RouteKind.CONSUMPTION_PROXY: {
        "quantity_per_month": "90",
        "unit": "吨",
        "quantity_per_output": "0.045",
        "price_per_output": "5",
        "other_sales": "1",
    },
    RouteKind.CASHLESS: {
        "gross_inflow": "900",
        "own_transfers": "80",
        "refunds": "20",
        "cashless_share_percent": "80",
    },
    RouteKind.BANK_NET: {"gross_inflow": "900", "own_transfers": "80"},
    RouteKind.PURCHASES: {"opening_stock": "100", "monthly_purchases": "700", "closing_stock": "50"},
    RouteKind.COMMISSION: {"total_paid": "60", "rate_percent": "5", "other_sales": "10"},
    RouteKind.BOOK: {"monthly_sales": "990"},
    RouteKind.UNITS: {"units_per_year": "240", "average_price": "50"},
    RouteKind.HERD: {
        "sows": "10",
        "litters_per_sow_year": "2",
        "weaned_per_litter": "9",
        "survival_percent": "95",
        "sale_weight_kg": "110",
        "price_per_kg": "15",
    },
    RouteKind.FOOTFALL: {
        "customers_counted": "12",
        "average_ticket": "10",
        "hours_counted": "2",
        "opening_hours": "10",
        "peak_correction": "0.5",
        "days_per_month": "30",
    },
    RouteKind.CATEGORY: {
        "monthly_purchases": "720",
        "category_margin_percent": "10",
        "category_share_percent": "40",
    },
}

EVERYTHING: FactTree = {
    "application": {
        "requested_amount": "120000.00",
        "term_months": "4",
        "annual_rate_percent": "14.4",
        "upfront_fee_percent": "0.5",
        "repayment_method": "principal_schedule",
        "principal_share_by_month": ["0", "0.10", "0.4", "0.5"],
        "first_month_of_cash_flow": "2026-11",
        "purpose_declared": "买母猪、修猪舍",
        "purpose_items": [{"item": "母猪", "amount": "90000"}, {"item": "猪舍", "amount": "60000"}],
    },
    "borrower": {
        "name": "测试甲",
        "role": "合作社理事长",
        "years_in_business": "7.5",
        "resident_id": "99010119681204917X",
        "business_licence_uscc": "92430100MA1YY9018N",
        "cooperative_uscc": "93430100MA1YY9018N",
        "phone": "19900001234",
        "address": "青石县柳河村 3 组",
    },
    "sales": {
        "declared_monthly_sales": "23000",
        "declared_gross_margin_percent": "35.5",
        "largest_customer_share_percent": "40",
        "cogs_timing": "even",
        "month_factors": ["1", "0.9", "1.25", "1", "1", "1", "1", "0.7", "1", "1", "1", "1.15"],
        "month_factors_note": "春节前出栏多",
        "books": [{"book": "自己记的", "monthly_sales": "22000"}, {"book": "报税的", "monthly_sales": "9000"}],
        "routes": [_route(number, kind.value, inputs) for number, (kind, inputs) in enumerate(ROUTES.items(), 1)],
    },
    "products": [
        {"name": "肥猪", "share_percent": "85", "sale_price": "1700", "unit_cost": "1100"},
        {"name": "仔猪", "share_percent": "15", "sale_price": "400", "unit_cost": "210"},
    ],
    "operating_costs": [
        {"item": "雇工", "monthly_amount": "3000", "behaviour": "fixed"},
        {"item": "运费", "monthly_amount": "900", "behaviour": "variable"},
    ],
    "household": {
        "persons": "5",
        "monthly_expenses": [{"item": "吃饭", "monthly_amount": "2000"}],
        "other_income": [
            {"item": "媳妇工资", "monthly_amount": "3200", "verified": "yes"},
            {"item": "地租", "monthly_amount": "300", "verified": "no"},
        ],
    },
    "assets": {
        "cash_on_hand": "3000",
        "deposits": "41000",
        "inventory_counted": "12000",
        "prepayments": "1000",
        "livestock": "260000",
        "machinery_equipment": "35000",
        "vehicles": "22000",
        "buildings": "180000",
        "other_assets": "4000",
        "receivables_total": "16000",
        "receivables_over_12_months": "2000",
    },
    "livestock_detail": [
        {"kind": "母猪", "head": "32", "unit_value": "3000"},
        {"kind": "育肥猪", "head": "150", "unit_value": "1100"},
    ],
    "liabilities": [
        {
            "creditor": "农商行",
            "kind": "institution",
            "balance": "50000",
            "monthly_payment": "350",
            "disclosed": "yes",
            "bullet_principal_due_in_term": "50000",
        },
        {
            "creditor": "饲料店",
            "kind": "supplier",
            "balance": "26000",
            "monthly_payment": "0",
            "disclosed": "yes",
        },
        {"creditor": "订金", "kind": "customer", "balance": "5000", "monthly_payment": "0", "disclosed": "yes"},
        {"creditor": "妹夫", "kind": "individual", "balance": "40000", "monthly_payment": "0", "disclosed": "no"},
    ],
    "unexplained_regular_outflows": [
        {
            "counterparty": "individual",
            "description": "每月 8 号",
            "monthly_amount": "300",
            "assumed_monthly_rate_percent": "2",
        },
        {
            "counterparty": "institution",
            "description": "分期",
            "monthly_amount": "400",
            "remaining_months": "10",
        },
    ],
    "guarantees_given": [{"beneficiary": "邻居", "amount": "30000"}],
    "equity_history": {
        "start": "2019-03",
        "initial_equity": "120000",
        "declared_surplus_by_period": [
            {"period": "2019—2021", "surplus": "-20000"},
            {"period": "2022 至今", "surplus": "310000"},
        ],
        "outside_injections": [{"item": "征地补偿", "amount": "50000"}],
        "outside_withdrawals": [{"item": "嫁女儿", "amount": "60000"}],
        "appreciation": "10000",
        "depreciation": "45000",
    },
    "turnover": {"declared_stock_days": "30", "declared_credit_days": "20"},
    "staff": {"declared": "2", "seen_on_site": "2", "on_payroll": "1"},
    "utilities": [{"item": "电费", "arrears_amount": "120"}],
    "peers": {"days_per_month": "30", "peer_sales_per_day_low": "500", "peer_sales_per_day_high": "1100"},
    "photos": {"premises_lat": "28.2001", "premises_lon": "112.9802"},
    "straw_indicators": [
        {"indicator": "cannot say what the money is for", "present": "no"},
        {"indicator": "receipts go to the account of another", "present": "yes"},
        {"indicator": "合同是别人签的", "present": "yes"},
    ],
    "traits_bankruptcy_prone": ["great talker", "runs unrelated ventures", "总换手机号"],
    "purpose_plausible_max": {"amount": "140000", "basis": "两家报价"},
    "collateral": [
        {
            "id": "pigs",
            "type": "livestock",
            "owner": "本人",
            "eligible": "yes",
            "prior_lien": "0",
            "note": "耳标齐",
            "valuation": {
                "comparables": ["240000", "255000"],
                "counted_value": "260000",
                "replacement_cost": "300000",
                "depreciation_percent": "10",
            },
        },
        {
            "id": "shop_2",
            "type": "shop",
            "owner": "本人和父亲",
            "eligible": "no",
            "ineligible_reason": "父亲没有同意",
            "prior_lien": "80000",
            "valuation": {
                "comparables_price_per_m2": ["6000", "6300"],
                "area_m2": "40.5",
                "monthly_net_rent": "1200",
                "capitalisation_rate_percent": "6",
            },
        },
    ],
    "guarantors": [
        {
            "id": "guarantor_1",
            "relation": "表哥",
            "monthly_income": "9000",
            "monthly_household_expenses": "4000",
            "monthly_debt_service": "600",
        }
    ],
    "soft_information": [
        {"item": "lives in the area for 3 years or more", "answer": "yes", "good_answer": "yes"},
        {"item": "staff turnover low", "answer": "not_answered", "good_answer": "yes"},
        {"item": "clean credit report for 24 months", "answer": "no", "good_answer": "yes"},
        {"item": "是否常去外地", "answer": "yes", "good_answer": "no"},
    ],
}


def _paths(node: FactNode, path: str) -> Iterator[str]:
    if isinstance(node, str):
        yield path
    elif isinstance(node, Mapping):
        for name, below in node.items():
            yield from _paths(below, f"{path}.{name}" if path else name)
    else:
        yield f"{path}[]"
        for below in node:
            yield from _paths(below, f"{path}[]")


def _filled(tree: FactTree) -> FormSession:
    return taken(new_visit(), visit_steps(tree, business_visit(), VisitClock()))


def test_every_fact_that_a_person_can_know_is_asked() -> None:
    assert set(VOCABULARY) - set(business_visit().facts) == NOT_ASKED
    assert set(business_visit().facts) <= set(VOCABULARY)


def test_the_tree_of_this_test_holds_every_fact() -> None:
    """Or the next test would prove less than it says."""
    assert set(VOCABULARY) - set(_paths(EVERYTHING, "")) == NOT_ASKED


def test_every_fact_comes_back_as_it_was_told() -> None:
    assert _filled(EVERYTHING).facts() == EVERYTHING


def test_a_full_visit_leaves_nothing_open_but_the_pictures() -> None:
    asked = [problem.ref for problem in _filled(EVERYTHING).problems("en")]
    unanswered_soft = [ref for ref in asked if "/soft_row[" in ref]
    assert len(unanswered_soft) == 9
    assert all("/shot_" in ref for ref in set(asked) - set(unanswered_soft))


@pytest.mark.parametrize("case", ["hairdresser", "fruit_wholesale"])
def test_a_worked_case_comes_back_exactly(shared: Path, case: str) -> None:
    data = (shared / "data" / "cases" / f"{case}.yaml").read_bytes()
    told = yaml.safe_load(data)
    tree = {**told["facts"], "application": told["application"], "borrower": told["borrower"]}
    found = _filled(tree)
    assert found.facts() == without_photos_found(tree)
    assert {problem.ref.rpartition("/")[2][:5] for problem in found.problems("en")} == {"shot_"}


@pytest.mark.parametrize("case", ["hairdresser", "fruit_wholesale"])
def test_a_worked_case_assessed_from_the_visit_is_the_same_loan(shared: Path, case: str) -> None:
    worked = read_worked_case((shared / "data" / "cases" / f"{case}.yaml").read_bytes(), f"{case}.yaml")
    from_visit = _filled(worked.facts).facts()
    photos = worked.facts["photos"]
    from_file = assess(read_facts(worked.facts), worked.policy)
    again = assess(read_facts({**from_visit, "photos": photos}), worked.policy)
    assert again.sizing == from_file.sizing
    assert again.risk_index == from_file.risk_index


def test_an_empty_visit_gives_no_fact() -> None:
    assert new_visit().facts() == {}


def test_none_is_an_answer() -> None:
    """That there is no debt and no other income must be sayable; silence is not the same."""
    session = new_visit()
    session.set("/data/debts/has_debts", "no")
    session.set("/data/person/has_other_income", "no")
    assert session.facts() == {"liabilities": [], "household": {"other_income": []}}
    session.set("/data/debts/has_debts", "yes")
    assert "liabilities" not in session.facts()


def test_a_half_told_case_leaves_the_rest_open() -> None:
    half: FactTree = {"borrower": {"name": "测试乙"}, "household": {"persons": "3"}}
    session = _filled(half)
    assert session.facts() == half
    assert "liabilities" in complete(read_facts(session.facts()))


def test_any_part_of_the_case_can_be_told_alone() -> None:
    """Each block fills by itself: no part of the form hides behind another's facts."""
    for name, block in EVERYTHING.items():
        found = _filled({name: block}).facts()
        assert found == {name: block}, name


def test_steps_stop_at_nothing_that_is_not_asked() -> None:
    """Replaying on a fresh session meets only questions that are there and relevant at that moment."""
    session = new_visit()
    for step in visit_steps(EVERYTHING, business_visit(), VisitClock()):
        if isinstance(step, SetAnswer):
            assert session.question(step.ref, "zh_CN").relevant, step.ref
            session.set(step.ref, step.text)
        else:
            session.add_repeat(step.ref)


def test_every_gate_of_the_form_is_known_to_the_steps() -> None:
    names = {node.name for node in business_visit().root.down() if node.name.startswith("has_")}
    assert names | {"in_cooperative"} == set(GATES)


def test_answers_in_any_order_give_the_same_facts() -> None:
    steps = visit_steps(EVERYTHING, business_visit(), VisitClock())
    grown = [step for step in steps if not isinstance(step, SetAnswer)]
    told = [step for step in steps if isinstance(step, SetAnswer)]
    counts = [step for step in told if step.ref.endswith(("/term_months", "/repayment_method"))]
    rest: Sequence[SetAnswer] = [step for step in told if step not in counts]
    for seed in range(4):
        shuffled = [*rest]
        random.Random(seed).shuffle(shuffled)  # noqa: S311  an order, not a secret
        marks = [step for step in shuffled if step.ref.endswith("_mark")]
        order = [*grown, *counts, *(step for step in shuffled if step not in marks), *marks]
        assert taken(new_visit(), order).facts() == EVERYTHING
