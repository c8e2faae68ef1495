# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""What is owed, told or found, and guarantees given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import choice, day, money, month, percent, text, whole, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability(Node):
    """One debt, told or found."""

    creditor: str = text(N_("Creditor"))
    kind: str | Missing = choice(N_("Kind of creditor"), "institution", "supplier", "customer", "individual")
    balance: Figure = money(N_("Balance owed"))
    monthly_payment: Figure = money(N_("Monthly payment on the debt"), unit="money/month")
    disclosed: Truth = yes_no(N_("Told by the borrower"))
    bullet_principal_due_in_term: Figure = money(N_("Principal falling due inside the new term"), default="0")
    source: str | Missing = choice(
        N_("Where the debt was found"),
        "told",
        "credit_report",
        "statement",
        "third_party",
        "public_record",
        optional=True,
    )
    sphere: str | Missing = choice(N_("Business or household debt"), "business", "household", optional=True)
    original_amount: Figure = money(N_("Original amount of the debt"), optional=True)
    monthly_rate_percent: Figure = percent(N_("Rate a month on the debt"), unit="percent/month", optional=True)
    plan: str | Missing = choice(
        N_("Payment plan of the debt"), "instalments", "interest_only", "at_maturity", "none", optional=True
    )
    due_date: date | None = day(N_("Debt due on"))
    deferral_signed: Truth = yes_no(N_("Signed deferral"), optional=True)
    days_past_due: Figure = whole(N_("Days past due on the debt"), unit="days", optional=True)
    secured_by: str = text(N_("Security given for the debt"))
    purpose: str = text(N_("What the debt was for"))
    relation: str | Missing = choice(
        N_("Relation to the creditor"),
        "bank",
        "loan_company",
        "online_lender",
        "relative",
        "friend",
        "private_lender",
        "pawnshop",
        "trade",
        "other",
        optional=True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outflow(Node):
    """A regular payment in the statements that nobody explained: a debt behind it."""

    counterparty: str | Missing = choice(N_("Paid to"), "individual", "institution")
    description: str = text(N_("What the payment looks like"))
    monthly_amount: Figure = money(N_("Unexplained payment a month"), unit="money/month")
    assumed_monthly_rate_percent: Figure = percent(
        N_("Assumed interest a month"), unit="percent/month", optional=True
    )
    remaining_months: Figure = whole(N_("Payments still to come"), unit="months", optional=True)
    first_seen: date | None = month(N_("First seen"))
    day_of_month: Figure = whole(N_("Day of the month"), unit="day", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeGiven(Node):
    """A debt of somebody else that the borrower stands for."""

    beneficiary: str = text(N_("Guarantee given for"))
    amount: Figure = money(N_("Amount guaranteed"))
    relation: str = text(N_("Relation to the one guaranteed for"))
    until: date | None = day(N_("Guarantee runs until"))
    in_arrears: Truth = yes_no(N_("The one guaranteed for is in arrears"), optional=True)
    court_letter: str = text(N_("Letter of a court"))
    mutual: Truth = yes_no(N_("They guarantee for each other"), optional=True)
