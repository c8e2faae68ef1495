"""The disclosure sheet: the price on one page, what is left on the next, read back from the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from officer_app.base.words import CHINESE, ENGLISH
from officer_app.credit.affordability import affordability
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import Missing
from officer_app.credit.loanplans import LoanPlan, Wish, loan_plan
from officer_app.credit.reading import read_facts
from officer_app.memos.disclosure import Disclosure, disclosure_sheet
from officer_app.memos.inputs import Applicant
from officer_app.memos.memo import credit_memo
from tests.support.memo_cases import AT, BARBECUE, memo_inputs
from tests.support.worked import shipped_policy

D = Decimal
TODAY = date(2026, 10, 8)


def _assessment(**application: Any) -> Assessment:
    asked = {**dict(BARBECUE["application"]), **application}  # type: ignore[arg-type]  the tree's own table
    return assess(read_facts({**BARBECUE, "application": asked}), shipped_policy())


def _plan(it: Assessment, wish: Wish | None = None) -> LoanPlan:
    plan = loan_plan(it, TODAY, wish or Wish(D(36000)))
    assert isinstance(plan, LoanPlan)
    return plan


def _told(it: Assessment, wish: Wish | None = None) -> Disclosure:
    return Disclosure(
        institution="青石县惠农小额贷款公司",
        branch="城关网点",
        case_number="2026-0417",
        version=1,
        applicant=Applicant("张桂芬", "3701**********2046"),
        plan=_plan(it, wish),
        assessment=it,
        officer="李明",
        made_at=AT,
    )


def _pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_the_price_stands_on_page_one() -> None:
    """36000 at 13.2 % over 12 months: 1.1 % a month, instalment 3217.96… as the schedule has it."""
    it = _assessment(product="流动资金贷款")
    plan = _plan(it)
    first, second = _pages(disclosure_sheet(_told(it), CHINESE))
    wanted = [
        "贷款信息披露表",
        "小额贷款业务经营许可证",
        "3701**********2046",
        "人民币叁万陆仟元整",
        "13.2%",
        "年化利率（单利，含全部费用）",
        f"{plan.cost.effective_percent:.2f}%",
        "折月1.1%",
        "无：任何人不得另行收费",
        f"{plan.rows[0].payment:,.2f}",
        f"{plan.rows[-1].payment:,.2f}",
        "加收50%",
        "随时可以提前还款",
        "一年期LPR的4倍",
        "24%",
        "配偶或共同借款人",
        "12345",
    ]
    assert [part for part in wanted if part not in first] == []
    assert "您还得起吗？" in second


def test_what_is_left_stands_on_page_two() -> None:
    it = _assessment()
    plan = _plan(it)
    month = affordability(it, plan.average)
    assert isinstance(month.left, Decimal)
    second = _pages(disclosure_sheet(_told(it), ENGLISH))[1]
    assert f"{month.left.quantize(D(1)):,}".replace("-", "−") in second
    assert "Canyoucarryit?" in second
    assert "Sales10%lower" in second


def test_by_how_much_sales_may_fall() -> None:
    """Two points of a straight line: at the fall found, what is left is the instalment."""
    it = _assessment()
    month = affordability(it, D(1000))
    now, then = it.household.disposable_income, it.stress.disposable_income
    assert isinstance(now, Decimal)
    assert isinstance(then, Decimal)
    assert isinstance(month.may_fall, Decimal)
    at_fall = now - (now - then) * month.may_fall / it.stress.drop_percent
    assert abs(at_fall - 1000) < D("0.0001") or month.may_fall == 100


def test_every_fee_is_listed_and_in_the_rate() -> None:
    """2 % kept back is 720; 0.6 % of insurance a year is 216, once."""
    it = _assessment(upfront_fee_percent="2", product="种养殖贷款")
    plan = _plan(it)
    assert (plan.cost.fees, plan.received) == (936, 35064)
    assert plan.cost.nominal_percent > plan.contract_rate
    first = _pages(disclosure_sheet(_told(it), CHINESE))[0]
    assert [part for part in ("放款时扣收的费用", "720", "农业保险费", "216", "35,064") if part not in first] == []


@pytest.mark.parametrize(("months", "pages"), [(1, 2), (24, 2), (36, 2), (60, 4)])
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_any_term_keeps_the_price_on_one_page(months: int, pages: int, language: str) -> None:
    it = _assessment(term_months=str(months))
    found = _pages(disclosure_sheet(_told(it), language))
    assert len(found) == pages
    assert f"{_plan(it).rows[-1].payment:,.2f}" in "".join(found)


def test_same_sheet_same_bytes_and_a_translation_says_so() -> None:
    told = _told(_assessment())
    assert disclosure_sheet(told, ENGLISH) == disclosure_sheet(told, ENGLISH)
    assert "Translation,notsigned" in _pages(disclosure_sheet(told, ENGLISH, translation=True))[0]


def test_a_policy_without_products_and_lender_still_gives_a_sheet() -> None:
    it = _assessment()
    gone = ("products", "rate_caps", "lpr", "lender.licence", "lender.complaints")
    bare = {path: value for path, value in it.policy.values.items() if not path.startswith(gone)}
    older = replace(it, policy=replace(it.policy, values=bare))
    first = _pages(disclosure_sheet(_told(older), CHINESE))[0]
    assert "政策规定的上限：24%" in first


# --- the plan behind it -------------------------------------------------------------------------------------------


def test_a_plan_is_due_from_the_day_told() -> None:
    it = _assessment(payout_date="2026-10-20", first_due_date="2026-12-15")
    dates = _plan(it).terms.dates
    assert dates[:3] == (date(2026, 10, 20), date(2026, 12, 15), date(2027, 1, 15))
    assert len(dates) == 13


def test_another_way_amount_and_term_may_be_laid_out() -> None:
    plan = _plan(_assessment(), Wish(D(12000), 6, "equal_principal"))
    assert {row.principal for row in plan.rows} == {D(2000)}
    flat = _plan(_assessment(), Wish(D(12000), 12, "flat"))
    # Twelve times 13.2 % ÷ 12 of the first balance, though half of it is paid back on the way.
    assert flat.cost.interest == 1584
    assert flat.cost.nominal_percent > 23


def test_shares_by_month_are_kept() -> None:
    shares = ["0", "0", "0", "0", "0.3", "0.7"]
    it = _assessment(repayment_method="principal_schedule", principal_share_by_month=shares, term_months="6")
    assert [row.principal for row in _plan(it).rows] == [0, 0, 0, 0, 10800, 25200]


@pytest.mark.parametrize(
    ("application", "waits"),
    [
        ({"term_months": ""}, "application.term_months"),
        ({"repayment_method": "principal_schedule"}, "application.principal_share_by_month"),
        ({"first_due_date": "2026-10-01"}, "application.first_due_date"),
    ],
)
def test_what_a_plan_waits_for_is_named(application: dict[str, str], waits: str) -> None:
    told = {**dict(BARBECUE["application"]), **application}  # type: ignore[arg-type]  the tree's own table
    it = assess(read_facts({**BARBECUE, "application": {k: v for k, v in told.items() if v}}), shipped_policy())
    found = loan_plan(it, TODAY, Wish(D(36000)))
    assert isinstance(found, Missing)
    assert waits in found.paths


# --- the memo -----------------------------------------------------------------------------------------------------


def test_the_memo_prints_product_price_and_both_limits() -> None:
    it = _assessment(product="流动资金贷款", purpose_class="working_capital")
    grade = it.risk_index.grade
    price = {"A": "10.8%", "B": "13.2%", "C": "16.8%"}.get(str(grade))
    text = "".join(_pages(credit_memo(memo_inputs(it), CHINESE)))
    wanted = (
        "贷款价格",
        "5,000至300,000元，3至24个月，年利率8%至20%",
        "✓24%，自2026年1月1日起执行",
        "◐12%，将于2027年12月31日起执行",
        *(() if price is None else (f"产品对{grade}级的定价{price}；本次申请13.2%",)),
    )
    assert [part for part in wanted if part.replace(" ", "") not in text] == []


def test_a_policy_without_them_prints_no_price() -> None:
    assert "贷款价格" not in "".join(_pages(credit_memo(memo_inputs(), CHINESE)))
