"""The stock as told against the stock as counted, line by line and in sum. Source: DOMAIN, section b."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, compared, near, unsaid
from officer_app.credit.facts.counts import StockItem
from officer_app.credit.figures import ZERO, all_true, known, total
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("stock_count_tolerance_percent", "percent", optional=True)

RULE: Final = Rule(
    "STOCK_COUNT",
    FlagKind("STOCK_COUNT_DIFFERS", 72, 1, N_("the goods counted are not the goods told")),
    Message(N_("Stock told against stock counted")),
    Message(N_("each line counted against told; sum of quantity × unit cost against the stock in the balance sheet")),
    Message(N_("Ask how much of the main goods is here, then count those lines")),
    Message(N_("Ask why the goods told are not here, and count the next line together")),
)
_SUM: Final = Message(N_("Lines counted against the stock in the balance sheet"))
_TOLD: Final = Message(N_("Value of the stock told against the count"))


def _examine(ground: Ground) -> Results:
    """Pass when every told line, the sum of the lines, and the told value are within the tolerance of the count."""
    tolerance = ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    found = (*_lines(ground, tolerance), *_sum(ground, tolerance), *_value(ground, tolerance))
    return found or RULE.not_begun("stock_items")


def _lines(ground: Ground, tolerance: Decimal) -> Results:
    told = tuple(item for item in ground.facts.stock_items if not unsaid(item.told_quantity))
    if not told:
        return ()
    close = tuple(near(item.quantity, item.told_quantity, tolerance) for item in told)
    off = tuple(item for item, agrees in zip(told, close, strict=True) if agrees is False)
    sentence = (
        Message(
            N_("{off:count} of {lines:count} lines differ from what was told: {names}"),
            {"off": len(off), "lines": len(told), "names": tuple(_line(item) for item in off)},
        )
        if off
        else Message(N_("{lines:count} lines were told and counted"), {"lines": len(told)})
    )
    numbers = Numbers(found=Decimal(len(off)), limit=ZERO, unit=Unit.COUNT, apart_unit=Unit.COUNT)
    return RULE.result(all_true(close), sentence, tuple(item.path for item in told), numbers)


def _line(item: StockItem) -> Message:
    return Message(
        N_("{item} told {told:count}, counted {found:count}"),
        {"item": Verbatim(item.item), "told": known(item.told_quantity), "found": known(item.quantity)},
    )


def _sum(ground: Ground, tolerance: Decimal) -> Results:
    """Lines with a cost; a list without any cost is a count of pieces, not of money."""
    items = ground.facts.stock_items
    if unsaid(*(item.unit_cost for item in items)):
        return ()
    counted, stated = total(item.quantity * item.unit_cost for item in items), ground.facts.assets.inventory_counted
    numbers = compared(stated, counted, tolerance, "stock_items")
    sentence = Message(
        N_("The balance sheet holds stock of {told:money}; the lines counted add up to {found:money}"),
        {"told": known(stated), "found": known(counted)},
    )
    paths = ("stock_items", ground.facts.assets.at("inventory_counted"))
    return RULE.result(near(counted, stated, tolerance), sentence, paths, numbers, part="SUM", title=_SUM)


def _value(ground: Ground, tolerance: Decimal) -> Results:
    flow, counted = ground.facts.stock_flow, ground.facts.assets.inventory_counted
    if flow is None or unsaid(flow.told_value):
        return ()
    numbers = compared(flow.told_value, counted, tolerance, flow.at("told_value"))
    sentence = Message(
        N_("Told stock worth {told:money}; {found:money} was counted"),
        {"told": known(flow.told_value), "found": known(counted)},
    )
    paths = (flow.at("told_value"), ground.facts.assets.at("inventory_counted"))
    passes = near(counted, flow.told_value, tolerance)
    return RULE.result(passes, sentence, paths, numbers, part="TOLD", title=_TOLD)


CHECK: Final = RULE.check(_examine)
