"""Debts that were only told, found, or never given a plan; payments nobody explained; guarantees given."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from officer_app.base.words import N_, Message
from officer_app.credit.asking.candidate import Candidate, Situation
from officer_app.credit.asking.missing import imputed
from officer_app.credit.balance import CONTINGENT_WEIGHT
from officer_app.credit.changing import changed
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.debts import Liability
from officer_app.credit.figures import HUNDRED, ZERO, Missing, known


def debts(case: Situation) -> Iterator[Candidate]:
    """Questions on what is owed."""
    liabilities = () if isinstance(case.told.liabilities, Missing) else case.told.liabilities
    for debt in liabilities:
        yield from _debt(case, debt)
    for outflow in case.told.unexplained_regular_outflows:
        if known(outflow.monthly_amount):
            values = {"what": outflow.description or None, "monthly": known(outflow.monthly_amount)}
            yield Candidate(
                Message(N_("Who is paid {monthly:money} every month ({what}), for what, and until when?"), values),
                Message(N_("Counted as a debt until it is explained")),
                (outflow.path,),
                (case.facts, changed(case.facts, outflow.at("monthly_amount"), ZERO)),
            )
    yield from _guarantees(case)


def _debt(case: Situation, debt: Liability) -> Iterator[Candidate]:
    balance, bullet = known(debt.balance), known(debt.bullet_principal_due_in_term)
    values = {"creditor": debt.creditor or None, "balance": balance, "bullet": bullet}
    paths = (debt.path,)
    if bullet:
        yield Candidate(
            Message(
                N_("From what money will the {bullet:money} to {creditor} be repaid when they fall due?"), values
            ),
            Message(N_("{bullet:money} fall due inside the new term"), values),
            (debt.at("bullet_principal_due_in_term"), *paths),
            (case.facts, changed(case.facts, debt.at("bullet_principal_due_in_term"), ZERO)),
        )
    elif balance and debt.disclosed is False:
        yield Candidate(
            Message(
                N_("Who holds the paper on the {balance:money} to {creditor}, what secures it, when is it due?"),
                values,
            ),
            Message(N_("Found, and not told")),
            paths,
            (_owing(case.facts, debt, ZERO, ZERO), _owing(case.facts, debt, balance, imputed(balance))),
        )
    elif balance and _without_plan(debt):
        yield Candidate(
            Message(
                N_("How and when will the {balance:money} to {creditor} be repaid? Have the paper shown"), values
            ),
            Message(N_("No payment plan was seen")),
            paths,
            (
                case.facts,
                _owing(case.facts, debt, balance, max(known(debt.monthly_payment) or ZERO, imputed(balance))),
            ),
        )


def _without_plan(debt: Liability) -> bool:
    """Nobody but an institution sets a plan by itself; a signed deferral is one."""
    unplanned = debt.plan in ("none", "interest_only", "at_maturity") or (
        isinstance(debt.plan, Missing) and debt.kind == "individual"
    )
    return unplanned and debt.deferral_signed is not True


def _owing(facts: CaseFacts, debt: Liability, balance: Decimal, monthly: Decimal) -> CaseFacts:
    owing = changed(facts, debt.at("balance"), balance)
    return changed(owing, debt.at("monthly_payment"), monthly)


def _guarantees(case: Situation) -> Iterator[Candidate]:
    """Released, or called: then the whole amount is owed, not the policy's share of it."""
    weight = case.policy[CONTINGENT_WEIGHT]
    for given in case.told.guarantees_given:
        amount = known(given.amount)
        if amount and weight:
            yield Candidate(
                Message(
                    N_("Does {who} still pay the {amount:money} guaranteed, or has the lender called?"),
                    {"who": given.beneficiary or None, "amount": amount},
                ),
                Message(N_("A guarantee counts in part; one that is called counts whole")),
                (given.path,),
                tuple(changed(case.facts, given.at("amount"), value) for value in (ZERO, amount * HUNDRED / weight)),
            )
