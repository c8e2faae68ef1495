# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""The family behind the business."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.words import N_
from officer_app.credit.fields import Absence, choice, group, listing, money, number, text, whole, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdMember(Node):
    """One person who lives from this income."""

    name: str = text(N_("Member of the household"))
    relation: str | Missing = choice(
        N_("Relation to the borrower"),
        "spouse",
        "child",
        "parent",
        "sibling",
        "grandparent",
        "grandchild",
        "other",
        optional=True,
    )
    age: Figure = whole(N_("Age of the member"), unit="years", optional=True)
    works: Truth = yes_no(N_("Member works"), optional=True)
    dependant: Truth = yes_no(N_("Member depends on the borrower"), optional=True)
    school_or_illness: str = text(N_("School, illness or care"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spouse(Node):
    """The spouse, who signs or does not."""

    name: str = text(N_("Name of the spouse"))
    resident_id: str = text(N_("Resident ID number of the spouse"))
    phone: str = text(N_("Phone of the spouse"))
    workplace: str = text(N_("Where the spouse works"))
    presence: str | Missing = choice(N_("How the spouse was heard"), "met", "phoned", "not_met", optional=True)
    consent: str | Missing = choice(
        N_("Consent of the spouse"), "signed", "agreed_orally", "not_asked", "refused", optional=True
    )
    runs_business: Truth = yes_no(N_("Spouse works in the business"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home(Node):
    """Where the family lives."""

    tenure: str | Missing = choice(
        N_("Tenure of the home"), "owned", "mortgaged", "rented", "family", "dormitory", "other", optional=True
    )
    years: Figure = number(N_("Years in this home"), unit="years", optional=True)
    visited: Truth = yes_no(N_("Home visited"), optional=True)
    value: Figure = money(N_("Value of the home"), optional=True)
    monthly_rent: Figure = money(N_("Rent of the home"), unit="money/month", optional=True)
    deed_owner: str = text(N_("Owner in the deed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdExpense(Node):
    """One running expense of the family."""

    item: str = text(N_("Household expense"))
    monthly_amount: Figure = money(N_("Monthly household expense"), unit="money/month")
    source: str | Missing = choice(N_("Source of the expense"), "seen", "told", "paper", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherIncome(Node):
    """Income of the family from elsewhere."""

    item: str = text(N_("Other income"))
    monthly_amount: Figure = money(N_("Monthly other income"), unit="money/month")
    verified: Truth = yes_no(N_("Seen on paper"), default="no")
    earner: str = text(N_("Who earns the other income"))
    kind: str | Missing = choice(
        N_("Kind of other income"),
        "wage",
        "rent",
        "pension",
        "subsidy",
        "remittance",
        "farming",
        "side_business",
        "investment",
        "other",
        optional=True,
    )
    proof: str | Missing = choice(
        N_("Proof of the other income"), "statement", "paper", "seen", "told", optional=True
    )
    years: Figure = number(N_("Years of the other income"), unit="years", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts(Node):
    """The family behind the business."""

    persons: Figure = whole(N_("Persons in the household"), unit="persons")
    monthly_expenses: tuple[HouseholdExpense, ...] | Missing = listing(HouseholdExpense, N_("Household expenses"))
    other_income: tuple[OtherIncome, ...] | Missing = listing(OtherIncome, N_("Other income of the household"))
    members: tuple[HouseholdMember, ...] = listing(
        HouseholdMember, N_("Household members"), absence=Absence.EMPTY, key=("name",)
    )
    dependants: Figure = whole(N_("Dependants"), unit="persons", optional=True)
    spouse: Spouse | None = group(Spouse, N_("About the spouse"), optional=True)
    home: Home | None = group(Home, N_("About the home"), optional=True)
    major_events: str = text(N_("Large family expenses ahead"))
    gambling_heard: Truth = yes_no(N_("Gambling or drinking heard of"), optional=True)
