"""The same question put to others, references, way of life, the spouse, our own staff."""

from __future__ import annotations

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.contradictions import contradictions
from tests.support.honest import Changes, assessed_with, checked, verdict

# figure, the borrower's own, the last answer that agrees, the first that does not
FIGURES = [
    ("monthly_sales", "45000", "44999"),  # 50 000 less 10 %
    ("gross_margin_percent", "35", "34.99"),  # 40 less 5 points
    ("staff", "4", "5"),  # 3 and one
    ("years", "5", "4.9"),  # 6 and one
    ("monthly_rent", "4400", "4401"),  # 4 000 and 10 %
    ("debts_total", "22000", "22001"),  # 20 000 and 10 %
    ("debt_payments", "1100", "1101"),  # 1 000 and 10 %
    ("household_expenses", "3300", "3301"),  # 3 000 and 10 %
    ("persons", "3", "4"),  # no tolerance
    ("purpose_amount", "27500", "27501"),  # 25 000 and 10 %
    ("requested_amount", "22000", "22001"),  # 20 000 and 10 %
]


@pytest.mark.parametrize(("figure", "near", "far"), FIGURES)
@pytest.mark.parametrize("person", ["borrower_again", "spouse", "staff", "neighbour", "supplier", "landlord"])
def test_each_person_and_figure_is_compared(person: str, figure: str, near: str, far: str) -> None:
    path, name = f"accounts.{person}.{figure}", f"ACCOUNTS_{person}_{figure}".upper()
    assert verdict(name, {path: near}) == "passed"
    assert verdict(name, {path: far}) == "failed"
    assert verdict(name, {path: "-1"}) == "missing"


def test_what_was_not_asked_is_not_compared() -> None:
    assert verdict("ACCOUNTS_SPOUSE_STAFF", {"accounts.spouse.staff": None}) == "none"
    assert verdict("ACCOUNTS", {"accounts": None}) == "not_done"
    assert verdict("ACCOUNTS_SPOUSE_YEARS", {"business.years": None}) == "missing"  # the borrower was not asked


def test_a_different_answer_is_a_contradiction_with_both_figures() -> None:
    found = checked("ACCOUNTS_SPOUSE_DEBTS_TOTAL", {"accounts.spouse.debts_total": "80000"})
    assert say(found.sentence, ENGLISH) == "The spouse says debts 80,000; the borrower said 20,000"
    assert say(found.sentence, CHINESE) == "配偶说负债 80,000；借款人说 20,000"
    codes = {
        (one.code, one.subject) for one in contradictions(assessed_with({"accounts.spouse.debts_total": "80000"}))
    }
    assert ("ACCOUNTS_DIFFER", "ACCOUNTS_SPOUSE_DEBTS_TOTAL") in codes


@pytest.mark.parametrize(
    ("owner", "wanted"), [("王小明", "passed"), ("小明", "passed"), ("赵总", "failed"), ("  ", "none")]
)
def test_whose_business_it_is(owner: str, wanted: str) -> None:
    assert verdict("ACCOUNTS_SPOUSE_OWNER", {"accounts.spouse.owner": owner}) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"references.1.good": "no"}, "failed"),  # 1 of 2: 50 %
        # 3 of 4 are 75 %: exactly the limit
        ({"references": [{"name": name, "good": "yes" if name != "d" else "no"} for name in "abcd"]}, "passed"),
        ({"references.0.good": None, "references.1.good": None}, "not_done"),
        ({"references": None}, "not_done"),
    ],
)
def test_good_words(changes: Changes, wanted: str) -> None:
    assert verdict("REFERENCES", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"references.0.named_in_consent": "no"}, "failed"),
        ({"consents.referees_named": "no"}, "failed"),
        ({"consents.referees_named": None}, "not_done"),
        ({"consents.referees_named": None, "references.0.named_in_consent": "yes"}, "missing"),
        (
            {
                "consents": None,
                "references.0.named_in_consent": "yes",
                "references.1.named_in_consent": "yes",
            },
            "passed",
        ),
        ({"references": None}, "not_done"),
    ],
)
def test_referees_are_named_in_the_consent(changes: Changes, wanted: str) -> None:
    assert verdict("REFEREES", changes) == wanted


@pytest.mark.parametrize(("fits", "wanted"), [("yes", "passed"), ("no", "failed"), (None, "not_done")])
def test_way_of_life(fits: str | None, wanted: str) -> None:
    assert verdict("LIFESTYLE", {"lifestyle.fits_trade": fits}) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"three_stables.home.stable": "no"}, "failed"),
        ({"three_stables.work": None}, "missing"),
        ({"three_stables.work": None, "three_stables.home.stable": "no"}, "failed"),
        ({"three_stables": None}, "not_done"),
    ],
)
def test_three_stables(changes: Changes, wanted: str) -> None:
    assert verdict("THREE_STABLES", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"household.spouse.consent": "agreed_orally"}, "passed"),  # 20 000 is below 50 000
        ({"household.spouse.consent": "agreed_orally", "application.requested_amount": "50000"}, "passed"),
        ({"household.spouse.consent": "agreed_orally", "application.requested_amount": "50001"}, "failed"),
        ({"application.requested_amount": "50001"}, "passed"),  # signed
        ({"household.spouse.consent": "refused"}, "failed"),
        ({"household.spouse.presence": "not_met"}, "failed"),
        ({"household.spouse.presence": "not_met", "site_visit.spouse_present": "yes"}, "passed"),
        ({"household.spouse.consent": None}, "missing"),
        ({"household.spouse": None}, "not_done"),
        ({"borrower.marital_status": "single"}, "none"),
        ({"borrower.marital_status": None}, "not_done"),
    ],
)
def test_spouse(changes: Changes, wanted: str) -> None:
    assert verdict("SPOUSE", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"borrower.staff_relation": "yes"}, "failed"),
        ({"related_persons": [{"name": "陈会计", "role": "lender_staff"}]}, "failed"),
        ({"borrower.staff_relation": None}, "not_done"),
    ],
)
def test_related_staff(changes: Changes, wanted: str) -> None:
    assert verdict("RELATED_STAFF", changes) == wanted


def test_a_relation_to_our_staff_refuses_under_the_shipped_policy() -> None:
    found = assessed_with({"borrower.staff_relation": "yes", "borrower.staff_relation_note": "表弟"})
    assert "RELATED_TO_STAFF" in found.sizing.refused_by
    flag = next(flag for flag in found.flags if flag.code == "RELATED_TO_STAFF")
    assert say(flag.sentence, CHINESE) == "借款人与本机构员工有关联：表弟"


@pytest.mark.parametrize(
    ("name", "path"),
    [("GIFT", "borrower.gift_offered"), ("APPLIED_ELSEWHERE", "application.applied_elsewhere")],
)
def test_gift_and_other_lenders(name: str, path: str) -> None:
    assert (verdict(name, {path: "no"}), verdict(name, {path: "yes"})) == ("passed", "failed")
    assert verdict(name, {path: None}) == "not_done"


def test_a_policy_without_rules_on_persons_has_none_of_them() -> None:
    for name in ("LIFESTYLE", "THREE_STABLES", "RELATED_STAFF", "GIFT", "APPLIED_ELSEWHERE"):
        assert verdict(name, {}, {"person_rules": "none"}) == "none"
