# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""Pledges, guarantors, groups, insurance, and who stands behind the borrower."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import (
    Absence,
    FactKind,
    choice,
    day,
    group,
    listing,
    money,
    number,
    percent,
    text,
    values,
    whole,
    yes_no,
)
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember(Node):
    """One member of a joint-liability group."""

    name: str = text(N_("Member of the group"))
    resident_id: str = text(N_("Resident ID number of the member"))
    kin_of: str = text(N_("Kin of"))
    trade: str = text(N_("Trade of the member"))
    loan_amount: Figure = money(N_("Loan of the member"), optional=True)
    guarantees_for: tuple[str, ...] = values(FactKind.LABEL, N_("Guarantees for"), absence=Absence.EMPTY)
    monthly_surplus: Figure = money(N_("Left a month for the group"), unit="money/month", optional=True, signed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance(Node):
    """One policy of insurance."""

    kind: str | Missing = choice(
        N_("Kind of insurance"),
        "property",
        "vehicle",
        "livestock",
        "crop",
        "accident",
        "credit",
        "health",
        "other",
        optional=True,
    )
    insured: str = text(N_("What is insured"))
    insurer: str = text(N_("Insurer"))
    amount: Figure = money(N_("Insured amount"), optional=True)
    until: date | None = day(N_("Insured until"))
    lender_beneficiary: Truth = yes_no(N_("Lender is the beneficiary"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPerson(Node):
    """Somebody who stands behind, beside or before the borrower."""

    name: str = text(N_("Related person"))
    role: str | Missing = choice(
        N_("Role of the related person"),
        "spouse",
        "co_borrower",
        "actual_user",
        "actual_controller",
        "introducer",
        "partner",
        "relative",
        "payee",
        "lender_staff",
        optional=True,
    )
    resident_id: str = text(N_("Resident ID number of the related person"))
    phone: str = text(N_("Phone of the related person"))
    account: str = text(N_("Account of the related person"))
    address: str = text(N_("Address of the related person"))
    note: str = text(N_("Note on the related person"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation(Node):
    """What a pledge is worth, by each method that was used."""

    comparables: tuple[Figure, ...] | None = values(
        FactKind.MONEY, N_("Prices of comparable things"), unit="money", absence=Absence.OPTIONAL
    )
    comparables_price_per_m2: tuple[Figure, ...] | None = values(
        FactKind.MONEY, N_("Prices per square metre nearby"), unit="money/m2", absence=Absence.OPTIONAL
    )
    area_m2: Figure = number(N_("Area in square metres"), unit="m2", optional=True)
    monthly_net_rent: Figure = money(N_("Net rent a month"), unit="money/month", optional=True)
    capitalisation_rate_percent: Figure = percent(N_("Capitalisation rate"), unit="percent/year", optional=True)
    replacement_cost: Figure = money(N_("Replacement cost"), optional=True)
    depreciation_percent: Figure = percent(N_("Wear of the pledge"), optional=True)
    counted_value: Figure = money(N_("Counted value"), optional=True)


COLLATERAL_TYPES = (
    "residential",
    "shop",
    "stall_operating_right",
    "land_operating_right",
    "vehicle",
    "machinery",
    "stock",
    "livestock",
    "deposit",
    "receivables",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantor(Node):
    """One guarantor and what is left of the income each month."""

    id: str = text(N_("Guarantor"), required=True)
    relation: str = text(N_("Relation of the guarantor"))
    monthly_income: Figure = money(N_("Income of the guarantor"), unit="money/month")
    monthly_household_expenses: Figure = money(N_("Household expenses of the guarantor"), unit="money/month")
    monthly_debt_service: Figure = money(N_("Debt service of the guarantor"), unit="money/month")
    name: str = text(N_("Name of the guarantor"))
    resident_id: str = text(N_("Resident ID number of the guarantor"))
    phone: str = text(N_("Phone of the guarantor"))
    guarantee_kind: str | Missing = choice(N_("Kind of guarantee"), "joint", "ordinary", "unspecified", optional=True)
    guarantee_period_months: Figure = whole(N_("Guarantee period"), unit="months", optional=True)
    spouse_signed: Truth = yes_no(N_("Spouse of the guarantor signed"), optional=True)
    kin: Truth = yes_no(N_("Guarantor is kin"), optional=True)
    trade: str = text(N_("Trade of the guarantor"))
    assets_total: Figure = money(N_("Assets of the guarantor"), optional=True)
    debts_total: Figure = money(N_("Debts of the guarantor"), optional=True)
    guarantees_total: Figure = money(N_("Other guarantees of the guarantor"), optional=True)
    guaranteed_by_borrower: Truth = yes_no(N_("Borrower guarantees for the guarantor"), optional=True)
    report_good: Truth = yes_no(N_("Credit report of the guarantor is good"), optional=True)
    income_seen: Truth = yes_no(N_("Income of the guarantor seen"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointGroup(Node):
    """A joint-liability group."""

    name: str = text(N_("Joint-liability group"))
    members: tuple[GroupMember, ...] = listing(
        GroupMember, N_("Members of the group"), absence=Absence.EMPTY, key=("name",)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Collateral(Node):
    """One pledge offered."""

    id: str = text(N_("Pledge"), required=True)
    type: str | Missing = choice(N_("Type of pledge"), *COLLATERAL_TYPES)
    owner: str = text(N_("Owner of the pledge"))
    eligible: Truth = yes_no(N_("May be pledged"))
    ineligible_reason: str = text(N_("Why it may not be pledged"))
    prior_lien: Figure = money(N_("Prior lien"))
    note: str = text(N_("Note on the pledge"))
    valuation: Valuation = group(Valuation, N_("Valuation of the pledge"))
    owner_relation: str | Missing = choice(
        N_("Relation of the owner of the pledge"),
        "borrower",
        "spouse",
        "relative",
        "third_party",
        "company",
        optional=True,
    )
    co_owners_agree: Truth = yes_no(N_("Co-owners agree"), optional=True)
    deed_seen: Truth = yes_no(N_("Deed seen"), optional=True)
    deed_number: str = text(N_("Deed number"))
    law_class: str | Missing = choice(
        N_("What the law says of the pledge"),
        "ordinary",
        "homestead",
        "collective_land",
        "contracted_land_right",
        "public_benefit",
        "disputed",
        "sealed",
        "illegal_building",
        "only_home",
        "leased_thing",
        optional=True,
    )
    registrable: Truth = yes_no(N_("Can be registered"), optional=True)
    lien_holder: str = text(N_("Holder of the prior lien"))
    rank: Figure = whole(N_("Rank of our lien"), unit="rank", optional=True)
    liquidity: str | Missing = choice(
        N_("How quickly it sells"), "weeks", "months", "half_year", "year", "hard", optional=True
    )
    days_to_sell: Figure = whole(N_("Days to sell"), unit="days", optional=True)
    leased_until: date | None = day(N_("Leased to others until"))
    insured_until: date | None = day(N_("Pledge insured until"))
    insured_amount: Figure = money(N_("Sum insured"), optional=True)
    valued_on: date | None = day(N_("Valued on"))
    valued_by: str = text(N_("Valued by"))
    photos_taken: Truth = yes_no(N_("Photos of the pledge taken"), optional=True)
