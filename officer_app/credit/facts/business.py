# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""The business, its premises, buyers, suppliers, wages, vehicles and meters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import choice, day, money, month, number, percent, text, whole, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Business(Node):
    """The business itself."""

    name: str = text(N_("Name of the business"))
    trade: str = text(N_("Trade"))
    form: str | Missing = choice(
        N_("Legal form"),
        "individual_business",
        "company",
        "cooperative",
        "farm_household",
        "unregistered",
        optional=True,
    )
    licence_seen: Truth = yes_no(N_("Licence seen"), optional=True)
    licence_holder: str = text(N_("Holder of the licence"))
    licence_since: date | None = day(N_("Licence issued on"))
    licence_until: date | None = day(N_("Licence valid until"))
    licence_status: str | Missing = choice(
        N_("Standing of the licence"), "valid", "expired", "cancelled", "abnormal", "none", optional=True
    )
    licence_exemption: str | Missing = choice(
        N_("Why the law asks for no licence"),
        "designated_stall",
        "food_stall_record",
        "own_produce",
        "handy_labour",
        "small_online",
        optional=True,
    )
    exemption_seen: Truth = yes_no(N_("Proof of that seen"), optional=True)
    permits_missing: str = text(N_("Permits missing"))
    years: Figure = number(N_("Years this business runs"), unit="years", optional=True)
    years_on_paper: Figure = number(N_("Years as papers show"), unit="years", optional=True)
    open_days_per_month: Figure = number(N_("Days open a month"), unit="days", optional=True)
    open_hours_per_day: Figure = number(N_("Hours open a day"), unit="hours", optional=True)
    trend: str | Missing = choice(N_("Trend of sales"), "growing", "steady", "falling", optional=True)
    trend_note: str = text(N_("Why the trend"))
    main_season: str = text(N_("Main season"))
    unrelated_ventures: str = text(N_("Unrelated ventures"))
    buyer_firm: str = text(N_("Lead firm or cooperative that buys"))
    buyer_firm_share_percent: Figure = percent(N_("Share sold to the lead firm"), optional=True)
    buyer_contract_seen: Truth = yes_no(N_("Contract with the lead firm seen"), optional=True)
    trade_risk_note: str = text(N_("Note on the risk of the trade"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises(Node):
    """Where the business stands."""

    address: str = text(N_("Address of the premises"))
    tenure: str | Missing = choice(
        N_("Tenure of the premises"), "owned", "rented", "stall", "borrowed", "shared", optional=True
    )
    area_m2: Figure = number(N_("Area of the premises"), unit="m2", optional=True)
    seats: Figure = whole(N_("Seats"), unit="seats", optional=True)
    machines: Figure = whole(N_("Machines or work places"), unit="count", optional=True)
    monthly_rent: Figure = money(N_("Rent of the premises"), unit="money/month", optional=True)
    lease_holder: str = text(N_("Tenant in the lease"))
    lease_until: date | None = day(N_("Lease runs until"))
    lease_years_seen: Figure = whole(N_("Years in a row of leases or receipts seen"), unit="years", optional=True)
    rent_paid_until: date | None = day(N_("Rent paid until"))
    sign_matches: Truth = yes_no(N_("Name on the sign fits the licence"), optional=True)
    borrower_knows_premises: Truth = yes_no(N_("Borrower knows the place"), optional=True)
    rehearsed: Truth = yes_no(N_("Visit looked rehearsed"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Node):
    """One large buyer."""

    name: str = text(N_("Buyer"))
    share_percent: Figure = percent(N_("Share of sales to the buyer"), optional=True)
    credit_days: Figure = number(N_("Credit days given to the buyer"), unit="days", optional=True)
    years: Figure = number(N_("Years with the buyer"), unit="years", optional=True)
    owed: Figure = money(N_("Owed by the buyer"), optional=True)
    asked: Truth = yes_no(N_("Buyer asked"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier(Node):
    """One large supplier."""

    name: str = text(N_("Supplier"))
    share_percent: Figure = percent(N_("Share of purchases"), optional=True)
    credit_days: Figure = number(N_("Credit days from the supplier"), unit="days", optional=True)
    years: Figure = number(N_("Years with the supplier"), unit="years", optional=True)
    monthly_purchases: Figure = money(N_("Purchases from the supplier a month"), unit="money/month", optional=True)
    owed: Figure = money(N_("Owed to the supplier"), optional=True)
    asked: Truth = yes_no(N_("Supplier asked"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payroll(Node):
    """What is paid to those who work."""

    staff_paid: Figure = whole(N_("Staff paid last month"), unit="persons", optional=True)
    monthly_total: Figure = money(N_("Wages a month"), unit="money/month", optional=True)
    piece_total: Figure = money(N_("Piece wages a month"), unit="money/month", optional=True)
    piece_rate: Figure = money(N_("Wage per piece"), optional=True)
    months_behind: Figure = number(N_("Months wages are behind"), unit="months", optional=True)
    sheet_seen: Truth = yes_no(N_("Wage sheet seen"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle(Node):
    """One vehicle that earns or is owned."""

    plate: str = text(N_("Plate"))
    registered_owner: str = text(N_("Registered owner"))
    name_on_door: str = text(N_("Name on the door"))
    first_registered: date | None = month(N_("First registered"))
    affiliated: Truth = yes_no(N_("Affiliated to a company"), optional=True)
    affiliated_to: str = text(N_("Affiliated to"))
    accident: Truth = yes_no(N_("Had an accident"), optional=True)
    odometer_km: Figure = number(N_("Odometer"), unit="km", optional=True)
    odometer_earlier_km: Figure = number(N_("Odometer at an earlier service"), unit="km", optional=True)
    odometer_earlier_on: date | None = day(N_("Date of that service"))
    purchase_price: Figure = money(N_("Price paid for the vehicle"), optional=True)
    insured_until: date | None = day(N_("Vehicle insured until"))
    idle_days: Figure = number(N_("Days idle last month"), unit="days", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterReading(Node):
    """One of the three meters: water, power, gas."""

    kind: str | Missing = choice(N_("Meter"), "power", "water", "gas", "coal", "diesel", "other", optional=True)
    period_from: date | None = day(N_("Reading from"))
    period_to: date | None = day(N_("Reading to"))
    quantity_per_month: Figure = number(N_("Used a month"), unit="units", optional=True)
    quantity_year_before: Figure = number(N_("Used in the same month a year before"), unit="units", optional=True)
    unit_price: Figure = money(N_("Price per unit used"), optional=True)
    monthly_amount: Figure = money(N_("Bill a month"), unit="money/month", optional=True)
    account_name: str = text(N_("Name on the meter account"))
    note: str = text(N_("Note on the use"))
