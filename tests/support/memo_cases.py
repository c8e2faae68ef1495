"""A case for papers: a barbecue shop whose sales were told too high, with a debt that was not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from officer_app.base.words import Bilingual, Verbatim
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.contradictions import Severity, contradictions
from officer_app.credit.policy import Policy, read_policy
from officer_app.credit.reading import FactTree, read_facts
from officer_app.memos.inputs import (
    AnswerGroup,
    Applicant,
    Business,
    Condition,
    ContradictionEntry,
    EarlierLoan,
    Exit,
    Investigator,
    LookUp,
    MemoInputs,
    Note,
    Photo,
    PhotoFinding,
    Provenance,
    Recommendation,
    Signer,
    Standing,
    Visit,
)

AT: Final = datetime(2026, 10, 8, 1, 40, tzinfo=UTC)

_POLICY: Final = """
name = "测试政策"
version = "2026-09-01"
schema_version = 1
effective_from = 2026-09-01
sales_route_tolerance_percent = 10
sales_adopted = "lowest_of_all"
gross_margin_tolerance_points = 5
equity_tolerance_percent = 10
turnover_tolerance_percent = 30
receivable_over_12m_share_max_percent = 20
receivable_over_12m_counted_percent = 0
household_expense_floor_per_person = 900
household_expense_adopted = "higher_of_reported_and_floor"
unverified_income_counted_percent = 0
instalment_to_disposable_max_percent = 70
dscr_min = 1.25
debt_to_assets_after_loan_max_percent = 60
contingent_liability_weight_percent = 20
reserve_months_min = 1
own_contribution_min_percent = 20
customer_concentration_max_percent = 30
lender_count_max = 2
photo_radius_km = 0.5
straw_indicator_min = 3
trait_min = 3
stress_sales_drop_percent = 10
purpose_tolerance_percent = 10
bullet_principal_of_other_debts = "spread_over_term"
lender_net_assets_prior_year_end = 30000000
single_borrower_limit_percent = 10
related_group_limit_percent = 15
all_in_rate_cap_percent = 24
product_max_amount = 300000
unsecured_allowance = 80000
collateral_value_adopted = "lowest_method"
collateral_lendable = "after_ltv_and_prior_lien"
guarantor_cover_min = 1
hard_flags = ["STRAW_BORROWER_SUSPECTED", "NEGATIVE_DISPOSABLE_INCOME", "RATE_OVER_CAP"]
[loan_rounding]
direction = "down"
step = 1000
[rounding]
mode = "half_up"
amounts = 2
percents = 2
ratios = 4
[collateral_ltv_percent]
residential = 70
shop = 60
stall_operating_right = 40
land_operating_right = 40
vehicle = 50
machinery = 40
stock = 35
livestock = 30
deposit = 90
receivables = 50
[risk_index]
consistency = "passed_of_counted"
willingness = "good_answers_of_answered"
weights = { capacity = 30, willingness = 20, consistency = 20, leverage = 10, security = 10, industry = 10 }
industry = { passed = 100, failed = 30 }
grades = { A = 80, B = 65, C = 50 }
grade_ceilings = { B = ["STRESS_FAILED"], C = ["UNDISCLOSED_DEBT", "SALES_ROUTES_DEVIATE"] }
[risk_index.capacity_bands]
steps = [{ at_least = 1.5, score = 100 }, { at_least = 1.25, score = 80 }, { at_least = 1, score = 50 }]
otherwise = 0
[risk_index.leverage_bands]
steps = [{ at_most = 30, score = 100 }, { at_most = 50, score = 70 }, { at_most = "max", score = 40 }]
otherwise = 0
[risk_index.security_bands]
steps = [{ at_least = 1, score = 100 }, { at_least = 0.5, score = 60 }]
otherwise = 0
guarantors = 50
"""

_SOFT: Final = (
    ("本地居住满三年", "yes", "yes"),
    ("已婚且配偶当面同意", "yes", "yes"),
    ("有手写流水账", "yes", "yes"),
    ("供应商评价好", "yes", "yes"),
    ("换个问法回答一致", "no", "yes"),
    ("员工稳定", "not_answered", "yes"),
)


def _debt(creditor: str, kind: str, balance: str, payment: str, disclosed: str) -> dict[str, str]:
    return {
        "creditor": creditor,
        "kind": kind,
        "balance": balance,
        "monthly_payment": payment,
        "disclosed": disclosed,
    }


BARBECUE: Final[FactTree] = {
    "application": {
        "requested_amount": "55000",
        "term_months": "12",
        "annual_rate_percent": "13.2",
        "upfront_fee_percent": "0",
        "repayment_method": "equal_instalment",
        "first_month_of_cash_flow": "2026-10",
        "purpose_declared": "添两台冰柜，旺季备货",
        "purpose_items": [{"item": "冰柜两台", "amount": "42000"}, {"item": "备货", "amount": "38000"}],
    },
    "borrower": {"name": "张桂芬", "role": "业主", "years_in_business": "6"},
    "sales": {
        "declared_monthly_sales": "82000",
        "declared_gross_margin_percent": "58",
        "cogs_timing": "with_sales",
        "month_factors": ["1", "0.9", "0.8", "0.7", "0.35", "0.8", "1", "1.1", "1.2", "1.25", "1.2", "1.1"],
        "routes": [
            {
                "id": "charcoal",
                "name": "木炭 675 公斤",
                "kind": "proxy",
                "inputs": {"quantity_per_month": "675", "unit": "公斤", "sales_per_unit": "82"},
            },
            {
                "id": "skewers",
                "name": "竹签 9,100 支",
                "kind": "proxy",
                "inputs": {"quantity_per_month": "9100", "unit": "支", "sales_per_unit": "6.275"},
            },
            {
                "id": "qr",
                "name": "收款码（剔除自转）",
                "kind": "cashless",
                "inputs": {"gross_inflow": "48200", "own_transfers": "1600", "cashless_share_percent": "83"},
            },
        ],
    },
    "products": [
        {"name": "肉串", "share_percent": "70", "sale_price": "6", "unit_cost": "2.7"},
        {"name": "啤酒", "share_percent": "30", "sale_price": "8", "unit_cost": "3.8"},
    ],
    "operating_costs": [
        {"item": "房租", "monthly_amount": "5200", "behaviour": "fixed"},
        {"item": "工资", "monthly_amount": "6600", "behaviour": "fixed"},
        {"item": "水电", "monthly_amount": "1900", "behaviour": "variable"},
    ],
    "household": {
        "persons": "4",
        "monthly_expenses": [{"item": "伙食", "monthly_amount": "2200"}, {"item": "上学", "monthly_amount": "1300"}],
        "other_income": [{"item": "丈夫打零工", "monthly_amount": "2400", "verified": "no"}],
    },
    "assets": {
        "cash_on_hand": "3800",
        "deposits": "21000",
        "inventory_counted": "18600",
        "machinery_equipment": "46000",
        "vehicles": "38000",
        "other_assets": "60000",
    },
    "liabilities": [
        _debt("镇信用社", "institution", "24000", "1500", "yes"),
        _debt("弟弟", "individual", "60000", "0", "no"),
    ],
    "equity_history": {
        "start": "2020-05",
        "initial_equity": "60000",
        "declared_surplus_by_period": [
            {"period": "2021–2024", "surplus": "96000"},
            {"period": "2025", "surplus": "42000"},
        ],
        "outside_withdrawals": [{"item": "建房", "amount": "21000"}],
        "depreciation": "16000",
    },
    "staff": {"declared": "4", "seen_on_site": "3", "on_payroll": "3"},
    "straw_indicators": [
        {"indicator": "本人说不清用途", "present": "no"},
        {"indicator": "他人代答", "present": "yes"},
    ],
    "guarantors": [
        {
            "id": "王强",
            "relation": "邻铺老板",
            "monthly_income": "9000",
            "monthly_household_expenses": "3600",
            "monthly_debt_service": "800",
        }
    ],
    "soft_information": [{"item": item, "answer": answer, "good_answer": good} for item, answer, good in _SOFT],
}  # fmt: skip


@cache
def policy() -> Policy:
    """A policy with every key, apart from the shipped one."""
    return read_policy(_POLICY)


@cache
def assessed(*leave_out: str) -> Assessment:
    """The barbecue shop assessed, without some blocks of its facts."""
    tree = {name: block for name, block in BARBECUE.items() if name not in leave_out}
    return assess(read_facts(tree), policy())


@cache
def picture(text: str, size: tuple[int, int] = (800, 600), colour: str = "#8a6a4a") -> bytes:
    """A small drawn JPEG."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    wide, high = size
    draw.rectangle((wide // 8, high // 3, wide * 7 // 8, high // 2), fill="#b3261e")
    draw.rectangle((0, high * 3 // 4, wide, high), fill="#4a4e52")
    draw.text((wide // 2, high * 5 // 12), text, fill="white")
    target = BytesIO()
    image.save(target, "JPEG", quality=82)
    return target.getvalue()


def photo(number: int, **changes: object) -> Photo:
    """The photo with a number; even ones are looked at closer."""
    jpeg = picture(f"P{number}", (800, 600) if number % 3 else (600, 800))
    findings = (PhotoFinding(Bilingual("time fits the visit", "时间在调查时段内"), Standing.PASSED),)
    if number % 2 == 0:
        findings += (PhotoFinding(Bilingual("320 m from the address", "距登记地址 320 米"), Standing.LOOK),)
    made = Photo(
        code=f"P{number:02d}",
        shot=Bilingual("Stock", "存货") if number > 1 else Bilingual("Shop front", "门头"),
        jpeg=jpeg,
        sha256=sha256(f"original {number}".encode()).hexdigest(),
        taken_at=AT + timedelta(minutes=25 + number),
        distance_m=Decimal(320) if number % 2 == 0 else Decimal(18),
        findings=findings,
        explanation="后巷停车，定位漂移" if number % 4 == 0 else "",
        front=number == 1,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names the field it changes


def entries(assessment: Assessment) -> tuple[ContradictionEntry, ...]:
    """The assessment's contradictions, the first one standing, the others closed in turn."""
    ways = (Exit.STANDS, Exit.EXPLAINED, Exit.CORRECTED)
    return tuple(
        ContradictionEntry(
            code=found.code,
            sentence=found.sentence,
            stop=found.severity is Severity.STOP,
            exit=ways[min(number, 2) if number < 3 else 1],
            explanation="问到时改口“那是去年”。" if number == 0 else "进货单核对过，差额是月末集中补货。",
            evidence=("P02", "进货单 3 张") if number else (),
            closed_by="李慧",
            closed_at=AT + timedelta(hours=5),
        )
        for number, found in enumerate(contradictions(assessment))
    )


SIGNERS: Final = (
    Signer("officer_a", Bilingual("Loan officer A", "信贷员 A"), "李慧"),
    Signer("officer_b", Bilingual("Loan officer B", "信贷员 B"), "王磊"),
    Signer("branch_manager", Bilingual("Branch manager", "网点经理")),
)


def memo_inputs(assessment: Assessment | None = None, *, shots: int = 5, **changes: object) -> MemoInputs:
    """The memo's inputs for the barbecue shop, or for another assessment."""
    assessment = assessment or assessed()
    facts = assessment.facts
    made = MemoInputs(
        institution="青石县惠农小额贷款公司",
        branch="城关网点",
        case_number="2026-0417",
        version=2,
        submitted_at=AT + timedelta(hours=33),
        applicant=Applicant(
            facts.borrower.name or "张桂芬", "3701**********2046", "138****8000", facts.borrower.role, "2026-10-08 v3"
        ),
        business=Business(
            "周记烧烤",
            "餐饮 · 烧烤",
            "6 年",
            "青石县城关镇人民路 27 号",
            "92370000MA3XXXXX0X",
            "夫妻店，晚市为主，两名帮工",
        ),
        investigators=(
            Investigator("李慧", Bilingual("Loan officer A", "信贷员 A"), "3f9c22d1"),
            Investigator("王磊", Bilingual("Loan officer B", "信贷员 B"), "77ab01c9"),
        ),
        visits=(
            Visit(
                1,
                Bilingual("First visit", "首访"),
                AT,
                AT + timedelta(minutes=115),
                "店内与后厨",
                Decimal(18),
                ("李慧", "王磊"),
                "K7Q2",
            ),
        ),
        assessment=assessment,
        contradictions=entries(assessment),
        photos=tuple(photo(number) for number in range(1, shots + 1)),
        signers=SIGNERS,
        provenance=Provenance(
            "0.1.0",
            "2026-09-01",
            (("business_visit", "7"),),
            (
                (Bilingual("Facts", "事实"), "3f9c" * 16),
                (Bilingual("Assessment", "评估结果"), "a41e" * 16),
            ),
            "9b" * 32,
            "c0ffee11" * 8,
            AT + timedelta(hours=33),
        ),
        recommendation=Recommendation(
            Decimal(41000),
            12,
            "生意真实，谎报销售额已按最低途径压实；建议小额短期，夫妻共同借款。",
            "自称弟弟出资，未见钱",
        ),
        notes=(
            Note("隔壁五金店", "烧烤店开了五六年，夏天忙", "", "当面问", "与本人说法一致", "王磊", date(2026, 10, 8)),
            Note("妻弟", "", "微信转账记录 60,000", "手机截图 P02", "未主动披露", "李慧", date(2026, 10, 8)),
        ),
        lookups=(
            LookUp(
                Bilingual("Enforcement and dishonesty lists", "失信被执行人名单"),
                date(2026, 10, 7),
                "张桂芬",
                Bilingual("nothing found", "未查到"),
                date(2026, 11, 6),
            ),
        ),
        conditions=(
            Condition(Bilingual("Spouse signs as co-borrower", "配偶作为共同借款人签字"), before_payout=True),
            Condition(Verbatim("冰柜发票与照片"), before_payout=False, due=date(2026, 11, 10)),
        ),
        history=(EarlierLoan("2024-0091", Decimal(30000), date(2024, 5, 6), date(2025, 5, 6), 3),),
        further_answers=(
            AnswerGroup(
                Bilingual("Premises", "经营场所"),
                (
                    (Bilingual("Door plate", "门牌"), Verbatim("人民路 27 号")),
                    (Bilingual("Clean", "卫生"), Verbatim("好")),
                ),
            ),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names the field it changes
