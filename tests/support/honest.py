"""An honest file that gives every fact the cross-checks ask for, and what they say when one of them is changed."""

from __future__ import annotations

import copy
import tomllib
from decimal import Decimal
from typing import Any, Final

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CheckResult, Verdict
from officer_app.credit.policy import policy_from_tree
from officer_app.credit.reading import read_facts
from tests.support.worked import SHIPPED_POLICY

# Every number fits every other one: the tests change one and say by hand what follows.
#
# gross margin (10 − 6) / 10 = 40 %; profit 50 000 × 0.4 − 14 000 = 6 000, net margin 12 %
# free 6 000 − 3 000 household − 1 000 debts = 2 000 a month
# assets 5 000 + 16 000 + 26 000 = 47 000, less debts of 20 000: 27 000 = 10 000 + 20 000 − 3 000
HONEST: Final[dict[str, Any]] = {
    "application": {
        "requested_amount": "20000",
        "term_months": "12",
        "annual_rate_percent": "12",
        "repayment_method": "equal_instalment",
        "purpose_declared": "添一台冰柜",
        "purpose_class": "fixed_asset",
        "payout_date": "2026-10-20",
        "own_funds_available": "5000",
        "own_funds_seen": "yes",
        "applied_elsewhere": "no",
        "purpose_items": [
            {
                "item": "冰柜",
                "amount": "25000",
                "life_months": "36",
                "quotation_seen": "yes",
                "quotation_date": "2026-09-20",
                "unit_price_checked": "yes",
            }
        ],
    },
    "borrower": {"name": "王小明", "marital_status": "married", "staff_relation": "no", "gift_offered": "no"},
    "sales": {
        "declared_monthly_sales": "50000",
        "declared_gross_margin_percent": "40",
        "routes": [{"id": "book", "name": "流水账", "kind": "book", "inputs": {"monthly_sales": "50000"}}],
    },
    "products": [{"name": "货", "share_percent": "100", "sale_price": "10", "unit_cost": "6"}],
    "operating_costs": [
        {"item": "房租", "monthly_amount": "4000", "behaviour": "fixed"},
        {"item": "工资", "monthly_amount": "9000", "behaviour": "fixed"},
        {"item": "水电和其他", "monthly_amount": "1000", "behaviour": "fixed"},
    ],
    "household": {
        "persons": "3",
        "monthly_expenses": [{"item": "生活", "monthly_amount": "3000"}],
        "other_income": [],
        "spouse": {"name": "李芳", "presence": "met", "consent": "signed"},
    },
    "assets": {"cash_on_hand": "5000", "deposits": "16000", "inventory_counted": "26000"},
    "liabilities": [
        {
            "creditor": "农商行",
            "kind": "institution",
            "balance": "20000",
            "monthly_payment": "1000",
            "disclosed": "yes",
            "plan": "instalments",
        }
    ],
    "equity_history": {
        "initial_equity": "10000",
        "declared_surplus_by_period": [{"period": "2024—2026", "surplus": "20000"}],
        "outside_withdrawals": [{"item": "修房", "amount": "3000"}],
        "depreciation": "0",
        "profit_told_per_year": "12000",
        "years_of_profit": "2",
        "uses_of_profit": [
            {"item": "修房", "amount": "5000", "seen": "yes"},
            {"item": "人情", "amount": "2000", "seen": "no"},
        ],
    },
    "staff": {"declared": "3", "seen_on_site": "3", "on_payroll": "3", "asked_wage": "3000"},
    "payroll": {"staff_paid": "3", "monthly_total": "9000", "months_behind": "0"},
    "utilities": [{"item": "电费", "arrears_amount": "0", "months_behind": "0", "paid_until": "2026-09-30"}],
    "peers": {
        "days_per_month": "30",
        "peer_sales_per_day_low": "1000",
        "peer_sales_per_day_high": "2000",
        "net_margin_low_percent": "5",
        "net_margin_high_percent": "20",
    },
    "consents": {"bureau_consent_on": "2026-10-01", "referees_named": "yes"},
    "credit_report": {
        "report_date": "2026-10-02",
        "queried_on": "2026-10-02",
        "report_kind": "full",
        "loan_count": "1",
        "loan_balance": "20000",
        "card_limit": "10000",
        "card_used": "2000",
        "monthly_payments": "1000",
        "overdue_now": "0",
        "overdue_times_24m": "0",
        "worst_overdue_months": "0",
        "queries_3m": "1",
        "guarantees_balance": "0",
        "paid_by_third_party": "no",
    },
    "public_records": [
        {"register": "enforcement", "searched_on": "2026-10-05", "found": "no", "valid_days": "30"},
        {"register": "dishonesty", "searched_on": "2026-10-05", "found": "no"},
        {"register": "licence", "searched_on": "2026-10-05", "found": "yes"},
        {"register": "movables", "searched_on": "2026-10-05", "found": "no"},
    ],
    "business": {
        "name": "小明商店",
        "years": "6",
        "years_on_paper": "6",
        "trend": "steady",
        "buyer_firm": "县果业合作社",
        "buyer_firm_share_percent": "60",
    },
    "premises": {
        "tenure": "rented",
        "area_m2": "40",
        "seats": "10",
        "monthly_rent": "4000",
        "rent_paid_until": "2026-12-31",
        "lease_until": "2028-10-08",
    },
    "meters": [{"kind": "power", "quantity_per_month": "500", "quantity_year_before": "500"}],
    "stock_items": [
        {"item": "白酒", "quantity": "100", "unit_cost": "200", "told_quantity": "100"},
        {"item": "饮料", "quantity": "60", "unit_cost": "100", "told_quantity": "60"},
    ],
    "stock_flow": {
        "after_last_delivery": "30000",
        "purchases_since": "20000",
        "sales_since": "40000",
        "told_value": "26000",
    },
    "till": {"float_at_opening": "500", "cash_sales_since": "3000", "payments_since": "1000", "counted": "2500"},
    "savings_flow": {"months_since_large_payment": "4", "balance_then": "8000"},
    "references": [
        {"name": "张三", "relation": "supplier", "good": "yes"},
        {"name": "李四", "relation": "neighbour", "good": "yes"},
    ],
    "accounts": {
        "spouse": {
            "monthly_sales": "50000",
            "gross_margin_percent": "40",
            "staff": "3",
            "years": "6",
            "monthly_rent": "4000",
            "debts_total": "20000",
            "debt_payments": "1000",
            "household_expenses": "3000",
            "persons": "3",
            "purpose_amount": "25000",
            "requested_amount": "20000",
            "owner": "小明",
        },
    },
    "three_stables": {"family": {"stable": "yes"}, "home": {"stable": "yes"}, "work": {"stable": "yes"}},
    "lifestyle": {"vehicle": "面包车", "vehicle_value": "30000", "fits_trade": "yes"},
    "project": {
        "name": "冷柜",
        "units_per_year": "1000",
        "price_per_unit": "20",
        "cost_per_unit": "10",
        "fixed_costs_per_year": "4000",
    },
    "vehicles": [
        {
            "plate": "湘A00001",
            "registered_owner": "王小明",
            "idle_days": "2",
            "odometer_km": "50000",
            "odometer_earlier_km": "40000",
            "insured_until": "2027-01-01",
        }
    ],
    "insurances": [{"kind": "property", "insured": "门店", "until": "2027-05-01"}],
    "site_visit": {"visited_on": "2026-10-08"},
}

Changes = dict[str, Any]


def honest_with(changes: Changes) -> dict[str, Any]:
    """The honest file with facts changed by dotted path (a place in a list is a number); None takes the fact out."""
    tree = copy.deepcopy(HONEST)
    for path, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        node: Any = tree
        for part in way:
            node = node[part] if isinstance(part, int) else node.setdefault(part, {})
        if value is None:
            del node[last]
        else:
            node[last] = value
    return tree


def assessed_with(changes: Changes, policy: Changes | None = None) -> Assessment:
    """The changed file under the shipped policy, some keys of it changed or, with None, taken out."""
    keys = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal) | (policy or {})
    kept = {key: value for key, value in keys.items() if value is not None}
    return assess(read_facts(honest_with(changes)), policy_from_tree(kept))


def checked(name: str, changes: Changes, policy: Changes | None = None) -> CheckResult:
    """One check of the changed file, said aloud in both languages."""
    result = next(check for check in assessed_with(changes, policy).checks if check.id == name)
    said_in_both(result)
    return result


def verdict(name: str, changes: Changes, policy: Changes | None = None) -> str:
    """How one check comes out: passed, failed, missing, not_done; "none" where it does not apply."""
    results = [check for check in assessed_with(changes, policy).checks if check.id == name]
    for result in results:
        said_in_both(result)
    return results[0].verdict.value if results else "none"


def said_in_both(result: CheckResult) -> None:
    """Every sentence of a result has its Chinese, and each failure a flag that says why in both languages."""
    texts = (result.title, result.formula, result.sentence, result.ask_next)
    for text in (text for text in texts if text is not None):
        english, chinese = say(text, ENGLISH), say(text, CHINESE)
        assert english
        assert chinese
        assert "{" not in english + chinese
    if result.verdict is Verdict.FAILED:
        assert result.causes
        assert result.ask_next is not None
    if result.verdict in (Verdict.MISSING, Verdict.NOT_DONE):
        assert result.missing
        assert result.ask_next is not None
