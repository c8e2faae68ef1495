# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""What was agreed to, and what reports and public registers say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import choice, day, money, text, whole, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents(Node):
    """What the borrower agreed to, and when."""

    data_consent_on: date | None = day(N_("Consent to data collection signed on"))
    data_consent_version: str = text(N_("Version of the consent text"))
    photo_consent: Truth = yes_no(N_("Consent to photos and places"), optional=True)
    bureau_consent_on: date | None = day(N_("Consent to the credit query signed on"))
    referees_named: Truth = yes_no(N_("Referees named in the consent"), optional=True)
    sharing_consent: Truth = yes_no(N_("Consent to sharing with partners"), optional=True)
    rate_explained: Truth = yes_no(N_("Rate and fees explained"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReport(Node):
    """The report of the credit bureau as the officer read it."""

    report_date: date | None = day(N_("Date of the credit report"))
    queried_on: date | None = day(N_("Credit query made on"))
    report_kind: str | Missing = choice(N_("Kind of credit report"), "full", "simple", "own_print", optional=True)
    loan_count: Figure = whole(N_("Open loans in the credit report"), unit="count", optional=True)
    lender_count: Figure = whole(N_("Lenders in the credit report"), unit="count", optional=True)
    loan_balance: Figure = money(N_("Loan balance in the credit report"), optional=True)
    card_limit: Figure = money(N_("Card limits in the credit report"), optional=True)
    card_used: Figure = money(N_("Cards used in the credit report"), optional=True)
    monthly_payments: Figure = money(N_("Monthly payments in the credit report"), unit="money/month", optional=True)
    overdue_now: Figure = money(N_("Overdue now in the credit report"), optional=True)
    overdue_times_24m: Figure = whole(N_("Times late in 24 months"), unit="times", optional=True)
    worst_overdue_months: Figure = whole(N_("Longest time late in the credit report"), unit="months", optional=True)
    queries_3m: Figure = whole(N_("Credit queries in three months"), unit="times", optional=True)
    guarantees_balance: Figure = money(N_("Guarantees in the credit report"), optional=True)
    paid_by_third_party: Truth = yes_no(N_("Paid or taken over by somebody else"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRecord(Node):
    """One public register looked up before or during the visit."""

    register: str | Missing = choice(
        N_("Public register"),
        "enforcement",
        "dishonesty",
        "licence",
        "movables",
        "land",
        "tax",
        "court",
        optional=True,
    )
    searched_on: date | None = day(N_("Register searched on"))
    words_searched: str = text(N_("Words searched"))
    found: Truth = yes_no(N_("Something found in the register"), optional=True)
    note: str = text(N_("What the register says"))
    valid_days: Figure = whole(N_("How long the search holds"), unit="days", optional=True)
