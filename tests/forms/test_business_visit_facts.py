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
# proved in the contradictions; numbers, lists and other cases are looked up by the program.
_GIVEN_BY_THE_PROGRAM = ("photos.items[]", "lies[]", "screening", "visit_pace")
NOT_ASKED = {path for path in VOCABULARY if path.startswith(_GIVEN_BY_THE_PROGRAM)}


def _route(number: int, kind: str, inputs: Mapping[str, FactNode]) -> Mapping[str, FactNode]:
    told: dict[str, FactNode] = {"id": f"route_{number}", "name": f"途径 {number}", "kind": kind, "inputs": inputs}
    if kind == RouteKind.INVOICES:
        return {**told, "coverage": "floor", "mouth": "paper", "evidence": "申报表十二份"}
    return told


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
    RouteKind.CASHLESS_CARDS: {
        "gross_inflow": "900",
        "own_transfers": "80",
        "refunds": "20",
        "cashless_share_percent": "80",
        "prepaid_sold": "300",
        "prepaid_consumed": "250",
    },
    RouteKind.DAY_COUNTS: {
        "weekdays_per_month": "20",
        "quantity_per_weekday": "185",
        "weekend_days_per_month": "8",
        "quantity_per_weekend_day": "265",
        "price_per_output": "12.50",
        "other_sales": "0",
    },
    RouteKind.RECIPE: {
        "quantity_per_month": "36",
        "unit": "袋",
        "kg_per_unit": "25",
        "cost_per_unit": "98",
        "yield_factor": "1.4",
        "kg_per_output": "0.2",
        "price_per_output": "12.50",
    },
    RouteKind.METER: {
        "meter": "water",
        "quantity_per_month": "66",
        "base_quantity": "6",
        "quantity_per_output": "0.05",
        "price_per_output": "35",
    },
    RouteKind.CAPACITY: {
        "seats": "40",
        "turns_per_day": "4",
        "average_ticket": "25",
        "days_per_month": "30",
        "occupancy_percent": "80",
    },
    RouteKind.PAYROLL: {"wages_paid": "12000", "wage_share_percent": "20"},
    RouteKind.PIECE_WAGES: {"piece_total": "9000", "piece_rate": "3", "price_per_output": "20"},
    RouteKind.INVOICES: {"invoiced_total": "540000", "months_covered": "12"},
    RouteKind.HAND_BOOK: {"monthly_sales": "71900", "pages_stated": "11984", "pages_readded": "11900"},
    RouteKind.PEERS: {"peer_sales_per_day": "2300", "days_per_month": "28"},
    RouteKind.TRIPS: {
        "quantity_per_month": "6",
        "km_one_way": "480",
        "load_tonnes": "30",
        "outbound_yuan_per_tkm": "0.26",
        "return_yuan_per_tkm": "0.15",
        "days_on_road": "13",
    },
    RouteKind.FUEL: {
        "quantity_per_month": "1600",
        "fuel_paid": "11520",
        "diesel_price_per_litre": "7.20",
        "litres_per_100km": "32",
        "load_tonnes": "30",
        "outbound_yuan_per_tkm": "0.26",
        "return_yuan_per_tkm": "0.15",
    },
    RouteKind.CROP: {
        "area_mu": "60",
        "yield_per_mu": "500",
        "harvests_per_year": "2",
        "price_per_kg": "2.40",
        "norm": "wheat",
        "norm_low": "400",
        "norm_high": "550",
        "norm_source": "县农技站",
    },
}

_ASKED = ("borrower_again", "spouse", "staff", "neighbour", "supplier", "landlord")
_ACCOUNT: Mapping[str, FactNode] = {
    "monthly_sales": "21000",
    "gross_margin_percent": "33",
    "staff": "2",
    "years": "7",
    "monthly_rent": "500",
    "debts_total": "76000",
    "debt_payments": "350",
    "household_expenses": "2600",
    "persons": "5",
    "purpose_amount": "150000",
    "requested_amount": "120000",
    "owner": "测试甲",
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
        "purpose_items": [
            {
                "item": "母猪",
                "amount": "90000",
                "quotation_seen": "yes",
                "kind": "livestock",
                "seller": "县种猪场",
                "quotation_date": "2026-09-20",
                "unit_price_checked": "no",
                "life_months": "36",
            },
            {"item": "猪舍", "amount": "60000"},
        ],
        "product": "惠农贷",
        "purpose_class": "fixed_asset",
        "payout_date": "2026-10-20",
        "first_due_date": "2026-11-20",
        "own_funds_available": "20000",
        "own_funds_seen": "yes",
        "gap_paid_by": "大儿子",
        "gap_source": "family",
        "applied_elsewhere": "yes",
        "applied_elsewhere_where": "农商行",
        "introduced_by": "村主任",
        "subsidy_share_percent": "50",
        "subsidy_source": "县农业局",
    },
    "project": {
        "name": "扩一栋猪舍",
        "total_cost": "150000",
        "unit": "头",
        "units_per_year": "300",
        "price_per_unit": "1700",
        "cost_per_unit": "1300",
        "fixed_costs_per_year": "30000",
        "starts_earning_on": "2027-06-01",
        "buyer_known": "yes",
    },
    "working_capital": {
        "last_year_sales": "276000",
        "net_margin_percent": "20",
        "growth_percent": "10",
        "stock_days": "60",
        "receivable_days": "20",
        "payable_days": "30",
        "prepaid_days": "5",
        "advance_days": "0",
        "own_funds": "40000",
        "other_loans": "50000",
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
        "marital_status": "married",
        "local_years": "30",
        "education": "middle",
        "former_occupation": "工地做工",
        "phone_years": "8",
        "health_note": "腰不好",
        "client_since": "2023-04",
        "history_loans": [
            {
                "contract": "XD-2023-0412",
                "amount": "50000",
                "paid_out_on": "2023-04-20",
                "closed_on": "2024-04-20",
                "times_late": "1",
                "worst_days_late": "3",
                "restructured": "no",
                "seen_in_books": "yes",
            },
            {
                "contract": "XD-2025-0630",
                "amount": "30000",
                "paid_out_on": "2025-06-30",
                "outstanding": "12000",
                "seen_in_books": "yes",
            },
        ],
        "bank_account": "6217000000001234567",
        "bank_account_owner": "测试甲",
        "actual_user": "测试甲",
        "actual_controller": "测试甲夫妻",
        "staff_relation": "yes",
        "staff_relation_note": "和柜员是同村",
        "gift_offered": "no",
    },
    "related_persons": [
        {
            "name": "测试丁",
            "role": "introducer",
            "resident_id": "990101197001010017",
            "phone": "19900005678",
            "account": "6217000000007654321",
            "address": "青石县柳河村 1 组",
            "note": "村主任",
        }
    ],
    "consents": {
        "data_consent_on": "2026-10-08",
        "data_consent_version": "2026-3",
        "photo_consent": "yes",
        "bureau_consent_on": "2026-10-08",
        "referees_named": "yes",
        "sharing_consent": "no",
        "rate_explained": "yes",
    },
    "public_records": [
        {
            "register": "enforcement",
            "searched_on": "2026-10-08",
            "words_searched": "测试甲 99010119681204917X",
            "found": "no",
            "note": "没有记录",
            "valid_days": "30",
        }
    ],
    "business": {
        "name": "柳河养猪场",
        "trade": "养猪",
        "form": "individual_business",
        "trend_note": "禁养区外，行情平",
        "licence_seen": "yes",
        "licence_holder": "测试甲",
        "licence_since": "2019-03-11",
        "licence_until": "2039-03-10",
        "licence_status": "valid",
        "licence_exemption": "food_stall_record",
        "exemption_seen": "yes",
        "permits_missing": "排污登记没换",
        "years": "7",
        "years_on_paper": "7.5",
        "open_days_per_month": "30",
        "open_hours_per_day": "12",
        "trend": "steady",
        "main_season": "腊月",
        "unrelated_ventures": "没有",
        "trade_risk_note": "猪瘟、猪价",
        "buyer_firm": "合作社",
        "buyer_firm_share_percent": "60",
        "buyer_contract_seen": "yes",
    },
    "premises": {
        "address": "柳河村 3 组",
        "tenure": "rented",
        "lease_until": "2030-12-31",
        "area_m2": "900",
        "seats": "0",
        "machines": "4",
        "monthly_rent": "500",
        "lease_holder": "测试甲",
        "lease_years_seen": "4",
        "rent_paid_until": "2026-12-31",
        "sign_matches": "yes",
        "borrower_knows_premises": "yes",
        "rehearsed": "no",
    },
    "customers": [
        {
            "name": "县屠宰场",
            "share_percent": "40",
            "credit_days": "20",
            "years": "4",
            "owed": "9000",
            "asked": "yes",
        }
    ],
    "suppliers": [
        {
            "name": "饲料店",
            "share_percent": "80",
            "credit_days": "30",
            "years": "5",
            "monthly_purchases": "11000",
            "owed": "26000",
            "asked": "yes",
        }
    ],
    "vehicles": [
        {
            "plate": "冀 A00001",
            "registered_owner": "顺达运输有限公司",
            "name_on_door": "顺达",
            "first_registered": "2021-03",
            "affiliated": "yes",
            "affiliated_to": "顺达运输有限公司",
            "accident": "no",
            "odometer_km": "86420",
            "odometer_earlier_km": "80100",
            "odometer_earlier_on": "2026-05-20",
            "purchase_price": "48000",
            "insured_until": "2027-03-03",
            "idle_days": "2",
        }
    ],
    "sales": {
        "declared_monthly_sales": "23000",
        "declared_gross_margin_percent": "35.5",
        "largest_customer_share_percent": "40",
        "cogs_timing": "even",
        "month_factors": ["1", "0.9", "1.25", "1", "1", "1", "1", "0.7", "1", "1", "1", "1.15"],
        "month_factors_note": "春节前出栏多",
        "books": [
            {"book": "自己记的", "monthly_sales": "22000", "kind": "hand", "adopted": "yes"},
            {"book": "报税的", "monthly_sales": "9000"},
        ],
        "last_sales": {"counted": "20", "cashless": "17", "total_amount": "260"},
        "calendar_factors": ["1.1", "0.9", "1", "1", "1", "1", "0.8", "1", "1", "1", "1", "1.2"],
        "spring_festival_factor": "1.3",
        "routes": [_route(number, kind.value, inputs) for number, (kind, inputs) in enumerate(ROUTES.items(), 1)],
    },
    "products": [
        {
            "name": "肥猪",
            "share_percent": "85",
            "sale_price": "1700",
            "unit_cost": "1100",
            "unit": "头",
            "source": "paper",
        },
        {"name": "仔猪", "share_percent": "15", "sale_price": "400", "unit_cost": "210"},
    ],
    "operating_costs": [
        {
            "item": "雇工",
            "monthly_amount": "3000",
            "behaviour": "fixed",
            "paid_every_months": "6",
            "source": "told",
        },
        {"item": "运费", "monthly_amount": "900", "behaviour": "variable"},
    ],
    "household": {
        "persons": "5",
        "monthly_expenses": [{"item": "吃饭", "monthly_amount": "2000", "source": "seen"}],
        "other_income": [
            {
                "item": "媳妇工资",
                "monthly_amount": "3200",
                "verified": "yes",
                "earner": "测试丙",
                "kind": "wage",
                "proof": "statement",
                "years": "4",
            },
            {"item": "地租", "monthly_amount": "300", "verified": "no"},
        ],
        "spouse": {
            "presence": "met",
            "consent": "signed",
            "name": "测试丙",
            "resident_id": "990101197002020028",
            "phone": "19900004321",
            "workplace": "镇卫生院",
            "runs_business": "no",
        },
        "home": {
            "tenure": "owned",
            "years": "12",
            "visited": "yes",
            "value": "160000",
            "monthly_rent": "0",
            "deed_owner": "测试甲",
        },
        "dependants": "3",
        "members": [
            {
                "name": "测试戊",
                "relation": "child",
                "age": "15",
                "works": "no",
                "dependant": "yes",
                "school_or_illness": "县一中，住校",
            },
            {"name": "老父亲", "relation": "parent"},
        ],
        "major_events": "后年大儿子结婚",
        "gambling_heard": "no",
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
        "cash_on_hand_source": "seen",
        "deposits_source": "paper",
        "inventory_source": "seen",
        "prepayments_source": "paper",
        "livestock_source": "seen",
        "machinery_source": "seen",
        "vehicles_source": "paper",
        "buildings_source": "told",
        "other_assets_source": "told",
        "receivables_source": "paper",
        "home_value": "160000",
        "household_cash": "11000",
        "household_vehicles": "22000",
        "borrowed_goods": "3000",
        "borrowed_goods_told": "yes",
    },
    "stock_items": [
        {
            "item": "饲料",
            "quantity": "60",
            "unit": "袋",
            "unit_cost": "150",
            "told_quantity": "80",
            "slow": "no",
        }
    ],
    "stock_flow": {
        "last_delivery_on": "2026-09-28",
        "after_last_delivery": "15000",
        "purchases_since": "0",
        "sales_since": "6000",
        "delivery_every_days": "14",
        "usual_delivery": "9000",
        "told_value": "14000",
    },
    "till": {"float_at_opening": "300", "cash_sales_since": "900", "payments_since": "150", "counted": "1040"},
    "savings_flow": {
        "months_since_large_payment": "5",
        "large_payment": "60000",
        "large_payment_for": "嫁女儿",
        "balance_then": "8000",
        "reason": "添了十头母猪",
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
            "original_amount": "80000",
            "monthly_rate_percent": "0.6",
            "plan": "interest_only",
            "due_date": "2027-03-15",
            "source": "credit_report",
            "sphere": "business",
            "relation": "bank",
            "purpose": "盖猪舍",
            "days_past_due": "0",
            "deferral_signed": "no",
            "secured_by": "三户联保",
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
            "first_seen": "2025-11",
            "day_of_month": "8",
        },
        {
            "counterparty": "institution",
            "description": "分期",
            "monthly_amount": "400",
            "remaining_months": "10",
        },
    ],
    "guarantees_given": [
        {
            "beneficiary": "邻居",
            "amount": "30000",
            "relation": "联保组员",
            "until": "2028-05-31",
            "in_arrears": "no",
            "court_letter": "法院九月来信催缴",
            "mutual": "yes",
        }
    ],
    "credit_report": {
        "report_date": "2026-10-08",
        "report_kind": "full",
        "queried_on": "2026-10-08",
        "loan_count": "1",
        "lender_count": "1",
        "loan_balance": "50000",
        "monthly_payments": "350",
        "card_limit": "20000",
        "card_used": "4000",
        "overdue_now": "0",
        "overdue_times_24m": "1",
        "worst_overdue_months": "1",
        "queries_3m": "2",
        "guarantees_balance": "30000",
        "paid_by_third_party": "no",
    },
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
        "uses_of_profit": [{"item": "新猪舍", "amount": "90000", "seen": "yes", "year": "2023"}],
        "profit_told_per_year": "80000",
        "years_of_profit": "4",
    },
    "turnover": {"declared_stock_days": "30", "declared_credit_days": "20"},
    "staff": {
        "declared": "2",
        "seen_on_site": "2",
        "on_payroll": "1",
        "asked_wage": "3000",
        "turnover_12m": "1",
        "mood": "mixed",
    },
    "payroll": {
        "staff_paid": "1",
        "monthly_total": "3000",
        "piece_total": "400",
        "piece_rate": "8",
        "months_behind": "0.5",
        "sheet_seen": "no",
    },
    "utilities": [
        {
            "item": "电费",
            "arrears_amount": "120",
            "paid_until": "2026-09-30",
            "billed_every_months": "2",
            "months_behind": "1",
            "account_name": "测试甲",
        }
    ],
    "meters": [
        {
            "kind": "power",
            "quantity_per_month": "1150",
            "quantity_year_before": "1010",
            "unit_price": "0.55",
            "monthly_amount": "632.5",
            "period_from": "2026-08-01",
            "period_to": "2026-08-31",
            "account_name": "测试甲",
            "note": "添了保温灯",
        }
    ],
    "peers": {
        "days_per_month": "30",
        "peer_sales_per_day_low": "500",
        "peer_sales_per_day_high": "1100",
        "records": [
            {
                "name": "邻村养殖户",
                "sales_per_day": "800",
                "margin_percent": "30",
                "monthly_rent": "400",
                "distance_km": "3.5",
            }
        ],
        "net_margin_low_percent": "8",
        "net_margin_high_percent": "18",
    },
    "photos": {"premises_lat": "28.2001", "premises_lon": "112.9802"},
    "straw_indicators": [
        {"indicator": "cannot say what the money is for", "present": "no"},
        {"indicator": "receipts go to the account of another", "present": "yes"},
        {"indicator": "合同是别人签的", "present": "yes"},
    ],
    "references": [
        {
            "name": "饲料店老板",
            "relation": "supplier",
            "said": "付款守信",
            "good": "yes",
            "phone": "19900002468",
            "asked_on": "2026-10-08",
            "named_in_consent": "yes",
        }
    ],
    "three_stables": {
        "family": {"stable": "yes", "years": "20", "evidence": "结婚二十年"},
        "home": {"stable": "yes", "years": "12", "evidence": "房产证"},
        "work": {"stable": "no", "years": "7", "evidence": "猪价大起大落"},
    },
    "three_characters": {
        "person": {"grade": "good", "reason": "欠账都按时还"},
        "product": {"grade": "fair", "reason": "行情说变就变"},
        "pledge": {"grade": "poor", "reason": "活物不好押"},
    },
    "lifestyle": {
        "vehicle": "旧皮卡",
        "vehicle_value": "22000",
        "fits_trade": "yes",
        "large_spending": "没有",
        "note": "穿戴朴素",
    },
    "accounts": {who: dict(_ACCOUNT) for who in _ASKED},
    "traits_positive": ["spouse holds the money", "makes or sells one product only", "孝顺老人"],
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
            "owner_relation": "borrower",
            "co_owners_agree": "yes",
            "deed_seen": "yes",
            "deed_number": "无证，耳标 32 个",
            "law_class": "ordinary",
            "registrable": "yes",
            "photos_taken": "yes",
            "lien_holder": "没有",
            "rank": "1",
            "leased_until": "2026-12-31",
            "liquidity": "weeks",
            "days_to_sell": "10",
            "valued_on": "2026-10-08",
            "valued_by": "两家收猪的",
            "insured_until": "2027-04-30",
            "insured_amount": "150000",
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
            "name": "测试己",
            "resident_id": "990101197503030039",
            "phone": "19900001357",
            "trade": "开货车",
            "kin": "yes",
            "guaranteed_by_borrower": "no",
            "guarantee_kind": "joint",
            "guarantee_period_months": "24",
            "spouse_signed": "yes",
            "assets_total": "300000",
            "debts_total": "40000",
            "guarantees_total": "0",
            "report_good": "yes",
            "income_seen": "yes",
        }
    ],
    "joint_group": {
        "name": "柳河三户",
        "members": [
            {
                "name": "测试庚",
                "resident_id": "990101198004040040",
                "kin_of": "没有",
                "trade": "养鸡",
                "loan_amount": "50000",
                "monthly_surplus": "-200",
                "guarantees_for": ["测试甲", "测试辛"],
            },
            {"name": "测试辛"},
        ],
    },
    "insurances": [
        {
            "kind": "livestock",
            "insured": "母猪 32 头",
            "insurer": "县支公司",
            "amount": "150000",
            "until": "2027-04-30",
            "lender_beneficiary": "no",
        }
    ],
    "site_visit": {
        "visited_on": "2026-10-08",
        "officer_a": "李慧",
        "officer_b": "小许",
        "minutes_on_site": "75",
        "home_visited": "yes",
        "borrower_present": "yes",
        "spouse_present": "no",
        "left_open": "排污登记",
    },
    "soft_information": [
        {"item": "lives in the area for 3 years or more", "answer": "yes", "good_answer": "yes"},
        {"item": "staff turnover low", "answer": "not_answered", "good_answer": "yes"},
        {"item": "clean credit report for 24 months", "answer": "no", "good_answer": "yes"},
        {"item": "是否常去外地", "answer": "yes", "good_answer": "no"},
    ],
}


# What is asked only where something else is not there: no bills, no peers, no lease, no rent.
INSTEAD: FactTree = {
    "business": {"form": "unregistered"},
    "premises": {"tenure": "borrowed"},
    "not_applicable": {
        "utilities": "和哥哥家合用电表，水是自家井水",
        "peers": "全村只有这一家豆腐坊，问过村主任",
        "rent": "哥哥的老屋白给他用，哥哥当面说的",
        "lease": "自家兄弟没有写租约，哥哥当面说的",
    },
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


def _registered(tree: Mapping[str, object]) -> FactTree:
    """The legal form that is answered with a licence: without one, its code is not asked for."""
    borrower = tree.get("borrower")
    code = borrower.get("business_licence_uscc") if isinstance(borrower, Mapping) else None
    if code is None or "business" in tree:
        return {}
    return {"business": {"form": "individual_business" if code.startswith("92") else "company"}}


def test_every_fact_that_a_person_can_know_is_asked() -> None:
    assert set(VOCABULARY) - set(business_visit().facts) == NOT_ASKED
    assert set(business_visit().facts) <= set(VOCABULARY)


def test_the_tree_of_this_test_holds_every_fact() -> None:
    """Or the next test would prove less than it says."""
    assert set(VOCABULARY) - set(_paths(EVERYTHING, "")) - set(_paths(INSTEAD, "")) == NOT_ASKED


def test_every_fact_comes_back_as_it_was_told() -> None:
    assert _filled(EVERYTHING).facts() == EVERYTHING


def test_a_reason_is_asked_where_the_thing_is_not_there() -> None:
    assert _filled(INSTEAD).facts().items() >= INSTEAD.items()


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
    assert found.facts() == {**without_photos_found(tree), **_registered(tree)}
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
        tree = {name: block}
        assert _filled(tree).facts() == {**tree, **_registered(tree)}, name


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
