"""The purpose, its gap and evidence, the project, what runs out, and figures that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.credit.crosschecks.gap import gap_after
from officer_app.credit.crosschecks.purpose_terms import months_between
from officer_app.credit.figures import ZERO
from tests.support.honest import HONEST, Changes, assessed_with, checked, verdict

VEHICLE: dict[str, Any] = HONEST["vehicles"][0]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 25 000 − 20 000 − 5 000 = 0
        ({}, "passed"),
        ({"application.own_funds_available": "4999"}, "not_done"),  # 1 remains and nobody said from whom
        ({"application.own_funds_available": "4999", "application.gap_source": "family"}, "passed"),
        ({"application.own_funds_available": "4999", "application.gap_source": "unknown"}, "failed"),
        ({"application.gap_source": "private_lender"}, "failed"),
        ({"application.own_funds_available": None}, "not_done"),
        ({"application.purpose_items": None}, "not_done"),
    ],
)
def test_who_pays_the_rest(changes: Changes, wanted: str) -> None:
    assert verdict("GAP", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "raised"),
    [
        # asked for 90 000 of 110 000 with 22 000 of one's own: what is not lent stays open
        ({}, True),
        ({"application.gap_source": "family"}, False),
        ({"application.gap_source": "private_lender"}, True),
        ({"application.own_funds_available": None}, False),  # nobody was asked
    ],
)
def test_less_than_asked_for_leaves_a_rest(changes: Changes, raised: bool) -> None:
    larger = {
        "application.requested_amount": "90000",
        "application.purpose_items.0.amount": "110000",
        "application.own_funds_available": "22000",
    }
    found = assessed_with(larger | changes)
    assert found.sizing.recommended_max_loan != 0
    assert ("RECOMMENDED_LEAVES_GAP" in {flag.code for flag in found.flags}) is raised
    assert "RECOMMENDED_LEAVES_GAP" not in {
        flag.code for flag in assessed_with(larger | changes, {"gap_rules": None}).flags
    }


def test_the_gap_grows_when_less_is_lent() -> None:
    application = assessed_with({}).facts.application
    assert gap_after(application, ZERO + 12000) == 8000  # 25 000 − 12 000 − 5 000
    assert gap_after(application, ZERO + 90000) == 0


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 20 % of 25 000 are 5 000
        ({"application.own_funds_available": "4999.99"}, "failed"),
        ({"application.own_funds_seen": "no"}, "failed"),
        ({"application.own_funds_seen": None}, "missing"),
        ({"application.own_funds_available": None}, "not_done"),
        ({"application.own_funds_available": "-1"}, "missing"),
    ],
)
def test_own_funds(changes: Changes, wanted: str) -> None:
    assert verdict("OWN_FUNDS", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"application.term_months": "6"}, "passed"),  # fixed assets: 6 to 60 months
        ({"application.term_months": "5"}, "failed"),
        ({"application.term_months": "60"}, "passed"),
        ({"application.term_months": "61"}, "failed"),
        ({"application.purpose_class": "working_capital", "application.term_months": "24"}, "passed"),
        ({"application.purpose_class": "working_capital", "application.term_months": "25"}, "failed"),
        ({"application.purpose_class": None}, "not_done"),
        ({"application.term_months": None}, "missing"),
    ],
)
def test_term_of_the_class(changes: Changes, wanted: str) -> None:
    assert verdict("PURPOSE_CLASS", changes) == wanted


@pytest.mark.parametrize(
    ("life", "wanted"),
    [
        ("60", "passed"),  # 20 % of 60 are 12 months: a loan of 12
        ("61", "failed"),  # a short loan for a long investment
        ("12", "passed"),
        ("11", "failed"),  # the loan outlives the thing
        (None, "not_done"),
        ("-1", "missing"),
    ],
)
def test_term_against_life(life: str | None, wanted: str) -> None:
    assert verdict("PURPOSE_LIFE", {"application.purpose_items.0.life_months": life}) == wanted


def test_the_largest_item_decides() -> None:
    small = {"item": "包装袋", "amount": "100", "life_months": "1"}
    items = [HONEST["application"]["purpose_items"][0], small]
    assert verdict("PURPOSE_LIFE", {"application.purpose_items": items}) == "passed"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 8 July to 8 October are 3 months, from the 7th a fourth has begun
        ({"quotation_date": "2026-07-08"}, "passed"),
        ({"quotation_date": "2026-07-07"}, "failed"),
        ({"quotation_date": ""}, "missing"),
        ({"quotation_date": "", "quotation_seen": "no"}, "failed"),
        ({"quotation_date": "", "quotation_seen": ""}, "not_done"),
        ({"unit_price_checked": "no"}, "failed"),
        ({"unit_price_checked": ""}, "missing"),
        ({"amount": "20000", "quotation_seen": "no"}, "none"),  # not above the amount that wants an offer
        ({"amount": "20000.01", "quotation_seen": "no"}, "failed"),
    ],
)
def test_offers(changes: Changes, wanted: str) -> None:
    item = {**HONEST["application"]["purpose_items"][0], **changes}
    assert verdict("QUOTATION", {"application.purpose_items": [item]}) == wanted


def test_months_begun_between_two_days() -> None:
    from datetime import date

    assert months_between(date(2026, 1, 31), date(2026, 1, 31)) == 0
    assert months_between(date(2026, 1, 31), date(2026, 2, 1)) == 1
    assert months_between(date(2025, 12, 8), date(2026, 1, 9)) == 2


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"application.purpose_declared": "周转货款，顺便炒股"}, "failed"),
        ({"application.purpose_items.0.item": "Stock Market account"}, "failed"),
        ({}, "none"),  # that no word is found proves nothing
    ],
)
def test_banned_purposes(changes: Changes, wanted: str) -> None:
    assert verdict("BANNED_PURPOSE", changes) == wanted


def test_a_banned_purpose_refuses() -> None:
    found = assessed_with({"application.purpose_declared": "还赌债"})
    assert "PURPOSE_IS_BANNED" in found.sizing.refused_by


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 1 000 × 20 × 0.8 = 16 000 = fixed 6 000 + 1 000 × 10; output: 10 × 1 000 × 0.8 = 8 000 ≥ 6 000
        ({"project.fixed_costs_per_year": "6000"}, "passed"),
        ({"project.fixed_costs_per_year": "6001"}, "failed"),
        # cheap to make, dear to run: price 1 000 × 20 × 0.8 = 16 000 ≥ 15 900; output 20 × 1 000 × 0.8 = 16 000
        ({"project.cost_per_unit": "0", "project.fixed_costs_per_year": "16000"}, "passed"),
        ({"project.cost_per_unit": "0", "project.fixed_costs_per_year": "16001"}, "failed"),
        ({"project.price_per_unit": "10"}, "failed"),  # a unit earns nothing
        ({"project.units_per_year": "0", "project.fixed_costs_per_year": "0"}, "failed"),
        ({"project.units_per_year": None}, "missing"),
        ({"project.units_per_year": "-5"}, "missing"),
        ({"project": {"name": "冷库"}}, "not_done"),
        ({"project": None}, "none"),
    ],
)
def test_project(changes: Changes, wanted: str) -> None:
    assert verdict("PROJECT", changes) == wanted


def test_the_project_says_from_where_on_it_carries_itself() -> None:
    # 10 + 4 000 / 1 000 = 14; 4 000 / (20 − 10) = 400
    assert say(checked("PROJECT", {}).sentence, ENGLISH) == (
        "Planned 1,000 units at 20; it carries itself from 14 a unit, or from 400 units, on; 20% of room are wanted"
    )


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # payout 20 October 2026 and 12 months: 20 October 2027
        ({"premises.lease_until": "2027-10-20"}, "passed"),
        ({"premises.lease_until": "2027-10-19"}, "failed"),
        ({"premises.lease_until": "2026-01-01"}, "failed"),
        # without a payout the day of the visit, 8 October
        ({"premises.lease_until": "2027-10-08", "application.payout_date": None}, "passed"),
        ({"premises.lease_until": "2027-10-07", "application.payout_date": None}, "failed"),
        ({"application.payout_date": None, "site_visit": None}, "missing"),
        ({"premises.lease_until": "9999-12-31", "application.term_months": "600"}, "passed"),
        ({"premises.lease_until": None}, "not_done"),
        ({"premises.tenure": "owned", "premises.lease_until": None}, "none"),
    ],
)
def test_lease(changes: Changes, wanted: str) -> None:
    assert verdict("LEASE", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"vehicles.0.insured_until": "2026-10-08"}, "passed"),  # the day of the visit
        ({"vehicles.0.insured_until": "2026-10-07"}, "failed"),
        ({"insurances.0.until": "2026-10-07"}, "failed"),
        ({"site_visit": None}, "missing"),
        ({"vehicles.0.insured_until": None, "insurances": None}, "not_done"),
        ({"vehicles": None, "insurances": None}, "none"),
    ],
)
def test_insurance(changes: Changes, wanted: str) -> None:
    assert verdict("INSURANCE", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"business.buyer_firm_share_percent": "70"}, "passed"),
        ({"business.buyer_firm_share_percent": "71", "business.buyer_contract_seen": "no"}, "failed"),
        ({"business.buyer_firm_share_percent": "71", "business.buyer_contract_seen": "yes"}, "passed"),
        ({"business.buyer_firm_share_percent": "71"}, "missing"),  # was the contract seen?
        ({"business.buyer_firm_share_percent": None}, "not_done"),
        ({"business.buyer_firm_share_percent": None, "business.buyer_firm": None}, "none"),
    ],
)
def test_buyer_firm(changes: Changes, wanted: str) -> None:
    assert verdict("BUYER_FIRM", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"vehicles.0.registered_owner": "刘老板"}, "failed"),
        ({"vehicles.0.registered_owner": "李芳"}, "passed"),  # the spouse
        ({"vehicles.0.name_on_door": "顺达物流"}, "failed"),
        (
            {
                "vehicles.0.registered_owner": "顺达物流有限公司",
                "vehicles.0.name_on_door": "顺达物流",
                "vehicles.0.affiliated": "yes",
                "vehicles.0.affiliated_to": "顺达物流",
            },
            "passed",
        ),
        ({"vehicles.0.registered_owner": "", "vehicles.0.plate": ""}, "not_done"),
        ({"borrower.name": "", "household.spouse": None, "business": None}, "not_done"),
        ({"vehicles": None}, "none"),
    ],
)
def test_owner_of_the_vehicle(changes: Changes, wanted: str) -> None:
    assert verdict("VEHICLE_OWNER", changes) == wanted


@pytest.mark.parametrize(
    ("vehicle", "wanted"),
    [
        ({"idle_days": "10"}, "passed"),
        ({"idle_days": "11"}, "failed"),
        ({"odometer_km": "40000"}, "passed"),  # as far as at the service
        ({"odometer_km": "39999"}, "failed"),  # it went back
        ({"odometer_km": ""}, "missing"),
        ({"idle_days": "", "odometer_earlier_km": ""}, "not_done"),
        ({"idle_days": "-1"}, "missing"),
    ],
)
def test_use_of_the_vehicle(vehicle: Changes, wanted: str) -> None:
    assert verdict("VEHICLE_USE", {"vehicles": [{**VEHICLE, **vehicle}]}) == wanted


@pytest.mark.parametrize(
    ("changes", "check", "wanted"),
    [
        # a shop of 900 m² that sells for 3 a month: far below 10 a square metre
        (
            {"premises.area_m2": "900", "sales.declared_monthly_sales": "3"},
            "PLAUSIBLE_AREA_M2",
            "failed",
        ),
        ({"premises.area_m2": "5000"}, "PLAUSIBLE_AREA_M2", "none"),  # 50 000 / 5 000 = 10: just possible
        ({"premises.area_m2": "5001"}, "PLAUSIBLE_AREA_M2", "failed"),
        ({"premises.area_m2": "0"}, "PLAUSIBLE_AREA_M2", "none"),
        ({"premises.area_m2": "-4"}, "PLAUSIBLE_AREA_M2", "none"),
        ({"sales.declared_monthly_sales": "6000000"}, "PLAUSIBLE_SEEN_ON_SITE", "none"),  # 2 000 000 each
        ({"sales.declared_monthly_sales": "6000003"}, "PLAUSIBLE_SEEN_ON_SITE", "failed"),
        ({"sales.declared_monthly_sales": "199"}, "PLAUSIBLE_SEATS", "failed"),  # below 20 a seat
        ({"sales.declared_monthly_sales": "200"}, "PLAUSIBLE_SEATS", "none"),
        ({"sales.declared_monthly_sales": "999999999999999999"}, "PLAUSIBLE_SEATS", "none"),
    ],
)
def test_figures_that_cannot_be(changes: Changes, check: str, wanted: str) -> None:
    assert verdict(check, changes) == wanted


def test_an_absurd_figure_is_told_in_plain_words() -> None:
    found = checked("PLAUSIBLE_AREA_M2", {"premises.area_m2": "900", "sales.declared_monthly_sales": "3"})
    assert say(found.sentence, CHINESE) == "月销售 3，900 平方米：每平方米 0；合理范围 10 至 100,000"
    assert found.flags == ("SALES_ABSURD",)
