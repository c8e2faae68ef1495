"""What is counted: stock, till, savings, meters. Arithmetic by hand beside each line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from tests.support.honest import Changes, checked, verdict


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # due 30 000 + 20 000 − 40 000 × (1 − 0.4) = 26 000; 20 % of it are 5 200
        ({"assets.inventory_counted": "20800"}, "passed"),  # 5 200 short: exactly the tolerance
        ({"assets.inventory_counted": "20799"}, "failed"),
        ({"assets.inventory_counted": "31200"}, "passed"),
        ({"assets.inventory_counted": "31201"}, "failed"),  # a surplus may be somebody else's goods
        ({"stock_flow.sales_since": None}, "missing"),
        ({"stock_flow": None}, "not_done"),
        ({"stock_flow.purchases_since": "-1"}, "missing"),
        # more sold than there was: 30 000 + 20 000 − 100 000 × 0.6 = −10 000
        ({"stock_flow.sales_since": "100000"}, "failed"),
        ({"products": None}, "missing"),  # without a margin nobody knows the cost of what was sold
    ],
)
def test_stock_due(changes: Changes, wanted: str) -> None:
    assert verdict("STOCK_DUE", changes) == wanted


def test_stock_due_shows_how_it_was_worked_out() -> None:
    found = checked("STOCK_DUE", {"assets.inventory_counted": "18200"})
    # (18 200 − 26 000) / 26 000 = −30 %
    assert (found.told, found.found, found.deviation, found.tolerance) == (26000, 18200, -30, 20)
    assert say(found.sentence, ENGLISH) == (
        "After the last delivery 30,000, bought since 20,000, sold since at cost 24,000: 26,000 should be here, "
        "18,200 was counted (−30%)"
    )
    assert say(found.sentence, CHINESE) == (
        "上次进货后存货 30,000，之后进货 20,000，按成本已售出 24,000：应有存货 26,000，实盘 18,200（−30%）"
    )
    assert found.flags == ("STOCK_NOT_AS_DUE",)
    assert found.paths == ("stock_flow", "assets.inventory_counted")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"stock_items.0.quantity": "90"}, "passed"),  # 10 of 100 fewer: exactly 10 %
        ({"stock_items.0.quantity": "89"}, "failed"),
        ({"stock_items.0.quantity": "111"}, "failed"),
        ({"stock_items.0.quantity": None}, "missing"),
        ({"stock_items.0.quantity": None, "stock_items.1.quantity": "1"}, "failed"),  # one line is off already
        ({"stock_items.0.told_quantity": "0", "stock_items.0.quantity": "0"}, "passed"),  # nothing against nothing
        ({"stock_items.0.told_quantity": "0"}, "failed"),
        ({"stock_items.0.told_quantity": "-3"}, "missing"),
        ({"stock_items": None, "stock_flow": None}, "not_done"),
    ],
)
def test_stock_line_by_line(changes: Changes, wanted: str) -> None:
    assert verdict("STOCK_COUNT", changes) == wanted


def test_stock_names_the_lines_that_differ() -> None:
    found = checked("STOCK_COUNT", {"stock_items.1.quantity": "20"})
    assert say(found.sentence, ENGLISH) == "1 of 2 lines differ from what was told: 饮料 told 60, counted 20"
    assert say(found.sentence, CHINESE) == "2 项中 1 项与自报不符：饮料 自报 60，盘点 20"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 100 × 200 + 60 × 100 = 26 000; 10 % of the balance sheet's figure
        ({"stock_items.0.quantity": "87"}, "passed"),  # 23 400: 2 600 short of 26 000, exactly 10 %
        ({"stock_items.0.quantity": "86"}, "failed"),  # 23 200
        ({"stock_items.0.unit_cost": None}, "missing"),
        ({"stock_items.0.unit_cost": None, "stock_items.1.unit_cost": None}, "none"),  # counted in pieces alone
    ],
)
def test_the_lines_add_up_to_the_stock(changes: Changes, wanted: str) -> None:
    assert verdict("STOCK_COUNT_SUM", changes) == wanted


@pytest.mark.parametrize(("told", "wanted"), [("28888", "passed"), ("28889", "failed"), ("0", "failed")])
def test_the_stock_as_told(told: str, wanted: str) -> None:
    """28 888 − 26 000 = 2 888 against 2 888.8; 28 889 − 26 000 = 2 889 against 2 888.9."""
    assert verdict("STOCK_COUNT_TOLD", {"stock_flow.told_value": told}) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # 500 + 3 000 − 1 000 = 2 500; 10 % are 250
        ({"till.counted": "2250"}, "passed"),
        ({"till.counted": "2249"}, "failed"),
        ({"till.counted": "2750"}, "passed"),
        ({"till.counted": "2751"}, "failed"),
        ({"till.cash_sales_since": None}, "missing"),
        ({"till": None}, "not_done"),
        ({"till.counted": "0"}, "failed"),
        ({"till.cash_sales_since": "999999999999999999"}, "missing"),
        # paid out more than came in: 500 + 3 000 − 5 000 = −1 500 cannot lie in a till
        ({"till.payments_since": "5000"}, "failed"),
        ({"till.float_at_opening": "0", "till.cash_sales_since": "1000", "till.counted": "0"}, "passed"),
    ],
)
def test_till(changes: Changes, wanted: str) -> None:
    assert verdict("TILL", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # free 6 000 − 3 000 − 1 000 = 2 000; 8 000 + 4 × 2 000 = 16 000; 30 % are 4 800
        ({"assets.deposits": "11200"}, "passed"),
        ({"assets.deposits": "11199"}, "failed"),
        ({"assets.deposits": "20801"}, "failed"),  # more than the income leaves: from where
        ({"assets.deposits": "1000", "savings_flow.reason": "交了孩子学费"}, "passed"),  # the reason is on file
        ({"assets.deposits": "1000", "savings_flow.reason": "  "}, "failed"),
        ({"savings_flow.balance_then": None}, "missing"),
        ({"savings_flow.balance_then": None, "savings_flow.reason": "不知道"}, "missing"),  # a reason is no input
        ({"savings_flow": None}, "not_done"),
        # household of 9 000: free −4 000; 8 000 − 16 000 is below 0, so nothing is due
        ({"household.monthly_expenses.0.monthly_amount": "9000", "assets.deposits": "0"}, "passed"),
    ],
)
def test_deposits(changes: Changes, wanted: str) -> None:
    assert verdict("DEPOSITS", changes) == wanted


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"meters.0.quantity_per_month": "450"}, "passed"),  # 10 % less: exactly the limit
        ({"meters.0.quantity_per_month": "449"}, "failed"),
        ({"meters.0.quantity_per_month": "900"}, "passed"),  # more use never fails
        ({"meters.0.quantity_per_month": None}, "missing"),
        ({"business.trend": "growing", "meters.0.quantity_per_month": "1"}, "failed"),
        ({"business.trend": "falling", "meters.0.quantity_per_month": "1"}, "none"),
    ],
)
def test_meters(changes: Changes, wanted: str) -> None:
    assert verdict("METERS_1", changes) == wanted


@pytest.mark.parametrize("gone", ["meters", "business.trend", "meters.0.quantity_year_before"])
def test_meters_ask_for_the_year_before_and_the_trend(gone: str) -> None:
    assert verdict("METERS", {gone: None}) == "not_done"


def test_an_older_policy_knows_none_of_these() -> None:
    gone: Changes = dict.fromkeys(
        (
            "stock_due_tolerance_percent",
            "stock_count_tolerance_percent",
            "till_tolerance_percent",
            "deposits_tolerance_percent",
            "meter_fall_max_percent",
        )
    )
    for name in ("STOCK_DUE", "STOCK_COUNT", "TILL", "DEPOSITS", "METERS_1"):
        assert verdict(name, {}, gone) == "none"


def test_a_tolerance_of_the_institution_holds() -> None:
    assert verdict("TILL", {"till.counted": "2000"}, {"till_tolerance_percent": Decimal(20)}) == "passed"
