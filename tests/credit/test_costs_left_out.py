"""Costs that nobody named, persons and rent of the home left out, and costs that hold still: by hand, and silent."""

from __future__ import annotations

from typing import Any

import pytest

from officer_app.credit.crosschecks.costs_named import is_energy, is_power_or_water, words_read
from tests.support.honest import HONEST, checked, verdict

COSTS = HONEST["operating_costs"]
NO_WAGES = {"operating_costs": [COSTS[0], COSTS[2]]}
OLD: dict[str, Any] = {"costs_left_out_tolerance_percent": None, "season_mean_above_max_percent": None}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "none"),
        # the wage sheet tells 9 000: the wage check compares, and says it once
        (NO_WAGES, "none"),
        (NO_WAGES | {"payroll": None}, "failed"),
        (NO_WAGES | {"payroll.monthly_total": None}, "failed"),
        # nobody on a sheet; 3 seen, the borrower and the spouse among them: one is hired
        (NO_WAGES | {"payroll": None, "staff.on_payroll": "0", "household.spouse.runs_business": "yes"}, "failed"),
        (
            NO_WAGES
            | {
                "payroll": None,
                "staff.on_payroll": "0",
                "household.spouse.runs_business": "yes",
                "household.members": [{"relation": "child", "works": "yes"}],
            },
            "none",
        ),
        # alone at work
        (NO_WAGES | {"payroll": None, "staff.on_payroll": "0", "staff.seen_on_site": "1"}, "none"),
        # 3 × 3 000 = 9 000, 30 % less is 6 300
        ({"payroll": None, "operating_costs.1.monthly_amount": "6300"}, "none"),
        ({"payroll": None, "operating_costs.1.monthly_amount": "6299"}, "failed"),
        ({"payroll": None, "operating_costs.1.monthly_amount": "100", "staff.asked_wage": None}, "none"),
        (NO_WAGES | {"payroll": None, "staff": None}, "none"),
    ],
)
def test_wages_that_somebody_must_be_paid(changes: dict[str, Any], found: str) -> None:
    assert verdict("WAGES_LEFT_OUT", changes) == found
    assert verdict("WAGES_LEFT_OUT", changes, OLD) == "none"


def test_the_wages_due_are_shown() -> None:
    result = checked("WAGES_LEFT_OUT", NO_WAGES | {"payroll": None})
    assert (result.told, result.found) == (0, 9000)


NO_RENT: dict[str, Any] = {"operating_costs": COSTS[1:], "premises.monthly_rent": None}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "none"),
        (NO_RENT, "failed"),
        (NO_RENT | {"premises.tenure": "owned"}, "none"),
        (NO_RENT | {"premises.tenure": "borrowed"}, "none"),
        # a stall with a lease costs something; a place at the roadside need not
        (NO_RENT | {"premises.tenure": "stall"}, "failed"),
        (
            NO_RENT | {"premises.tenure": "stall", "premises.lease_until": None, "premises.rent_paid_until": None},
            "none",
        ),
        (
            NO_RENT
            | {
                "premises.tenure": "shared",
                "premises.lease_until": None,
                "premises.rent_paid_until": None,
                "accounts.landlord": {"monthly_rent": "2000"},
            },
            "failed",
        ),
        ({"premises.monthly_rent": None, "operating_costs.0.item": "摊位费"}, "none"),
        # told as 4 000: the rent check compares
        ({"operating_costs": COSTS[1:]}, "none"),
    ],
)
def test_a_rented_place_costs_a_rent(changes: dict[str, Any], found: str) -> None:
    assert verdict("RENT_LEFT_OUT", changes) == found
    assert verdict("RENT_LEFT_OUT", changes, OLD) == "none"


NO_POWER: dict[str, Any] = {"operating_costs.2.item": "其他"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "none"),
        (NO_POWER, "failed"),
        (NO_POWER | {"meters": [], "utilities.0.item": "电话费"}, "none"),
        (NO_POWER | {"meters": []}, "failed"),
        (NO_POWER | {"utilities": []}, "failed"),
        (NO_POWER | {"utilities": [], "meters.0.kind": "gas"}, "none"),
        # the shop is at home: what the family pays is paid
        (NO_POWER | {"household.monthly_expenses.0.item": "吃用水电"}, "none"),
        # 1 000 named; 30 % below 1 428.57 is 1 000
        ({"meters.0.monthly_amount": "1428"}, "none"),
        ({"meters.0.monthly_amount": "1429"}, "failed"),
        ({"meters.0.unit_price": "2.8"}, "none"),
        ({"meters.0.unit_price": "3"}, "failed"),
    ],
)
def test_power_that_is_used_is_paid(changes: dict[str, Any], found: str) -> None:
    assert verdict("POWER_LEFT_OUT", changes) == found
    assert verdict("POWER_LEFT_OUT", changes, OLD) == "none"


@pytest.mark.parametrize("item", ["电费", "水电气", "冷库电费", "electricity", "Water", "电费和取暖"])
def test_words_for_power_and_water(item: str) -> None:
    assert is_power_or_water(item)
    assert is_energy(item)


@pytest.mark.parametrize("item", ["电话费", "薪水", "水果包装", "电商平台费", "工资", "房租", "rent"])
def test_words_that_only_look_like_power_and_water(item: str) -> None:
    assert not is_power_or_water(item)
    assert not is_energy(item)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "none"),
        # 1 + spouse + 1 = 3
        ({"household.dependants": "1"}, "none"),
        ({"household.dependants": "2"}, "failed"),
        ({"household.dependants": "2", "borrower.marital_status": "single"}, "none"),
        # a child named among the dependants is counted once
        ({"household.dependants": "1", "household.members": [{"relation": "child"}]}, "none"),
        ({"household.members": [{"relation": "spouse"}, {"relation": "child"}]}, "none"),
        ({"household.members": [{"relation": "spouse"}, {"relation": "child"}, {"relation": "parent"}]}, "failed"),
        ({"household.persons": "1"}, "failed"),
        ({"household.persons": None}, "none"),
    ],
)
def test_everybody_who_is_named_is_counted(changes: dict[str, Any], found: str) -> None:
    assert verdict("PERSONS_LEFT_OUT", changes) == found
    assert verdict("PERSONS_LEFT_OUT", changes, OLD) == "none"


FOOD = {"household.monthly_expenses": [{"item": "吃饭", "monthly_amount": "3000"}]}
RENTED = {"household.home": {"tenure": "rented", "monthly_rent": "800"}}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (FOOD, "none"),
        (FOOD | RENTED, "failed"),
        (FOOD | {"household.home": {"tenure": "rented"}}, "failed"),
        (FOOD | {"household.home": {"tenure": "dormitory"}}, "none"),
        (FOOD | {"household.home": {"tenure": "rented", "monthly_rent": "0"}}, "none"),
        # 30 % below 800 is 560
        (RENTED | {"household.monthly_expenses": [{"item": "房租", "monthly_amount": "560"}]}, "none"),
        (RENTED | {"household.monthly_expenses": [{"item": "房租", "monthly_amount": "559"}]}, "failed"),
        # one sum for everything: 3 800 − 800 is the floor of 3 persons, 3 799 − 800 is below it
        (RENTED | {"household.monthly_expenses": [{"item": "生活", "monthly_amount": "3800"}]}, "none"),
        (RENTED | {"household.monthly_expenses": [{"item": "生活", "monthly_amount": "3799"}]}, "failed"),
    ],
)
def test_a_rented_home_costs_a_rent(changes: dict[str, Any], found: str) -> None:
    assert verdict("HOME_RENT_LEFT_OUT", changes) == found
    assert verdict("HOME_RENT_LEFT_OUT", changes, OLD) == "none"


def cost(item: str, behaviour: str) -> dict[str, Any]:
    return {"operating_costs": [*COSTS, {"item": item, "monthly_amount": "700", "behaviour": behaviour}]}


@pytest.mark.parametrize("item", ["房租", "摊位费", "店员工资", "底薪", "staff wages", "shop rent"])
def test_what_holds_still_is_not_variable(item: str) -> None:
    assert verdict("CALLED_VARIABLE", cost(item, "variable")) == "failed"
    assert checked("CALLED_VARIABLE", cost(item, "variable")).found == 700
    assert verdict("CALLED_VARIABLE", cost(item, "fixed")) == "none"
    assert verdict("CALLED_VARIABLE", cost(item, "variable"), OLD) == "none"


@pytest.mark.parametrize(
    "item",
    ["员工提成", "计件工资", "采收雇工", "临时工工资", "按流水扣点的租金", "租车", "员工餐", "piece wages", "运费"],
)
def test_what_moves_with_the_sales_may_be_called_so(item: str) -> None:
    assert verdict("CALLED_VARIABLE", cost(item, "variable")) == "none"


def test_wages_by_the_piece_on_the_wage_sheet_move() -> None:
    assert verdict("CALLED_VARIABLE", cost("工资", "variable") | {"payroll.piece_total": "700"}) == "none"
    assert verdict("CALLED_VARIABLE", cost("工资", "variable") | {"payroll.piece_total": "699"}) == "failed"


@pytest.mark.parametrize(
    ("factor", "found", "before"),
    [
        ("0.90", "passed", "passed"),
        ("1.02", "passed", "passed"),
        ("1.03", "failed", "passed"),
        ("1.2", "failed", "failed"),
    ],
)
def test_less_is_allowed_above_the_usual_month(factor: str, found: str, before: str) -> None:
    """10 % below, 2 % above; before, 10 % either way."""
    changes = {"sales.month_factors": [factor] * 12}
    assert verdict("SEASONS", changes) == found
    assert verdict("SEASONS", changes, OLD) == before


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        ("付给张三的工资", "工资"),
        ("王师傅门面房租", "租、房"),
        ("薪水", "薪"),
        ("给李四的水电费", "电、水"),
        ("果园货款", ""),
        ("wages for Li", "wage"),
    ],
)
def test_of_a_free_text_only_the_words_of_the_rules_are_kept(item: str, kept: str) -> None:
    """Head office tries policies on facts without names, and the rules find there what they found here."""
    assert set(filter(None, words_read(item).split("、"))) == set(filter(None, kept.split("、")))
