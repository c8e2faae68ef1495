"""A counter-offer: what a loan of another amount or term would mean, with its caps, lowest month and break-even."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import cached_property

from officer_app.credit.assessment import Assessment, CashFlow, CashFlowMonth
from officer_app.credit.capacity import dscr_of, instalment_of, share_if_positive
from officer_app.credit.cashflow import cash_flow, cash_plan
from officer_app.credit.figures import Figure, Ratio, arithmetic, known
from officer_app.credit.ground import ground_of
from officer_app.credit.harvests import terms_on
from officer_app.credit.sizing import LOAN_ROUNDING, caps_of, rounded_down
from officer_app.credit.stress import break_even_percent

_ASKED = "requested"


@dataclass(frozen=True)
class Offer:
    """A loan that nobody asked for in this form. `caps` are those of its own term; the amount asked for is none."""

    amount: Decimal
    months: int
    instalment: Figure
    caps: Mapping[str, Figure]
    flow: CashFlow | None
    to_disposable: Ratio
    dscr: Figure
    break_even_percent: Figure
    step: Decimal

    @property
    def lowest(self) -> CashFlowMonth | None:
        """The month that closes with the least; None while it is not known."""
        return None if self.flow is None else self.flow.lowest

    @cached_property
    def limits(self) -> tuple[tuple[str, Decimal], ...]:
        """The caps that are known, the lowest first."""
        found = ((name, limit) for name, figure in self.caps.items() if (limit := known(figure)) is not None)
        return tuple(sorted(found, key=lambda cap: cap[1]))

    @property
    def above(self) -> tuple[str, ...]:
        """The caps that the amount is above, the lowest first."""
        return tuple(name for name, limit in self.limits if self.amount > limit)

    @property
    def within(self) -> tuple[str, ...]:
        """The caps that the amount keeps."""
        return tuple(name for name, limit in self.limits if self.amount <= limit)

    @property
    def binding(self) -> str | None:
        """The cap that decides at this term; None while one of them is not known."""
        return self.limits[0][0] if self.limits and len(self.limits) == len(self.caps) else None

    @property
    def most(self) -> Decimal | None:
        """The largest amount that every cap allows at this term, rounded down as the policy rounds."""
        return rounded_down(self.limits[0][1], self.step) if self.binding is not None else None


def offer(assessment: Assessment, amount: Decimal, months: int) -> Offer:
    """What an amount (yuan, above 0) over a term would mean under the facts and the policy of an assessment.

    A plan of shares of the principal is made for one term alone: under another term instalment and months are
    missing, and the caps that rest on them.
    """
    facts, policy = assessment.facts, assessment.policy
    application = replace(facts.application, term_months=Decimal(months))
    with localcontext(arithmetic()):
        ground = ground_of(replace(facts, application=application), policy)
        terms = terms_on(ground)
        caps = caps_of(ground, terms, assessment.collateral_lendable_total)
        instalment = instalment_of(terms, amount)
        flow = cash_flow(cash_plan(ground, terms, amount, instalment))
        family = ground.household
        funds = family.disposable_income + family.existing_debt_service
        return Offer(
            amount,
            months,
            instalment,
            {name: cap for name, cap in caps.items() if name != _ASKED},
            flow if isinstance(flow, CashFlow) else None,
            share_if_positive(instalment, family.disposable_income),
            dscr_of(funds, family.existing_debt_service, instalment),
            break_even_percent(ground, instalment),
            policy[LOAN_ROUNDING],
        )
