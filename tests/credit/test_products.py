"""The product table, its strict reader, whether a request fits, and price limits with their dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CheckResult, Verdict
from officer_app.credit.contradictions import contradictions
from officer_app.credit.figures import Missing
from officer_app.credit.loans.fees import FeeKind
from officer_app.credit.policy import Policy, policy_from_tree
from officer_app.credit.products import PRODUCTS, product_of
from officer_app.credit.ratecaps import coming, in_force, lpr_on, price_limits, within
from officer_app.credit.reading import read_facts
from tests.support.worked import OWN_CASES, SHIPPED_POLICY, load, shipped_policy

D = Decimal


def _tree() -> dict[str, Any]:
    import tomllib

    return tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)


def _policy(change: Callable[[dict[str, Any]], object]) -> Policy:
    tree = _tree()
    change(tree)
    return policy_from_tree(tree)


def _case(policy: Policy, **application: object) -> Assessment:
    case = load(OWN_CASES / "noodle_edge.yaml")
    asked = {**case["application"], **{key: value for key, value in application.items() if value is not None}}
    return assess(read_facts({"application": asked, "borrower": case["borrower"], **case["facts"]}), policy)


def _check(it: Assessment) -> CheckResult:
    (found,) = (check for check in it.checks if check.id == "PRODUCT_FITS")
    return found


# --- the table ----------------------------------------------------------------------------------------------------


def test_the_shipped_products_are_found_by_every_name() -> None:
    policy = shipped_policy()
    assert [product.id for product in policy[PRODUCTS]] == [
        "working_capital",
        "equipment",
        "farming",
        "revolving",
        "stall",
        "household",
    ]
    for name in ("farming", "种养殖贷款", " planting and breeding loan "):
        found = product_of(policy, name)
        assert found is not None
        assert found.id == "farming"
    assert product_of(policy, "扶贫贷款") is None


def test_a_product_tells_its_price_and_its_fees() -> None:
    farming = product_of(shipped_policy(), "farming")
    assert farming is not None
    assert (farming.price_for("B"), farming.price_for("D"), farming.price_for(Missing(()))) == (D("10.8"), None, None)
    assert [(fee.kind, fee.percent) for fee in farming.fees] == [(FeeKind.INSURANCE, D("0.6"))]
    equipment = product_of(shipped_policy(), "equipment")
    assert equipment is not None
    assert [equipment.early_fee_after(months) for months in (0, 11, 12)] == [D("0.5"), D("0.5"), 0]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda one: one.pop("amount"), "products[0].amount"),
        (lambda one: one.update(colour=1), "products[0].colour"),
        (lambda one: one.update(methods=["rule_of_78"]), "products[0].methods[0]"),
        (lambda one: one.update(clients=[]), "products[0].clients"),
        (lambda one: one.update(amount={"least": 9, "most": 8}), "products[0].amount"),
        (lambda one: one.update(late_uplift_percent=51), "products[0].late_uplift_percent"),
        (lambda one: one.update(misuse_uplift_percent=101), "products[0].misuse_uplift_percent"),
        (lambda one: one["price_by_grade"].update(C=25), "products[0].price_by_grade.C"),
        (lambda one: one.update(id="farming"), "products[2].id"),
        (
            lambda one: one.update(fees=[{"name_zh": "费", "name_en": "fee", "kind": "upfront"}]),
            "products[0].fees[0].amount",
        ),
        (lambda one: one.update(unsecured_up_to=-1), "products[0].unsecured_up_to"),
    ],
)
def test_a_table_that_does_not_hold_is_refused_with_its_place(
    change: Callable[[dict[str, Any]], object], where: str
) -> None:
    with pytest.raises(Fault) as caught:
        _policy(lambda tree: change(tree["products"][0]))
    assert (caught.value.code, caught.value.where) == (Code.POLICY_VALUE_WRONG, where)


# --- whether a request fits ---------------------------------------------------------------------------------------

FITTING = {
    "product": "流动资金贷款",
    "requested_amount": "60000",
    "term_months": "12",
    "annual_rate_percent": "13.2",
    "repayment_method": "equal_instalment",
    "purpose_class": "working_capital",
}


def test_a_request_that_fits() -> None:
    it = _case(shipped_policy(), **FITTING)
    assert _check(it).verdict is Verdict.PASSED
    assert "流动资金贷款" in say(_check(it).sentence, CHINESE)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"requested_amount": "300001"}, "300,001 is asked for; the product lends 5,000 to 300,000"),
        ({"term_months": "25"}, "The term is 25 months; the product lends for 3 to 24"),
        ({"annual_rate_percent": "7.9"}, "The rate is 7.9% a year; the product's lies between 8% and 20%"),
        ({"purpose_class": "consumption"}, "The product is not for this class of purpose"),
        ({"product": "循环额度贷款"}, "The product is not paid back in this way"),
        ({"product": "房贷"}, "no product 房贷 is on the list of what is lent"),
    ],
)
def test_each_reason_is_a_sentence(changes: dict[str, str], said: str) -> None:
    it = _case(shipped_policy(), **{**FITTING, **changes})
    assert _check(it).verdict is Verdict.FAILED
    assert said in say(_check(it).sentence, ENGLISH)
    assert "PRODUCT_NOT_FITTING" in {flag.code for flag in it.flags}


def test_above_an_amount_security_is_asked_for() -> None:
    """40,000 are free without security; one yuan more is not, where nothing and nobody stands behind it."""

    def asked(amount: str) -> Verdict:
        policy = _policy(lambda tree: tree["products"][0].update(unsecured_up_to=40000))
        case = load(OWN_CASES / "noodle_edge.yaml")
        facts = {**case["facts"], "collateral": [], "guarantors": []}
        tree = {"application": {**case["application"], **FITTING, "requested_amount": amount}, **facts}
        return _check(assess(read_facts(tree), policy)).verdict

    assert (asked("40000"), asked("40001")) == (Verdict.PASSED, Verdict.FAILED)


def test_half_a_request_is_not_judged() -> None:
    case = load(OWN_CASES / "noodle_edge.yaml")
    it = assess(read_facts({"application": {"product": "farming"}, **case["facts"]}), shipped_policy())
    assert _check(it).verdict is Verdict.MISSING
    assert "application.requested_amount" in _check(it).missing


def test_without_a_product_or_a_table_nothing_is_checked() -> None:
    ids = {check.id for check in _case(shipped_policy()).checks}
    assert "PRODUCT_FITS" not in ids
    bare = _policy(lambda tree: tree.pop("products"))
    assert "PRODUCT_FITS" not in {check.id for check in _case(bare, **FITTING).checks}


def test_the_products_own_limit_is_the_cap() -> None:
    assert _case(shipped_policy()).sizing.caps["product"] == 300000
    assert _case(shipped_policy(), **{**FITTING, "product": "household"}).sizing.caps["product"] == 50000


# --- price limits -------------------------------------------------------------------------------------------------


def test_the_lpr_of_a_day() -> None:
    policy = shipped_policy()
    days = [date(2019, 8, 19), date(2019, 8, 20), date(2024, 10, 20), date(2024, 10, 21), date(2026, 9, 30)]
    assert [lpr_on(policy, day) for day in days] == [None, D("4.25"), D("3.35"), D("3.10"), D("3.00")]


def test_the_limit_in_force_and_the_coming_one() -> None:
    """4 × 3.00 = 12; from the end of 2027 the line itself is in force, and the lower of both counts."""
    policy = shipped_policy()
    now = price_limits(policy, date(2026, 9, 30))
    assert [(limit.percent, limit.in_force) for limit in now] == [(24, True), (12, False)]
    line = coming(now)
    assert line is not None
    assert (in_force(now), line.multiple, line.lpr) == (24, 4, 3)
    then = price_limits(policy, date(2027, 12, 31))
    assert (in_force(then), coming(then)) == (12, None)
    assert price_limits(policy, date(2018, 1, 1)) == ()


def test_a_limit_ends_on_its_last_day() -> None:
    policy = _policy(lambda tree: tree["rate_caps"][0].update(until=date(2027, 6, 30)))
    assert in_force(price_limits(policy, date(2027, 6, 30))) == 24
    assert in_force(price_limits(policy, date(2027, 7, 1))) is None


def test_a_breach_is_more_than_a_hundredth_of_a_point() -> None:
    assert within(D("12.01"), D(12))
    assert not within(D("12.0101"), D(12))


def test_a_price_above_the_coming_line_is_noted_and_needs_no_answer() -> None:
    it = _case(shipped_policy(), annual_rate_percent="16")
    assert "RATE_COMING" in {flag.code for flag in it.flags}
    assert not any(flag.hard for flag in it.flags if flag.code == "RATE_COMING")
    assert "RATE_COMING" not in {one.code for one in contradictions(it)}
    assert "RATE_OVER_CAP" not in {flag.code for flag in it.flags}
    cheap = _case(shipped_policy(), annual_rate_percent="10", upfront_fee_percent="0")
    assert "RATE_COMING" not in {flag.code for flag in cheap.flags}


def test_the_line_refuses_once_it_has_come() -> None:
    it = _case(shipped_policy(), annual_rate_percent="16", payout_date="2028-01-03")
    flags = {flag.code: flag for flag in it.flags}
    assert flags["RATE_OVER_CAP"].hard
    assert "12%" in say(flags["RATE_OVER_CAP"].sentence, ENGLISH)
    assert "RATE_COMING" not in flags


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda tree: tree["rate_caps"][0].update(lpr_multiple=4), "rate_caps[0].percent"),
        (lambda tree: tree["rate_caps"][0].update(kind="soft"), "rate_caps[0].kind"),
        (lambda tree: tree["rate_caps"][0].update(until=date(2020, 1, 1)), "rate_caps[0].until"),
        (lambda tree: tree["lpr"][1].pop("percent"), "lpr[1].percent"),
        (lambda tree: tree.update(lpr="3.00"), "lpr"),
    ],
)
def test_limits_that_do_not_hold(change: Callable[[dict[str, Any]], object], where: str) -> None:
    with pytest.raises(Fault) as caught:
        _policy(change)
    assert (caught.value.code, caught.value.where) == (Code.POLICY_VALUE_WRONG, where)
