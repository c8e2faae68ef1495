"""Whether guarantors have the means for what they sign, at the amount asked for. Source: DOMAIN, row 82."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, GuarantorMeans, Means, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.figures import HUNDRED, Missing, Truth, absorbed, all_true, at_most, known, ratio, total
from officer_app.credit.ground import Ground
from officer_app.credit.guarantors import means_of
from officer_app.credit.keys import decimal_key
from officer_app.credit.rounding import ROUNDING
from officer_app.credit.schedules import instalment_asked

LEAST: Final = decimal_key("security.guarantor_worth_min_percent", "percent", optional=True)

FLAG: Final = FlagKind("GUARANTOR_WITHOUT_MEANS", 194, 1, N_("guarantors lack the means for what they sign"))

_TITLE: Final = message(N_("Means of the guarantors"))
_FORMULA: Final = message(
    N_("net worth after other guarantees ÷ amount asked for, all together; money left a month of each above 0")
)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when the net worths together reach the least share and nobody carries nothing."""
    least, guarantors = ground.policy.get(LEAST, None), ground.facts.guarantors
    if least is None or not guarantors:
        return ()
    paths = tuple(item.at("assets_total") for item in guarantors)
    if all(isinstance(item.assets_total, Missing) and item.assets_total.absent for item in guarantors):
        ask = message(N_("Do the guarantor's sums too: what is owned, owed, and signed for others"))
        return (not_done("GUARANTOR_MEANS", _TITLE, _FORMULA, ask, *paths),)
    loan = ground.facts.application.requested_amount
    instalment = instalment_asked(ground.facts.application, ground.policy[ROUNDING].amounts)
    people = tuple(means_of(item, loan, instalment, ground.policy) for item in guarantors)
    share = ratio(total(person.net_worth for person in people) * HUNDRED, loan, "application.requested_amount")
    enough = at_most(least, share)
    sentence = message(
        N_("The net worth of all guarantors is {found:percent} of the amount asked for; at least {limit:percent}"),
        found=known(share),
        limit=least,
    )
    short = (Cause(FLAG, FLAG.code, sentence, paths, told_and_seen=False),) if enough is False else ()
    return (
        judged(
            Finding(
                "GUARANTOR_MEANS",
                _TITLE,
                _FORMULA,
                sentence,
                all_true((enough, *(_carries(person) for person in people))),
                message(N_("Ask for another guarantor, or for a smaller amount")),
                paths,
                found=share,
                tolerance=least,
                unit=Unit.PERCENT,
                fields=(Field("value_percent", share, 2), Field("limit_percent", least)),
                causes=(*short, *(_cause(person) for person in people if _carries(person) is False)),
            )
        ),
    )


def _carries(person: GuarantorMeans) -> Truth:
    """Whether the guarantor carries anything, and nothing speaks against him."""
    if person.means is Means.UNKNOWN:
        return absorbed(person.cover, person.net_worth_cover)
    return person.means is not Means.NONE and not person.doubts


def _cause(person: GuarantorMeans) -> Cause:
    reasons = (*((person.sentence,) if person.means is Means.NONE else ()), *person.doubts)
    sentence = message(N_("Guarantor {who}: {reasons}"), who=person.id, reasons=reasons)
    return Cause(FLAG, person.path, sentence, (person.path,))


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
