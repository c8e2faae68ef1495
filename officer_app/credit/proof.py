"""Which explanations need proof: those of money above what the equity check allows to be apart.

A sentence alone moves nothing then: a picture, a paper, or somebody else's word must stand beside it. Source: DOMAIN
e.4 (the tolerance) and e.11 ("explained with evidence"); older policies take the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Final

from officer_app.credit.assessment import Assessment, CheckResult, Unit
from officer_app.credit.contradictions import Contradiction
from officer_app.credit.crosschecks.equity import LOAN_SHARE, TOLERANCE
from officer_app.credit.crosschecks.sales import FLAG as ROUTES_DEVIATE
from officer_app.credit.figures import HUNDRED, ZERO, arithmetic, known
from officer_app.credit.flagkinds import UNDISCLOSED_DEBT
from officer_app.credit.keys import choice_key

PROOF: Final = replace(choice_key("explained_with_proof", "never_asked", "above_the_equity_tolerance"), optional=True)


def proof_needed(assessment: Assessment, one: Contradiction) -> Decimal | None:
    """How many yuan are apart in a contradiction whose explanation needs proof; None where a sentence is enough."""
    if assessment.policy.get(PROOF, "never_asked") == "never_asked":
        return None
    with localcontext(arithmetic()):
        apart = max(_apart(assessment, one), default=ZERO)
        return apart if apart > allowed_apart(assessment) else None


def allowed_apart(assessment: Assessment) -> Decimal:
    """Yuan that the equity check allows to be apart; before that, the share of the loan, and else nothing."""
    policy, equity = assessment.policy, next((check for check in assessment.checks if check.id == "EQUITY"), None)
    if equity is not None and equity.tolerance is not None and equity.told is not None:
        in_yuan = equity.deviation_unit is Unit.MONEY
        return equity.tolerance if in_yuan else abs(equity.told) * policy[TOLERANCE] / HUNDRED
    asked = known(assessment.facts.application.requested_amount)
    return ZERO if asked is None else asked * policy.get(LOAN_SHARE, HUNDRED / 4) / HUNDRED


def _apart(assessment: Assessment, one: Contradiction) -> Iterator[Decimal]:
    """Every difference in yuan that the contradiction stands for: its checks', or the debt that was kept back."""
    for check in _checks(assessment, one):
        if check.unit is Unit.MONEY and check.told is not None and check.found is not None:
            yield abs(check.found - check.told)
    if one.code == UNDISCLOSED_DEBT.code:
        found = one.sentence.values.get("found")
        if isinstance(found, Decimal):
            yield found


def _checks(assessment: Assessment, one: Contradiction) -> Iterator[CheckResult]:
    """The checks that raised it: each of the sales routes stands for the one contradiction of the sales."""
    for check in assessment.checks:
        raised = {(cause.kind.code, cause.subject) for cause in check.causes}
        sales = one.code == ROUTES_DEVIATE.code and ROUTES_DEVIATE.code in check.flags
        if sales or (one.code, one.subject) in raised:
            yield check
