"""A risk officer's tricks: each way past the shipped policy that somebody found, and the code that catches it now.

Each trick is the honest file with a few facts changed. A trick that gets through again fails here.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from officer_app.credit.assessment import Assessment, Verdict
from tests.support.honest import HONEST, assessed_with, said_in_both

COSTS = HONEST["operating_costs"]


@dataclasses.dataclass(frozen=True)
class Trick:
    """What was tried, by the facts it changes, and the flag that tells it."""

    name: str
    changes: dict[str, Any]
    code: str


def without_cost(place: int) -> list[dict[str, str]]:
    return [cost for at, cost in enumerate(COSTS) if at != place]


TRICKS = (
    # wages 9 000 left out and the wage sheet with them: the profit is 9 000 higher
    Trick("no wages, no wage sheet", {"operating_costs": without_cost(1), "payroll": None}, "WAGES_LEFT_OUT"),
    # one token yuan among the costs for three persons who are paid 3 000 each
    Trick("one yuan of wages", {"operating_costs.1.monthly_amount": "1", "payroll": None}, "WAGES_LEFT_OUT"),
    Trick(
        "no rent told, none paid",
        {"operating_costs": without_cost(0), "premises.monthly_rent": None},
        "RENT_LEFT_OUT",
    ),
    Trick("rent named nowhere", {"operating_costs": without_cost(0)}, "RENT_NOT_IN_COSTS"),
    Trick("the meter runs for nothing", {"operating_costs": without_cost(2)}, "POWER_LEFT_OUT"),
    # 500 kWh × 5 yuan = 2 500 a month against 1 000 named
    Trick("a tenth of the bill", {"meters.0.unit_price": "5"}, "POWER_LEFT_OUT"),
    # 1 + spouse + 3 children = 5, not 3
    Trick("children not counted", {"household.dependants": "3"}, "PERSONS_LEFT_OUT"),
    Trick(
        "food alone in a rented home",
        {
            "household.monthly_expenses": [{"item": "吃饭上学", "monthly_amount": "3000"}],
            "household.home": {"tenure": "rented", "monthly_rent": "1500"},
        },
        "HOME_RENT_LEFT_OUT",
    ),
    # a mean of 1.05 lifts the average month by 5 % for ever
    Trick("every month a little better", {"sales.month_factors": ["1.05"] * 12}, "SEASONS_UNBALANCED"),
    Trick("rent that falls with the sales", {"operating_costs.0.behaviour": "variable"}, "COST_CALLED_VARIABLE"),
    Trick("wages that fall with the sales", {"operating_costs.1.behaviour": "variable"}, "COST_CALLED_VARIABLE"),
    Trick("the cousin's account", {"borrower.bank_account_owner": "王大强"}, "PAYEE_IS_ANOTHER"),
    Trick("the cousin's money", {"borrower.actual_user": "王大强"}, "USER_IS_ANOTHER"),
    Trick("the cousin's business", {"borrower.actual_controller": "王大强"}, "USER_IS_ANOTHER"),
    Trick("the cousin's licence", {"business.licence_holder": "王大强"}, "NAME_OF_ANOTHER"),
    Trick("the cousin's lease", {"premises.lease_holder": "王大强"}, "NAME_OF_ANOTHER"),
    Trick("another shop's sign", {"premises.sign_matches": "no"}, "NAME_OF_ANOTHER"),
    Trick("a licence struck off", {"business.licence_status": "cancelled"}, "LICENCE_NOT_IN_FORCE"),
    Trick("a licence of last year", {"business.licence_until": "2025-12-31"}, "LICENCE_NOT_IN_FORCE"),
    Trick("a shop he has never seen", {"premises.borrower_knows_premises": "no"}, "PLACE_NOT_KNOWN"),
    Trick("a tour by heart", {"premises.rehearsed": "yes"}, "VISIT_REHEARSED"),
    Trick("five minutes at the door", {"site_visit.minutes_on_site": "5"}, "VISIT_TOO_SHORT"),
    # surplus and machines invented together: as told they fit, as found 100 000 are short
    Trick(
        "machines nobody saw, and a history to fit",
        {
            "assets.machinery_equipment": "100000",
            "assets.machinery_source": "told",
            "equity_history.declared_surplus_by_period.0.surplus": "120000",
        },
        "EQUITY_CHECK_FAILED",
    ),
    # 200 000 asked for, a shop said to carry 300 000 × 60 % = 180 000, and 50 000 without a pledge
    Trick(
        "a shop without a deed",
        {
            "application.requested_amount": "200000",
            "collateral": [
                {
                    "id": "门面",
                    "type": "shop",
                    "owner_relation": "borrower",
                    "eligible": "yes",
                    "prior_lien": "0",
                    "valuation": {"counted_value": "300000"},
                }
            ],
        },
        "PLEDGE_COVER_SHORT",
    ),
    # no line of the list ticked: three answers elsewhere are three signs
    Trick(
        "a straw borrower and an empty list",
        {
            "borrower.bank_account_owner": "王大强",
            "borrower.actual_user": "王大强",
            "premises.borrower_knows_premises": "no",
        },
        "STRAW_BORROWER_SUSPECTED",
    ),
)


def codes(found: Assessment) -> set[str]:
    return {flag.code for flag in found.flags}


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_the_trick_is_caught(trick: Trick) -> None:
    honest, tricked = assessed_with({}), assessed_with(trick.changes)
    assert trick.code not in codes(honest)
    assert trick.code in codes(tricked)
    for check in tricked.checks:
        said_in_both(check)


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_what_is_caught_is_asked_on(trick: Trick) -> None:
    """The check that failed says what to ask next, and names the facts that it rests on."""
    tricked = assessed_with(trick.changes)
    failed = [check for check in tricked.checks if trick.code in check.flags and check.verdict is Verdict.FAILED]
    assert failed
    assert all(check.ask_next is not None and check.paths for check in failed)
