"""Checks that do not apply: a reason leaves them out, an empty word does not, and no fact may speak against it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.assessment import Assessment, Verdict
from officer_app.credit.figures import known
from officer_app.credit.inapplicable import TITLES, is_reason
from tests.support.honest import Changes, assessed_with, verdict

WHY = {
    "utilities": "和房东合用一个电表，水是自家井水",
    "peers": "全村只有这一家豆腐坊，问过村主任",
    "rent": "哥哥的老屋白给他用，哥哥当面说的",
    "lease": "自家兄弟没有写租约，哥哥当面说的",
}
CHECK_OF = {"utilities": "UTILITIES", "peers": "PEERS", "rent": "RENT", "lease": "LEASE"}
# The thing is not there: no bills, no peers, premises lent by family.
GONE: dict[str, Changes] = {
    "utilities": {"utilities": None},
    "peers": {"peers": None},
    "rent": {
        "premises.monthly_rent": None,
        "premises.rent_paid_until": None,
        "premises.tenure": "borrowed",
        "accounts.spouse.monthly_rent": None,
    },
    "lease": {"premises.lease_until": None, "premises.tenure": "borrowed"},
}
REQUIRED = {"required_checks": ["UTILITY_ARREARS", "PEER_DEVIATION", "RENT_NOT_IN_COSTS", "LEASE_ENDS_BEFORE_LOAN"]}


def reasoned(name: str, why: str) -> Changes:
    return {**GONE[name], f"not_applicable.{name}": why}


def left_out(found: Assessment) -> list[str]:
    return [one.reason for one in found.left_out]


@pytest.mark.parametrize("name", WHY)
def test_a_reason_leaves_the_check_out_and_is_kept(name: str) -> None:
    assert verdict(CHECK_OF[name], GONE[name]) == "not_done"
    assert verdict(CHECK_OF[name], reasoned(name, WHY[name])) == "none"
    (one,) = assessed_with(reasoned(name, f"  {WHY[name]} ")).left_out
    assert (one.reason, one.path) == (WHY[name], f"not_applicable.{name}")
    assert say(one.title, CHINESE) != say(one.title, ENGLISH)


@pytest.mark.parametrize("name", WHY)
@pytest.mark.parametrize(
    "why",
    [
        "无",
        "没有",
        "不适用",
        "不适用，没有。",
        "没有没有没有没有",
        "井",
        "无无无无无无",
        "N/A",
        "none",
        "not applicable",
        "……",
        " ",
    ],
)
def test_an_empty_word_is_no_reason(name: str, why: str) -> None:
    assert not is_reason(why)
    assert verdict(CHECK_OF[name], reasoned(name, why)) == "not_done"
    assert left_out(assessed_with(reasoned(name, why))) == []


@pytest.mark.parametrize(
    ("why", "enough"),
    [
        ("跟房东合用", True),  # five characters that differ
        ("跟房合用", False),  # four
        ("没有电表，跟房东合用", True),  # seven are left: 电表跟房东合用
        ("没有水电费", False),  # three are left
        ("shares the landlord's meter", True),  # shares, landlord, meter
        ("no meter here", False),  # meter, here
        ("meter meter meter", False),  # one word
        ("3f2a91bc04de", False),  # signs, no words
    ],
)
def test_a_reason_names_a_circumstance(why: str, enough: bool) -> None:
    assert is_reason(why) is enough


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("utilities", {"utilities": [{"item": "电费", "arrears_amount": "900"}]}),
        (
            "peers",
            {"peers": {"days_per_month": "30", "peer_sales_per_day_low": "100", "peer_sales_per_day_high": "200"}},
        ),
        ("rent", {"premises.monthly_rent": "9000"}),
        ("lease", {"premises.lease_until": "2026-12-01"}),
    ],
)
def test_a_reason_hides_nothing_that_was_found(name: str, fact: Changes) -> None:
    """Arrears, peers far below, a rent above the costs, a lease that ends: each fails as without the reason."""
    changes = {**reasoned(name, WHY[name]), **fact}
    assert verdict(CHECK_OF[name], changes) == "failed"
    assert left_out(assessed_with(changes)) == []


@pytest.mark.parametrize("tenure", ["rented", "stall"])
def test_who_rents_pays_rent(tenure: str) -> None:
    assert verdict("RENT", {**reasoned("rent", WHY["rent"]), "premises.tenure": tenure}) == "not_done"


def test_a_stall_may_have_no_lease_and_rented_rooms_may_not() -> None:
    daily = {**reasoned("lease", "早市摊位按天交费，收费员当面说的"), "premises.tenure": "stall"}
    assert verdict("LEASE", daily) == "none"
    assert verdict("LEASE", {**daily, "premises.tenure": "rented"}) == "not_done"


def test_own_premises_need_no_reason() -> None:
    own = {"premises.tenure": "owned", "premises.monthly_rent": None, "premises.lease_until": None}
    assert (verdict("RENT", own), verdict("LEASE", own)) == ("none", "none")
    assert left_out(assessed_with(own)) == []
    assert verdict("RENT", {"premises.tenure": "owned", "premises.monthly_rent": "9000"}) == "failed"


@pytest.mark.parametrize("name", WHY)
def test_a_policy_that_does_not_say_so_lets_nothing_be_left_out(name: str) -> None:
    assert verdict(CHECK_OF[name], reasoned(name, WHY[name]), {"may_not_apply": None}) == "not_done"
    assert verdict(CHECK_OF[name], reasoned(name, WHY[name]), {"may_not_apply": []}) == "not_done"


def consistency(found: Assessment) -> tuple[Decimal | None, str]:
    part = next(part for part in found.risk_index.parts if part.name == "consistency")
    return known(part.score), say(part.sentence, ENGLISH)


@pytest.mark.parametrize("name", WHY)
def test_it_never_raises_the_score_in_silence(name: str) -> None:
    """Skipped costs; left out counts neither way, is no better than passed, and stands in the score's sentence."""
    whole = assessed_with({}, REQUIRED)
    score, sentence = consistency(whole)
    skipped, _ = consistency(assessed_with(GONE[name], REQUIRED))
    reasoned_score, told = consistency(assessed_with(reasoned(name, WHY[name]), REQUIRED))
    assert score is not None
    assert skipped is not None
    assert reasoned_score is not None
    assert skipped < reasoned_score <= score
    assert "left out" not in sentence
    assert "1 were left out" in told


def test_it_is_called_as_the_check_is() -> None:
    found = {check.id: check for check in assessed_with({**GONE["utilities"], **GONE["peers"]}).checks}
    for name, title in TITLES.items():
        check = found[CHECK_OF[name]]
        assert say(check.title, ENGLISH) == title
        assert check.verdict in (Verdict.NOT_DONE, Verdict.PASSED)
