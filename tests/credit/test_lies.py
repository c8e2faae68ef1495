"""A proven lie caps willingness; where the policy does not know the rule, nothing changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assess import assess
from officer_app.credit.contradictions import contradictions, tiers_raised
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import known
from officer_app.credit.moved import what_moved
from tests.support.worked import OWN_CASES, changed, facts_of, load, policy_of, shipped_policy

POLICY: Final = shipped_policy()
LIE: Final = {"about": "debts", "said": "no debt at all", "found": "150,000 to a lender", "contradiction": "X:Y"}


def case(*lies: dict[str, str], **soft: str) -> CaseFacts:
    plain: dict[str, Any] = load(OWN_CASES / "hill_pigs.yaml")
    for item in plain["facts"]["soft_information"]:
        item["answer"] = soft.get("answer", item["good_answer"])
    return facts_of(changed(plain, ("facts", "lies"), list(lies)))


def willingness(facts: CaseFacts) -> tuple[Decimal | None, str]:
    part = next(part for part in assess(facts, POLICY).risk_index.parts if part.name == "willingness")
    return known(part.score), say(part.sentence, ENGLISH)


def test_every_answer_good_is_forty_after_one_lie() -> None:
    """All soft items good: 100. One lie: 40, and the sentence says so."""
    assert willingness(case())[0] == 100
    score, sentence = willingness(case(LIE))
    assert score == 40
    assert sentence.endswith("; a proven lie caps it at 40 of 100")


def test_a_score_below_the_cap_stays() -> None:
    """No item good: 0 before and after."""
    plain = load(OWN_CASES / "hill_pigs.yaml")
    for item in plain["facts"]["soft_information"]:
        item["answer"] = "no" if item["good_answer"] == "yes" else "yes"
    assert willingness(facts_of(changed(plain, ("facts", "lies"), [LIE])))[0] == 0


def test_the_lie_is_a_flag_with_both_sentences_and_no_contradiction_of_its_own() -> None:
    before, after = assess(case(), POLICY), assess(case(LIE), POLICY)
    flag = next(flag for flag in after.flags if flag.code == "PROVEN_LIE")
    assert say(flag.sentence, ENGLISH) == "Said knowingly wrong: “no debt at all”. True is: “150,000 to a lender”"
    assert say(flag.sentence, CHINESE) == "明知不实却说“no debt at all”，实际是“150,000 to a lender”"
    assert not flag.hard
    assert contradictions(after) == contradictions(before)
    assert after.risk_index.grade in ("C", "D")


def test_a_policy_without_the_rule_comes_out_the_same() -> None:
    old = policy_of(load(OWN_CASES / "hill_pigs.yaml"))
    with_lie, without = assess(case(LIE), old), assess(case(), old)
    assert with_lie.risk_index == without.risk_index
    assert with_lie.flags == without.flags


@pytest.mark.parametrize(("standing", "raised"), [(0, 0), (1, 1), (5, 1)])
def test_what_stands_unexplained_raises_the_tier_once(standing: int, raised: int) -> None:
    assert tiers_raised(standing, POLICY) == raised
    assert tiers_raised(standing, policy_of(load(OWN_CASES / "hill_pigs.yaml"))) == 0


# --- what an answer moved ---------------------------------------------------------------------------------------


def said(before: CaseFacts, after: CaseFacts) -> list[str]:
    moved = what_moved(assess(before, POLICY), assess(after, POLICY))
    assert all(say(one, ENGLISH) != say(one, CHINESE) for one in moved.sentences)
    return [say(one, ENGLISH) for one in moved.sentences]


def test_nothing_moved_says_nothing() -> None:
    assert said(case(), case()) == []


def test_a_lie_moves_the_index_and_raises_its_flag() -> None:
    """Willingness falls from 100 to 40 at a weight of 20: twelve points less."""
    before, after = assess(case(), POLICY), assess(case(LIE), POLICY)
    moved = what_moved(before, after)
    assert moved.by == 0
    assert moved.index_was is not None
    assert moved.index_now is not None
    assert moved.index_was - moved.index_now == 12
    lines = said(case(), case(LIE))
    assert lines[0].startswith("New red flag: Said knowingly wrong")
    assert lines[-1].startswith("Risk index ")


def test_income_on_paper_moves_the_amount_and_says_by_which_limit() -> None:
    plain = load(OWN_CASES / "hill_pigs.yaml")
    seen = changed(plain, ("facts", "household", "other_income", 1, "verified"), "yes")
    lines = said(facts_of(plain), facts_of(seen))
    assert lines[0].startswith("Amount 38,000 → 45,000, ")


def test_a_smaller_amount_asked_for_binds_instead() -> None:
    plain = load(OWN_CASES / "hill_pigs.yaml")
    less = changed(plain, ("application", "requested_amount"), "20000")
    assert said(facts_of(plain), facts_of(less))[0] == "Amount 38,000 → 20,000, now limited by: Amount asked for"


def test_a_check_that_agrees_now_is_named() -> None:
    plain = load(OWN_CASES / "borrowed_kiosk.yaml")
    staff = changed(plain, ("facts", "staff"), {"declared": "2", "seen_on_site": "2", "on_payroll": "2"})
    assert any(line.startswith("Agrees now: ") for line in said(facts_of(plain), facts_of(staff)))
