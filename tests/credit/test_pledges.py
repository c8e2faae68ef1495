"""What a pledge is worth: the law, a sale in haste, liens, insurance, age, owners, cover. Sums by hand beside."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CheckResult, Verdict
from officer_app.credit.collateral import pledge
from officer_app.credit.contradictions import contradictions
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Missing, known
from officer_app.credit.liquidity import GRADES
from officer_app.credit.pledgedates import months_after
from officer_app.credit.policy import Policy, policy_from_tree
from officer_app.credit.reading import FactTree, read_facts
from officer_app.credit.vocabulary import VOCABULARY
from tests.support.worked import SHIPPED_POLICY, shipped_policy

POLICY = shipped_policy()
LAWS = VOCABULARY["collateral[].law_class"].choices
BARRED = {"homestead", "collective_land", "public_benefit", "disputed", "sealed", "illegal_building"}

# Adopted 100 000, share lent on a shop 60 %, so 60 000 can be lent without a lien.
SHOP: dict[str, Any] = {
    "id": "shop",
    "type": "shop",
    "owner": "老罗",
    "owner_relation": "borrower",
    "eligible": "yes",
    "law_class": "ordinary",
    "registrable": "yes",
    "deed_seen": "yes",
    "prior_lien": "0",
    "liquidity": "months",
    "insured_until": "2028-12-31",
    "valued_on": "2026-10-01",
    "valuation": {"comparables": ["100000"], "replacement_cost": "150000", "depreciation_percent": "20"},
}


def facts(*pledges: dict[str, Any], asked: str = "60000", **more: Any) -> CaseFacts:
    tree: FactTree = {
        "application": {
            "requested_amount": asked,
            "term_months": "12",
            "annual_rate_percent": "12",
            "repayment_method": "equal_instalment",
            "payout_date": "2026-12-01",
        },
        "site_visit": {"visited_on": "2026-11-20"},
        "collateral": list(pledges),
        **more,
    }
    return read_facts(tree)


def judged(*pledges: dict[str, Any], **more: Any) -> Assessment:
    return assess(facts(*pledges, **more), POLICY)


def check(assessment: Assessment, name: str) -> CheckResult:
    return next(found for found in assessment.checks if found.id == name)


def lendable(item: dict[str, Any], policy: Policy = POLICY) -> Decimal | None:
    return known(pledge(facts(item).collateral[0], policy).lendable)


def with_method(name: str) -> Policy:
    return Policy({**POLICY.values, "collateral_lendable": name})


HASTE = with_method("lower_of_ltv_and_forced_sale")


# --- lending and the sale in haste ---------------------------------------------------------------------------------


def test_the_lowest_of_three_methods_is_lent_on() -> None:
    # market 100 000; cost 150 000 × 0.8 = 120 000; income 500 × 12 ÷ 5 % = 120 000. Lowest 100 000 × 60 % = 60 000.
    item = SHOP | {"valuation": SHOP["valuation"] | {"monthly_net_rent": "500", "capitalisation_rate_percent": "5"}}
    found = pledge(facts(item).collateral[0], POLICY)
    assert {name: known(value) for name, value in found.values.items()} == {
        "market": 100000,
        "income": 120000,
        "cost": 120000,
    }
    assert (known(found.adopted_value), known(found.lendable)) == (100000, 60000)


@pytest.mark.parametrize(
    ("grade", "forced", "lent"),
    [
        ("weeks", 90000, 60000),  # cut 10 %: 90 000 > 60 000
        ("months", 80000, 60000),
        ("half_year", 70000, 60000),
        ("year", 60000, 60000),
        ("hard", 40000, 40000),  # cut 60 %: 40 000 < 60 000
    ],
)
def test_a_sale_in_haste_is_cut_by_its_grade(grade: str, forced: int, lent: int) -> None:
    item = pledge(facts(SHOP | {"liquidity": grade}).collateral[0], HASTE)
    assert item.forced_sale_value is not None
    assert (known(item.forced_sale_value), known(item.lendable)) == (forced, lent)
    assert lendable(SHOP | {"liquidity": grade}) == 60000  # by the old rule it is only shown


@pytest.mark.parametrize(
    ("days", "grade"),
    [("0", "weeks"), ("30", "weeks"), ("31", "months"), ("90", "months"), ("180", "half_year"), ("366", "hard")],
)
def test_days_to_sell_make_the_grade(days: str, grade: str) -> None:
    item = SHOP | {"liquidity": "", "days_to_sell": days}
    assert pledge(facts(item).collateral[0], POLICY).liquidity == grade


def test_the_slower_of_grade_and_days_holds() -> None:
    assert pledge(facts(SHOP | {"days_to_sell": "200"}).collateral[0], POLICY).liquidity == "year"
    assert pledge(facts(SHOP | {"liquidity": "hard", "days_to_sell": "5"}).collateral[0], POLICY).liquidity == "hard"


def test_without_a_grade_the_sale_in_haste_waits() -> None:
    item = pledge(facts(SHOP | {"liquidity": ""}).collateral[0], HASTE)
    assert isinstance(item.lendable, Missing)
    assert item.lendable.paths == ("collateral[0].liquidity",)


# --- the law -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("law", LAWS)
def test_every_class_before_the_law_says_why(law: str) -> None:
    item = pledge(facts(SHOP | {"law_class": law}).collateral[0], POLICY)
    said = [
        say(text, language)
        for text in (*item.standing.bars, *item.standing.notices)
        for language in (ENGLISH, CHINESE)
    ]
    assert item.standing.barred is (law in BARRED)
    assert bool(said) is (law != "ordinary")
    assert all("399" in text or any(number in text for number in ("342", "405", "49", "20")) for text in said)
    assert known(item.lendable) == (0 if law in BARRED else 60000)


def test_a_building_that_cannot_be_registered_is_no_pledge_and_a_car_only_a_weak_one() -> None:
    shop = pledge(facts(SHOP | {"registrable": "no"}).collateral[0], POLICY)
    car = pledge(facts(SHOP | {"registrable": "no", "type": "vehicle"}).collateral[0], POLICY)
    assert (shop.eligible, known(shop.lendable)) == (False, 0)
    assert (car.eligible, known(car.lendable)) == (True, 50000)
    assert "403" in say(car.standing.notices[0], ENGLISH)


def test_the_law_against_the_officer_is_one_contradiction() -> None:
    found = judged(SHOP | {"law_class": "homestead"})
    assert check(found, "PLEDGE_LAW").verdict is Verdict.FAILED
    assert "COLLATERAL_INELIGIBLE" in {flag.code for flag in found.flags}
    of_law = [one for one in contradictions(found) if one.code in ("PLEDGE_BARRED_BY_LAW", "COLLATERAL_INELIGIBLE")]
    assert [one.code for one in of_law] == ["PLEDGE_BARRED_BY_LAW"]
    assert "homestead" in say(of_law[0].sentence, ENGLISH)
    agreed = judged(SHOP | {"law_class": "homestead", "eligible": "no", "ineligible_reason": "宅基地"})
    assert check(agreed, "PLEDGE_LAW").verdict is Verdict.PASSED


def test_an_older_policy_leaves_the_law_to_the_officer() -> None:
    older = Policy({path: value for path, value in POLICY.values.items() if not path.startswith("security.")})
    found = assess(facts(SHOP | {"law_class": "homestead", "liquidity": "hard"}), older)
    assert known(found.collateral[0].lendable) == 60000
    assert found.collateral[0].forced_sale_value is None
    assert not [one.id for one in found.checks if one.id.startswith(("PLEDGE", "GUARANT", "GROUP"))]


# --- liens ---------------------------------------------------------------------------------------------------------


def reasons(assessment: Assessment, name: str) -> list[str]:
    return [say(cause.sentence, ENGLISH) for cause in check(assessment, name).causes]


def test_a_lien_for_nobody_and_one_that_comes_after_us() -> None:
    found = reasons(judged(SHOP | {"prior_lien": "20000", "rank": "1"}), "PLEDGE_LIEN")
    assert len(found) == 2
    assert "for whom was not told" in found[0]
    assert "said to come first" in found[1]
    assert "number 2" in reasons(judged(SHOP | {"rank": "2"}), "PLEDGE_LIEN")[0]


def test_a_debt_of_just_this_size_tells_who_holds_the_lien() -> None:
    debt = {
        "creditor": "县农商行",
        "kind": "institution",
        "balance": "20000",
        "monthly_payment": "900",
        "disclosed": "yes",
    }
    assert not reasons(judged(SHOP | {"prior_lien": "20000"}, liabilities=[debt]), "PLEDGE_LIEN")


def test_a_lien_smaller_than_the_debt_behind_it_is_found() -> None:
    debt = {
        "creditor": "县农商行",
        "kind": "institution",
        "balance": "35000",
        "monthly_payment": "900",
        "disclosed": "yes",
    }
    item = SHOP | {"prior_lien": "20000", "lien_holder": "县 农商行", "rank": "2"}
    assert "20,000; the debts behind it come to 35,000" in reasons(judged(item, liabilities=[debt]), "PLEDGE_LIEN")[0]
    by_thing = debt | {"creditor": "某人", "secured_by": "shop"}
    assert reasons(judged(SHOP, liabilities=[by_thing]), "PLEDGE_LIEN")


def test_a_register_that_shows_more_than_was_told() -> None:
    entry = {"register": "land", "found": "yes", "note": "抵押给县农商行"}
    assert "抵押给县农商行" in reasons(judged(SHOP, public_records=[entry]), "PLEDGE_LIEN")[0]
    assert not reasons(judged(SHOP, public_records=[entry | {"register": "movables"}]), "PLEDGE_LIEN")
    assert not reasons(judged(SHOP, public_records=[entry | {"found": "no"}]), "PLEDGE_LIEN")


# --- values, insurance, age, owners --------------------------------------------------------------------------------


def test_methods_that_are_far_apart_fail() -> None:
    # cost 150 000 × 0.8 = 120 000 against 100 000: 20 % apart, within 30 %
    assert check(judged(SHOP), "PLEDGE_SPREAD").found == 20
    # cost 150 000 × 0.9 = 135 000: 35 %
    wide = SHOP | {"valuation": SHOP["valuation"] | {"depreciation_percent": "10"}}
    assert check(judged(wide), "PLEDGE_SPREAD").verdict is Verdict.FAILED
    assert check(judged(SHOP | {"valuation": {"comparables": ["9"]}}), "PLEDGE_SPREAD").verdict is Verdict.NOT_DONE
    nothing = SHOP | {"valuation": {"comparables": ["0"], "counted_value": "5"}}
    assert check(judged(nothing), "PLEDGE_SPREAD").verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("until", "amount", "verdict"),
    [
        ("2027-12-01", "", Verdict.PASSED),  # payout 2026-12-01 + 12 months
        ("2027-11-30", "", Verdict.FAILED),
        ("2027-12-01", "100000", Verdict.PASSED),
        ("2027-12-01", "99999", Verdict.FAILED),
        ("", "100000", Verdict.NOT_DONE),
    ],
)
def test_a_pledge_is_insured_to_the_end_and_for_its_value(until: str, amount: str, verdict: Verdict) -> None:
    item = SHOP | {"insured_until": until, "insured_amount": amount}
    assert check(judged(item), "PLEDGE_INSURED").verdict is verdict


def test_what_needs_no_insurance_is_not_asked_for_any() -> None:
    deposit = SHOP | {"type": "deposit", "insured_until": ""}
    assert "PLEDGE_INSURED" not in {one.id for one in judged(deposit).checks}


@pytest.mark.parametrize(
    ("valued", "verdict"),
    [("2025-11-20", Verdict.PASSED), ("2025-11-19", Verdict.FAILED), ("", Verdict.NOT_DONE)],
)
def test_a_valuation_holds_for_the_months_of_the_policy(valued: str, verdict: Verdict) -> None:
    assert check(judged(SHOP | {"valued_on": valued}), "PLEDGE_REVALUED").verdict is verdict


def test_months_later_end_with_the_month_and_with_the_calendar() -> None:
    assert months_after(date(2026, 8, 31), Decimal(6)) == date(2027, 2, 28)
    assert months_after(date(2027, 12, 31), Decimal(2)) == date(2028, 2, 29)
    assert months_after(date(9999, 6, 1), Decimal(7)) is None


@pytest.mark.parametrize(
    ("changes", "married", "verdict"),
    [
        ({}, "single", Verdict.PASSED),
        ({}, "married", Verdict.MISSING),  # what a couple owns, both own: has the other agreed?
        ({"co_owners_agree": "yes"}, "married", Verdict.PASSED),
        ({"owner_relation": "relative"}, "single", Verdict.MISSING),
        ({"owner_relation": "relative", "co_owners_agree": "no"}, "single", Verdict.FAILED),
        ({"deed_seen": "no"}, "single", Verdict.FAILED),
        ({"deed_seen": "", "owner_relation": ""}, "single", Verdict.NOT_DONE),
    ],
)
def test_every_owner_agrees_and_the_deed_was_seen(changes: dict[str, str], married: str, verdict: Verdict) -> None:
    found = judged(SHOP | changes, borrower={"marital_status": married})
    assert check(found, "PLEDGE_OWNER").verdict is verdict


# --- cover ---------------------------------------------------------------------------------------------------------


def test_too_little_cover_is_found_beyond_the_unsecured_allowance() -> None:
    # 60 000 on the shop and 50 000 unsecured carry 110 000
    assert check(judged(SHOP, asked="110000"), "PLEDGE_COVER").verdict is Verdict.PASSED
    assert check(judged(SHOP, asked="110001"), "PLEDGE_COVER").flags == ("PLEDGE_COVER_SHORT",)


def test_too_much_is_a_fault_only_when_a_pledge_could_be_given_back() -> None:
    # one shop of 100 000 for 40 000 is 250 %, but a shop cannot be pledged by halves
    assert check(judged(SHOP, asked="40000"), "PLEDGE_COVER").verdict is Verdict.PASSED
    # two of them are 500 %, and one alone carries 60 000 ≥ 40 000
    two = judged(SHOP, SHOP | {"id": "second"}, asked="40000")
    assert check(two, "PLEDGE_COVER").flags == ("PLEDGE_COVER_EXCESSIVE",)
    # for 100 000 they are 200 %: still fair
    assert check(judged(SHOP, SHOP | {"id": "second"}, asked="100000"), "PLEDGE_COVER").verdict is Verdict.PASSED


def test_a_barred_pledge_covers_nothing() -> None:
    barred = SHOP | {"law_class": "sealed"}
    assert check(judged(barred, asked="50000"), "PLEDGE_COVER").verdict is Verdict.PASSED
    assert check(judged(barred, asked="50001"), "PLEDGE_COVER").verdict is Verdict.FAILED


# --- properties ----------------------------------------------------------------------------------------------------

amounts = st.integers(0, 500_000)


@given(amounts, amounts, st.sampled_from(GRADES), st.sampled_from([POLICY, HASTE]))
def test_a_higher_lien_never_raises_what_can_be_lent(one: int, other: int, grade: str, policy: Policy) -> None:
    low, high = sorted((one, other))
    item = SHOP | {"liquidity": grade}
    less, more = lendable(item | {"prior_lien": str(high)}, policy), lendable(item | {"prior_lien": str(low)}, policy)
    assert less is not None
    assert more is not None
    assert 0 <= less <= more


@given(st.integers(1, 10_000_000), amounts)
def test_what_sells_better_is_never_lent_less_on(value: int, lien: int) -> None:
    item = SHOP | {"prior_lien": str(lien), "valuation": {"counted_value": str(value)}}
    lent = [lendable(item | {"liquidity": grade}, HASTE) for grade in GRADES]
    assert all(before is not None and after is not None and before >= after for before, after in pairwise(lent))


@given(
    st.sampled_from(LAWS),
    st.sampled_from(["yes", "no", ""]),
    st.sampled_from(["yes", "no", ""]),
    st.sampled_from(["shop", "vehicle", "receivables"]),
)
def test_the_law_never_lifts_what_can_be_lent(law: str, registrable: str, eligible: str, kind: str) -> None:
    plain = SHOP | {"type": kind, "eligible": eligible, "registrable": "yes"}
    free, bound = lendable(plain), lendable(plain | {"law_class": law, "registrable": registrable})
    assert bound in (free, 0)
    assert pledge(facts(plain | {"law_class": law, "eligible": "no"}).collateral[0], POLICY).eligible is False


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("eligibility", "whatever", Code.POLICY_VALUE_WRONG),
        ("insured_types", ["castle"], Code.POLICY_VALUE_WRONG),
        ("insured_types", "shop", Code.POLICY_VALUE_WRONG),
        ("forced_sale_cut_percent", {"weeks": 1}, Code.POLICY_VALUE_WRONG),
        ("forced_sale_cut_percent", dict.fromkeys(GRADES, 101), Code.POLICY_VALUE_WRONG),
        ("typo", 1, Code.POLICY_KEY_UNKNOWN),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_by_name(key: str, value: object, code: Code) -> None:
    tree = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)
    tree["security"][key] = value
    with pytest.raises(Fault) as caught:
        policy_from_tree(tree)
    assert caught.value.code is code
    assert str(caught.value.where).startswith(f"security.{key}")


@pytest.mark.parametrize("path", sorted(path for path in VOCABULARY if path.startswith("collateral[].")))
def test_any_fact_of_a_pledge_may_be_missing(path: str) -> None:
    item = dict(SHOP)
    name = path.removeprefix("collateral[].").split("[")[0]
    if "." in name:
        item["valuation"] = {key: value for key, value in SHOP["valuation"].items() if key != name.split(".")[1]}
    else:
        item.pop(name, None)
    for found in judged(item).checks:
        assert say(found.sentence, CHINESE)
