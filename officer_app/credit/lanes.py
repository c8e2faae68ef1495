"""Lanes: how much work a case deserves, in proportion to its amount, the history with us and its risk.

Data in the policy; the first lane whose conditions all hold is the case's. Source: DOMAIN e 14; a 44, 87.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.assessment import Assessment
from officer_app.credit.facts.borrower import PastLoan
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import known
from officer_app.credit.flagkinds import known_codes
from officer_app.credit.keys import Key
from officer_app.credit.ourloans import owed_to_us, settled_loans
from officer_app.credit.policy import Policy
from officer_app.credit.riskindex import GRADES
from officer_app.credit.rowkeys import Column, codes, money, one_of, rows_key, some_of, whole
from officer_app.credit.tiers import TIERS
from officer_app.credit.wordsaid import plain

NAMES: Final = ("repeat", "standard", "large")
LANE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "repeat": N_("Repeat client, short file"),
        "standard": N_("Full visit"),
        "large": N_("Two visits, two officers"),
    }
)


@dataclass(frozen=True, slots=True)
class Lane:
    """Who may take it, and what it asks for.

    Whoever: `amount_to` in yuan (None = any), `loans_from` settled loans with us, none of them later than `late_to`
    days, a grade among `grades` (empty = any) and no red flag among `without_flags`. Asks for: `questions` at most
    (None = all), `memo_pages` at most (None = any length), so many visits and officers, these checks, this tier or
    a higher one.
    """

    name: str
    amount_to: Decimal | None
    loans_from: int
    late_to: int
    grades: tuple[str, ...]
    without_flags: tuple[str, ...]
    questions: int | None
    memo_pages: int | None
    visits: int
    officers: int
    checks: tuple[str, ...]
    tier: str


_COLUMNS: Final[Mapping[str, Column]] = {
    "name": Column(one_of(*NAMES)),
    "amount_to": Column(money, None),
    "loans_from": Column(whole, 0),
    "late_to": Column(whole, 0),
    "grades": Column(some_of(*GRADES), ()),
    "without_flags": Column(codes(known_codes), ()),
    "questions": Column(whole, None),
    "memo_pages": Column(whole, None),
    "visits": Column(whole, 1),
    "officers": Column(whole, 1),
    "checks": Column(codes(known_codes), ()),
    "tier": Column(one_of(*TIERS), ""),
}
LANES: Final[Key[tuple[Lane, ...]]] = rows_key("lanes", _COLUMNS, Lane)


def lane_of(facts: CaseFacts, assessment: Assessment, policy: Policy) -> Lane | None:
    """The first lane that takes the case; None under a policy without lanes, or when none takes it.

    What is not known yet holds for no limit: until the amount and the grade are known, only a lane that asks for
    neither takes the case, so that nobody is spared work by leaving something out.
    """
    return next((lane for lane in policy.get(LANES, ()) if _takes(lane, facts, assessment, policy)), None)


def lane_in_sight(facts: CaseFacts, policy: Policy, before: Sequence[PastLoan] = ()) -> Lane | None:
    """The lane that a case will have if it is graded well and no flag is raised: to plan a visit, never for the gate.

    `before` are loans as an earlier file of the borrower noted them: what was settled then is settled now. How late
    a loan was may still be unknown here; an amount must be known, and enough settled loans.
    """
    borrower = replace(facts.borrower, history_loans=_history(facts, before))
    ahead = replace(facts, borrower=borrower)
    return next((lane for lane in policy.get(LANES, ()) if _may_take(lane, ahead, policy)), None)


def _may_take(lane: Lane, facts: CaseFacts, policy: Policy) -> bool:
    return _amount_fits(lane, facts, policy) and (
        not lane.loans_from
        or (
            len(settled_loans(facts, policy)) >= lane.loans_from
            and not any(_was_late(loan, lane.late_to) for loan in facts.borrower.history_loans)
        )
    )


def _history(facts: CaseFacts, before: Sequence[PastLoan]) -> tuple[PastLoan, ...]:
    """The loans noted now and those settled before; one that is being noted again stands as it was until it is."""
    settled = {plain(loan.contract): loan for loan in before if loan.closed_on is not None}
    noted = [
        settled.get(plain(loan.contract), loan) if loan.closed_on is None else loan
        for loan in facts.borrower.history_loans
    ]
    here = {plain(loan.contract) for loan in noted}
    return (*noted, *(loan for contract, loan in settled.items() if contract not in here))


def _was_late(loan: PastLoan, late_to: int) -> bool:
    late = known(loan.worst_days_late)
    return late is not None and late > late_to


def _takes(lane: Lane, facts: CaseFacts, assessment: Assessment, policy: Policy) -> bool:
    return (
        _amount_fits(lane, facts, policy)
        and _history_fits(lane, facts, policy)
        and (not lane.grades or assessment.risk_index.grade in lane.grades)
        and not {flag.code for flag in assessment.flags} & frozenset(lane.without_flags)
    )


def _amount_fits(lane: Lane, facts: CaseFacts, policy: Policy) -> bool:
    """What is asked for and what is still owed to us, together."""
    amount = known(facts.application.requested_amount + owed_to_us(facts, policy))
    return lane.amount_to is None or (amount is not None and amount <= lane.amount_to)


def _history_fits(lane: Lane, facts: CaseFacts, policy: Policy) -> bool:
    """Enough loans settled with us, and every one of them, settled or not, was late for no longer than allowed."""
    if not lane.loans_from:
        return True
    settled = len(settled_loans(facts, policy))
    return settled >= lane.loans_from and all(_in_time(loan, lane.late_to) for loan in facts.borrower.history_loans)


def _in_time(loan: PastLoan, late_to: int) -> bool:
    late = known(loan.worst_days_late)
    return late is not None and late <= late_to
