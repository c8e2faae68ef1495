"""What a guarantee is worth by its own words. Source: DOMAIN, b "Guarantee"; Civil Code 686, 687, 692, 693, 1064."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.security import Guarantor
from officer_app.credit.figures import Figure, Missing, Truth, all_true, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.guaranteeterms import PERIOD_MIN, by_law, effective_kind, effective_period

FLAG: Final = FlagKind("GUARANTEE_TERMS_WEAK", 195, 1, N_("a guarantee is weaker by its words than it should be"))

_TITLE: Final = message(N_("Words of the guarantees"))
_FORMULA: Final = message(N_("joint guarantee, period long enough after the due date, the guarantor's spouse signed"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when each guarantee is joint, lasts long enough, and binds the guarantor's spouse."""
    least, guarantors = ground.policy.get(PERIOD_MIN, None), ground.facts.guarantors
    if least is None or not guarantors:
        return ()
    paths = tuple(item.at("guarantee_kind") for item in guarantors)
    if all(isinstance(item.guarantee_kind, Missing) for item in guarantors):
        ask = message(N_("Read the guarantee: joint or ordinary, how long, and did the spouse sign"))
        return (not_done("GUARANTEE_TERMS", _TITLE, _FORMULA, ask, *paths),)
    weak = tuple(cause for item in guarantors for cause in _causes(item, least))
    return (
        judged(
            Finding(
                "GUARANTEE_TERMS",
                _TITLE,
                _FORMULA,
                message(
                    N_("{guarantors:count} guarantees read; {weak:count} things in them are weak"),
                    guarantors=len(guarantors),
                    weak=len(weak),
                ),
                all_true(truth for item in guarantors for truth in _kept(item, least)),
                message(N_("Have the guarantee written as a joint one, with its period, and signed by the spouse")),
                paths,
                tolerance=least,
                unit=Unit.MONTHS,
                causes=weak,
            )
        ),
    )


def _kept(item: Guarantor, least: Figure) -> Iterator[Truth]:
    kind = effective_kind(item)
    yield kind if isinstance(kind, Missing) else kind == "joint"
    yield at_most(least, effective_period(item))
    yield item.spouse_signed


def _causes(item: Guarantor, least: Figure) -> Iterator[Cause]:
    if effective_kind(item) == "ordinary":
        sentence = message(N_("Guarantor {who}: {why}"), who=item.id, why=by_law(item))
        yield Cause(FLAG, item.at("guarantee_kind"), sentence, (item.at("guarantee_kind"),))
    if at_most(least, effective_period(item)) is False:
        short = message(
            N_("Guarantor {who}: bound {months:count} months after the due date; at least {least:count} are wanted"),
            who=item.id,
            months=known(effective_period(item)),
            least=known(least),
        )
        path = item.at("guarantee_period_months")
        yield Cause(FLAG, path, short, (path,), told_and_seen=False)
    if item.spouse_signed is False:
        alone = message(
            N_("Guarantor {who}: the spouse did not sign, so what both own may be out of reach (Civil Code 1064)"),
            who=item.id,
        )
        yield Cause(FLAG, item.at("spouse_signed"), alone, (item.at("spouse_signed"),))


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
