"""What the money is for against what the business can use. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.facts.application import Application
from officer_app.credit.figures import HUNDRED, Figure, at_most, deviation, known, summed
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("purpose_tolerance_percent", "percent")
OWN_CONTRIBUTION_MIN: Final = decimal_key("own_contribution_min_percent", "percent")

FLAG: Final = FlagKind("PURPOSE_NOT_CREDIBLE", 190, 1, N_("the purpose is larger than the business can use"))

_TITLE: Final = Message(N_("Purpose against what the business can use"))
_FORMULA: Final = Message(N_("(sum of the purpose items − what the business can use) ÷ what the business can use"))


def purpose_total(application: Application) -> Figure:
    """Sum of the purpose items."""
    return summed(application.purpose_items, lambda item: item.amount)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when the excess over the plausible amount ≤ tolerance; too small a purpose never fails."""
    plausible, tolerance = ground.facts.purpose_plausible_max, ground.policy[TOLERANCE]
    if plausible is None:
        ask = Message(N_("Work out what the business can use at most"))
        return (not_done("PURPOSE", _TITLE, _FORMULA, ask, "purpose_plausible_max"),)
    told = purpose_total(ground.facts.application)
    excess = deviation(told, plausible.amount, plausible.at("amount")) * HUNDRED
    sentence = Message(
        N_("Told a purpose of {told:money}; the business can use {found:money} ({deviation:percent})"),
        {"told": known(told), "found": known(plausible.amount), "deviation": known(excess)},
    )
    paths = (ground.facts.application.at("purpose_items"), plausible.path)
    return (
        judged(
            Finding(
                "PURPOSE",
                _TITLE,
                _FORMULA,
                sentence,
                at_most(excess, tolerance),
                Message(N_("Ask for offers and invoices of what will be bought")),
                paths,
                told,
                plausible.amount,
                excess,
                tolerance,
                fields=(
                    Field("value", told, 2),
                    Field("plausible", plausible.amount, 2),
                    Field("excess_percent", excess, 2),
                ),
                causes=failing(FLAG, "PURPOSE", sentence, paths),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
