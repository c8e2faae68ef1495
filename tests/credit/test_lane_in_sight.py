"""The lane that a visit may be planned by: grade and flags still open, amount and history known."""

from __future__ import annotations

from typing import Any

import pytest

from officer_app.credit.assess import assess
from officer_app.credit.lanes import lane_in_sight, lane_of
from tests.support.worked import OWN_CASES, changed, facts_of, load, shipped_policy

SETTLED = {
    "contract": "JK-2024-17",
    "amount": "30000",
    "closed_on": "2025-06-30",
    "worst_days_late": "3",
    "seen_in_books": "yes",
}


def asking(*loans: dict[str, Any], amount: str = "50000") -> dict[str, Any]:
    """Grade C by the shipped policy, so that its real lane is never the short one."""
    case = changed(load(OWN_CASES / "noodle_edge.yaml"), ("application", "requested_amount"), amount)
    return changed(case, ("borrower", "history_loans"), list(loans))


def in_sight(case: dict[str, Any], *before: dict[str, Any]) -> str:
    earlier = facts_of(asking(*before)).borrower.history_loans
    lane = lane_in_sight(facts_of(case), shipped_policy(), earlier)
    return lane.name if lane is not None else ""


def test_the_grade_is_still_open_and_the_real_lane_stays_what_it_is() -> None:
    facts = facts_of(asking(SETTLED))
    assert in_sight(asking(SETTLED)) == "repeat"
    real = lane_of(facts, assess(facts, shipped_policy()), shipped_policy())
    assert real is not None
    assert real.name == "standard"


def test_a_loan_that_was_settled_in_an_earlier_file_is_history() -> None:
    assert in_sight(asking()) == "standard"
    assert in_sight(asking(), SETTLED) == "repeat"


def test_it_stands_while_it_is_noted_again_and_counts_once() -> None:
    """Contract and amount are there, the day is not yet: no running loan of 30,000 on top of 50,000."""
    half = {"contract": "jk-2024-17", "amount": "30000"}
    assert in_sight(asking(half), SETTLED) == "repeat"
    assert in_sight(asking(half)) == "standard"


@pytest.mark.parametrize(
    "loan",
    [{"worst_days_late": "6"}, {"closed_on": ""}, {"seen_in_books": "no"}, {"contract": "-"}],
    ids=["late", "running", "not_in_books", "no_number"],
)
def test_a_history_that_does_not_hold_gives_the_full_visit(loan: dict[str, str]) -> None:
    assert in_sight(asking({**SETTLED, **loan})) == "standard"


def test_a_lateness_found_now_ends_it() -> None:
    late = {**SETTLED, "contract": "JK-2023-02", "worst_days_late": "20"}
    assert in_sight(asking(late), SETTLED) == "standard"


@pytest.mark.parametrize(("amount", "lane"), [("50000", "repeat"), ("50000.01", "standard"), ("", "large")])
def test_the_amount_must_be_known_and_fit(amount: str, lane: str) -> None:
    assert in_sight(asking(SETTLED, amount=amount)) == lane
