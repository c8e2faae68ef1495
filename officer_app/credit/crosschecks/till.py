"""The cash in the till at one moment, against what the day should have left there. Source: DOMAIN, section b."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Results, Rule, compared, near, unsaid
from officer_app.credit.figures import known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("till_tolerance_percent", "percent", optional=True)

RULE: Final = Rule(
    "TILL",
    FlagKind("TILL_DIFFERS", 73, 1, N_("the cash in the till is not what the day's sales leave")),
    Message(N_("Cash in the till")),
    Message(N_("due = float + cash sales since opening − paid out since; deviation = (count − due) ÷ due")),
    Message(N_("Ask for today's float, cash sales and payments, then count the till together")),
    Message(N_("Ask what was taken from or put into the till today")),
)


def _examine(ground: Ground) -> Results:
    """Pass when |count − due| ≤ tolerance × |due|."""
    till, tolerance = ground.facts.till, ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    if till is None or unsaid(till.float_at_opening, till.cash_sales_since, till.payments_since, till.counted):
        return RULE.not_begun("till")
    due = till.float_at_opening + till.cash_sales_since - till.payments_since
    numbers = compared(due, till.counted, tolerance, till.path)
    sentence = Message(
        N_(
            "Float {float:money}, cash sales {sales:money}, paid out {paid:money}: {told:money} should be in the "
            "till, {found:money} was counted"
        ),
        {
            "float": known(till.float_at_opening),
            "sales": known(till.cash_sales_since),
            "paid": known(till.payments_since),
            "told": known(due),
            "found": known(till.counted),
        },
    )
    return RULE.result(near(till.counted, due, tolerance), sentence, (till.path,), numbers)


CHECK: Final = RULE.check(_examine)
