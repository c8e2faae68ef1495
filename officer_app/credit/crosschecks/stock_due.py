"""The stock that should be here since the last delivery, against the count: 应有存货. Source: DOMAIN, section b."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Results, Rule, compared, near, unsaid
from officer_app.credit.figures import known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("stock_due_tolerance_percent", "percent", optional=True)

RULE: Final = Rule(
    "STOCK_DUE",
    FlagKind("STOCK_NOT_AS_DUE", 71, 1, N_("the stock is not what deliveries and sales leave")),
    Message(N_("Stock that should be here")),
    Message(
        N_(
            "due = stock after the last delivery + purchases since − sales since × (1 − gross margin); "
            "deviation = (count − due) ÷ due"
        )
    ),
    Message(N_("Ask for the last delivery note, what was bought since, and what was sold since")),
    Message(N_("Ask where the goods are that should be here, or whose goods the surplus is")),
)


def _examine(ground: Ground) -> Results:
    """Pass when |count − due| ≤ tolerance × |due|; sales since then are taken out at cost."""
    flow, tolerance = ground.facts.stock_flow, ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    if flow is None or unsaid(flow.after_last_delivery, flow.purchases_since, flow.sales_since):
        return RULE.not_begun("stock_flow")
    sold = flow.sales_since * (1 - ground.income.weighted_gross_margin)
    due, counted = flow.after_last_delivery + flow.purchases_since - sold, ground.facts.assets.inventory_counted
    numbers = compared(due, counted, tolerance, flow.path)
    sentence = Message(
        N_(
            "After the last delivery {start:money}, bought since {bought:money}, sold since at cost {sold:money}: "
            "{told:money} should be here, {found:money} was counted ({deviation:percent})"
        ),
        {
            "start": known(flow.after_last_delivery),
            "bought": known(flow.purchases_since),
            "sold": known(sold),
            "told": known(due),
            "found": known(counted),
            "deviation": None if numbers.apart is None else known(numbers.apart),
        },
    )
    paths = (flow.path, ground.facts.assets.at("inventory_counted"))
    return RULE.result(near(counted, due, tolerance), sentence, paths, numbers)


CHECK: Final = RULE.check(_examine)
