"""What was only told, goods of others that were named, and pledges without a deed: by hand, under the shipped policy.

The honest file: assets 5 000 + 16 000 + 26 000 = 47 000, debts 20 000, net worth 27 000 as the history explains;
apart may be the lower of 10 % × 27 000 = 2 700 and 25 % × 20 000 = 5 000.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from officer_app.base.words import ENGLISH, say
from officer_app.credit.assessment import BalanceSheet
from officer_app.credit.figures import known
from tests.support.honest import assessed_with, checked, verdict
from tests.support.worked import SHIPPED_POLICY

SECURITY: dict[str, Any] = {
    "security": tomllib.loads(SHIPPED_POLICY.read_text(encoding="utf-8"), parse_float=Decimal)["security"]
    | {"lendable_needs": "officers_word"}
}
WHOLE: dict[str, Any] = {"told_assets_counted_percent": None}
HALF: dict[str, Any] = {"told_assets_counted_percent": 50}


def sheet(changes: dict[str, Any], policy: dict[str, Any] | None = None) -> BalanceSheet:
    return assessed_with(changes, policy).balance_sheet


def number(changes: dict[str, Any], name: str, policy: dict[str, Any] | None = None) -> Decimal | None:
    return known(getattr(sheet(changes, policy), name))


TOLD_CASH: dict[str, Any] = {"assets.cash_on_hand_source": "told"}


def test_what_was_only_told_stays_in_what_is_told_and_leaves_what_is_found() -> None:
    """5 000 of cash told: 47 000 as told, 42 000 as found; half of it under another policy, all under an old one."""
    assert number(TOLD_CASH, "total_assets_declared") == 47000
    assert number(TOLD_CASH, "equity_declared") == 27000
    assert number(TOLD_CASH, "only_told") == 5000
    assert number(TOLD_CASH, "total_assets_adjusted") == 42000
    assert number(TOLD_CASH, "equity_adjusted") == 22000
    assert number(TOLD_CASH, "equity_adjusted", HALF) == 24500
    assert number(TOLD_CASH, "equity_adjusted", WHOLE) == 27000


@pytest.mark.parametrize("source", ["seen", "paper"])
def test_what_was_seen_counts_whole(source: str) -> None:
    assert number({"assets.cash_on_hand_source": source}, "equity_adjusted") == 27000


def test_nothing_is_taken_off_twice() -> None:
    """Receivables of 10 000, 4 000 of them old, all told: 4 000 are written down, 6 000 do not count.

    Stock of 26 000 told, 6 000 of it of others: 6 000 and 20 000 go.
    """
    owed = {
        "assets.receivables_total": "10000",
        "assets.receivables_over_12_months": "4000",
        "assets.receivables_source": "told",
    }
    assert number(owed, "only_told") == 6000
    assert number(owed, "total_assets_adjusted") == 47000
    stock = {"assets.inventory_source": "told", "assets.borrowed_goods": "6000"}
    assert number(stock, "only_told") == 20000
    assert number(stock, "total_assets_adjusted") == 21000


def test_business_and_household_still_add_up() -> None:
    """A car of 30 000 told, 20 000 of it private: the business loses 10 000, the household 20 000."""
    car = {"assets.vehicles": "30000", "assets.vehicles_source": "told", "assets.household_vehicles": "20000"}
    found = sheet(car)
    assert (known(found.business.only_told), known(found.household.only_told)) == (10000, 20000)
    assert known(found.household.total_assets_adjusted) == 0
    assert known(found.business.total_assets_adjusted) == known(found.total_assets_adjusted) == 47000


def test_the_leverage_cap_counts_no_machine_that_nobody_saw() -> None:
    """(60 % × 47 000 − 20 000) ÷ 0.4 = 20 500; a machine of 100 000 told adds nothing, seen 150 000."""
    machine = {"assets.machinery_equipment": "100000", "assets.machinery_source": "told"}
    assert known(assessed_with(machine).sizing.caps["leverage"]) == 20500
    assert known(assessed_with(machine | {"assets.machinery_source": "seen"}).sizing.caps["leverage"]) == 170500
    assert known(assessed_with(machine, WHOLE).sizing.caps["leverage"]) == 170500


def test_a_history_invented_to_fit_things_nobody_saw_fails_as_found() -> None:
    """100 000 more of surplus and of machines: as told 127 000, as found 27 000, 100 000 short, 5 000 allowed."""
    invented = {
        "assets.machinery_equipment": "100000",
        "assets.machinery_source": "told",
        "equity_history.declared_surplus_by_period.0.surplus": "120000",
    }
    found = checked("EQUITY", invented)
    assert found.deviation == -100000
    assert "100,000 were only told" in say(found.sentence, ENGLISH)
    assert found.ask_next is not None
    assert say(found.ask_next, ENGLISH).startswith("See what was only told")
    assert verdict("EQUITY", invented, WHOLE) == "passed"


def test_a_little_that_was_only_told_stays_inside_the_tolerance() -> None:
    """2 000 of prepayments told: as told 29 000, as found 27 000; 2 700 are allowed."""
    assert verdict("EQUITY", {"assets.prepayments": "2000", "assets.prepayments_source": "told"}) == "passed"


GOODS: dict[str, Any] = {
    "assets.inventory_counted": "36000",
    "assets.borrowed_goods": "10000",
    "assets.borrowed_goods_told": "yes",
}


def test_goods_of_others_that_were_named_fail_no_equity_check() -> None:
    """10 000 on commission in a stock of 36 000: as told 57 000 − 10 000 = 47 000, as found the same."""
    assert number(GOODS, "total_assets_declared") == number(GOODS, "total_assets_adjusted") == 47000
    assert number(GOODS, "equity_declared") == 27000
    assert verdict("EQUITY", GOODS) == "passed"


@pytest.mark.parametrize("told", ["no", ""])
def test_goods_of_others_that_were_found_still_do(told: str) -> None:
    found = GOODS | {"assets.borrowed_goods_told": told}
    assert number(found, "equity_declared") == 37000
    assert number(found, "equity_adjusted") == 27000
    assert verdict("EQUITY", found) == "failed"


# 100 000 × 60 % = 60 000 on a shop, 100 000 × 30 % = 30 000 on pigs
SHOP: dict[str, Any] = {
    "id": "shop",
    "type": "shop",
    "owner_relation": "borrower",
    "eligible": "yes",
    "prior_lien": "0",
    "valuation": {"counted_value": "100000"},
}
PIGS = SHOP | {"id": "pigs", "type": "livestock"}


@pytest.mark.parametrize(
    ("pledge", "lendable"),
    [
        (SHOP, 0),
        (SHOP | {"deed_seen": "yes"}, 0),
        (SHOP | {"law_class": "ordinary"}, 0),
        (SHOP | {"law_class": "ordinary", "deed_seen": "no"}, 0),
        (SHOP | {"law_class": "ordinary", "deed_seen": "yes"}, 60000),
        # animals have no deed
        (PIGS, 0),
        (PIGS | {"law_class": "ordinary"}, 30000),
    ],
)
def test_a_pledge_carries_nothing_until_deed_and_law_are_known(pledge: dict[str, Any], lendable: int) -> None:
    found = assessed_with({"collateral": [pledge]})
    assert known(found.collateral_lendable_total) == lendable
    word = assessed_with({"collateral": [pledge]}, SECURITY)
    assert known(word.collateral_lendable_total) == (60000 if pledge["id"] == "shop" else 30000)
