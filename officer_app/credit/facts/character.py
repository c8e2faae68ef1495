# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""Soft information: what others say, what is stable, what is seen of the life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import choice, day, group, money, number, percent, text, whole, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Node):
    """One person asked about the borrower."""

    name: str = text(N_("Person asked"))
    relation: str | Missing = choice(
        N_("Relation of the person asked"),
        "supplier",
        "buyer",
        "staff",
        "neighbour",
        "landlord",
        "village_official",
        "relative",
        "friend",
        "other",
        optional=True,
    )
    phone: str = text(N_("Phone of the person asked"))
    asked_on: date | None = day(N_("Asked on"))
    said: str = text(N_("What was said"))
    good: Truth = yes_no(N_("Speaks well of the borrower"), optional=True)
    named_in_consent: Truth = yes_no(N_("Named in the consent"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Node):
    """What one other person says, the same questions put again."""

    monthly_sales: Figure = money(N_("Monthly sales as this person says"), unit="money/month", optional=True)
    gross_margin_percent: Figure = percent(N_("Gross margin as this person says"), optional=True)
    staff: Figure = whole(N_("Staff as this person says"), unit="persons", optional=True)
    years: Figure = number(N_("Years as this person says"), unit="years", optional=True)
    monthly_rent: Figure = money(N_("Rent as this person says"), unit="money/month", optional=True)
    debts_total: Figure = money(N_("Debts as this person says"), optional=True)
    debt_payments: Figure = money(N_("Debt payments as this person says"), unit="money/month", optional=True)
    household_expenses: Figure = money(
        N_("Household expenses as this person says"), unit="money/month", optional=True
    )
    persons: Figure = whole(N_("Persons as this person says"), unit="persons", optional=True)
    purpose_amount: Figure = money(N_("Cost of the purpose as this person says"), optional=True)
    requested_amount: Figure = money(N_("Amount of the loan as this person says"), optional=True)
    owner: str = text(N_("Owner as this person says"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stable(Node):
    """One of the three stables."""

    stable: Truth = yes_no(N_("It is stable"), optional=True)
    years: Figure = number(N_("Stable for years"), unit="years", optional=True)
    evidence: str = text(N_("Evidence of stability"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded(Node):
    """One of the three characters, graded with a reason."""

    grade: str | Missing = choice(N_("Grade of the character"), "good", "fair", "poor", optional=True)
    reason: str = text(N_("Reason for the grade"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifestyle(Node):
    """Whether what is seen of the life fits the trade."""

    vehicle: str = text(N_("Vehicle driven"))
    vehicle_value: Figure = money(N_("Value of the vehicle driven"), optional=True)
    fits_trade: Truth = yes_no(N_("Life fits the trade"), optional=True)
    note: str = text(N_("Note on the life"))
    large_spending: str = text(N_("Large spending seen"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StrawIndicator(Node):
    """One sign that the money is for somebody else."""

    indicator: str = text(N_("Sign of a straw borrower"))
    present: Truth = yes_no(N_("Sign seen"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftItem(Node):
    """One soft question, its answer, and the good one."""

    item: str = text(N_("Soft information"))
    answer: str = text(N_("Answer to the soft question"), required=True)
    good_answer: Truth = yes_no(N_("Good answer to the soft question"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts(Node):
    """The same question put to others, or again."""

    borrower_again: Account | None = group(Account, N_("The borrower, asked again"), optional=True)
    spouse: Account | None = group(Account, N_("What the spouse says"), optional=True)
    staff: Account | None = group(Account, N_("What the staff say"), optional=True)
    neighbour: Account | None = group(Account, N_("What a neighbour says"), optional=True)
    supplier: Account | None = group(Account, N_("What a supplier says"), optional=True)
    landlord: Account | None = group(Account, N_("What the landlord says"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeStables(Node):
    """Family, home and work."""

    family: Stable | None = group(Stable, N_("Stable family"), optional=True)
    home: Stable | None = group(Stable, N_("Stable home"), optional=True)
    work: Stable | None = group(Stable, N_("Stable work or income"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeCharacters(Node):
    """The person, the product, the pledge."""

    person: Graded | None = group(Graded, N_("Character of the person"), optional=True)
    product: Graded | None = group(Graded, N_("Character of the product"), optional=True)
    pledge: Graded | None = group(Graded, N_("Character of the pledge"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie(Node):
    """Something that was said knowingly wrong, as the officer proved it. No form asks for it.

    `contradiction` names the contradiction that was closed with it.
    """

    about: str = text(N_("What the lie was about"))
    said: str = text(N_("What was said, knowingly wrong"))
    found: str = text(N_("What is true"))
    contradiction: str = text(N_("Contradiction that proved the lie"))
