"""The net worth as told and as found, and where the profit went. Arithmetic by hand beside each line."""

from __future__ import annotations

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from tests.support.honest import HONEST, Changes, assessed_with, checked, verdict

HIDDEN = {
    "creditor": "表哥", "kind": "individual", "balance": "3000", "monthly_payment": "100", "disclosed": "no",
    "plan": "instalments",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # expected 27 000: 10 % are 2 700, a quarter of 20 000 are 5 000; the lower one holds
        ({"assets.cash_on_hand": "2300"}, "passed"),  # 2 700 short
        ({"assets.cash_on_hand": "2299"}, "failed"),
        ({"assets.cash_on_hand": "7700"}, "passed"),  # 2 700 too much
        ({"assets.cash_on_hand": "7701"}, "failed"),
        # asked for 4 000: a quarter are 1 000
        ({"application.requested_amount": "4000", "assets.cash_on_hand": "4000"}, "passed"),
        ({"application.requested_amount": "4000", "assets.cash_on_hand": "3999"}, "failed"),
        # as told it fits, as found it does not: a hidden debt of 3 000
        ({"liabilities": [HONEST["liabilities"][0], HIDDEN]}, "failed"),
        # old receivables of 2 700 written down to nothing: exactly the tolerance as found
        (
            {
                "assets.receivables_total": "2700",
                "assets.receivables_over_12_months": "2700",
                "assets.cash_on_hand": "2300",
            },
            "passed",
        ),
        (
            {
                "assets.receivables_total": "2701",
                "assets.receivables_over_12_months": "2701",
                "assets.cash_on_hand": "2299",
            },
            "failed",
        ),
        # nothing expected, nothing there
        (
            {
                "equity_history.initial_equity": "-17000",
                "assets.cash_on_hand": "0",
                "assets.deposits": "0",
                "assets.inventory_counted": "20000",
            },
            "passed",
        ),
        ({"equity_history.initial_equity": None}, "missing"),
        ({"application.requested_amount": None}, "missing"),
        ({"assets.deposits": "-1"}, "missing"),
    ],
)
def test_equity(changes: Changes, wanted: str) -> None:
    assert verdict("EQUITY", changes) == wanted


def test_a_shortfall_and_an_excess_are_told_apart() -> None:
    short = checked("EQUITY", {"assets.cash_on_hand": "0"})
    assert say(short.sentence, ENGLISH) == (
        "The history explains a net worth of 27,000; as told there is 22,000, as found 22,000: 5,000 short, 2,700 "
        "allowed. Drawings, an overstated profit, or a hidden debt being repaid"
    )
    assert short.flags == ("EQUITY_CHECK_FAILED", "PAST_PROFIT_UNEXPLAINED")
    over = checked("EQUITY", {"assets.cash_on_hand": "15000"})
    assert say(over.sentence, CHINESE) == (
        "按历史推算净资产 27,000；自报 37,000，核实后 37,000：多 10,000，允许 2,700。可能是隐藏收入、借来的资产，"
        "或隐性借款还压在货里"
    )
    assert over.flags == ("EQUITY_CHECK_FAILED",)
    assert (short.deviation, short.tolerance) == (-5000, 2700)


def test_an_older_policy_keeps_the_share_alone() -> None:
    """10 % of 27 000 as told, whatever the loan, and debts found stand beside it."""
    for method in (None, "percent_only"):
        policy = {"equity_tolerance": method}
        changes = {"application.requested_amount": "4000", "assets.cash_on_hand": "2300"}
        assert verdict("EQUITY", changes, policy) == "passed"
        found = checked("EQUITY", {"assets.cash_on_hand": "2299"}, policy)
        assert found.verdict.value == "failed"
        assert found.deviation is not None
        assert found.deviation < -10
        assert verdict("EQUITY", {"liabilities": [HONEST["liabilities"][0], HIDDEN]}, policy) == "passed"


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        # claimed 24 000 − growth (27 000 − 10 000) − 5 000 seen = 2 000; 20 % of 24 000 are 4 800
        ({"equity_history.uses_of_profit.0.amount": "2200"}, "passed"),  # 4 800 nobody can show
        ({"equity_history.uses_of_profit.0.amount": "2199"}, "failed"),
        ({"equity_history.uses_of_profit.0.seen": "no"}, "failed"),  # 7 000: told alone is not shown
        # 3 000 of the growth was brought in from outside: 5 000 are not shown
        (
            {
                "equity_history.outside_injections": [{"item": "岳父给", "amount": "3000"}],
                "equity_history.uses_of_profit.0.amount": "5000",
            },
            "failed",
        ),
        ({"equity_history.profit_told_per_year": "1000"}, "passed"),  # more shown than claimed
        ({"equity_history.uses_of_profit": None}, "failed"),  # 7 000
        ({"equity_history.years_of_profit": None}, "missing"),
        ({"equity_history.years_of_profit": None, "equity_history.profit_told_per_year": None}, "not_done"),
        ({"equity_history.years_of_profit": "-2"}, "missing"),
    ],
)
def test_where_the_profit_went(changes: Changes, wanted: str) -> None:
    assert verdict("USES_OF_PROFIT", changes) == wanted


def test_the_part_nobody_can_show_is_named() -> None:
    found = checked("USES_OF_PROFIT", {"equity_history.uses_of_profit.0.seen": "no"})
    assert say(found.sentence, ENGLISH) == (
        "Claimed 24,000 in 2 years; the net worth grew by 17,000, uses of 0 were seen, 7,000 were only told: 7,000 "
        "nobody can show"
    )
    assert "7,000 说不出去向" in say(found.sentence, CHINESE)
    codes = {flag.code for flag in assessed_with({"equity_history.uses_of_profit.0.seen": "no"}).flags}
    assert "PROFIT_USE_NOT_SHOWN" in codes
