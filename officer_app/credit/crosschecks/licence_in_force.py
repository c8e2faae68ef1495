"""Whether the licence holds on the day of the visit. Speaks only when it does not. Source: DOMAIN, a, row 18."""

from __future__ import annotations

from datetime import date
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Results, Rule
from officer_app.credit.crosschecks.straw_facts import counts_facts
from officer_app.credit.facts.business import Business
from officer_app.credit.ground import Ground

RULE: Final = Rule(
    "LICENCE",
    FlagKind("LICENCE_NOT_IN_FORCE", 435, 1, N_("the business licence is not in force")),
    Message(N_("Licence in force")),
    Message(N_("standing in the register valid; valid until the day of the visit or later")),
    Message(N_("Look the licence up in the public register of firms")),
    Message(N_("Ask why the licence does not hold, and whether it can be put right before payout")),
)
_STANDINGS: Final = {
    "expired": N_("The licence has expired"),
    "cancelled": N_("The licence is cancelled or revoked"),
    "abnormal": N_("The register lists the business as abnormal"),
    "none": N_("There is no licence, though the business was told as a registered one"),
}
# Farm households and small trades that nobody has to register have no licence to lose.
_REGISTERED: Final = frozenset({"individual_business", "company", "cooperative"})


def _examine(ground: Ground) -> Results:
    """Fail when the register, or the date on the licence, says that it does not hold."""
    business, visit = ground.facts.business, ground.facts.site_visit
    if business is None or not counts_facts(ground):
        return ()
    sentence = _broken(business, None if visit is None else visit.visited_on)
    paths = (business.at("licence_status"), business.at("licence_until"))
    return () if sentence is None else RULE.result(passes=False, sentence=sentence, paths=paths)


def _broken(business: Business, visited_on: date | None) -> Message | None:
    standing = business.licence_status
    if isinstance(standing, str) and standing in _STANDINGS:
        told = standing != "none" or business.form in _REGISTERED
        return Message(_STANDINGS[standing]) if told else None
    until = business.licence_until
    if until is None or visited_on is None or until >= visited_on:
        return None
    return Message(
        N_("The licence was valid until {until:date}; the visit was on {visit:date}"),
        {"until": until, "visit": visited_on},
    )


CHECK: Final = RULE.check(_examine)
