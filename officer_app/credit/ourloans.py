"""Loans with us: which of them speak for the borrower, and what is still owed on those that run.

A loan told by the borrower opens nothing: only one with its contract number, found in our own books, does. What is
owed to us already is lent once. Source: DOMAIN e.14 (history), b (concentration: one borrower).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.credit.facts.borrower import PastLoan
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ZERO, Figure, absorbed, known, total
from officer_app.credit.keys import choice_key
from officer_app.credit.policy import Policy
from officer_app.credit.wordsaid import plain

HISTORY: Final = replace(choice_key("history_counted", "as_noted", "found_in_our_books"), optional=True)
LIVE: Final = replace(choice_key("running_loans", "among_debts_alone", "off_the_limits"), optional=True)

# A contract number of fewer signs is something filled in.
_LEAST_SIGNS: Final = 3


def settled_loans(facts: CaseFacts, policy: Policy) -> tuple[PastLoan, ...]:
    """The settled loans that speak for the borrower: all that were noted, or those found in our books."""
    settled = tuple(loan for loan in facts.borrower.history_loans if loan.closed_on is not None)
    if policy.get(HISTORY, "as_noted") == "as_noted":
        return settled
    return tuple(loan for loan in settled if is_confirmed(loan))


def is_confirmed(loan: PastLoan) -> bool:
    """It has its contract number, and somebody found it in our books."""
    signs = [sign for sign in plain(loan.contract) if sign.isalnum()]
    return loan.seen_in_books is True and len(signs) >= _LEAST_SIGNS


def running_loans(facts: CaseFacts) -> tuple[PastLoan, ...]:
    """Loans with us that are not settled; told or confirmed, they speak against a larger one."""
    return tuple(loan for loan in facts.borrower.history_loans if loan.closed_on is None)


def owed_to_us(facts: CaseFacts, policy: Policy) -> Figure:
    """What is still owed on running loans with us, off every limit; nothing under a policy without the rule."""
    if policy.get(LIVE, "among_debts_alone") == "among_debts_alone":
        return ZERO
    return balance_with_us(facts)


def balance_with_us(facts: CaseFacts) -> Figure:
    """Sum of what is still owed on running loans; where nobody noted it, the loan as it was paid out."""
    return total(_owed(loan) for loan in running_loans(facts))


def _owed(loan: PastLoan) -> Figure:
    if isinstance(loan.outstanding, Decimal):
        return loan.outstanding
    return loan.amount if known(loan.amount) is not None else absorbed(loan.outstanding)
