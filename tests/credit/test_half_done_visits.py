"""An officer is half-way through a visit most of the time: nothing raises, and nothing missing counts as known."""

from __future__ import annotations

import copy
import random
from decimal import Decimal, getcontext, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, Verdict
from officer_app.credit.contradictions import contradictions
from officer_app.credit.expected import expected_block
from officer_app.credit.figures import Missing, known
from officer_app.credit.reading import complete, read_facts
from officer_app.credit.vocabulary import label_of
from tests.support.worked import (
    OWN_CASES,
    answer,
    assessed,
    changed,
    facts_of,
    leaves,
    load,
    policy_of,
    shipped_policy,
    without,
)

HILL = load(OWN_CASES / "hill_pigs.yaml")
KIOSK = load(OWN_CASES / "borrowed_kiosk.yaml")
EDGE = load(OWN_CASES / "noodle_edge.yaml")
CASES = (HILL, KIOSK, EDGE)


def told(assessment: Assessment) -> None:
    """Say everything that the assessment can say, in both languages."""
    for language in (ENGLISH, CHINESE):
        for check in assessment.checks:
            texts = (check.title, check.formula, check.sentence, check.ask_next)
            assert all(say(text, language) for text in texts if text is not None)
        for route in assessment.routes:
            assert say(route.shown, language)
        for item in (*assessment.flags, *assessment.risk_index.parts, *contradictions(assessment)):
            assert say(item.sentence, language)


def branches(case: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """Every place of a case's facts: leaves, groups and lists."""
    found: set[tuple[str | int, ...]] = set()
    for path, _ in leaves({block: case[block] for block in ("application", "borrower", "facts")}):
        found |= {path[:depth] for depth in range(2, len(path) + 1)}
    return sorted(found, key=str)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_facts_may_be_missing(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    gone = data.draw(st.lists(st.sampled_from(branches(case)), min_size=1, max_size=25))
    for path in sorted(gone, key=len, reverse=True):
        try:
            case = without(case, path)
        except (KeyError, IndexError, TypeError):
            continue
    assessment = assessed(case)
    told(assessment)
    block = expected_block(assessment, allow_missing=True)
    assert block["loan_sizing"]
    if "'missing'" in str(block):
        with pytest.raises(Fault):
            expected_block(assessment)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_number_may_be_odd(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(CASES))
    numeric = [
        path for path, text in leaves({"application": case["application"], "facts": case["facts"]}) if _odd(text)
    ]
    for path in data.draw(st.lists(st.sampled_from(numeric), min_size=1, max_size=6, unique=True)):
        case = changed(case, path, data.draw(st.sampled_from(["0", "-1", "1", "999999999999", "0.000001", "7"])))
    try:
        assessment = assessed(case)
    except Fault as fault:
        assert fault.code is Code.FACT_MALFORMED  # noqa: PT017  a whole number was given a fraction
        return
    told(assessment)
    expected_block(assessment, allow_missing=True)


def _odd(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def test_nothing_at_all_is_an_assessment_of_questions() -> None:
    assessment = assess(read_facts({}), shipped_policy())
    told(assessment)
    assert assessment.checks_passed == 0
    assert isinstance(assessment.sizing.recommended_max_loan, Missing)
    assert isinstance(assessment.risk_index.grade, Missing)
    assert not contradictions(assessment)
    for check in assessment.checks:
        assert check.verdict in (Verdict.MISSING, Verdict.NOT_DONE)
        assert check.missing
        assert check.ask_next is not None


def test_every_missing_path_has_a_label() -> None:
    for path in complete(read_facts({})):
        assert say(label_of(path), CHINESE) != path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_a_whole_case_lacks_nothing(case: dict[str, Any]) -> None:
    assert complete(facts_of(case)) == ()
    assert assessed(case).undecided == ()


NEEDED = [
    "application.requested_amount",
    "application.term_months",
    "application.annual_rate_percent",
    "application.repayment_method",
    "application.principal_share_by_month",
    "application.purpose_items",
    "facts.sales.declared_monthly_sales",
    "facts.sales.declared_gross_margin_percent",
    "facts.sales.routes",
    "facts.products",
    "facts.operating_costs",
    "facts.household.persons",
    "facts.household.monthly_expenses",
    "facts.household.other_income",
    "facts.assets.cash_on_hand",
    "facts.assets.deposits",
    "facts.assets.inventory_counted",
    "facts.liabilities",
    "facts.equity_history.initial_equity",
    "facts.equity_history.declared_surplus_by_period",
    "facts.equity_history.depreciation",
    "facts.soft_information",
]


@pytest.mark.parametrize("name", NEEDED)
def test_a_required_fact_is_named_when_it_is_gone(name: str) -> None:
    case = without(HILL, tuple(name.split(".")))
    path = name.removeprefix("facts.")
    assert complete(facts_of(case)) == (path,)
    with pytest.raises(Fault) as caught:
        expected_block(assessed(case))
    assert caught.value.code is Code.FACTS_MISSING
    assert path in caught.value.where


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (("facts", "sales", "routes", 0, "inputs", "sows"), "sales.routes[0].inputs.sows"),
        (("facts", "sales", "routes", 4, "inputs", "day_types"), "sales.routes[4].inputs.day_types"),
        (("facts", "unexplained_regular_outflows", 1, "remaining_months"), "unexplained_regular_outflows[1]"),
        (("facts", "collateral", 1, "valuation"), "collateral[1].valuation"),
        (("facts", "peers", "days_per_month"), "peers.days_per_month"),
        (("facts", "liabilities", 2, "disclosed"), "liabilities[2].disclosed"),
    ],
)
def test_what_is_required_by_circumstance_is_named_too(path: tuple[str | int, ...], named: str) -> None:
    assert [found for found in complete(facts_of(without(HILL, path))) if found.startswith(named)]


def test_a_route_needs_only_what_its_kind_needs() -> None:
    """The inputs of other kinds, left from a change of mind, neither help nor hurt."""
    case = changed(HILL, ("facts", "sales", "routes", 3, "inputs", "sows"), "9")
    assert answer(case) == answer(HILL)


def test_a_check_without_its_facts_is_not_passed_and_not_counted_as_such() -> None:
    case = without(EDGE, ("facts", "staff", "on_payroll"))
    assessment = assessed(case)
    staff = next(check for check in assessment.checks if check.id == "STAFF")
    assert staff.verdict is Verdict.MISSING
    assert staff.missing == ("staff.on_payroll",)
    assert staff.ask_next is not None
    assert say(staff.ask_next, ENGLISH) == "Still needed: Staff on the payroll"
    assert isinstance(assessment.risk_index.index, Missing)
    assert [item.kind.code for item in assessment.undecided] == ["STAFF_COUNT_MISMATCH"]


def test_nothing_is_recommended_while_a_hard_flag_cannot_be_judged() -> None:
    case = without(EDGE, ("facts", "straw_indicators", 0, "present"))
    assessment = assessed(case)
    assert known(assessment.sizing.lowest_cap_rounded_down) == 13000
    assert isinstance(assessment.sizing.recommended_max_loan, Missing)


def test_one_missing_fact_leaves_the_rest_known() -> None:
    assessment = assessed(without(HILL, ("facts", "household", "persons")))
    assert known(assessment.income.adopted_monthly_sales) == 47880
    assert known(assessment.balance_sheet.equity_adjusted) == 239200
    assert isinstance(assessment.household.disposable_income, Missing)
    assert assessment.household.disposable_income.paths == ("household.persons",)


@pytest.mark.parametrize(
    ("path", "value", "blamed"),
    [
        (("facts", "products", 0, "share_percent"), "61", "products[0].share_percent"),
        (("facts", "products", 0, "sale_price"), "0", "products[0].sale_price"),
        (("facts", "sales", "declared_monthly_sales"), "0", "sales.declared_monthly_sales"),
        (("application", "principal_share_by_month", 0), "0.1", "application.principal_share_by_month"),
        (("facts", "sales", "month_factors"), ["1"] * 11, "sales.month_factors"),
        (("application", "term_months"), "0", "application.term_months"),
        (("facts", "operating_costs", 0, "monthly_amount"), "-1", "operating_costs[0].monthly_amount"),
        (("facts", "unexplained_regular_outflows", 0, "assumed_monthly_rate_percent"), "0", "assumed_monthly"),
        (("facts", "collateral", 0, "valuation", "capitalisation_rate_percent"), "0", "capitalisation_rate_percent"),
        (("facts", "purpose_plausible_max", "amount"), "0", "purpose_plausible_max.amount"),
        (("application", "upfront_fee_percent"), "100", "application.upfront_fee_percent"),
        (("facts", "sales", "routes", 5, "inputs", "quantity_per_month"), "999999999999", None),
    ],
)  # fmt: skip
def test_a_fact_that_leaves_no_meaning_is_blamed(path: tuple[str | int, ...], value: Any, blamed: str | None) -> None:
    assessment = assessed(changed(HILL, path, value))
    told(assessment)
    if blamed is not None:
        with pytest.raises(Fault) as caught:
            expected_block(assessment)
        assert blamed in caught.value.where


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_the_order_of_facts_does_not_matter(case: dict[str, Any]) -> None:
    assert _content(assessed(_shuffled(case, random.Random(7)))) == _content(assessed(case))  # noqa: S311  an order, no secret


def _shuffled(node: Any, chance: random.Random, name: str = "") -> Any:
    if isinstance(node, dict):
        names = list(node)
        chance.shuffle(names)
        return {key: _shuffled(node[key], chance, key) for key in names}
    if isinstance(node, list) and name not in {"month_factors", "principal_share_by_month"}:
        items = [_shuffled(item, chance) for item in node]
        chance.shuffle(items)
        return items
    return copy.deepcopy(node)


def _content(assessment: Assessment) -> Any:
    return (
        dict(assessment.sizing.caps),
        assessment.sizing.binding_cap,
        assessment.capacity,
        assessment.risk_index.index,
        assessment.risk_index.grade,
        sorted(flag.code for flag in assessment.flags),
        {(check.id, check.verdict, check.found) for check in assessment.checks},
        assessment.cash_flow,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case_id"])
def test_the_same_facts_give_the_same_assessment(case: dict[str, Any]) -> None:
    facts, policy = facts_of(case), policy_of(case)
    assert assess(facts, policy) == assess(facts, policy)


def test_the_callers_arithmetic_is_neither_used_nor_changed() -> None:
    before = getcontext().prec
    with localcontext() as context:
        context.prec = 4
        low = answer(HILL)
        assert getcontext().prec == 4
    assert low == answer(HILL)
    assert getcontext().prec == before


@settings(max_examples=80, deadline=None)
@given(
    st.decimals(min_value=1, max_value=10**7, places=2),
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.integers(min_value=1, max_value=60),
    st.decimals(min_value=0, max_value=36, places=1),
)
def test_the_recommendation_exceeds_no_cap(amount: Decimal, sales: Decimal, term: int, rate: Decimal) -> None:
    case = changed(EDGE, ("application", "requested_amount"), str(amount))
    case = changed(case, ("application", "term_months"), str(term))
    case = changed(case, ("application", "annual_rate_percent"), str(rate))
    case = changed(case, ("facts", "sales", "routes", 0, "inputs", "monthly_sales"), str(sales))
    sizing = assessed(case).sizing
    recommended = known(sizing.recommended_max_loan)
    if recommended is not None:
        assert all(recommended <= cap for cap in sizing.caps.values() if isinstance(cap, Decimal))
        assert recommended % 1000 == 0
