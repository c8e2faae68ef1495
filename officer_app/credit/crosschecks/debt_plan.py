"""Debts without a payment plan, named with what they are counted to cost. Source: DOMAIN e.5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.facts.debts import Liability
from officer_app.credit.figures import ZERO, Missing, known, total
from officer_app.credit.ground import Ground
from officer_app.credit.imputed import METHOD, has_no_plan, imputed_payment, is_imputed, is_trade, plan_is_silent

RULE: Final = Rule(
    "DEBT_PLAN",
    FlagKind("DEBT_WITHOUT_PLAN", 31, 1, N_("debts have no payment plan and no signed deferral")),
    Message(N_("Debts without a payment plan")),
    Message(N_("debts to persons or institutions without a plan and without a signed deferral: none")),
    Message(N_("Ask when and how each debt that pays nothing now will be paid back")),
    Message(N_("Ask the creditor to sign a deferral, or agree a plan; until then its cost is imputed")),
)


def _examine(ground: Ground) -> Results:
    """Pass when every debt that has no plan holds a signed deferral; without such debts there is no check."""
    method, liabilities = ground.policy.get(METHOD, "as_told"), ground.facts.liabilities
    if method == "as_told" or isinstance(liabilities, Missing):
        return ()
    resting = tuple(debt for debt in liabilities if not is_trade(debt) and _may_rest(debt))
    unasked = tuple(debt for debt in resting if unsaid(debt.plan) and not plan_is_silent(debt, ground.policy))
    if not resting:
        return ()
    if len(unasked) == len(resting):
        return RULE.not_begun(*(debt.at("plan") for debt in unasked))
    open_debts = tuple(debt for debt in resting if is_imputed(debt, ground.policy))
    cost = total(imputed_payment(debt, ground.policy) for debt in open_debts)
    sentence = (
        Message(
            N_("Without a plan: {names}; counted as {cost:money} a month"),
            {"names": tuple(_named(debt) for debt in open_debts), "cost": known(cost)},
        )
        if open_debts
        else Message(N_("Every debt that pays nothing now has a plan or a signed deferral"))
    )
    numbers = Numbers(found=cost, limit=ZERO, unit=Unit.MONEY)
    return RULE.result(not open_debts, sentence, tuple(debt.path for debt in resting), numbers)


def _may_rest(debt: Liability) -> bool:
    """Pays nothing now, or is said to have no plan."""
    return has_no_plan(debt) or (debt.monthly_payment == ZERO and debt.bullet_principal_due_in_term == ZERO)


def _named(debt: Liability) -> Message:
    creditor = Verbatim(debt.creditor) if debt.creditor else Message(N_("unnamed creditor"))
    return Message(N_("{creditor} {found:money}"), {"creditor": creditor, "found": known(debt.balance)})


CHECK: Final = RULE.check(_examine)
