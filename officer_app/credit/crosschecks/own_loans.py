"""Running loans with us must stand among the debts told. Source: DOMAIN b, concentration."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.figures import ZERO, Missing, at_most, known, summed
from officer_app.credit.ground import Ground
from officer_app.credit.ourloans import LIVE, balance_with_us, running_loans

RULE: Final = Rule(
    "OWN_LOANS",
    FlagKind("OWN_LOAN_NOT_AMONG_DEBTS", 451, 1, N_("a running loan with us does not stand among the debts")),
    Message(N_("Running loans with us among the debts")),
    Message(N_("still owed to us ≤ sum of the debts to institutions")),
    Message(N_("Note what is still owed on each running loan with us")),
    Message(N_("Look the loan up in our books and put it among the debts, with its instalment")),
)


def _examine(ground: Ground) -> Results:
    """Pass when the debts to institutions reach what is owed to us; without a running loan there is no check."""
    loans, debts = running_loans(ground.facts), ground.facts.liabilities
    if ground.policy.get(LIVE, "among_debts_alone") == "among_debts_alone" or not loans:
        return ()
    told = summed(
        debts, lambda debt: debt.balance if isinstance(debt.kind, Missing) or debt.kind == "institution" else ZERO
    )
    owed = balance_with_us(ground.facts)
    sentence = Message(
        N_("{found:money} are still owed to us; the debts to institutions come to {told:money}"),
        {"found": known(owed), "told": known(told)},
    )
    paths = ("borrower.history_loans", "liabilities")
    return RULE.result(at_most(owed, told), sentence, paths, Numbers(told=told, found=owed))


CHECK: Final = RULE.check(_examine)
