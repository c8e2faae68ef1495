"""Strong and weak months about a usual one. Source: the institution's policy; older policies have no such rule."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.figures import HUNDRED, at_most, known, magnitude
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("season_mean_tolerance_percent", "percent", optional=True)
# Above 1 the average month is better than the usual one, and so is the capacity: less is allowed there.
ABOVE: Final = decimal_key("season_mean_above_max_percent", "percent", optional=True)

FLAG: Final = FlagKind("SEASONS_UNBALANCED", 25, 1, N_("the months of the year are on the whole not usual months"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |mean factor − 1| ≤ tolerance, or ≤ the narrower limit where the mean is above 1.

    A usual month that most months exceed is not the usual one, and its factors would lift the average month.
    """
    sales, tolerance = ground.facts.sales, ground.policy.get(TOLERANCE, None)
    by_calendar = sales.calendar_factors is not None
    if tolerance is None or (sales.month_factors is None and not by_calendar):
        return ()
    mean = ground.income.average_month_factor * HUNDRED
    above = ground.policy.get(ABOVE, None)
    if above is not None and at_most(mean, HUNDRED) is False:
        tolerance = min(tolerance, above)
    apart, path = mean - HUNDRED, sales.at("calendar_factors" if by_calendar else "month_factors")
    sentence = Message(
        N_("Over the year a month is {found:percent} of the usual month ({deviation:percent})"),
        {"found": known(mean), "deviation": known(apart)},
    )
    return (
        judged(
            Finding(
                "SEASONS",
                Message(N_("Seasons about a usual month")),
                Message(N_("|mean of the twelve factors − 1| at most the tolerance")),
                sentence,
                at_most(magnitude(apart), tolerance),
                Message(N_("Ask what was sold in each of the last twelve months, and which month is the usual one")),
                (path,),
                HUNDRED,
                mean,
                apart,
                tolerance,
                Unit.PERCENT,
                fields=(Field("value_percent", mean, 2), Field("tolerance_percent", tolerance)),
                causes=failing(FLAG, "SEASONS", sentence, (path,)),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
