"""The one function that everything hangs on: facts and policy in, an explained assessment out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import localcontext

from officer_app.credit.assessment import Assessment, Cause, Undecided
from officer_app.credit.capacity import capacity_at, instalment_of, tested_loan
from officer_app.credit.cashflow import cash_flow, cash_plan
from officer_app.credit.collateral import pledge
from officer_app.credit.conclusions import can_pay, will_pay
from officer_app.credit.crosschecks import checks
from officer_app.credit.dossiergrade import dossier_grade
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Missing, absorbed, arithmetic, total
from officer_app.credit.flags import HARD, Raised, first_stage, flags_of, second_stage, skipped_of
from officer_app.credit.ground import ground_of
from officer_app.credit.guarantors import covers, group_cover, means_of
from officer_app.credit.harvests import terms_on
from officer_app.credit.inapplicable import left_out
from officer_app.credit.policy import Policy
from officer_app.credit.riskindex import Evidence, risk_index
from officer_app.credit.sizing import caps_of, sized
from officer_app.credit.stress import stressed
from officer_app.credit.workingcapital import working_capital_need

_JUDGED_BY_GRADE = 2


def assess(facts: CaseFacts, policy: Policy) -> Assessment:
    """Statements, cross-checks, sizing, ratios, stress, risk index, red flags and cash flow of a case.

    Pure, and total on partial facts: what cannot be told yet is `Missing` with the facts it waits for. Nothing is
    rounded on the way but the instalment. Source: cases/README, sections 3 to 8.
    """
    with localcontext(arithmetic()):
        return _assess(facts, policy)


def _assess(facts: CaseFacts, policy: Policy) -> Assessment:
    ground = ground_of(facts, policy)
    terms = terms_on(ground)
    examined = tuple((check, check.examine(ground)) for check in checks())
    results = tuple(result for _, found in examined for result in found)
    pledges = tuple(pledge(item, policy) for item in facts.collateral)
    lendable = total(item.lendable for item in pledges)

    before = first_stage(ground, examined, pledges)
    refused_by = _hard(before, policy)
    caps = caps_of(ground, terms, lendable)
    sizing = sized(caps, policy, refused_by, _undecided_hard(before, policy))

    loan = tested_loan(sizing.recommended_max_loan, facts.application.requested_amount)
    instalment = instalment_of(terms, loan)
    capacity = capacity_at(ground, terms, loan, instalment)
    plan = cash_plan(ground, terms, sizing.recommended_max_loan, instalment)
    stress = stressed(ground, instalment, plan)
    people = covers(facts.guarantors, instalment)
    group = group_cover(people, instalment)
    means = tuple(means_of(item, loan, instalment, policy) for item in facts.guarantors)
    flow = cash_flow(plan)

    raised = (*before, *second_stage(ground, capacity, stress, group, flow))
    causes = tuple(item for item in raised if isinstance(item, Cause))
    graded = tuple(item for item in raised if item.kind.stage <= _JUDGED_BY_GRADE)
    skipped = skipped_of(examined, policy)
    aside = left_out(facts, policy)
    evidence = Evidence(
        capacity, stress, results, skipped, aside, facts.soft_information, lendable, people, group, len(facts.lies)
    )
    hard = _hard(graded, policy)
    sizing = replace(sizing, refused_by=hard)
    index = risk_index(evidence, policy, _codes(graded), hard)
    return Assessment(
        facts=facts,
        policy=policy,
        routes=ground.routes,
        balance_sheet=ground.balance,
        income=ground.income,
        household=ground.household,
        checks=results,
        skipped=skipped,
        left_out=aside,
        collateral=pledges,
        collateral_lendable_total=lendable,
        guarantors=people,
        group_cover=group,
        guarantor_means=means,
        sizing=sizing,
        capacity=capacity,
        stress=stress,
        risk_index=index,
        causes=causes,
        flags=flags_of(causes, policy),
        undecided=tuple(item for item in raised if isinstance(item, Undecided)),
        cash_flow=flow,
        can_pay=can_pay(ground, capacity, sizing, causes),
        will_pay=will_pay(index, policy, causes),
        working_capital=working_capital_need(facts.working_capital),
        dossier_grade=dossier_grade(facts, policy),
    )


def _codes(raised: Iterable[Raised]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.kind.code for item in raised if isinstance(item, Cause)))


def _hard(raised: Iterable[Raised], policy: Policy) -> tuple[str, ...]:
    """Codes among these on which the policy refuses, in the order raised."""
    return tuple(code for code in _codes(raised) if code in policy[HARD])


def _undecided_hard(raised: Iterable[Raised], policy: Policy) -> Missing | None:
    """What the hard flags wait for that cannot be judged yet."""
    waiting = [item.missing for item in raised if isinstance(item, Undecided) and item.kind.code in policy[HARD]]
    return absorbed(*waiting) if waiting else None
