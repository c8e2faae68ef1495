"""Approval matrix, lanes and standard conditions are data: what they say of worked cases, and of old policies."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.approval import ApprovalPath, approval_path, beyond, undone
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.conditions import When, standard_conditions
from officer_app.credit.lanes import Lane, lane_of
from officer_app.credit.policy import Policy, policy_from_tree
from tests.support.worked import OWN_CASES, SHIPPED_POLICY, assessed, changed, facts_of, load, shipped_policy

NOODLES = load(OWN_CASES / "noodle_edge.yaml")  # asks for 13,500; grade C
KIOSK = load(OWN_CASES / "borrowed_kiosk.yaml")  # asks for 20,000; grade D


def policy(**approval: Any) -> Policy:
    """The shipped policy with other rules of approval."""
    tree = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)
    return policy_from_tree({**tree, "approval": {**tree["approval"], **approval}})


def judged(case: dict[str, Any], by: Policy | None = None) -> Assessment:
    return assess(facts_of(case), by or shipped_policy())


def asking(amount: str) -> dict[str, Any]:
    return changed(NOODLES, ("application", "requested_amount"), amount)


def tier_of(path: ApprovalPath) -> str:
    return path.tier.name if path.tier is not None else ""


PLAIN = {"raises": [{"tier": "committee", "grades": ["D"]}]}


@pytest.mark.parametrize(
    ("amount", "tier"),
    [("100000", "branch_manager"), ("100000.01", "reviewer"), ("200000", "reviewer"), ("200000.01", "committee")],
)
def test_the_first_tier_whose_amount_is_enough_decides(amount: str, tier: str) -> None:
    found = approval_path(judged(asking(amount)), policy(**PLAIN))
    assert tier_of(found) == tier
    assert len(found.reasons) == 1


def test_a_rule_lifts_a_case_above_its_amount_and_says_why() -> None:
    """13,500 is the branch manager's, grade C the reviewer's, and so are two contradictions that stand."""
    found = approval_path(judged(NOODLES), shipped_policy(), standing=2)
    assert tier_of(found) == "reviewer"
    assert [say(one, ENGLISH) for one in found.reasons] == [
        "The risk grade is C",
        "2 contradictions stand unexplained",
    ]
    assert say(found.reasons[0], CHINESE) == "风险等级为C级"
    assert found.limit_from == Decimal(150_000)


def test_the_highest_tier_wins_and_only_its_reasons_stand() -> None:
    found = approval_path(judged(KIOSK), shipped_policy(), standing=1)
    assert tier_of(found) == "committee"
    assert [say(one, ENGLISH) for one in found.reasons] == ["The risk grade is D"]


def test_the_amount_approved_decides_where_one_is_named() -> None:
    """Asked for 180,000, approved 90,000: the branch manager's own."""
    case = judged(asking("180000"))
    assert tier_of(approval_path(case, policy(**PLAIN))) == "reviewer"
    assert tier_of(approval_path(case, policy(**PLAIN), amount=Decimal(90_000))) == "branch_manager"


def test_a_lane_lifts_a_case_to_its_own_tier_at_least() -> None:
    """13,500 at grade C is the reviewer's; the lane's tier decides where it is higher, and only then."""
    tree = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)

    def by(tier: str) -> Policy:
        return policy_from_tree({**tree, "lanes": [{"name": "standard", "tier": tier}]})

    lifted = approval_path(judged(NOODLES, by("committee")), by("committee"))
    assert tier_of(lifted) == "committee"
    assert [say(one, CHINESE) for one in lifted.reasons] == ["“常规调查”通道至少由这一级审批"]
    for tier in ("reviewer", "branch_manager"):
        assert tier_of(approval_path(judged(NOODLES, by(tier)), by(tier))) == "reviewer"
    same = approval_path(judged(asking("250000"), by("committee")), by("committee"))
    assert (tier_of(same), len(same.reasons)) == ("committee", 1)
    smaller = approval_path(judged(asking("250000"), by("committee")), by("committee"), amount=Decimal(50_000))
    assert tier_of(smaller) == "committee", "a smaller approval does not leave the lane of the case"


def test_flags_and_products_lift_too() -> None:
    """The noodle shop fails the equity check; its product is named in the facts."""
    by = policy(raises=[{"tier": "committee", "flags": ["EQUITY_CHECK_FAILED"]}])
    found = approval_path(judged(NOODLES, by), by)
    assert tier_of(found) == "committee"
    by = policy(raises=[{"tier": "committee", "products": ["seasonal"]}])
    case = changed(NOODLES, ("application", "product"), "seasonal")
    assert tier_of(approval_path(judged(case, by), by)) == "committee"
    assert tier_of(approval_path(judged(NOODLES, by), by)) == "branch_manager"


def test_an_older_policy_has_no_path_and_no_lane() -> None:
    old = assessed(NOODLES)
    assert approval_path(old, old.policy, standing=3) == ApprovalPath()
    assert lane_of(old.facts, old, old.policy) is None
    assert standard_conditions(old.policy) == ()


def test_a_borrower_of_our_own_is_refused_or_goes_to_the_top() -> None:
    case = changed(NOODLES, ("borrower", "staff_relation"), "yes")
    case = changed(case, ("borrower", "staff_relation_note"), "李慧的表哥")
    refused = approval_path(judged(case), shipped_policy())
    assert [say(one, CHINESE) for one in refused.refusals] == ["借款人与本机构员工有关联：李慧的表哥"]
    by = policy(related_party="highest_tier")
    lifted = approval_path(judged(case, by), by)
    assert lifted.refusals == ()
    assert tier_of(lifted) == "committee"
    assert say(lifted.reasons[-1], ENGLISH) == "The borrower is related to our staff: 李慧的表哥"


def test_somebody_of_ours_among_the_persons_counts_as_well() -> None:
    people = [{"name": "王磊", "role": "lender_staff"}, {"name": "张强", "role": "introducer"}]
    case = changed(NOODLES, ("facts", "related_persons"), people)
    found = approval_path(judged(case), shipped_policy())
    assert [say(one, ENGLISH) for one in found.refusals] == ["王磊, who appears in this case, works for us"]


def test_large_amounts_need_two_officers_two_visits_and_more_checks() -> None:
    large = approval_path(judged(asking("250000")), shipped_policy())
    assert len(large.second_officer) == len(large.second_visit) == 1
    assert large.extra_checks == ("UTILITY_ARREARS", "STAFF_COUNT_MISMATCH", "PEER_DEVIATION")
    small = approval_path(judged(asking("200000")), shipped_policy())
    assert (small.second_officer, small.second_visit, small.extra_checks) == ((), (), ())


def test_checks_that_nobody_did_are_found_by_their_flag() -> None:
    case = changed(NOODLES, ("facts", "staff"), "")
    found = undone(judged(case), ["STAFF_COUNT_MISMATCH"])
    assert [check.id for check in found] == ["STAFF"]
    assert undone(judged(case), []) == ()


def test_an_amount_names_the_caps_it_exceeds() -> None:
    """The amount asked for is a cap of the sizing, but no rule of the policy."""
    case = judged(NOODLES)
    caps = case.sizing.caps
    wide = Decimal(10) ** 9
    assert beyond(case, wide) == tuple(name for name in caps if name != "requested")
    assert beyond(case, Decimal(1)) == ()


# --- lanes ----------------------------------------------------------------------------------------------------------


def lane(case: dict[str, Any]) -> Lane:
    found = judged(case)
    got = lane_of(found.facts, found, shipped_policy())
    assert got is not None
    return got


def good_client(**loan: str) -> dict[str, Any]:
    """The hairdresser's like: grade A, 50,000, one loan settled with us."""
    case = load(OWN_CASES / "noodle_edge.yaml")
    past = {"contract": "2024-17", "amount": "30000", "closed_on": "2025-06-30", "worst_days_late": "3"}
    past |= {"seen_in_books": "yes", **loan}
    return changed(case, ("borrower", "history_loans"), [past])


def repeat_policy() -> Policy:
    """As shipped, but for every grade and whatever is raised: the worked case is a C with a failed equity check."""
    tree = tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)
    lanes = [{**row, "grades": ["A", "B", "C"], "without_flags": []} if row["name"] == "repeat" else row
             for row in tree["lanes"]]  # fmt: skip
    return policy_from_tree({**tree, "lanes": lanes})


def test_a_repeat_client_who_paid_in_time_has_a_short_file() -> None:
    by = repeat_policy()
    found = judged(good_client(), by)
    short = lane_of(found.facts, found, by)
    assert short is not None
    assert (short.name, short.questions, short.memo_pages, short.visits) == ("repeat", 40, 3, 1)


@pytest.mark.parametrize(
    "loan",
    [
        {"worst_days_late": "6"},
        {"worst_days_late": ""},
        {"closed_on": ""},
        {"seen_in_books": "no"},
        {"seen_in_books": ""},
        {"contract": "-"},
    ],
    ids=["late", "unknown", "running", "not_in_books", "not_looked_up", "no_number"],
)
def test_a_client_who_was_late_or_never_settled_has_the_full_visit(loan: dict[str, str]) -> None:
    by = repeat_policy()
    found = judged(good_client(**loan), by)
    full = lane_of(found.facts, found, by)
    assert full is not None
    assert full.name == "standard"


def test_risk_keeps_a_client_out_of_the_short_file() -> None:
    """Grade C: the shipped policy asks for A or B."""
    assert lane(good_client()).name == "standard"


def test_the_largest_loans_take_two_visits_and_two_officers() -> None:
    large = lane(asking("200001"))
    assert (large.name, large.visits, large.officers, large.tier) == ("large", 2, 2, "committee")
    assert lane(asking("200000")).name == "standard"


def test_what_is_not_known_spares_nobody_work() -> None:
    assert lane(changed(NOODLES, ("application", "requested_amount"), "")).name == "large"


# --- what the policy may say ----------------------------------------------------------------------------------------

WRONG: list[tuple[str, Any, str]] = [
    ("tiers", [], "approval.tiers"),
    ("tiers", [{"name": "boss", "limit_from": 0}], "approval.tiers[0].name"),
    ("tiers", [{"name": "reviewer"}], "approval.tiers[0].limit_from"),
    ("tiers", [{"name": "reviewer", "limit_from": "ten"}], "approval.tiers[0].limit_from"),
    ("raises", [{"tier": "reviewer", "grade": ["C"]}], "approval.raises[0].grade"),
    ("raises", [{"tier": "reviewer", "flags": ["NO_SUCH"]}], "approval.raises[0].flags[0]"),
    ("second_officer", {"amount_above": True}, "approval.second_officer.amount_above"),
    ("related_party", "shrug", "approval.related_party"),
    ("conditions", [{"code": "a", "when": "later", "text_zh": "甲", "text_en": "a"}], "approval.conditions[0].when"),
]


@pytest.mark.parametrize(("key", "value", "where"), WRONG, ids=[str(place) for place in range(len(WRONG))])
def test_a_wrong_row_is_refused_at_its_place(key: str, value: Any, where: str) -> None:
    with pytest.raises(Fault) as caught:
        policy(**{key: value})
    assert (caught.value.code, caught.value.where) == (Code.POLICY_VALUE_WRONG, where)
    assert say(caught.value.sentence, CHINESE)


def test_standard_conditions_come_in_both_languages_with_their_time() -> None:
    found = {one.code: one for one in standard_conditions(shipped_policy())}
    assert found["use_receipts"].when is When.AFTER
    assert found["use_receipts"].days == 30
    assert found["spouse_consent"].when is When.BEFORE
    assert all(one.words.chinese and one.words.english for one in found.values())


def test_the_shipped_policy_is_found(tmp_path: Path) -> None:
    """The file is read as text, wherever it lies."""
    copy = tmp_path / "policy.toml"
    copy.write_text(SHIPPED_POLICY.read_text(encoding="utf-8"), encoding="utf-8")
    assert "approval.tiers" in shipped_policy().values
