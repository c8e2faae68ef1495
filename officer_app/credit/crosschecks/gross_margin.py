"""The margin weighted over the products against the margin as told. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.figures import HUNDRED, at_most, known, magnitude
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("gross_margin_tolerance_points", "points")

FLAG: Final = FlagKind("GROSS_MARGIN_DEVIATES", 20, 1, N_("the products give another gross margin than the one told"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |weighted − told| ≤ tolerance in points."""
    sales, tolerance = ground.facts.sales, ground.policy[TOLERANCE]
    found, told = ground.income.weighted_gross_margin * HUNDRED, sales.declared_gross_margin_percent
    apart = found - told
    sentence = Message(
        N_("Told a gross margin of {told:percent}; the products give {found:percent} ({deviation:points} points)"),
        {"told": known(told), "found": known(found), "deviation": known(apart)},
    )
    paths = (sales.at("declared_gross_margin_percent"), "products")
    return (
        judged(
            Finding(
                "GROSS_MARGIN",
                Message(N_("Gross margin weighted by product")),
                Message(N_("sum over products: share × (price − cost) ÷ price")),
                sentence,
                at_most(magnitude(apart), tolerance),
                Message(N_("Ask for the newest purchase and sale price of each main product")),
                paths,
                told,
                found,
                apart,
                tolerance,
                Unit.PERCENT,
                Unit.POINTS,
                fields=(
                    Field("value_percent", found, 2),
                    Field("declared_percent", told, 2),
                    Field("difference_points", apart, 2),
                    Field("tolerance_points", tolerance),
                ),
                causes=failing(FLAG, "GROSS_MARGIN", sentence, paths),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
