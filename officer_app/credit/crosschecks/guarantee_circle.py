"""Guarantees that run in a circle are no security. Source: DOMAIN, row 39 and the bad input "circular guarantees"."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Verbatim, message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit
from officer_app.credit.circles import Circle, guarantee_circles
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.figures import at_most
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key

MOST: Final = whole_key("security.guarantee_circles_max", "count", optional=True)

FLAG: Final = FlagKind("GUARANTEE_CIRCLE", 196, 1, N_("guarantees run in a circle"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when there are no more circles than the policy stands, which is none."""
    most, facts = ground.policy.get(MOST, None), ground.facts
    if most is None or not (facts.guarantors or facts.guarantees_given or facts.joint_group):
        return ()
    circles = guarantee_circles(facts)
    found = Decimal(len(circles))
    return (
        judged(
            Finding(
                "GUARANTEE_CIRCLE",
                message(N_("Circles of guarantees")),
                message(N_("following every guarantee from one person to the next never leads back")),
                message(N_("{found:count} circles among the guarantees told"), found=found),
                at_most(found, most),
                message(N_("Ask who would really pay if one of them cannot, and take security outside the circle")),
                ("guarantors", "guarantees_given", "joint_group.members"),
                found=found,
                tolerance=most,
                unit=Unit.COUNT,
                deviation_unit=Unit.COUNT,
                fields=(Field("value", found, 0), Field("limit", most)),
                causes=tuple(_cause(circle) for circle in circles),
            )
        ),
    )


def _cause(circle: Circle) -> Cause:
    sentence = message(
        N_("{ring} guarantee for each other in a circle: when one falls, all fall"),
        ring=Verbatim(" → ".join((*circle.names, circle.names[0]))),
    )
    return Cause(FLAG, circle.paths[0], sentence, circle.paths)


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
