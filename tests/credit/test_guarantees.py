"""Guarantors, what their guarantee says, circles of any length, and groups. Sums by hand beside."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment, CheckResult, Means, Verdict
from officer_app.credit.circles import guarantee_circles
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import known
from officer_app.credit.guarantors import means_of
from officer_app.credit.reading import FactTree, read_facts
from officer_app.credit.vocabulary import VOCABULARY
from tests.support.worked import shipped_policy

POLICY = shipped_policy()

# 0 % for 10 months: an instalment of 1 000 on 10 000. Left a month 3 000 − 1 500 − 500 = 1 000; net worth
# 50 000 − 20 000 − 5 000 = 25 000.
WANG: dict[str, Any] = {
    "id": "wang",
    "name": "王强",
    "relation": "邻居",
    "monthly_income": "3000",
    "monthly_household_expenses": "1500",
    "monthly_debt_service": "500",
    "guarantee_kind": "joint",
    "guarantee_period_months": "24",
    "spouse_signed": "yes",
    "assets_total": "50000",
    "debts_total": "20000",
    "guarantees_total": "5000",
    "guaranteed_by_borrower": "no",
    "report_good": "yes",
    "income_seen": "yes",
}


def facts(*guarantors: dict[str, Any], asked: str = "10000", **more: Any) -> CaseFacts:
    tree: FactTree = {
        "application": {
            "requested_amount": asked,
            "term_months": "10",
            "annual_rate_percent": "0",
            "repayment_method": "equal_instalment",
        },
        "borrower": {"name": "老罗"},
        "guarantors": list(guarantors),
        **more,
    }
    return read_facts(tree)


def judged(*guarantors: dict[str, Any], **more: Any) -> Assessment:
    return assess(facts(*guarantors, **more), POLICY)


def check(assessment: Assessment, name: str) -> CheckResult:
    return next(found for found in assessment.checks if found.id == name)


def members(*rows: tuple[str, str, str, str, tuple[str, ...]]) -> dict[str, Any]:
    keys = ("name", "trade", "kin_of", "monthly_surplus")
    return {
        "members": [
            {**dict(zip(keys, row[:4], strict=True)), "loan_amount": "10000", "guarantees_for": list(row[4])}
            for row in rows
        ]
    }


# --- means ---------------------------------------------------------------------------------------------------------


def small(**changes: str) -> tuple[Means, object, object]:
    guarantor = facts(WANG | changes)
    ten, one = guarantor.application.requested_amount, guarantor.application.requested_amount / 10
    found = means_of(guarantor.guarantors[0], ten, one, POLICY)
    assert say(found.sentence, CHINESE)
    return found.means, known(found.cover), known(found.net_worth_cover)


def test_the_small_assessment_of_a_guarantor() -> None:
    assert small() == (Means.WHOLE, 1, 2.5)
    assert small(monthly_debt_service="501")[0] is Means.PART  # 999 < 1 000 a month
    assert small(assets_total="34999")[0] is Means.PART  # 9 999 < 10 000
    assert small(assets_total="25000")[0] is Means.NONE  # 25 000 − 20 000 − 5 000 = 0
    assert small(monthly_income="2000")[0] is Means.NONE  # nothing left a month
    assert small(assets_total="") == (Means.UNKNOWN, 1, None)
    assert small(assets_total="", monthly_income="0")[0] is Means.NONE  # whatever he owns
    assert small(guaranteed_by_borrower="yes")[0] is Means.PART
    assert small(report_good="no")[0] is Means.PART


def test_means_are_checked_against_the_amount_asked_for() -> None:
    assert check(judged(WANG, asked="25000"), "GUARANTOR_MEANS").found == 100
    assert check(judged(WANG, asked="25001"), "GUARANTOR_MEANS").verdict is Verdict.FAILED
    # two together: 25 000 + 25 000
    assert check(judged(WANG, WANG | {"id": "li"}, asked="50000"), "GUARANTOR_MEANS").verdict is Verdict.PASSED
    assert check(judged(WANG | {"assets_total": ""}), "GUARANTOR_MEANS").verdict is Verdict.NOT_DONE
    half = judged(WANG, WANG | {"id": "li", "assets_total": ""})
    assert check(half, "GUARANTOR_MEANS").missing == ("guarantors[1].assets_total",)
    broke = judged(WANG, WANG | {"id": "li", "monthly_income": "1000"})
    assert "li: Carries nothing" in say(check(broke, "GUARANTOR_MEANS").causes[0].sentence, ENGLISH)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_other_guarantees_never_make_a_guarantor_better(one: int, other: int) -> None:
    order = [Means.WHOLE, Means.PART, Means.NONE]
    fewer, more = (small(guarantees_total=str(amount))[0] for amount in sorted((one, other)))
    assert order.index(fewer) <= order.index(more)


# --- the words of the guarantee ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "weak"),
    [
        ({}, 0),
        ({"guarantee_kind": "unspecified"}, 1),  # no words: an ordinary guarantee
        ({"guarantee_kind": "ordinary"}, 1),
        ({"guarantee_period_months": "23"}, 1),
        ({"guarantee_period_months": ""}, 1),  # no words: six months
        ({"guarantee_period_months": "0"}, 1),
        ({"spouse_signed": "no"}, 1),
        ({"guarantee_kind": "unspecified", "guarantee_period_months": "", "spouse_signed": "no"}, 3),
    ],
)
def test_what_the_law_reads_into_a_guarantee(changes: dict[str, str], weak: int) -> None:
    found = check(judged(WANG | changes), "GUARANTEE_TERMS")
    assert len(found.causes) == weak
    assert found.verdict is (Verdict.FAILED if weak else Verdict.PASSED)


def test_six_months_by_law_are_said() -> None:
    found = check(judged(WANG | {"guarantee_period_months": ""}), "GUARANTEE_TERMS")
    assert "bound 6 months" in say(found.causes[0].sentence, ENGLISH)
    assert check(judged(WANG | {"spouse_signed": ""}), "GUARANTEE_TERMS").verdict is Verdict.MISSING
    assert check(judged(WANG | {"guarantee_kind": ""}), "GUARANTEE_TERMS").verdict is Verdict.NOT_DONE


# --- circles -------------------------------------------------------------------------------------------------------


def rings(**more: Any) -> list[tuple[str, ...]]:
    return [circle.names for circle in guarantee_circles(facts(**more))]


def test_two_who_guarantee_for_each_other() -> None:
    assert rings(guarantors=[WANG]) == []
    assert rings(guarantors=[WANG | {"guaranteed_by_borrower": "yes"}]) == [("老罗", "王强")]
    given_for = {"beneficiary": "王 强", "amount": "1"}
    assert rings(guarantors=[WANG], guarantees_given=[given_for]) == [("老罗", "王强")]
    assert rings(guarantees_given=[{"beneficiary": "赵六", "amount": "1", "mutual": "yes"}]) == [("老罗", "赵六")]
    assert check(judged(WANG | {"guaranteed_by_borrower": "yes"}), "GUARANTEE_CIRCLE").flags == ("GUARANTEE_CIRCLE",)


def test_round_about_through_the_group() -> None:
    group = members(("张", "", "", "", ("李",)), ("李", "", "", "", ("赵",)), ("赵", "", "", "", ("张",)))
    assert rings(joint_group=group) == [("张", "李", "赵")]
    # the borrower stands for Zhang, Wang is Zhao and stands for the borrower: 老罗 → 张 → 李 → 王强 → 老罗
    chain = members(("张", "", "", "", ("李",)), ("李", "", "", "", ("王强",)))
    assert rings(guarantors=[WANG], guarantees_given=[{"beneficiary": "张", "amount": "1"}], joint_group=chain) == [
        ("老罗", "张", "李", "王强")
    ]


def test_who_stands_for_himself_and_rings_that_share_somebody() -> None:
    assert rings(joint_group=members(("张", "", "", "", ("张",)))) == [("张",)]
    two = members(("张", "", "", "", ("李", "赵")), ("李", "", "", "", ("张",)), ("赵", "", "", "", ("张",)))
    found = guarantee_circles(facts(joint_group=two))
    assert [(circle.names, circle.people) for circle in found] == [(("张", "李"), 3)]


def test_two_people_of_one_name_are_not_taken_for_one() -> None:
    one = {"name": "王强", "resident_id": "1", "guarantees_for": ["李"]}
    other = {"name": "王强", "resident_id": "2"}
    third = {"name": "李", "guarantees_for": ["王强"]}
    assert rings(joint_group={"members": [one, other, third]}) == []
    by_number = third | {"guarantees_for": ["1"]}
    assert rings(joint_group={"members": [one, other, by_number]}) == [("王强", "李")]


def test_the_same_person_with_and_without_a_number() -> None:
    guarantor = WANG | {"resident_id": "430101"}
    given_for = {"beneficiary": "430101", "amount": "1"}
    member = {"name": "王强", "guarantees_for": ["赵六"]}
    assert rings(guarantors=[guarantor], guarantees_given=[given_for], joint_group={"members": [member]}) == [
        ("老罗", "王强")
    ]


def test_a_chain_of_thousands_neither_breaks_nor_closes() -> None:
    names = [f"成员{number}" for number in range(5000)]
    rows = [{"name": one, "guarantees_for": [other]} for one, other in pairwise(names)]
    assert rings(joint_group={"members": rows}) == []
    closed = [*rows, {"name": names[-1], "guarantees_for": [names[0]]}]
    (ring,) = rings(joint_group={"members": closed})
    assert len(ring) == 5000


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_circles_are_there_exactly_when_a_walk_comes_back(edges: list[tuple[int, int]]) -> None:
    rows = [
        {"name": f"m{one}", "guarantees_for": [f"m{two}" for start, two in edges if start == one]} for one in range(7)
    ]
    reach = {(one, other) for one, other in edges}
    for middle in range(7):  # Warshall
        reach |= {(a, d) for a, b in reach for c, d in reach if b == c == middle}
    found = guarantee_circles(facts(joint_group={"members": rows}))
    assert {name for circle in found for name in circle.names} <= {
        f"m{one}" for one in range(7) if (one, one) in reach
    }
    assert sum(circle.people for circle in found) == sum((one, one) in reach for one in range(7))
    for circle in found:
        steps = zip(circle.names, (*circle.names[1:], circle.names[0]), strict=True)
        assert all((int(a[1:]), int(b[1:])) in edges for a, b in steps)


# --- groups --------------------------------------------------------------------------------------------------------


GOOD = members(("张", "水果", "", "600", ()), ("李", "蔬菜", "", "400", ()))


def broken(group: dict[str, Any], **more: Any) -> set[str]:
    found = check(judged(joint_group=group, **more), "GROUP_RULES")
    return {cause.subject.rpartition(":")[2] for cause in found.causes}


def test_a_group_that_keeps_every_rule() -> None:
    # with the borrower three people; one half in one trade; 600 + 400 cover an instalment of 1 000
    assert broken(GOOD) == set()
    assert check(judged(joint_group=GOOD), "GROUP_RULES").verdict is Verdict.PASSED


def test_each_rule_of_a_group_can_be_broken() -> None:
    assert broken(members(("张", "水果", "", "2000", ()))) == {"size", "trades"}
    with_borrower = members(("老罗", "水果", "", "", ()), ("张", "蔬菜", "", "2000", ()))
    assert broken(with_borrower) == {"size"}
    kin = members(("张", "水果", "李", "600", ()), ("李", "蔬菜", "外人", "400", ()))
    assert broken(kin) == {"kin"}
    of_borrower = members(("张", "水果", "老 罗", "600", ()), ("李", "蔬菜", "", "400", ()))
    assert broken(of_borrower) == {"kin"}
    one_trade = members(("张", "水果", "", "600", ()), ("李", "水果", "", "400", ()))
    assert broken(one_trade) == {"trades"}
    poor = members(("张", "水果", "", "600", ()), ("李", "蔬菜", "", "399", ()))
    assert broken(poor) == {"cover"}
    assert broken(GOOD, asked="100001") == {"loan", "cover"}


def test_a_group_without_members_was_not_looked_at() -> None:
    assert check(judged(joint_group={"name": "三组"}), "GROUP_RULES").verdict is Verdict.NOT_DONE
    assert "GROUP_RULES" not in {found.id for found in judged().checks}
    silent = members(("张", "", "", "600", ()), ("李", "蔬菜", "", "400", ()))
    assert check(judged(joint_group=silent), "GROUP_RULES").missing == ("joint_group.members[0].trade",)


@pytest.mark.parametrize("path", sorted(path for path in VOCABULARY if path.startswith("guarantors[].")))
def test_any_fact_of_a_guarantor_may_be_missing(path: str) -> None:
    one = {key: value for key, value in WANG.items() if key != path.removeprefix("guarantors[].")}
    found = judged(one)
    for result in found.checks:
        assert say(result.sentence, CHINESE)
    assert say(found.guarantor_means[0].sentence, CHINESE)
