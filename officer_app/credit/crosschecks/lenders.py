"""How many institutions lend already, told or found. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ONE, ZERO, Figure, Missing, at_most, known, summed
from officer_app.credit.ground import Ground
from officer_app.credit.institutions import lenders_by_name
from officer_app.credit.keys import whole_key
from officer_app.credit.reasons import counted

LIMIT: Final = whole_key("lender_count_max", "count")

FLAG: Final = FlagKind("MULTIPLE_LENDERS", 140, 1, N_("too many institutions lend to the borrower"))

_PATHS: Final = ("liabilities", "unexplained_regular_outflows")


def institutions(facts: CaseFacts) -> Figure:
    """Debts to institutions, told or not, and unexplained payments to institutions."""
    debts = summed(facts.liabilities, lambda debt: _one_if_institution(debt.kind))
    return debts + summed(facts.unexplained_regular_outflows, lambda flow: _one_if_institution(flow.counterparty))


def _one_if_institution(kind: str | Missing) -> Figure:
    if isinstance(kind, Missing):
        return kind
    return ONE if kind == "institution" else ZERO


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when the number of institutional lenders ≤ limit; two loans at one institution are one lender.

    Older policies count loans. Who borrows twice at one bank is seen twice by it, and both loans count in full among
    the debts; the count of loans is held against the credit report elsewhere.
    """
    facts, limit = ground.facts, ground.policy[LIMIT]
    count = lenders_by_name(facts) if counted(ground.policy) else institutions(facts)
    sentence = Message(
        N_("{found:count} institutions lend already; the limit is {limit:count}"),
        {"found": known(count), "limit": limit},
    )
    return (
        judged(
            Finding(
                "LENDERS",
                Message(N_("Number of institutional lenders")),
                Message(N_("debts to institutions + unexplained payments to institutions")),
                sentence,
                at_most(count, limit),
                Message(N_("Ask what each of these loans was for, and which will be repaid first")),
                _PATHS,
                found=count,
                tolerance=limit,
                unit=Unit.COUNT,
                deviation_unit=Unit.COUNT,
                fields=(Field("value", count, 0), Field("limit", limit)),
                causes=failing(FLAG, "LENDERS", sentence, _PATHS),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
