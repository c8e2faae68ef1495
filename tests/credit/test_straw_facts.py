"""Whose account, whose money, whose papers, whose shop: answers that nobody read are signs of a straw borrower."""

from __future__ import annotations

from typing import Any

import pytest

from officer_app.credit.crosschecks.names_on_papers import is_another
from tests.support.honest import assessed_with, checked, verdict

OLD: dict[str, Any] = {"straw_facts": None, "visit_minutes_min": None}
# Of the shipped list; each says what an answer elsewhere says as well.
PAID_TO_ANOTHER = "wants the money paid to a third person"
PAPERS = "licence or lease in the name of another"
NOT_OWNER = "does not know prices, stock or staff"


@pytest.mark.parametrize(
    "given",
    ["王小明", " 王小明 ", "王 小明", "本人", "王小明、李芳", "王小明和李芳", "王小明夫妇", "王小明（店主）", ""],
)
def test_a_name_that_is_the_borrowers(given: str) -> None:
    assert not is_another(given, "王小明")


@pytest.mark.parametrize("given", ["王大强", "王小明华", "小明", "李芳"])
def test_a_name_of_another(given: str) -> None:
    assert is_another(given, "王小明")
    assert not is_another(given, "")


@pytest.mark.parametrize(
    ("check", "changes", "found"),
    [
        ("PAYEE", {"borrower.bank_account_owner": "王小明"}, "none"),
        ("PAYEE", {"borrower.bank_account_owner": "王大强"}, "failed"),
        # the money goes to whom the thing is bought from: that is how a lender keeps it in the purpose
        (
            "PAYEE",
            {"borrower.bank_account_owner": "星河冷柜", "application.purpose_items.0.seller": "星河冷柜"},
            "none",
        ),
        ("PAYEE", {"related_persons": [{"name": "王大强", "role": "payee"}]}, "failed"),
        # the payout to the spouse is asked about too: it is not the borrower's account
        ("PAYEE", {"borrower.bank_account_owner": "李芳"}, "failed"),
        ("ACTUAL_USER", {"borrower.actual_user": "本人"}, "none"),
        ("ACTUAL_USER", {"borrower.actual_user": "李芳"}, "none"),
        ("ACTUAL_USER", {"borrower.actual_user": "王大强"}, "failed"),
        ("ACTUAL_USER", {"borrower.actual_controller": "王大强"}, "failed"),
        ("ACTUAL_USER", {"related_persons": [{"name": "王大强", "role": "actual_user"}]}, "failed"),
        ("NAMES_ON_PAPERS", {"business.licence_holder": "李芳", "premises.lease_holder": "王小明"}, "none"),
        ("NAMES_ON_PAPERS", {"business.licence_holder": "小明商店"}, "none"),
        ("NAMES_ON_PAPERS", {"business.licence_holder": "王大强"}, "failed"),
        ("NAMES_ON_PAPERS", {"premises.lease_holder": "王大强"}, "failed"),
        ("NAMES_ON_PAPERS", {"premises.sign_matches": "yes"}, "none"),
        ("NAMES_ON_PAPERS", {"premises.sign_matches": "no"}, "failed"),
        ("KNOWS_PLACE", {"premises.borrower_knows_premises": "yes"}, "none"),
        ("KNOWS_PLACE", {"premises.borrower_knows_premises": "no"}, "failed"),
        ("REHEARSED", {"premises.rehearsed": "no"}, "none"),
        ("REHEARSED", {"premises.rehearsed": "yes"}, "failed"),
        ("LICENCE", {"business.licence_status": "valid", "business.licence_until": "2026-10-08"}, "none"),
        ("LICENCE", {"business.licence_until": "2026-10-07"}, "failed"),
        ("LICENCE", {"business.licence_status": "abnormal"}, "failed"),
        # who need not register has no licence
        ("LICENCE", {"business.licence_status": "none", "business.form": "farm_household"}, "none"),
        ("LICENCE", {"business.licence_status": "none", "business.form": "individual_business"}, "failed"),
        ("VISIT_LENGTH", {"site_visit.minutes_on_site": "15"}, "none"),
        ("VISIT_LENGTH", {"site_visit.minutes_on_site": "14"}, "failed"),
        ("VISIT_LENGTH", {}, "none"),
    ],
)
def test_each_answer_that_points_at_another(check: str, changes: dict[str, Any], found: str) -> None:
    assert verdict(check, changes) == found
    assert verdict(check, changes, OLD) == "none"


def test_a_file_without_the_borrowers_name_tells_nothing() -> None:
    changes = {"borrower.name": "", "borrower.actual_user": "王大强", "premises.lease_holder": "王大强"}
    assert verdict("ACTUAL_USER", changes) == "none"
    assert verdict("NAMES_ON_PAPERS", changes) == "none"


def ticked(*lines: str) -> dict[str, Any]:
    return {"straw_indicators": [{"indicator": line, "present": "yes"} for line in lines]}


TWO: dict[str, Any] = {"borrower.bank_account_owner": "王大强", "premises.lease_holder": "王大强"}


def test_answers_elsewhere_and_ticks_are_counted_together_and_once() -> None:
    """Two answers and one other line ticked are three signs; the lines that say the same as an answer add nothing."""
    other = ticked("cannot say what the money is for")
    assert checked("STRAW", TWO | other).found == 3
    assert verdict("STRAW", TWO | other) == "failed"
    assert checked("STRAW", TWO | ticked(PAID_TO_ANOTHER, PAPERS)).found == 2
    assert verdict("STRAW", TWO | ticked(PAID_TO_ANOTHER, PAPERS)) == "passed"
    knows = {"premises.borrower_knows_premises": "no"}
    assert checked("STRAW", knows | ticked(NOT_OWNER)).found == 1
    # licence, lease and sign of one other person are one sign
    papers = {"business.licence_holder": "王大强", "premises.lease_holder": "王大强", "premises.sign_matches": "no"}
    assert checked("STRAW", papers | ticked()).found == 1


def test_a_line_denied_does_not_hide_the_answer() -> None:
    denied = {"straw_indicators": [{"indicator": PAID_TO_ANOTHER, "present": "no"}]}
    assert checked("STRAW", {"borrower.bank_account_owner": "王大强"} | denied).found == 1


def test_three_answers_refuse_without_the_list_and_two_still_ask_for_it() -> None:
    assert verdict("STRAW", TWO) == "not_done"
    three = TWO | {"premises.rehearsed": "yes"}
    assert verdict("STRAW", three) == "failed"
    found = assessed_with(three)
    assert "STRAW_BORROWER_SUSPECTED" in {flag.code for flag in found.flags if flag.hard}
    assert found.sizing.recommended_max_loan == 0
    assert verdict("STRAW", three, OLD) == "not_done"
