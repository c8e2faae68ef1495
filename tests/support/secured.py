"""A case with all kinds of security: a pledge that the law bars, three guarantors, a group with a circle."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.casework.findings import Findings
from officer_app.credit.assess import assess
from officer_app.credit.policy import Policy
from officer_app.credit.reading import FactTree, read_facts

SECURITY: Final[FactTree] = {
    "collateral": [
        {
            "id": "truck",
            "type": "vehicle",
            "owner": "本人",
            "owner_relation": "borrower",
            "eligible": "yes",
            "deed_seen": "yes",
            "deed_number": "湘A·12345",
            "law_class": "ordinary",
            "registrable": "yes",
            "prior_lien": "0",
            "liquidity": "months",
            "days_to_sell": "60",
            "insured_until": "2027-03-31",
            "insured_amount": "80000",
            "valued_on": "2026-11-01",
            "valuation": {
                "comparables": ["84000", "80000"],
                "replacement_cost": "164000",
                "depreciation_percent": "50",
            },
        },
        {
            "id": "village_house",
            "type": "residential",
            "owner": "本人和父亲",
            "owner_relation": "relative",
            "co_owners_agree": "no",
            "eligible": "yes",
            "deed_seen": "no",
            "law_class": "homestead",
            "prior_lien": "0",
            "liquidity": "hard",
            "valued_on": "2024-05-06",
            "valuation": {"counted_value": "150000"},
        },
        {
            "id": "flat",
            "type": "residential",
            "owner": "本人和妻子",
            "owner_relation": "spouse",
            "co_owners_agree": "yes",
            "eligible": "yes",
            "deed_seen": "yes",
            "law_class": "only_home",
            "registrable": "yes",
            "prior_lien": "110000",
            "lien_holder": "县农商行",
            "rank": "2",
            "liquidity": "half_year",
            "insured_until": "2029-12-31",
            "valued_on": "2026-10-15",
            "valuation": {
                "comparables_price_per_m2": ["4900", "5100", "5000"],
                "area_m2": "80",
                "monthly_net_rent": "1500",
                "capitalisation_rate_percent": "5",
            },
        },
    ],
    "guarantors": [
        {
            "id": "neighbour",
            "name": "王强",
            "relation": "市场邻居",
            "monthly_income": "19000",
            "monthly_household_expenses": "5600",
            "monthly_debt_service": "1200",
            "guarantee_kind": "joint",
            "guarantee_period_months": "36",
            "spouse_signed": "yes",
            "assets_total": "420000",
            "debts_total": "80000",
            "guarantees_total": "0",
            "guaranteed_by_borrower": "no",
            "report_good": "yes",
            "income_seen": "yes",
        },
        {
            "id": "cousin",
            "name": "罗建国",
            "relation": "堂兄",
            "kin": "yes",
            "monthly_income": "6000",
            "monthly_household_expenses": "4200",
            "monthly_debt_service": "900",
            "guarantee_kind": "unspecified",
            "spouse_signed": "no",
            "assets_total": "150000",
            "debts_total": "60000",
            "guarantees_total": "40000",
            "guaranteed_by_borrower": "yes",
            "report_good": "yes",
            "income_seen": "no",
        },
        {
            "id": "friend",
            "name": "陈小兵",
            "relation": "朋友",
            "monthly_income": "5000",
            "monthly_household_expenses": "4000",
            "monthly_debt_service": "1000",
        },
    ],
    "joint_group": {
        "name": "东门水果联保三组",
        "members": [
            {
                "name": "罗建民",
                "trade": "水果批发",
                "loan_amount": "90000",
                "monthly_surplus": "6000",
            },
            {
                "name": "张桂芳",
                "trade": "水果批发",
                "loan_amount": "60000",
                "guarantees_for": ["李四海"],
                "monthly_surplus": "4000",
            },
            {
                "name": "李四海",
                "trade": "水果批发",
                "kin_of": "张桂芳",
                "loan_amount": "60000",
                "guarantees_for": ["赵六"],
                "monthly_surplus": "2500",
            },
            {
                "name": "赵六",
                "trade": "蔬菜",
                "loan_amount": "50000",
                "guarantees_for": ["张桂芳"],
                "monthly_surplus": "3000",
            },
        ],
    },
    "site_visit": {"visited_on": "2026-11-20"},
}


def secured(findings: Findings, policy: Policy | None = None, security: FactTree = SECURITY) -> Findings:
    """The same case with other security, assessed anew."""
    tree = {**findings.tree, **security}
    facts = read_facts(tree)
    return replace(findings, tree=tree, facts=facts, assessment=assess(facts, policy or findings.assessment.policy))
