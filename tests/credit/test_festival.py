"""The Spring Festival moves, and the strong month with it; twelve factors without a calendar repeat."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from officer_app.credit.assessment import CashFlow
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.festival import FESTIVALS, is_festival_month, next_festival
from officer_app.credit.figures import Missing
from officer_app.credit.reading import read_facts
from officer_app.credit.seasons import average_month_factor, factors, month_factors, weakest_mean

# 0.8 in January, 0.7 in February, 1 in every other month; 1.6 in the month of the festival.
CALENDAR = ["0.8", "0.7", *["1"] * 10]


def told(first: str, *, festival: str = "1.6", calendar: list[str] | None = None) -> CaseFacts:
    sales = {"calendar_factors": CALENDAR if calendar is None else calendar}
    if festival:
        sales["spring_festival_factor"] = festival  # type: ignore[assignment]  one fact beside a list
    return read_facts({"application": {"first_month_of_cash_flow": first}, "sales": sales})


def of_months(facts: CaseFacts, months: int) -> list[str]:
    found = factors(facts.sales, facts.application, months)
    assert not isinstance(found, Missing)
    return [str(factor) for factor in found]


@pytest.mark.parametrize(
    "day",
    [
        "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17",
        "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-03", "2031-01-23", "2033-01-31", "2034-02-19",
    ],
)  # fmt: skip
def test_the_table_holds_the_dates_that_everybody_knows(day: str) -> None:
    known = date.fromisoformat(day)
    assert FESTIVALS[known.year] == known


def test_the_dates_follow_the_moon() -> None:
    """Twelve or thirteen moons lie between two festivals, and none is before 21 January or after 20 February."""
    assert list(FESTIVALS) == list(range(2020, 2100))
    between = {(late - early).days for early, late in pairwise(FESTIVALS.values())}
    assert between <= {353, 354, 355, 383, 384, 385}
    assert all((1, 21) <= (day.month, day.day) <= (2, 20) for day in FESTIVALS.values())


def test_the_festival_takes_its_month_wherever_it_falls() -> None:
    """2026-02-17 lies in February, 2028-01-26 in January."""
    assert of_months(told("2025-12"), 4) == ["1", "0.8", "1.6", "1"]
    assert of_months(told("2027-12"), 4) == ["1", "1.6", "0.7", "1"]


@pytest.mark.parametrize("year", range(2020, 2099))
def test_each_year_has_one_festival_month_whichever_it_is(year: int) -> None:
    found = of_months(told(f"{year}-01"), 12)
    assert found.count("1.6") == 1
    assert found.index("1.6") + 1 == FESTIVALS[year].month
    assert sum(is_festival_month(date(year, month, 1)) for month in range(1, 13)) == 1


def test_the_average_year_has_one_festival_the_next_one() -> None:
    """From March 2026 the next is 2027-02-06: (0.8 + 1.6 + 10) / 12; from February 2027 the same; then 2028-01-26."""
    for first, mean in (("2026-03", "12.4"), ("2027-02", "12.4"), ("2027-03", "12.3")):
        facts = told(first)
        assert average_month_factor(facts.sales, facts.application) == Decimal(mean) / 12
    assert next_festival(date(2027, 2, 28)) == date(2027, 2, 6)
    assert next_festival(date(2099, 3, 1)) is None


def test_without_a_festival_factor_the_calendar_alone_holds() -> None:
    assert of_months(told("2026-11", festival=""), 5) == ["1", "1", "0.8", "0.7", "1"]
    assert of_months(told("2110-01", festival=""), 2) == ["0.8", "0.7"]


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        (told("2110-01"), "application.first_month_of_cash_flow"),
        (told("2099-12"), "application.first_month_of_cash_flow"),
        (told("", festival="1.6"), "application.first_month_of_cash_flow"),
        (told("2026-01", calendar=["1"] * 11), "sales.calendar_factors"),
    ],
)
def test_what_cannot_be_told_names_its_fact(facts: CaseFacts, path: str) -> None:
    found = factors(facts.sales, facts.application, 12)
    assert isinstance(found, Missing)
    assert found.paths == (path,)


def test_factors_by_cash_flow_month_repeat_after_a_year() -> None:
    year = [str(Decimal(number) / 10) for number in range(5, 17)]
    facts = read_facts({"sales": {"month_factors": year}})
    assert of_months(facts, 30) == [*year, *year, *year[:6]]
    assert month_factors(facts.sales) == factors(facts.sales, facts.application, 12)


def test_the_weakest_months() -> None:
    """(0.5 + 0.7) / 2."""
    assert weakest_mean((Decimal(1), Decimal("0.7"), Decimal("0.5")), 2) == Decimal("0.6")


def test_a_moved_festival_moves_the_money_of_the_plan() -> None:
    """The same shop, one year later: the festival's month sells most, wherever it lies."""
    from officer_app.credit.assess import assess
    from tests.support.worked import OWN_CASES, facts_of, load, shipped_policy

    case = load(OWN_CASES / "hill_pigs.yaml")
    del case["facts"]["sales"]["month_factors"]
    case["facts"]["sales"] |= {"calendar_factors": ["1"] * 12, "spring_festival_factor": "2"}
    for first, strongest in (
        ("2025-12", date(2026, 2, 1)),
        ("2026-12", date(2027, 2, 1)),
        ("2027-12", date(2028, 1, 1)),
    ):
        case["application"]["first_month_of_cash_flow"] = first
        flow = assess(facts_of(case), shipped_policy()).cash_flow
        assert isinstance(flow, CashFlow)
        assert max(flow.months[:12], key=lambda month: month.sales).label == strongest
