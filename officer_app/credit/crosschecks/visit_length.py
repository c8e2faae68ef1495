"""A visit that was too short to see anything. Speaks only when it was. Source: DOMAIN e.14, 15 minutes at least."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.figures import at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key

LEAST: Final = whole_key("visit_minutes_min", "minutes", optional=True)

RULE: Final = Rule(
    "VISIT_LENGTH",
    FlagKind("VISIT_TOO_SHORT", 436, 1, N_("the visit was too short to see the business")),
    Message(N_("Length of the visit")),
    Message(N_("minutes on site at least the least of the policy")),
    Message(N_("Note how long the visit took")),
    Message(N_("Go again and take the time: count goods and people, and hear the others")),
)


def _examine(ground: Ground) -> Results:
    """Fail when the visit took fewer minutes than the least."""
    visit, least = ground.facts.site_visit, ground.policy.get(LEAST, None)
    if visit is None or least is None or at_most(least, visit.minutes_on_site) is not False:
        return ()
    sentence = Message(
        N_("The visit took {found:count} minutes; at least {limit:count} are wanted"),
        {"found": known(visit.minutes_on_site), "limit": least},
    )
    numbers = Numbers(found=visit.minutes_on_site, limit=least, unit=Unit.COUNT, apart_unit=Unit.COUNT)
    return RULE.result(passes=False, sentence=sentence, paths=(visit.at("minutes_on_site"),), numbers=numbers)


CHECK: Final = RULE.check(_examine)
