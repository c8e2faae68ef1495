"""Wages, bills, rent, years, net margin: what is paid and shown against what was told."""

from __future__ import annotations

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from tests.support.honest import Changes, checked, verdict


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 工资 9 000 among the costs; 10 % are 900
        ({"payroll.monthly_total": "9900"}, "passed"),
        ({"payroll.monthly_total": "9901"}, "failed"),
        ({"payroll.monthly_total": "8099"}, "failed"),
        ({"operating_costs.1.item": "杂项"}, "failed"),  # no wages among the costs: 0 against 9 000
        ({"operating_costs.1.item": "Staff salaries"}, "passed"),
        ({"payroll.monthly_total": None}, "missing"),
        ({"payroll": None}, "not_done"),
        ({"operating_costs": None}, "missing"),
        ({"payroll.monthly_total": "-1"}, "missing"),
    ],
)
def test_wage_sheet_against_the_costs(changes: Changes, wanted: str) -> None:
    assert verdict("WAGES", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 9 000 / 3 = 3 000; 30 % are 900
        ({"staff.asked_wage": "2100"}, "passed"),
        ({"staff.asked_wage": "2099"}, "failed"),
        ({"payroll.staff_paid": "0"}, "missing"),  # no average of nobody
        ({"staff.asked_wage": None}, "none"),
    ],
)
def test_a_wage_as_told_by_staff(changes: Changes, wanted: str) -> None:
    assert verdict("WAGES_TOLD", changes) == wanted


@pytest.mark.parametrize(
    ("paid", "wanted"), [("4", "passed"), ("5", "failed"), ("2", "passed"), ("1", "failed"), (None, "none")]
)
def test_persons_paid_and_seen(paid: str | None, wanted: str) -> None:
    """Three were seen; one apart is allowed."""
    assert verdict("WAGES_PERSONS", {"payroll.staff_paid": paid}) == wanted


@pytest.mark.parametrize(
    ("months", "wanted"), [("0", "passed"), ("0.5", "failed"), ("-1", "missing"), (None, "not_done")]
)
def test_wages_behind(months: str | None, wanted: str) -> None:
    assert verdict("WAGES_BEHIND", {"payroll.months_behind": months}) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"utilities.0.months_behind": "1"}, "failed"),  # nothing owed in money yet, but a month late
        ({"utilities.0.months_behind": None}, "passed"),
        ({"utilities.0.arrears_amount": "0.01"}, "failed"),
        # 24 August to 8 October 2026 are 7 + 30 + 8 = 45 days
        ({"utilities.0.paid_until": "2026-08-24"}, "passed"),
        ({"utilities.0.paid_until": "2026-08-23"}, "failed"),
        ({"utilities.0.paid_until": "2026-08-23", "site_visit": None}, "passed"),  # no day to count from
        ({"utilities": None}, "not_done"),
        ({"utilities.0.months_behind": "-2"}, "missing"),
    ],
)
def test_bills(changes: Changes, wanted: str) -> None:
    assert verdict("UTILITIES", changes) == wanted


def test_bills_say_how_long() -> None:
    found = checked("UTILITIES", {"utilities.0.months_behind": "2", "utilities.0.arrears_amount": "500"})
    assert say(found.sentence, ENGLISH) == "Bills are 500 behind, the oldest 2 months"
    assert say(found.sentence, CHINESE) == "欠缴 500，最久的 2 个月"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"premises.rent_paid_until": "2026-08-24"}, "passed"),
        ({"premises.rent_paid_until": "2026-08-23"}, "failed"),
        ({"premises.rent_paid_until": "2026-08-23", "site_visit": None}, "missing"),
        ({"premises.rent_paid_until": None}, "none"),
    ],
)
def test_rent_paid(changes: Changes, wanted: str) -> None:
    assert verdict("RENT_PAID", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"premises.monthly_rent": "4400"}, "passed"),  # 10 % of 4 000
        ({"premises.monthly_rent": "4401"}, "failed"),
        ({"operating_costs.0.item": "其他二"}, "failed"),  # the rent was left out of the costs
        ({"premises.monthly_rent": "0", "operating_costs.0.monthly_amount": "0"}, "passed"),  # an own house
        ({"premises.monthly_rent": None}, "not_done"),
        ({"premises.monthly_rent": "-1"}, "missing"),
    ],
)
def test_rent(changes: Changes, wanted: str) -> None:
    assert verdict("RENT", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"business.years": "7"}, "passed"),  # one more than on paper
        ({"business.years": "7.1"}, "failed"),
        ({"business.years": "2"}, "passed"),  # fewer than on paper
        ({"business.years_on_paper": None}, "not_done"),
        # the licence of 8 October 2020 is 2 191 days old: 5.9986 years; 6.9 − 5.9986 < 1, 7 − 5.9986 > 1
        (
            {"business.years": "6.9", "business.years_on_paper": None, "business.licence_since": "2020-10-08"},
            "passed",
        ),
        ({"business.years": "7", "business.years_on_paper": None, "business.licence_since": "2020-10-08"}, "failed"),
        (
            {"business.years_on_paper": None, "business.licence_since": "2020-10-08", "site_visit": None},
            "missing",
        ),
        ({"business.years": "-1"}, "missing"),
    ],
)
def test_years(changes: Changes, wanted: str) -> None:
    assert verdict("YEARS", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 6 000 / 50 000 = 12 %
        ({"peers.net_margin_high_percent": "12"}, "passed"),
        ({"peers.net_margin_high_percent": "11.99"}, "failed"),
        ({"peers.net_margin_low_percent": "12"}, "passed"),
        ({"peers.net_margin_low_percent": "12.01"}, "failed"),
        ({"peers.net_margin_low_percent": None}, "missing"),
        ({"peers.net_margin_low_percent": None, "peers.net_margin_high_percent": None}, "not_done"),
        ({"peers": None}, "not_done"),
        ({"sales.declared_monthly_sales": "0"}, "missing"),  # no margin of nothing
    ],
)
def test_net_margin(changes: Changes, wanted: str) -> None:
    assert verdict("NET_MARGIN", changes) == wanted
