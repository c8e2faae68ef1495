# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""Bills, staff, neighbours and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import Absence, choice, day, listing, money, number, percent, text, whole, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRecord(Node):
    """What one neighbour of the same trade showed or said."""

    name: str = text(N_("Peer"))
    sales_per_day: Figure = money(N_("Sales a day of the peer"), unit="money/day", optional=True)
    margin_percent: Figure = percent(N_("Margin of the peer"), optional=True)
    monthly_rent: Figure = money(N_("Rent of the peer"), unit="money/month", optional=True)
    distance_km: Figure = number(N_("Distance of the peer"), unit="km", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Node):
    """How many work here, three times."""

    declared: Figure = whole(N_("Staff as told"), unit="persons")
    seen_on_site: Figure = whole(N_("Staff seen on site"), unit="persons")
    on_payroll: Figure = whole(N_("Staff on the payroll"), unit="persons")
    asked_wage: Figure = money(N_("Wage as a member of staff told"), unit="money/month", optional=True)
    turnover_12m: Figure = whole(N_("Staff who left in a year"), unit="persons", optional=True)
    mood: str | Missing = choice(N_("Mood of the staff"), "good", "mixed", "bad", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility(Node):
    """One bill: power, water, rent, phone."""

    item: str = text(N_("Bill"))
    arrears_amount: Figure = money(N_("Arrears on the bill"))
    paid_until: date | None = day(N_("Bill paid until"))
    months_behind: Figure = number(N_("Months behind with the bill"), unit="months", optional=True)
    billed_every_months: Figure = number(N_("Bill comes every so many months"), unit="months", optional=True)
    account_name: str = text(N_("Name on the bill"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoTaken(Node):
    """Where one photo was taken, and whether its file turned up elsewhere."""

    id: str = text(N_("Photo"))
    lat: Figure = number(N_("Latitude of the photo"), unit="degrees", span=(-90, 90))
    lon: Figure = number(N_("Longitude of the photo"), unit="degrees", span=(-180, 180))
    note: str = text(N_("Note on the photo"))
    elsewhere: Truth = yes_no(N_("Photo of something that is elsewhere"), default="no")
    same_file_as_other_case: Truth = yes_no(N_("Photo also in another case"), default="no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers(Node):
    """What neighbours and the same trade sell."""

    days_per_month: Figure = number(N_("Business days a month"), unit="days")
    peer_sales_per_day_low: Figure = money(N_("Sales a day of the weakest peer"), unit="money/day")
    peer_sales_per_day_high: Figure = money(N_("Sales a day of the strongest peer"), unit="money/day")
    records: tuple[PeerRecord, ...] = listing(PeerRecord, N_("Peers asked"), absence=Absence.EMPTY, key=("name",))
    net_margin_low_percent: Figure = percent(N_("Lowest net margin of the trade"), optional=True)
    net_margin_high_percent: Figure = percent(N_("Highest net margin of the trade"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photos(Node):
    """Where the premises are, and where the photos were taken."""

    premises_lat: Figure = number(N_("Latitude of the premises"), unit="degrees", span=(-90, 90))
    premises_lon: Figure = number(N_("Longitude of the premises"), unit="degrees", span=(-180, 180))
    items: tuple[PhotoTaken, ...] | Missing = listing(PhotoTaken, N_("Photos with a place"))
