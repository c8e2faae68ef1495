"""Signs that the money is for somebody else: a straw borrower 顶名贷款. Source: cases/README, section 5.

Under a policy that counts them, other answers of the visit are signs too, unless the officer ticked the same already.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.crosschecks.straw_facts import Sign, counts_facts, signs_of
from officer_app.credit.facts.character import StrawIndicator
from officer_app.credit.figures import ONE, ZERO, Figure, Missing, Truth, at_most, denied, known, summed
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key

LIMIT: Final = whole_key("straw_indicator_min", "count")

FLAG: Final = FlagKind("STRAW_BORROWER_SUSPECTED", 160, 1, N_("the money seems to be for somebody else"))

_TITLE: Final = Message(N_("Signs of a straw borrower"))
_FORMULA: Final = Message(N_("number of signs seen below the limit"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when fewer signs than the limit are present, ticked or told by other answers."""
    signs, limit = ground.facts.straw_indicators, ground.policy[LIMIT]
    others = _not_ticked(ground, signs or ())
    # Enough other answers suspect without the list; too few of them are no reason to spare it.
    if signs is None and (not others or len(others) < limit):
        ask = Message(N_("Go through the signs of a straw borrower"))
        return (not_done("STRAW", _TITLE, _FORMULA, ask, "straw_indicators"),)
    seen = summed(signs or (), lambda sign: _one_if(sign.present)) + Decimal(len(others))
    sentence = _sentence(seen, limit, others)
    paths = ("straw_indicators", *(sign.path for sign in others))
    return (
        judged(
            Finding(
                "STRAW",
                _TITLE,
                _FORMULA,
                sentence,
                denied(at_most(limit, seen)),
                Message(N_("Ask who will use the money and who will repay it, alone and on the spot")),
                paths,
                found=seen,
                tolerance=limit,
                unit=Unit.COUNT,
                deviation_unit=Unit.COUNT,
                fields=(Field("value", seen, 0), Field("limit", _fewer_than(limit))),
                causes=failing(FLAG, "STRAW", sentence, paths),
            )
        ),
    )


def _not_ticked(ground: Ground, ticked: tuple[StrawIndicator, ...]) -> tuple[Sign, ...]:
    """What other answers tell, without what the officer ticked in the list as well."""
    if not counts_facts(ground):
        return ()
    seen = {sign.indicator for sign in ticked if sign.present is True}
    return tuple(sign for sign in signs_of(ground.facts) if not sign.ticked_as or sign.ticked_as not in seen)


def _sentence(seen: Figure, limit: Decimal, others: tuple[Sign, ...]) -> Message:
    if not others:
        return Message(
            N_("{found:count} signs of a straw borrower; suspected from {limit:count} on"),
            {"found": known(seen), "limit": limit},
        )
    return Message(
        N_(
            "{found:count} signs of a straw borrower, among them from other answers: {others}; suspected from "
            "{limit:count} on"
        ),
        {"found": known(seen), "limit": limit, "others": tuple(sign.short for sign in others)},
    )


def _one_if(present: Truth) -> Figure:
    if isinstance(present, Missing):
        return present
    return ONE if present else ZERO


def _fewer_than(limit: Decimal) -> str:
    return f"fewer than {limit:f}"


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
