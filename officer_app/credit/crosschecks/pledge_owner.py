"""Whether everybody to whom a pledge belongs agrees, and the deed was seen. Source: Civil Code 301, 1062."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import Missing, Truth, all_true
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key

CONSENT: Final = replace(choice_key("security.owners_consent", "required", "not_required"), optional=True)

FLAG: Final = FlagKind("PLEDGE_WITHOUT_CONSENT", 193, 1, N_("a pledge belongs to others who have not agreed"))

_TITLE: Final = message(N_("Owners of the pledges"))
_FORMULA: Final = message(N_("deed seen; every owner who is not the borrower, and a spouse, agrees"))
_FACTS: Final = ("owner_relation", "co_owners_agree", "deed_seen")


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when each deed was seen and each owner beside the borrower agrees."""
    pledges = ground.facts.collateral
    if ground.policy.get(CONSENT, "not_required") != "required" or not pledges:
        return ()
    paths = tuple(item.at("owner_relation") for item in pledges)
    if all(isinstance(getattr(item, fact), Missing) for item in pledges for fact in _FACTS):
        ask = message(N_("Ask whose name stands on the deed, see it, and hear every owner"))
        return (not_done("PLEDGE_OWNER", _TITLE, _FORMULA, ask, *paths),)
    married = ground.facts.borrower.marital_status == "married"
    others = sum(_belongs_to_others(item, married=married) is True for item in pledges)
    return (
        judged(
            Finding(
                "PLEDGE_OWNER",
                _TITLE,
                _FORMULA,
                message(
                    N_("{others:count} of {pledges:count} pledges belong to others too"),
                    others=others,
                    pledges=len(pledges),
                ),
                all_true(truth for item in pledges for truth in _kept(item, married=married)),
                message(N_("Have every owner sign in person, or leave the pledge out")),
                paths,
                causes=tuple(cause for item in pledges for cause in _causes(item)),
            )
        ),
    )


def _belongs_to_others(item: Collateral, *, married: bool) -> Truth:
    """Whether somebody beside the borrower has to agree; what a couple owns, both own."""
    if isinstance(item.owner_relation, Missing):
        return item.owner_relation
    return married or item.owner_relation != "borrower"


def _kept(item: Collateral, *, married: bool) -> Iterator[Truth]:
    yield item.deed_seen
    others = _belongs_to_others(item, married=married)
    if isinstance(others, Missing):
        yield others
    elif others or item.co_owners_agree is False:
        yield item.co_owners_agree


def _causes(item: Collateral) -> Iterator[Cause]:
    if item.co_owners_agree is False:
        sentence = message(
            N_("{pledge} belongs to {owner}; not every owner agrees"), pledge=item.id, owner=item.owner or None
        )
        yield Cause(FLAG, item.at("co_owners_agree"), sentence, (item.at("co_owners_agree"), item.at("owner")))
    if item.deed_seen is False:
        unseen = message(N_("The deed of {pledge} was not seen"), pledge=item.id)
        yield Cause(FLAG, item.at("deed_seen"), unseen, (item.at("deed_seen"),))


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
