"""Whether valuations are young enough on the day of the visit. Source: DOMAIN, row 80."""

from __future__ import annotations

from datetime import date
from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import Missing, Truth, absent, absorbed, all_true
from officer_app.credit.ground import Ground
from officer_app.credit.pledgedates import REVALUE_AFTER, revalue_by
from officer_app.credit.policy import Policy

FLAG: Final = FlagKind("PLEDGE_VALUE_OLD", 189, 1, N_("the valuation of a pledge is too old"))

_TITLE: Final = message(N_("Age of the valuations"))
_FORMULA: Final = message(N_("day of the visit not later than the valuation + the months of the policy"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when no valuation is older than the policy allows on the day of the visit."""
    months, pledges = ground.policy.get(REVALUE_AFTER, None), ground.facts.collateral
    if months is None or not pledges:
        return ()
    paths = tuple(item.at("valued_on") for item in pledges)
    if all(item.valued_on is None for item in pledges):
        ask = message(N_("Say on which day each pledge was valued, and by whom"))
        return (not_done("PLEDGE_REVALUED", _TITLE, _FORMULA, ask, *paths),)
    visit = ground.facts.site_visit
    seen = absent("site_visit.visited_on") if visit is None or visit.visited_on is None else visit.visited_on
    old = [item for item in pledges if _young(item, seen, ground.policy) is False]
    return (
        judged(
            Finding(
                "PLEDGE_REVALUED",
                _TITLE,
                _FORMULA,
                message(
                    N_("{old:count} of {pledges:count} pledges were valued more than {months:count} months ago"),
                    old=len(old),
                    pledges=len(pledges),
                    months=months,
                ),
                all_true(_young(item, seen, ground.policy) for item in pledges),
                message(N_("Value the pledge again before the decision")),
                paths,
                tolerance=months,
                causes=tuple(_cause(item, ground.policy) for item in old),
            )
        ),
    )


def _young(item: Collateral, seen: date | Missing, policy: Policy) -> Truth:
    due = revalue_by(item, policy)
    if due is None or isinstance(seen, Missing):
        return absorbed(absent(item.at("valued_on")) if item.valued_on is None else None, seen)
    return seen <= due


def _cause(item: Collateral, policy: Policy) -> Cause:
    sentence = message(
        N_("{pledge} was valued on {valued:date}; a new valuation was due by {due:date}"),
        pledge=item.id,
        valued=item.valued_on,
        due=revalue_by(item, policy),
    )
    return Cause(FLAG, item.at("valued_on"), sentence, (item.at("valued_on"),), told_and_seen=False)


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
