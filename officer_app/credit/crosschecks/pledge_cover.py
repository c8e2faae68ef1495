"""Whether the pledges are too little for the loan asked for, or more than is fair. Source: see `securitycover`."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit
from officer_app.credit.collateral import UNSECURED_ALLOWANCE, pledge
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.figures import all_true, known
from officer_app.credit.ground import Ground
from officer_app.credit.securitycover import LEAST, SecurityCover, security_cover

SHORT: Final = FlagKind("PLEDGE_COVER_SHORT", 191, 1, N_("the pledges carry less than the amount asked for"))
EXCESSIVE: Final = FlagKind("PLEDGE_COVER_EXCESSIVE", 192, 1, N_("more is pledged than is fair for the amount"))

_PATHS: Final = ("collateral", "application.requested_amount")


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when the pledges carry enough of the amount asked for, and none could be given back as too much."""
    facts, policy = ground.facts, ground.policy
    if not facts.collateral:
        return ()
    items = tuple(pledge(item, policy) for item in facts.collateral)
    cover = security_cover(items, facts.application.requested_amount, policy)
    if cover.enough is None or cover.fair is None:
        return ()
    short = message(
        N_("{loan:money} is asked for; the pledges carry {lendable:money}, and {allowance:money} may go without one"),
        loan=known(cover.loan),
        lendable=known(cover.lendable),
        allowance=policy[UNSECURED_ALLOWANCE],
    )
    excess = _excess(cover)
    return (
        judged(
            Finding(
                "PLEDGE_COVER",
                message(N_("Pledges against the amount")),
                message(
                    N_(
                        "(lendable + unsecured allowance) ÷ amount at least the limit; value after liens ÷ amount "
                        "not above the other, unless no pledge can be given back"
                    )
                ),
                excess if cover.fair is False else short,
                all_true((cover.enough, cover.fair)),
                message(N_("Ask for a further pledge or a smaller amount; give back what is too much")),
                _PATHS,
                found=cover.cover_percent,
                tolerance=policy.get(LEAST, None),
                unit=Unit.PERCENT,
                fields=(
                    Field("value_percent", cover.cover_percent, 2),
                    Field("pledged_percent", cover.pledged_percent, 2),
                ),
                causes=tuple(
                    Cause(kind, kind.code, sentence, _PATHS, told_and_seen=False)
                    for kind, sentence, kept in ((SHORT, short, cover.enough), (EXCESSIVE, excess, cover.fair))
                    if kept is False
                ),
            )
        ),
    )


def _excess(cover: SecurityCover) -> Message:
    return message(
        N_("Things worth {free:money} are pledged for {loan:money}: {pledged:percent}, at most {most:percent}"),
        free=known(cover.free),
        loan=known(cover.loan),
        pledged=known(cover.pledged_percent),
        most=cover.most_percent,
    )


CHECK: Final = Check(SHORT.order, (SHORT, EXCESSIVE), _examine)
