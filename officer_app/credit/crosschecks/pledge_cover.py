"""Whether the pledges are too little for the loan asked for, or more than is fair.

Source: DOMAIN, b "Pledge" (cover by value at most 200 %); the limits are the institution's.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, CollateralItem, Field, FlagKind, Unit
from officer_app.credit.collateral import pledge
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.figures import (
    HUNDRED,
    ZERO,
    Figure,
    Missing,
    absorbed,
    all_true,
    any_true,
    at_most,
    denied,
    known,
    least,
    ratio,
    total,
)
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.sizing import UNSECURED_ALLOWANCE

LEAST: Final = decimal_key("security.cover_min_percent", "percent", optional=True)
MOST: Final = decimal_key("security.cover_max_percent", "percent", optional=True)

SHORT: Final = FlagKind("PLEDGE_COVER_SHORT", 191, 1, N_("the pledges carry less than the amount asked for"))
EXCESSIVE: Final = FlagKind("PLEDGE_COVER_EXCESSIVE", 192, 1, N_("more is pledged than is fair for the amount"))

_LOAN: Final = "application.requested_amount"


def cover_of(lendable: Figure, allowance: Figure, loan: Figure) -> Figure:
    """(Lendable on the pledges + what the policy lends without) / loan, in percent."""
    return ratio((lendable + allowance) * HUNDRED, loan, _LOAN)


def pledged_of(free: Figure, loan: Figure) -> Figure:
    """Adopted values after prior liens / loan, in percent."""
    return ratio(free * HUNDRED, loan, _LOAN)


def free_value(adopted: Figure, prior_lien: Figure, eligible: bool | Missing) -> Figure:
    """What a pledge is worth to us beyond prior liens; nothing where it may not be pledged."""
    if eligible is False:
        return ZERO
    left = adopted - prior_lien
    return left if isinstance(left, Missing) else max(ZERO, left)


def _without_one(items: tuple[CollateralItem, ...]) -> Figure:
    """What the others carry when the pledge that carries least is given back; nothing of a single one."""
    return total(item.lendable for item in items) - least((item.lendable for item in items), absorbed())


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when lendable + allowance ≥ the least share, and free value ≤ the most, of the amount asked for.

    More than the most is no fault as long as no pledge can be given back: a home cannot be pledged by halves.
    """
    lowest, most = ground.policy.get(LEAST, None), ground.policy.get(MOST, None)
    if lowest is None or most is None or not ground.facts.collateral:
        return ()
    loan, allowance = ground.facts.application.requested_amount, ground.policy[UNSECURED_ALLOWANCE]
    items = tuple(pledge(item, ground.policy) for item in ground.facts.collateral)
    lendable = total(item.lendable for item in items)
    free = total(free_value(item.adopted_value, item.prior_lien, item.eligible) for item in items)
    cover, pledged = cover_of(lendable, allowance, loan), pledged_of(free, loan)
    enough = at_most(lowest, cover)
    fair = any_true((at_most(pledged, most), denied(at_most(loan, _without_one(items)))))
    short = message(
        N_("{loan:money} are asked for; the pledges carry {lendable:money}, and {allowance:money} go without"),
        loan=known(loan),
        lendable=known(lendable),
        allowance=allowance,
    )
    excess = message(
        N_("Things worth {free:money} are pledged for {loan:money}: {pledged:percent}, at most {most:percent}"),
        free=known(free),
        loan=known(loan),
        pledged=known(pledged),
        most=most,
    )
    paths = ("collateral", _LOAN)
    return (
        judged(
            Finding(
                "PLEDGE_COVER",
                message(N_("Pledges against the amount")),
                message(
                    N_(
                        "(lendable + unsecured allowance) ÷ amount at least the limit; value after liens ÷ amount not "
                        "above the other, unless no pledge can be given back"
                    )
                ),
                excess if fair is False else short,
                all_true((enough, fair)),
                message(N_("Ask for a further pledge or a smaller amount; give back what is too much")),
                paths,
                loan,
                lendable,
                unit=Unit.MONEY,
                tolerance=lowest,
                fields=(Field("value_percent", cover, 2), Field("pledged_percent", pledged, 2)),
                causes=tuple(
                    Cause(kind, kind.code, sentence, paths, told_and_seen=False)
                    for kind, sentence, kept in ((SHORT, short, enough), (EXCESSIVE, excess, fair))
                    if kept is False
                ),
            )
        ),
    )


CHECK: Final = Check(SHORT.order, (SHORT, EXCESSIVE), _examine)
