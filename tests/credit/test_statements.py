"""Balance by sphere, income by span, cash to the last due date: what must add up adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CashFlow
from officer_app.credit.figures import arithmetic, known
from officer_app.credit.policy import policy_from_tree
from officer_app.credit.rounding import ROUNDING
from officer_app.credit.schedules import Terms, terms_of
from tests.support.worked import OWN_CASES, SHIPPED_POLICY, changed, facts_of, load, policy_of, shipped_policy

CASES = [load(path) for path in sorted(OWN_CASES.glob("*.yaml"))]
KIOSK = load(OWN_CASES / "borrowed_kiosk.yaml")
NOODLES = load(OWN_CASES / "noodle_edge.yaml")
AMOUNTS = st.integers(min_value=0, max_value=400_000).map(str)
TOTALS = (
    "total_assets_declared", "total_liabilities_declared", "equity_declared", "undisclosed_debt_found",
    "receivables_written_down", "goods_of_others", "total_assets_adjusted", "total_liabilities_adjusted",
    "equity_adjusted",
)  # fmt: skip


def policy_with(**other: Any) -> Any:
    import tomllib

    tree = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)
    return policy_from_tree(tree | other)


def shipped(case: dict[str, Any]) -> Assessment:
    return assess(facts_of(case), shipped_policy())


def number(figure: object) -> Decimal:
    assert isinstance(figure, Decimal), figure
    return figure


@settings(max_examples=60, deadline=None)
@given(
    case=st.sampled_from(CASES),
    parts=st.fixed_dictionaries(
        dict.fromkeys(("home_value", "household_cash", "household_vehicles", "borrowed_goods"), AMOUNTS)
    ),
    spheres=st.lists(st.sampled_from(["business", "household"]), min_size=12, max_size=12),
)
def test_business_and_household_together_are_the_whole(
    case: dict[str, Any], parts: dict[str, str], spheres: list[str]
) -> None:
    other = changed(case, ("facts", "assets"), case["facts"]["assets"] | parts)
    for debt, sphere in zip(other["facts"]["liabilities"], spheres, strict=False):
        debt["sphere"] = sphere
    sheet = shipped(other).balance_sheet
    with localcontext(arithmetic()):
        for name in TOTALS:
            of_each = number(getattr(sheet.business, name)) + number(getattr(sheet.household, name))
            assert of_each == number(getattr(sheet, name)), name
        for whole, business, private in zip(sheet.lines, sheet.business.lines, sheet.household.lines, strict=True):
            assert number(business.amount) + number(private.amount) == number(whole.amount)
            assert 0 <= number(private.amount) <= number(whole.amount)
        for sphere in (sheet, sheet.business, sheet.household):
            assert number(sphere.total_assets_declared) == sum(number(line.amount) for line in sphere.lines)
            assert number(sphere.equity_adjusted) == number(sphere.total_assets_adjusted) - number(
                sphere.total_liabilities_adjusted
            )


def test_the_home_leaves_the_business_and_its_leverage_by_hand() -> None:
    """A home of 60 000 in the buildings and a household loan: the business has 60 000 less, and its debts alone."""
    assets = NOODLES["facts"]["assets"] | {"buildings": "60000", "home_value": "60000", "buildings_source": "paper"}
    case = changed(NOODLES, ("facts", "assets"), assets)
    it = shipped(case)
    sheet, loan = it.balance_sheet, number(it.capacity.tested_loan)
    home = next(line for line in sheet.household.lines if line.path == "assets.buildings")
    assert (home.amount, home.source) == (Decimal(60_000), "paper")
    assert number(sheet.business.total_assets_adjusted) == number(sheet.total_assets_adjusted) - 60_000
    owed = number(sheet.business.total_liabilities_adjusted) + number(sheet.contingent)
    with localcontext(arithmetic()):
        alone = (owed + loan) / (number(sheet.business.total_assets_adjusted) + loan)
    assert it.capacity.debt_to_assets_after_loan == it.capacity.debt_to_assets_business == alone
    assert number(it.capacity.debt_to_assets_combined) < alone
    together = assess(facts_of(case), policy_with(leverage_basis="combined"))
    assert together.capacity.debt_to_assets_after_loan == it.capacity.debt_to_assets_combined
    assert number(together.sizing.caps["leverage"]) == number(it.sizing.caps["leverage"]) + 90_000  # 0.6·60 000/0.4


def test_goods_of_others_are_no_assets() -> None:
    case = changed(KIOSK, ("facts", "assets", "borrowed_goods"), "1000")
    assert number(shipped(case).balance_sheet.equity_adjusted) == number(
        shipped(KIOSK).balance_sheet.equity_adjusted
    ) - min(1000, Decimal(KIOSK["facts"]["assets"]["inventory_counted"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case_id"]))
def test_the_year_is_twelve_average_months_and_each_column_balances(case: dict[str, Any]) -> None:
    income = shipped(case).income
    with localcontext(arithmetic()):
        for column in (income.average_month, income.year):
            sales, cost, gross, fixed, variable, net = (number(figure) for figure in column.figures)
            assert gross == sales - cost
            assert abs(net - (gross - fixed - variable)) < Decimal("1e-20")
        assert income.average_month.net_profit == income.net_business_profit_average_month
        assert number(income.year.net_profit) == 12 * number(income.average_month.net_profit)


def flow_of(it: Assessment) -> CashFlow:
    assert isinstance(it.cash_flow, CashFlow)
    return it.cash_flow


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case_id"]))
@pytest.mark.parametrize("months", ["7", "12", "31"])
def test_the_cash_flow_runs_to_the_last_due_date_and_pays_the_loan_back(case: dict[str, Any], months: str) -> None:
    application = {
        **case["application"],
        "term_months": months,
        "repayment_method": "equal_instalment",
        "first_month_of_cash_flow": "2026-11",
    }
    it = shipped(changed(case, ("application",), application))
    if it.cash_flow is None:
        return
    flow, terms = flow_of(it), terms_of(it.facts.application, it.policy[ROUNDING].amounts)
    assert isinstance(terms, Terms)
    assert len(flow.months) == int(months)
    loan = number(it.sizing.recommended_max_loan)
    assert tuple(month.new_payment for month in flow.months) == terms.payments(loan, number(it.capacity.instalment))
    with localcontext(arithmetic()):
        payout = flow.payout
        assert flow.opening == payout.before + loan - payout.fee - payout.purpose - payout.beyond_purpose
        closing = flow.opening + sum(month.net for month in flow.months)
        assert abs(flow.months[-1].closing - closing) < Decimal("1e-20")
        paid = sum(month.new_payment for month in flow.months)
        without = payout.before + sum(month.net for month in flow.months) + paid
        assert abs(flow.months[-1].closing_without - without) < Decimal("1e-20")
    assert flow.lowest.closing == min(month.closing for month in flow.months)


def test_a_later_first_due_date_moves_the_last_one() -> None:
    """Cash flow from November, first payment in January: two months without one, then all twelve of them."""
    application = {
        **NOODLES["application"],
        "term_months": "12",
        "repayment_method": "equal_instalment",
        "first_month_of_cash_flow": "2026-11",
        "first_due_date": "2027-01-20",
    }
    flow = flow_of(shipped(changed(NOODLES, ("application",), application)))
    assert len(flow.months) == 14
    assert [bool(month.new_payment) for month in flow.months] == [False] * 2 + [True] * 12
    assert flow.months[-1].label == date(2027, 12, 1)


def test_the_reserve_counts_what_lies_there_after_the_payout_by_hand() -> None:
    """(cash + deposits − (purpose − loan) − fee) ÷ (household + fixed + debts + instalment)."""
    it = shipped(NOODLES)
    assets, family, capacity = it.facts.assets, it.household, it.capacity
    purpose = sum(Decimal(item["amount"]) for item in NOODLES["application"]["purpose_items"])
    loan, fee = number(capacity.tested_loan), number(it.facts.application.upfront_fee_percent)
    left = number(assets.cash_on_hand) + number(assets.deposits) - max(Decimal(0), purpose - loan) - loan * fee / 100
    outgo = number(family.expenses_adopted) + number(it.income.fixed_costs) + number(family.existing_debt_service)
    with localcontext(arithmetic()):
        assert capacity.reserve_months == max(Decimal(0), left) / (outgo + number(capacity.instalment))
    before = assess(it.facts, policy_with(reserve_basis="before_payout")).capacity.reserve_months
    assert before == capacity.reserve_before_payout


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case_id"]))
def test_an_old_policy_knows_none_of_it(case: dict[str, Any]) -> None:
    it = assess(facts_of(case), policy_of(case))
    assert it.capacity.reserve_months == it.capacity.reserve_before_payout
    assert it.capacity.debt_to_assets_after_loan == it.capacity.debt_to_assets_combined
    assert [scenario.name for scenario in it.stress.scenarios] == ["sales"]
    assert "working_capital" not in it.sizing.caps
    if isinstance(it.cash_flow, CashFlow):
        assert len(it.cash_flow.months) == 12
        assert it.cash_flow.payout.fee == 0


def test_the_working_capital_need_by_hand() -> None:
    """1 200 000 × (1 − 10 %) × (1 + 20 %) × (30 + 25 − 15 + 5 − 0) / 360 = 162 000; 62 000 own, 40 000 elsewhere."""
    told = {
        "last_year_sales": "1200000", "net_margin_percent": "10", "growth_percent": "20", "stock_days": "30",
        "receivable_days": "25", "payable_days": "15", "prepaid_days": "5", "own_funds": "62000",
        "other_loans": "40000",
    }  # fmt: skip
    case = changed(KIOSK, ("facts", "working_capital"), told)
    need = shipped(case).working_capital
    assert need is not None
    assert (need.days_bound, need.need, need.gap) == (Decimal(45), Decimal(162_000), Decimal(60_000))
    assert "working_capital" not in shipped(case).sizing.caps
    case["application"]["purpose_class"] = "working_capital"
    capped = assess(facts_of(case), policy_with(working_capital_sizing="cap"))
    assert capped.sizing.caps["working_capital"] == Decimal(60_000)
    told["payable_days"] = "90"
    assert known(shipped(changed(case, ("facts", "working_capital"), told)).working_capital.gap) == 0  # type: ignore[union-attr]


def _history(*days: str) -> list[dict[str, str]]:
    return [
        {"contract": f"QS-{place}", "closed_on": "2025-01-10", "worst_days_late": late, "seen_in_books": "yes"}
        for place, late in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("history", "report", "grade"),
    [
        ([], {}, "C"),
        (_history("0", "7"), {"worst_overdue_months": "0", "overdue_times_24m": "0"}, "A"),
        (_history("0", "7"), {}, "B"),
        (_history("0", "8"), {"worst_overdue_months": "0", "overdue_times_24m": "0"}, "B"),
        (_history("15"), {}, "B"),
        (_history("16"), {}, "C"),
        (_history("31"), {}, "D"),
        ([{**_history("0")[0], "restructured": "yes"}], {}, "D"),
        (_history("0"), {"overdue_now": "10"}, "D"),
        ([{"contract": "QS-8", "worst_days_late": "", "amount": "0"}], {}, "C"),
    ],
)
def test_the_dossier_grade_rests_on_history(
    history: list[dict[str, str]], report: dict[str, str], grade: str
) -> None:
    case = changed(NOODLES, ("borrower", "history_loans"), history)
    case["facts"]["liabilities"] = []
    case["facts"].pop("unexplained_regular_outflows", None)
    if report:
        case["facts"]["credit_report"] = report
    it = shipped(case)
    assert it.dossier_grade == grade
    limit = {"A": 100_000, "B": 70_000, "C": 50_000, "D": 20_000}[grade]
    assert it.sizing.caps["security"] == number(it.collateral_lendable_total) + limit


@settings(max_examples=60, deadline=None)
@given(
    case=st.sampled_from(CASES),
    name=st.sampled_from(["home_value", "household_vehicles", "borrowed_goods"]),
    less=st.integers(min_value=0, max_value=100_000),
    more=st.integers(min_value=1, max_value=100_000),
)
def test_less_that_is_the_businesss_own_never_improves_index_or_size(
    case: dict[str, Any], name: str, less: int, more: int
) -> None:
    """A smaller loan may be carried better, so the index is compared at the same loan."""
    assets = case["facts"]["assets"] | {"buildings": "150000", "vehicles": "150000", "inventory_counted": "150000"}
    before, after = (
        shipped(changed(case, ("facts", "assets"), assets | {name: str(part)})) for part in (less, less + more)
    )
    assert number(after.sizing.lowest_cap_rounded_down) <= number(before.sizing.lowest_cap_rounded_down)
    if after.capacity.tested_loan == before.capacity.tested_loan:
        assert number(after.risk_index.index) <= number(before.risk_index.index)
        assert number(after.capacity.debt_to_assets_after_loan) >= number(before.capacity.debt_to_assets_after_loan)
