"""What is seen of the person: way of life, the three stables. Source: DOMAIN, section a, rows 1 and 19."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Results, Rule, unsaid
from officer_app.credit.facts.character import ThreeStables
from officer_app.credit.figures import Missing, Truth, absent, all_true, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key

# One switch for the rules on persons, which have no number of their own: an older policy does not know them.
RULES: Final = replace(choice_key("person_rules", "none", "all"), optional=True)

LIFE: Final = Rule(
    "LIFESTYLE",
    FlagKind("LIFESTYLE_DOES_NOT_FIT", 181, 1, N_("the way of life does not fit the trade")),
    Message(N_("Way of life against the trade")),
    Message(N_("what is driven, worn and spent fits what the trade can earn")),
    Message(N_("Note what is driven, and whether the way of life fits the trade")),
    Message(N_("Ask with what money the vehicle and the large spending were paid")),
)
STABLE: Final = Rule(
    "THREE_STABLES",
    FlagKind("NOT_STABLE", 182, 1, N_("family, home or work is not stable")),
    Message(N_("Three stables: family, home, work")),
    Message(N_("family, home and work are each stable")),
    Message(N_("Ask since when family, home and work are what they are now")),
    Message(N_("Ask what changed lately, and what would happen to the loan if it changes again")),
)
_STABLES: Final = {"family": N_("family"), "home": N_("home"), "work": N_("work")}


def person_rules(ground: Ground) -> bool:
    """Whether the policy knows the rules on persons."""
    return ground.policy.get(RULES, "none") == "all"


def _life(ground: Ground) -> Results:
    life = ground.facts.lifestyle
    if not person_rules(ground):
        return ()
    if life is None or isinstance(life.fits_trade, Missing):
        return LIFE.not_begun("lifestyle.fits_trade")
    seen = {
        "vehicle": Verbatim(life.vehicle) if life.vehicle.strip() else None,
        "value": known(life.vehicle_value),
        "spending": Verbatim(life.large_spending) if life.large_spending.strip() else None,
    }
    sentence = Message(
        N_("The way of life fits the trade: vehicle {vehicle} ({value:money}), large spending {spending}")
        if life.fits_trade
        else N_(
            "The way of life does not fit the trade: vehicle {vehicle} ({value:money}), large spending {spending}"
        ),
        seen,
    )
    return LIFE.result(life.fits_trade, sentence, (life.path,))


def _stable(ground: Ground) -> Results:
    """Pass when all three are stable; a part that nobody asked about is missing."""
    stables = ground.facts.three_stables
    if not person_rules(ground):
        return ()
    each = {name: _is_stable(stables, name) for name in _STABLES}
    if stables is None or unsaid(*each.values()):
        return STABLE.not_begun(*(f"three_stables.{name}.stable" for name in _STABLES))
    not_stable = tuple(Message(_STABLES[name]) for name, truth in each.items() if truth is False)
    sentence = (
        Message(N_("Not stable: {names}"), {"names": not_stable})
        if not_stable
        else Message(N_("Family, home and work are stable"))
    )
    return STABLE.result(all_true(each.values()), sentence, ("three_stables",))


def _is_stable(stables: ThreeStables | None, name: str) -> Truth:
    one = None if stables is None else getattr(stables, name)
    truth: Truth = absent(f"three_stables.{name}.stable") if one is None else one.stable
    return truth


CHECKS: Final = (LIFE.check(_life), STABLE.check(_stable))
