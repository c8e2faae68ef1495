"""The craft's words for what is said of pledges and guarantees: law, owners, speed of sale, kinds, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_, Sayable, message
from officer_app.credit.assessment import GuarantorMeans, Means, Unit
from officer_app.credit.figures import Missing
from officer_app.credit.groups import GroupRule
from officer_app.memos.inputs import Standing
from officer_app.memos.quantities import NOT_KNOWN, quantity

LAW: Final[Mapping[str, str]] = {
    "ordinary": N_("nothing special"),
    "homestead": N_("homestead land"),
    "collective_land": N_("state or collective land"),
    "contracted_land_right": N_("contracted land"),
    "public_benefit": N_("for the public good"),
    "disputed": N_("owner disputed"),
    "sealed": N_("sealed or seized"),
    "illegal_building": N_("unlawful building"),
    "only_home": N_("only home"),
    "leased_thing": N_("leased out"),
}
OWNERS: Final[Mapping[str, str]] = {
    "borrower": N_("the borrower's own"),
    "spouse": N_("the spouse's"),
    "relative": N_("a relative's"),
    "third_party": N_("a third party's"),
    "company": N_("a company's"),
}
GRADES: Final[Mapping[str, str]] = {
    "weeks": N_("within weeks"),
    "months": N_("within three months"),
    "half_year": N_("within half a year"),
    "year": N_("within a year"),
    "hard": N_("hardly at all"),
}
KINDS: Final[Mapping[str, str]] = {
    "joint": N_("joint guarantee"),
    "ordinary": N_("ordinary guarantee"),
    "unspecified": N_("ordinary, by law"),
}
MEANS: Final[Mapping[Means, tuple[Standing, str]]] = {
    Means.WHOLE: (Standing.PASSED, N_("carries it alone")),
    Means.PART: (Standing.LOOK, N_("carries a part")),
    Means.NONE: (Standing.STOP, N_("carries nothing")),
    Means.UNKNOWN: (Standing.UNKNOWN, N_("not known yet")),
}
RULE_UNITS: Final[Mapping[str, Unit]] = {
    "size": Unit.COUNT,
    "kin": Unit.COUNT,
    "trades": Unit.PERCENT,
    "loan": Unit.MONEY,
    "cover": Unit.RATIO,
}
_FROM_BELOW: Final = frozenset({"size", "cover"})


def word(words: Mapping[str, str], code: str | Missing) -> Sayable:
    """What people call one of these codes."""
    return message(NOT_KNOWN) if isinstance(code, Missing) else message(words[code])


def means_word(person: GuarantorMeans) -> tuple[Standing, Sayable]:
    """What a guarantor carries, as a standing and in words."""
    standing, text = MEANS[person.means]
    return standing, message(text)


def rule_limit(rule: GroupRule) -> Sayable:
    """The limit of a group's rule, with the side from which it holds."""
    limit = quantity(rule.limit, RULE_UNITS[rule.name])
    return message(N_("≥ {limit}") if rule.name in _FROM_BELOW else N_("≤ {limit}"), limit=limit)
