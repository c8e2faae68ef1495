"""Vehicles: whose they are, whether they run, and an odometer that went back. Source: DOMAIN, section a, row 24."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.facts.business import Vehicle
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Truth, all_true, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import whole_key

IDLE: Final = whole_key("vehicle_idle_days_max", "days", optional=True)

OWNER: Final = Rule(
    "VEHICLE_OWNER",
    FlagKind("VEHICLE_OF_ANOTHER", 107, 1, N_("a vehicle is registered or lettered for somebody else")),
    Message(N_("Owner of the vehicles")),
    Message(
        N_("registered owner and name on the door are the borrower, the spouse, the business or the affiliation")
    ),
    Message(N_("Look at the driving licence of each vehicle and at the name on the door")),
    Message(N_("Ask who owns the vehicle, and for the contract with the company it is affiliated to")),
)
USE: Final = Rule(
    "VEHICLE_USE",
    FlagKind("VEHICLE_STANDS_IDLE", 108, 1, N_("a vehicle hardly runs, or its odometer went back")),
    Message(N_("Use of the vehicles")),
    Message(N_("days idle last month at most the limit; odometer not below that of an earlier service")),
    Message(N_("Read the odometer, the last service bill, and ask for the idle days")),
    Message(N_("Ask for the trips of last month, and compare them with the fuel bills")),
)


def _owner(ground: Ground) -> Results:
    """Pass when each vehicle bears a name of the borrower's own, or of the company it is affiliated to."""
    vehicles = tuple(
        vehicle for vehicle in ground.facts.vehicles if not unsaid(vehicle.registered_owner, vehicle.name_on_door)
    )
    if ground.policy.get(IDLE, None) is None or not ground.facts.vehicles:
        return ()
    own = _own_names(ground.facts)
    if not vehicles or not own:
        return OWNER.not_begun("vehicles", "borrower.name")
    others = tuple(vehicle for vehicle in vehicles if not _is_own(vehicle, own))
    sentence = (
        Message(N_("In another name: {names}"), {"names": tuple(_other(vehicle) for vehicle in others)})
        if others
        else Message(N_("{count:count} vehicles are in the borrower's own name"), {"count": len(vehicles)})
    )
    return OWNER.result(not others, sentence, tuple(vehicle.path for vehicle in vehicles))


def _own_names(facts: CaseFacts) -> tuple[str, ...]:
    spouse = "" if facts.household.spouse is None else facts.household.spouse.name
    business = "" if facts.business is None else facts.business.name
    return tuple(name.strip() for name in (facts.borrower.name, spouse, business) if name.strip())


def _is_own(vehicle: Vehicle, own: tuple[str, ...]) -> bool:
    company = (vehicle.affiliated_to.strip(),) if vehicle.affiliated is True and vehicle.affiliated_to.strip() else ()
    names = (vehicle.registered_owner.strip(), vehicle.name_on_door.strip())
    return all(any(one in name or name in one for one in (*own, *company)) for name in names if name)


def _other(vehicle: Vehicle) -> Message:
    return Message(
        N_("{plate} registered for {owner}, door {door}"),
        {
            "plate": Verbatim(vehicle.plate or "—"),
            "owner": Verbatim(vehicle.registered_owner or "—"),
            "door": Verbatim(vehicle.name_on_door or "—"),
        },
    )


def _use(ground: Ground) -> Results:
    limit, vehicles = ground.policy.get(IDLE, None), ground.facts.vehicles
    if limit is None or not vehicles:
        return ()
    told = tuple(vehicle for vehicle in vehicles if not unsaid(vehicle.idle_days, vehicle.odometer_earlier_km))
    if not told:
        return USE.not_begun("vehicles")
    truths = tuple(_runs(vehicle, limit) for vehicle in told)
    idle = tuple(_idle(vehicle) for vehicle, fine in zip(told, truths, strict=True) if fine is False)
    sentence = (
        Message(
            N_("Hardly used: {names}; at most {limit:count} idle days are usual"), {"names": idle, "limit": limit}
        )
        if idle
        else Message(N_("{count:count} vehicles are in use"), {"count": len(told)})
    )
    numbers = Numbers(found=Decimal(len(idle)), unit=Unit.COUNT)
    return USE.result(all_true(truths), sentence, tuple(vehicle.path for vehicle in told), numbers)


def _runs(vehicle: Vehicle, limit: Decimal) -> Truth:
    truths: list[Truth] = []
    if not unsaid(vehicle.idle_days):
        truths.append(at_most(vehicle.idle_days, limit))
    if not unsaid(vehicle.odometer_earlier_km):
        truths.append(at_most(vehicle.odometer_earlier_km, vehicle.odometer_km))
    return all_true(truths)


def _idle(vehicle: Vehicle) -> Message:
    return Message(
        N_("{plate} {idle:count} days idle, odometer {now:count} after {before:count}"),
        {
            "plate": Verbatim(vehicle.plate or "—"),
            "idle": known(vehicle.idle_days),
            "now": known(vehicle.odometer_km),
            "before": known(vehicle.odometer_earlier_km),
        },
    )


CHECKS: Final = (OWNER.check(_owner), USE.check(_use))
