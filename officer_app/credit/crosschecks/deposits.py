"""What should have stayed in the account since the last large payment. Source: DOMAIN, section b."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Results, Rule, compared, near, unsaid
from officer_app.credit.figures import known, not_below_zero
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.wordsaid import counts

TOLERANCE: Final = decimal_key("deposits_tolerance_percent", "percent", optional=True)

RULE: Final = Rule(
    "DEPOSITS",
    FlagKind("DEPOSITS_UNEXPLAINED", 74, 1, N_("the savings are not what the income told would have left")),
    Message(N_("Savings since the last large payment")),
    Message(
        N_(
            "due = balance after that payment + free funds a month × months since; "
            "a deposit that is far from it needs a reason"
        )
    ),
    Message(N_("Ask for the last large payment, the balance after it, and how many months ago it was")),
    Message(N_("Ask where the money went, or came from, since the last large payment")),
)


def _examine(ground: Ground) -> Results:
    """Pass when |deposits − due| ≤ tolerance × due, or a reason says something; due is never below 0."""
    flow, tolerance = ground.facts.savings_flow, ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    if flow is None or unsaid(flow.months_since_large_payment, flow.balance_then):
        return RULE.not_begun("savings_flow")
    free, months, there = ground.household.disposable_income, flow.months_since_large_payment, ground.facts.assets
    due = not_below_zero(flow.balance_then + free * months)
    numbers = compared(due, there.deposits, tolerance, flow.path)
    reason = flow.reason.strip()
    sentence = Message(
        N_(
            "{then:money} was left after the last large payment; {months:ratio} months with {free:money} free each "
            "make {told:money}; {found:money} is there. Reason: {reason}"
        ),
        {
            "then": known(flow.balance_then),
            "months": known(months),
            "free": known(free),
            "told": known(due),
            "found": known(there.deposits),
            "reason": Verbatim(reason) if reason else None,
        },
    )
    close = near(there.deposits, due, tolerance)
    passes = True if counts(reason, ground.policy) and close is False else close
    return RULE.result(passes, sentence, (flow.path, there.at("deposits")), numbers)


CHECK: Final = RULE.check(_examine)
