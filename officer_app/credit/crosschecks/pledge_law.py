"""Whether the officer and the law agree on what may be pledged. Source: DOMAIN, b "Pledge"; `eligibility`."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.eligibility import ELIGIBILITY, standing_in_law
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import Missing, Truth, all_true, denied
from officer_app.credit.ground import Ground

FLAG: Final = FlagKind("PLEDGE_BARRED_BY_LAW", 185, 1, N_("the law bars a pledge that was taken for a good one"))

_TITLE: Final = message(N_("Pledges before the law"))
_FORMULA: Final = message(N_("no pledge that the law bars is taken for one that may be pledged"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when every pledge that the officer lets pass is free before the law."""
    pledges = ground.facts.collateral
    if ground.policy.get(ELIGIBILITY, None) != "officer_and_law" or not pledges:
        return ()
    paths = tuple(item.at("law_class") for item in pledges)
    if all(isinstance(item.law_class, Missing) and isinstance(item.registrable, Missing) for item in pledges):
        ask = message(N_("Say what each pledge is before the law, and whether it can be registered"))
        return (not_done("PLEDGE_LAW", _TITLE, _FORMULA, ask, *paths),)
    barred = [item for item in pledges if standing_in_law(item).barred]
    return (
        judged(
            Finding(
                "PLEDGE_LAW",
                _TITLE,
                _FORMULA,
                message(
                    N_("{pledges:count} pledges offered; the law bars {barred:count} of them"),
                    pledges=len(pledges),
                    barred=len(barred),
                ),
                all_true(_agrees(item) for item in pledges),
                message(N_("Read the deed and the register again, and ask for another pledge in its place")),
                paths,
                unit=Unit.COUNT,
                deviation_unit=Unit.COUNT,
                fields=(Field("barred", str(len(barred))),),
                causes=tuple(_cause(item) for item in barred if item.eligible is True),
            )
        ),
    )


def _agrees(item: Collateral) -> Truth:
    if standing_in_law(item).barred:
        return denied(item.eligible)
    return item.law_class if isinstance(item.law_class, Missing) else True


def _cause(item: Collateral) -> Cause:
    sentence = message(
        N_("{pledge} is taken for one that may be pledged; the law says: {reasons}"),
        pledge=item.id,
        reasons=standing_in_law(item).bars,
    )
    return Cause(FLAG, item.at("law_class"), sentence, (item.at("law_class"), item.at("eligible")))


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
