# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""Who asks, and the history with this lender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import Absence, choice, day, listing, money, month, number, text, whole, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLoan(Node):
    """One earlier loan with this lender."""

    contract: str = text(N_("Contract number of the earlier loan"))
    amount: Figure = money(N_("Amount of the earlier loan"), optional=True)
    paid_out_on: date | None = day(N_("Earlier loan paid out on"))
    closed_on: date | None = day(N_("Earlier loan settled on"))
    worst_days_late: Figure = whole(N_("Most days late on the earlier loan"), unit="days", optional=True)
    times_late: Figure = whole(N_("Times late on the earlier loan"), unit="times", optional=True)
    restructured: Truth = yes_no(N_("Earlier loan restructured"), optional=True)
    outstanding: Figure = money(N_("Still owed on the earlier loan"), optional=True)
    seen_in_books: Truth = yes_no(N_("Earlier loan found in our books"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrower(Node):
    """Who asks. No rule of the assessment reads these."""

    name: str = text(N_("Borrower"))
    role: str = text(N_("Role in the business"))
    years_in_business: str = text(N_("Years in this business"))
    resident_id: str = text(N_("Resident ID number"))
    business_licence_uscc: str = text(N_("Unified social credit code of the business"))
    cooperative_uscc: str = text(N_("Unified social credit code of the cooperative"))
    phone: str = text(N_("Phone"))
    address: str = text(N_("Home address"))
    marital_status: str | Missing = choice(
        N_("Marital status"), "single", "married", "divorced", "widowed", optional=True
    )
    education: str | Missing = choice(N_("Education"), "none", "primary", "middle", "high", "college", optional=True)
    local_years: Figure = number(N_("Years in this area"), unit="years", optional=True)
    phone_years: Figure = number(N_("Years with this phone number"), unit="years", optional=True)
    health_note: str = text(N_("Note on health"))
    former_occupation: str = text(N_("Earlier occupation"))
    bank_account: str = text(N_("Account for the payout"))
    bank_account_owner: str = text(N_("Owner of the payout account"))
    client_since: date | None = month(N_("Client since"))
    actual_user: str = text(N_("Actual user of the funds"))
    actual_controller: str = text(N_("Actual controller of the business"))
    staff_relation: Truth = yes_no(N_("Related to our staff"), optional=True)
    staff_relation_note: str = text(N_("Which relation to our staff"))
    gift_offered: Truth = yes_no(N_("Gift or meal offered"), optional=True)
    history_loans: tuple[PastLoan, ...] = listing(
        PastLoan, N_("Earlier loans with us"), absence=Absence.EMPTY, key=("contract",)
    )
