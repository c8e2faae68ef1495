"""What a loan of another amount or term would mean: its instalment, its caps, its lowest month. For trying out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from officer_app.credit.assessment import Assessment, CashFlow, CashFlowMonth
from officer_app.credit.capacity import instalment_of
from officer_app.credit.cashflow import cash_flow
from officer_app.credit.figures import Figure, arithmetic, known
from officer_app.credit.ground import ground_of
from officer_app.credit.rounding import ROUNDING
from officer_app.credit.schedules import terms_of
from officer_app.credit.sizing import caps_of

_ASKED = "requested"


@dataclass(frozen=True, slots=True)
class Offer:
    """A loan that nobody asked for in this form. `caps` are those of its own term; the amount asked for is none."""

    amount: Decimal
    instalment: Figure
    caps: Mapping[str, Figure]
    lowest: CashFlowMonth | None

    @property
    def above(self) -> tuple[str, ...]:
        """The caps that the amount is above, the lowest first."""
        limits = [(limit, name) for name, figure in self.caps.items() if (limit := known(figure)) is not None]
        return tuple(name for limit, name in sorted(limits) if self.amount > limit)


def offer(assessment: Assessment, amount: Decimal, months: int) -> Offer:
    """What an amount (yuan, above 0) over a term would mean under the facts and the policy of an assessment.

    A plan of shares of the principal is made for one term alone: under another term instalment and months are
    missing, and the caps that rest on them.
    """
    facts = assessment.facts
    application = replace(facts.application, term_months=Decimal(months))
    with localcontext(arithmetic()):
        ground = ground_of(replace(facts, application=application), assessment.policy)
        terms = terms_of(application, assessment.policy[ROUNDING].amounts)
        caps = caps_of(ground, terms, assessment.collateral_lendable_total)
        instalment = instalment_of(terms, amount)
        flow = cash_flow(ground, terms, amount, instalment)
    return Offer(
        amount,
        instalment,
        {name: cap for name, cap in caps.items() if name != _ASKED},
        flow.lowest if isinstance(flow, CashFlow) else None,
    )
