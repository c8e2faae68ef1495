"""What the law says of a pledge: barred, allowed under a condition, or free; always with the reason and the article.

Sources: Civil Code 301, 342, 399, 402, 403, 405, 445; Supreme Court interpretation on security (2020, no. 28), 49;
Supreme Court rules on objections to enforcement (2020), 20.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import Missing, Truth
from officer_app.credit.keys import choice_key
from officer_app.credit.policy import Policy

# Whether the law can overrule the officer; policies older than the key leave it to the officer alone.
ELIGIBILITY: Final = replace(choice_key("security.eligibility", "officer_and_law", "officer_alone"), optional=True)

# What must be known before a pledge carries anything; policies older than the key take the officer's word.
LENDABLE_NEEDS: Final = replace(choice_key("security.lendable_needs", "officers_word", "deed_and_law"), optional=True)
# These have a deed, a certificate or a registration; goods, animals, machines and claims are seen and counted.
_TITLED: Final = frozenset(
    {"residential", "shop", "stall_operating_right", "land_operating_right", "vehicle", "deposit"}
)

# A security right over these comes into being by registration alone. Source: Civil Code 402 (buildings), 445.
_BORN_BY_REGISTER: Final = frozenset({"residential", "shop", "receivables"})
# Over these it holds against third parties only when registered. Source: Civil Code 403, 341.
_HELD_BY_REGISTER: Final = frozenset({"vehicle", "machinery", "stock", "livestock", "land_operating_right"})

_BARS: Final[Mapping[str, str]] = {
    "homestead": N_("the right to homestead land may not be pledged (Civil Code 399)"),
    "collective_land": N_(
        "land owned by the state or the village may not be pledged, nor the right to use collective land unless a "
        "law allows it (Civil Code 399)"
    ),
    "public_benefit": N_("schools, clinics and the like for the public good may not be pledged (Civil Code 399)"),
    "disputed": N_("a thing whose owner is unclear or disputed may not be pledged (Civil Code 399)"),
    "sealed": N_("a thing that is sealed, seized or in official custody may not be pledged (Civil Code 399)"),
    "illegal_building": N_(
        "the pledge of an unlawful building is void (Supreme Court interpretation on security, 49)"
    ),
}
_NOTICES: Final[Mapping[str, str]] = {
    "contracted_land_right": N_(
        "only the right to work the land can stand as security, with its certificate and registered "
        "(Civil Code 341, 342)"
    ),
    "only_home": N_(
        "the only home of the family: a court clears it only when a dwelling or five to eight years of rent is left "
        "to them (Supreme Court rules on objections to enforcement, 20)"
    ),
    "leased_thing": N_("leased before the pledge: the buyer has to take the tenant over (Civil Code 405)"),
}


@dataclass(frozen=True, slots=True)
class LegalStanding:
    """What the law says of one pledge. `told` is whether anybody said what kind of thing it is before the law."""

    bars: tuple[Message, ...]
    notices: tuple[Message, ...]
    told: bool

    @property
    def barred(self) -> bool:
        """Whether it cannot be security at all."""
        return bool(self.bars)


def standing_in_law(item: Collateral) -> LegalStanding:
    """Bars and conditions of one pledge, by its class before the law, its type, and whether it can be registered."""
    told = not isinstance(item.law_class, Missing)
    law_class = "" if isinstance(item.law_class, Missing) else item.law_class
    bars = [message(_BARS[law_class])] if law_class in _BARS else []
    notices = [message(_NOTICES[law_class])] if law_class in _NOTICES else []
    if item.leased_until is not None and law_class != "leased_thing":
        notices.append(message(N_("leased to others until {day:date} (Civil Code 405)"), day=item.leased_until))
    if item.registrable is False:
        _judge_unregistered(item, bars, notices)
    return LegalStanding(tuple(bars), tuple(notices), told)


def _judge_unregistered(item: Collateral, bars: list[Message], notices: list[Message]) -> None:
    """What follows where nothing can be entered in a register."""
    if item.type in _BORN_BY_REGISTER or item.law_class == "contracted_land_right":
        bars.append(
            message(N_("without registration the security right does not come into being (Civil Code 342, 402, 445)"))
        )
    elif item.type in _HELD_BY_REGISTER:
        notices.append(
            message(N_("unregistered it does not hold against others who act in good faith (Civil Code 341, 403)"))
        )


def may_be_pledged(item: Collateral, standing: LegalStanding, policy: Policy) -> Truth:
    """The officer's own answer, overruled by a bar of the law where the policy lets the law speak."""
    if standing.barred and policy.get(ELIGIBILITY, "officer_alone") == "officer_and_law":
        return False
    return item.eligible


def is_proven(item: Collateral, standing: LegalStanding, policy: Policy) -> bool:
    """Whether enough is known for a pledge to carry a loan: its class before the law, and its deed if it has one.

    What nobody has seen or said yet carries nothing until somebody has.
    """
    if policy.get(LENDABLE_NEEDS, "officers_word") == "officers_word":
        return True
    return standing.told and (item.deed_seen is True or item.type not in _TITLED)
