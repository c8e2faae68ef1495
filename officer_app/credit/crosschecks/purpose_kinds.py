"""Things for the household in a loan for the business. Source: DOMAIN, rows 32 and 73; older policies do not ask."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.figures import ZERO, Missing
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key

KINDS: Final = replace(choice_key("purpose_kinds", "as_chosen", "must_fit_the_class"), optional=True)

RULE: Final = Rule(
    "PURPOSE_KINDS",
    FlagKind("PURPOSE_FOR_HOUSEHOLD", 452, 1, N_("a business loan pays for things of the household")),
    Message(N_("Kind of purpose against its class")),
    Message(N_("no item for the household in a loan that is not for consumption")),
    Message(N_("Choose the kind of each thing that the money is for")),
    Message(N_("Take these things out of the loan, or offer a household loan for them")),
)


def _examine(ground: Ground) -> Results:
    """Speaks only where such a thing is found; a loan for consumption may pay for it."""
    application = ground.facts.application
    items = () if isinstance(application.purpose_items, Missing) else application.purpose_items
    business = isinstance(application.purpose_class, str) and application.purpose_class != "consumption"
    found = tuple(item for item in items if item.kind == "household")
    if ground.policy.get(KINDS, "as_chosen") == "as_chosen" or not business or not found:
        return ()
    sentence = Message(
        N_("A loan for the business is to pay for the household: {names}"),
        {"names": tuple(Verbatim(item.item) for item in found)},
    )
    numbers = Numbers(found=Decimal(len(found)), limit=ZERO, unit=Unit.COUNT)
    return RULE.result(False, sentence, tuple(item.path for item in found), numbers)


CHECK: Final = RULE.check(_examine)
