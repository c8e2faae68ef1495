"""What is owned and what is pledged: told but not seen, in another's name, pledged already."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.asking.candidate import Candidate, Situation
from officer_app.credit.changing import changed
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import ZERO, Missing, known
from officer_app.credit.pledgenames import pledge_named
from officer_app.credit.vocabulary import label_of

_SOURCES: Final = {
    "cash_on_hand": "cash_on_hand_source",
    "deposits": "deposits_source",
    "inventory_counted": "inventory_source",
    "prepayments": "prepayments_source",
    "livestock": "livestock_source",
    "machinery_equipment": "machinery_source",
    "vehicles": "vehicles_source",
    "buildings": "buildings_source",
    "other_assets": "other_assets_source",
    "receivables_total": "receivables_source",
}


def possessions(case: Situation) -> Iterator[Candidate]:
    """Questions on assets and pledges."""
    yield from _told_only(case)
    yield from _vehicles(case)
    for item in case.told.collateral:
        yield from _pledge(case, item)


def _told_only(case: Situation) -> Iterator[Candidate]:
    assets = case.told.assets
    for name, source in _SOURCES.items():
        amount: object = getattr(assets, name)
        if getattr(assets, source) == "told" and isinstance(amount, Decimal) and amount:
            path = assets.at(name)
            yield Candidate(
                Message(N_("Have it shown: {fact} of {amount:money}"), {"fact": label_of(path), "amount": amount}),
                Message(N_("Told, and not seen")),
                (path,),
                (changed(case.facts, assets.at(source), "seen"), changed(case.facts, path, ZERO)),
            )


def _vehicles(case: Situation) -> Iterator[Candidate]:
    """A vehicle in another's name is not the borrower's to count."""
    counted, owner = known(case.told.assets.vehicles), case.told.borrower.name
    for vehicle in case.told.vehicles:
        strange = bool(vehicle.registered_owner) and vehicle.registered_owner != owner
        if counted and (vehicle.affiliated is True or strange):
            yield Candidate(
                Message(
                    N_("Whose is the vehicle {plate} really? See the affiliation and leasing contracts"),
                    {"plate": vehicle.plate or None},
                ),
                Message(N_("Registered in the name of {owner}"), {"owner": vehicle.registered_owner or None}),
                (vehicle.at("registered_owner"), "assets.vehicles"),
                (case.facts, changed(case.facts, "assets.vehicles", ZERO)),
            )


def _pledge(case: Situation, item: Collateral) -> Iterator[Candidate]:
    eligible, values = item.eligible, {"pledge": pledge_named(item, case.told.collateral)}
    if item.deed_seen is True and eligible is True:
        return
    barred = eligible is False
    yield Candidate(
        Message(N_("See the deed of the {pledge}: whose is it, and is it pledged already?"), values),
        Message(N_("It carries nothing until it may be pledged"))
        if barred
        else Message(N_("The deed has not been seen")),
        (item.at("eligible") if barred else item.at("deed_seen"), item.path),
        (_proven(case, item, eligible=True), _proven(case, item, eligible=False)),
    )


def _proven(case: Situation, item: Collateral, *, eligible: bool) -> CaseFacts:
    """The deed seen, an ordinary thing before the law unless somebody said what it is: it may be pledged, or not."""
    facts = changed(case.facts, item.at("deed_seen"), value=True)
    if isinstance(item.law_class, Missing):
        facts = changed(facts, item.at("law_class"), "ordinary")
    return changed(facts, item.at("eligible"), value=eligible)
