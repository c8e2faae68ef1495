"""Rent and wages that are called variable, so that stress lets them fall with the sales. Speaks only of those."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.costs_left_out import TOLERANCE
from officer_app.credit.crosschecks.costs_named import MOVES, PLACE, SALARY, is_named
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.facts.sales import OperatingCost
from officer_app.credit.figures import Missing, known, total
from officer_app.credit.ground import Ground

RULE: Final = Rule(
    "CALLED_VARIABLE",
    FlagKind(
        "COST_CALLED_VARIABLE", 425, 1, N_("rent or wages are called variable although they stay in a weak month")
    ),
    Message(N_("Rent and wages are fixed")),
    Message(
        N_("rent and wages by the month are fixed; piece wages, commission and rent by turnover move with sales")
    ),
    Message(N_("Ask which costs fall when less is sold")),
    Message(N_("Ask what was paid in the weakest month; call it fixed if it was the same")),
)


def _examine(ground: Ground) -> Results:
    """Fail when a cost that holds still is called variable."""
    costs = ground.facts.operating_costs
    if ground.policy.get(TOLERANCE, None) is None or isinstance(costs, Missing):
        return ()
    found = tuple(cost for cost in costs if _holds_still(cost) and not _is_piece_work(ground, cost))
    if not found:
        return ()
    amount = total(cost.monthly_amount for cost in found)
    sentence = Message(
        N_("Called variable: {items}, {found:money} a month. In a weak month it is paid all the same"),
        {"items": tuple(Verbatim(cost.item) for cost in found), "found": known(amount)},
    )
    paths = tuple(cost.at("behaviour") for cost in found)
    return RULE.result(passes=False, sentence=sentence, paths=paths, numbers=Numbers(found=amount))


def _holds_still(cost: OperatingCost) -> bool:
    still = is_named(cost.item, (*SALARY, *PLACE)) and not is_named(cost.item, MOVES)
    return cost.behaviour == "variable" and still and known(cost.monthly_amount) != 0


def _is_piece_work(ground: Ground, cost: OperatingCost) -> bool:
    """Wages that the wage sheet shows as paid by the piece."""
    payroll = ground.facts.payroll
    piece = None if payroll is None else known(payroll.piece_total)
    amount = known(cost.monthly_amount)
    return (
        piece is not None and amount is not None and is_named(cost.item, SALARY) and amount <= max(piece, Decimal(0))
    )


CHECK: Final = RULE.check(_examine)
