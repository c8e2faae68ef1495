"""Stress and break-even: at the break-even the instalment is just covered, and nothing worse ever looks better."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.credit.assess import assess
from officer_app.credit.assessment import Answer, Assessment, CashFlow, Mix
from officer_app.credit.figures import known
from officer_app.credit.offers import offer
from officer_app.credit.stress import mixes_of, tried
from tests.support.straight_line import straight_line
from tests.support.worked import OWN_CASES, changed, facts_of, load, policy_of, shipped_policy

CASES = {path.stem: load(path) for path in sorted(OWN_CASES.glob("*.yaml"))}
CLOSE = Decimal("1e-15")


@pytest.fixture(params=sorted(CASES))
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return CASES[request.param]


def shipped(case: dict[str, Any]) -> Assessment:
    return assess(facts_of(case), shipped_policy())


def number(figure: object) -> Decimal:
    assert isinstance(figure, Decimal), figure
    return figure


def with_sales_lower(it: Assessment, percent: Decimal) -> Assessment:
    """The same case under a policy whose drop is this one: a calculation that knows nothing of break-evens."""
    return assess(it.facts, replace(it.policy, values={**it.policy.values, "stress_sales_drop_percent": percent}))


@pytest.mark.parametrize("timing", ["with_sales", "even"])
def test_at_the_break_even_the_instalment_is_just_covered(case: dict[str, Any], timing: str) -> None:
    it = shipped(changed(case, ("facts", "sales", "cogs_timing"), timing))
    found = known(it.stress.break_even_percent)
    if found is None:
        return
    at_it = with_sales_lower(it, found).stress
    assert abs(number(at_it.disposable_income) - number(it.capacity.instalment)) < CLOSE
    if found > 1:
        assert with_sales_lower(it, found - Decimal("0.001")).stress.instalment_covered is True
        assert with_sales_lower(it, found + Decimal("0.001")).stress.instalment_covered is False


@pytest.mark.parametrize("timing", ["with_sales", "even"])
def test_at_the_break_even_of_cash_the_lowest_month_closes_with_nothing(case: dict[str, Any], timing: str) -> None:
    """The lowest month of a mix with that fall of sales, worked out month by month."""
    it = shipped(changed(case, ("facts", "sales", "cogs_timing"), timing))
    found = it.stress.break_even_cash_percent
    if not isinstance(found, Decimal):
        return
    assert abs(number(tried(it, Mix(sales_drop_percent=found)).lowest)) < CLOSE


def test_the_break_even_by_hand() -> None:
    """Fixed: sales 1000, margin 40 %, variable 5 %, so 35 of each 100 sold stay; what is spare divides by them."""
    it = shipped(CASES["noodle_edge"])
    income = it.income
    moving = number(income.adopted_monthly_sales) - number(income.cost_of_sales) - number(income.variable_costs)
    if it.facts.sales.cogs_timing == "even":
        moving = number(income.adopted_monthly_sales)
    spare = number(it.household.disposable_income) - number(it.capacity.instalment)
    by_hand = spare * 100 / (moving * number(income.average_month_factor))
    assert abs(number(it.stress.break_even_percent) - by_hand) < CLOSE


def test_the_scenario_of_fewer_sales_is_the_stress_of_the_rules(case: dict[str, Any]) -> None:
    for policy in (policy_of(case), shipped_policy()):
        stress = assess(facts_of(case), policy).stress
        sales = stress.scenarios[0]
        assert sales.name == "sales"
        assert abs(number(sales.disposable_income) - number(stress.disposable_income)) < CLOSE
        assert sales.instalment_covered == stress.instalment_covered


def test_nothing_wrong_leaves_everything_as_it_is(case: dict[str, Any]) -> None:
    it = shipped(case)
    calm = tried(it, Mix())
    assert abs(number(calm.disposable_income) - number(it.household.disposable_income)) < CLOSE
    assert abs(number(calm.dscr) - number(it.capacity.dscr)) < CLOSE
    if isinstance(it.cash_flow, CashFlow):
        assert abs(number(calm.lowest) - it.cash_flow.lowest.closing) < CLOSE


PERCENTS = st.integers(min_value=0, max_value=40).map(Decimal)


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(sorted(CASES)),
    values=st.tuples(PERCENTS, PERCENTS, PERCENTS, PERCENTS),
    which=st.integers(min_value=0, max_value=3),
    more=st.integers(min_value=1, max_value=20),
)
def test_more_of_anything_wrong_never_leaves_more(
    name: str, values: tuple[Decimal, ...], which: int, more: int
) -> None:
    """Margins are positive here: selling less of what is sold at a loss would help."""
    it = shipped(CASES[name])
    worse = tuple(value + more if place == which else value for place, value in enumerate(values))
    if which == 0 and values[1] + values[2] > 0:
        return  # with prices gone below cost, less is better
    mild, hard = tried(it, Mix(*values)), tried(it, Mix(*worse))
    assert number(hard.disposable_income) <= number(mild.disposable_income)
    if isinstance(mild.lowest, Decimal):
        assert number(hard.lowest) <= mild.lowest


def test_the_shipped_scenarios_and_one_by_hand() -> None:
    """Two points more a year on what lenders have lent: balance × 2 % ÷ 12 a month; suppliers take no interest."""
    it = shipped(CASES["hill_pigs"])
    assert list(mixes_of(it.policy)) == ["sales", "price", "cost", "season", "rate", "mix"]
    rate = next(scenario for scenario in it.stress.scenarios if scenario.name == "rate")
    liabilities = CASES["hill_pigs"]["facts"]["liabilities"]
    lent = sum(Decimal(debt["balance"]) for debt in liabilities if debt["kind"] in ("institution", "individual"))
    dearer = number(it.household.disposable_income) - number(rate.disposable_income)
    assert abs(dearer - lent * 2 / 100 / 12) < CLOSE


def test_weak_months_all_year_by_hand() -> None:
    """Factors 0.5, 0.5, 0.5 are the three weakest: every month sells half."""
    it = shipped(CASES["hill_pigs"])
    season = next(scenario for scenario in it.stress.scenarios if scenario.name == "season")
    half = Decimal("0.5")
    drop = (1 - half / number(it.income.average_month_factor)) * 100
    assert abs(number(season.disposable_income) - number(with_sales_lower(it, drop).stress.disposable_income)) < CLOSE


# --- sizing and conclusions ---------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(CASES)), more=st.integers(min_value=1, max_value=50_000))
def test_more_income_never_lowers_capacity(name: str, more: int) -> None:
    case = CASES[name]
    told = case["facts"]["household"]["other_income"]
    extra = [*told, {"item": "wage", "monthly_amount": str(more), "verified": "yes"}]
    before, after = shipped(case), shipped(changed(case, ("facts", "household", "other_income"), extra))
    cap = "repayment_capacity"
    assert number(after.sizing.caps[cap]) >= number(before.sizing.caps[cap])
    assert number(after.sizing.lowest_cap_rounded_down) >= number(before.sizing.lowest_cap_rounded_down)
    order = (Answer.NO, Answer.WITH_CONDITIONS, Answer.YES)
    if after.capacity.tested_loan == before.capacity.tested_loan:
        assert order.index(after.can_pay.answer) >= order.index(before.can_pay.answer)


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(CASES)),
    asked=st.integers(min_value=1_000, max_value=900_000),
    months=st.integers(min_value=1, max_value=60),
)
def test_the_recommended_loan_is_never_above_a_cap(name: str, asked: int, months: int) -> None:
    application = {
        **CASES[name]["application"],
        "requested_amount": str(asked),
        "term_months": str(months),
        "repayment_method": "equal_instalment",
    }
    it = shipped(changed(CASES[name], ("application",), application))
    recommended = number(it.sizing.recommended_max_loan)
    assert all(recommended <= number(cap) for cap in it.sizing.caps.values())
    if recommended:
        tried_out = offer(it, recommended, months)
        assert tried_out.above == ()
        assert tried_out.most is not None
        assert recommended <= tried_out.most


def test_each_conclusion_but_yes_names_its_reasons(case: dict[str, Any]) -> None:
    for it in (shipped(case), assess(facts_of(case), policy_of(case))):
        for found in (it.can_pay, it.will_pay):
            assert found.answer is not Answer.CANNOT_TELL
            assert bool(found.reasons) is (found.answer is not Answer.YES)
        if it.sizing.refused_by:
            raised = {flag.code for flag in it.flags if flag.hard}
            assert set(it.sizing.refused_by) <= raised


def test_who_has_nothing_left_cannot_pay_and_who_kept_a_debt_back_is_asked_first() -> None:
    poor = changed(CASES["noodle_edge"], ("facts", "household", "persons"), "900")
    assert shipped(poor).can_pay.answer is Answer.NO
    pigs = shipped(CASES["hill_pigs"])
    assert pigs.will_pay.answer is not Answer.YES
    assert any("was found that was not told" in reason.text for reason in pigs.will_pay.reasons)


def test_a_straw_borrower_will_not_pay() -> None:
    kiosk = shipped(CASES["borrowed_kiosk"])
    assert "STRAW_BORROWER_SUSPECTED" in {flag.code for flag in kiosk.flags}
    assert kiosk.will_pay.answer is Answer.NO


def test_an_empty_case_cannot_tell() -> None:
    from officer_app.credit.reading import read_facts

    it = assess(read_facts({}), shipped_policy())
    assert it.can_pay.answer is it.will_pay.answer is Answer.CANNOT_TELL
    assert all(scenario.lowest is None or known(scenario.lowest) is None for scenario in it.stress.scenarios)


def test_the_second_calculation_covers_the_instalment_just_at_the_break_even(case: dict[str, Any]) -> None:
    """The straight line computes with exact fractions and knows of no break-even: it is told the fall of sales."""
    it = assess(facts_of(case), policy_of(case))
    found = known(it.stress.break_even_percent)
    if found is None or not 1 < found < 99:
        return
    falls = {"covered": found - Decimal("0.01"), "short": found + Decimal("0.01")}
    said = {}
    for name, fall in falls.items():
        told = changed(case, ("policy", "stress_sales_drop_percent"), f"{fall:.12f}")
        said[name] = straight_line(told)["stress"]["instalment_covered"]
    assert said == {"covered": "yes", "short": "no"}
