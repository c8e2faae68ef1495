"""The grade of the dossier: how this borrower has kept faith so far, which decides what is lent without a pledge.

It rests on history alone (earlier loans with us, the credit report, debts kept back), never on the loan that is being
sized: so the limit does not hang on a grade that hangs on the limit. It is not the grade of the risk index, which
judges the sized loan. Source: seed row 38, credit standing in place of a pledge.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.credit.facts.borrower import PastLoan
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ZERO, Missing
from officer_app.credit.keys import numbers_key
from officer_app.credit.ourloans import settled_loans
from officer_app.credit.policy import Policy

RULES: Final = replace(
    numbers_key("dossier_grade", "days", ("loans_a", "days_late_a", "days_late_b", "days_late_c")), optional=True
)

# Before an institution sets its own: two loans never a week late, one never a month late.
_USUAL: Final = {
    "loans_a": Decimal(2),
    "days_late_a": Decimal(7),
    "days_late_b": Decimal(15),
    "days_late_c": Decimal(30),
}


def dossier_grade(facts: CaseFacts, policy: Policy) -> str:
    """A, B, C or D.

    D: a debt kept back, something overdue now, an earlier loan restructured or later than `days_late_c`. A: at least
    `loans_a` settled loans, none later than `days_late_a`, and a credit report without a time late. B: one settled
    loan or more, none later than `days_late_b`. C: everybody else, a first borrower too. What is not known counts
    for nobody; a loan that was told and not found in our books speaks against, and never for.
    """
    rules = policy.get(RULES, _USUAL)
    loans = facts.borrower.history_loans
    if _kept_back(facts) or _late_now(facts) or any(_spoilt(loan, rules["days_late_c"]) for loan in loans):
        return "D"
    settled = sum(isinstance(loan.worst_days_late, Decimal) for loan in settled_loans(facts, policy))
    if not settled:
        return "C"
    if settled >= rules["loans_a"] and _all_within(loans, rules["days_late_a"]) and _clean_report(facts):
        return "A"
    return "B" if _all_within(loans, rules["days_late_b"]) else "C"


def _kept_back(facts: CaseFacts) -> bool:
    """A debt that was found and not told, or money that leaves every month and nobody explained."""
    debts = () if isinstance(facts.liabilities, Missing) else facts.liabilities
    return any(debt.disclosed is False for debt in debts) or bool(facts.unexplained_regular_outflows)


def _late_now(facts: CaseFacts) -> bool:
    report = facts.credit_report
    return report is not None and isinstance(report.overdue_now, Decimal) and report.overdue_now > ZERO


def _spoilt(loan: PastLoan, most_days: Decimal) -> bool:
    late = loan.worst_days_late
    return loan.restructured is True or (isinstance(late, Decimal) and late > most_days)


def _all_within(loans: tuple[PastLoan, ...], days: Decimal) -> bool:
    """No loan later than this; one of which nobody knows is not within."""
    return all(isinstance(loan.worst_days_late, Decimal) and loan.worst_days_late <= days for loan in loans)


def _clean_report(facts: CaseFacts) -> bool:
    report = facts.credit_report
    return report is not None and report.worst_overdue_months == 0 and report.overdue_times_24m == 0
