# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""What is asked for, and for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import (
    Absence,
    FactKind,
    choice,
    day,
    listing,
    money,
    month,
    percent,
    text,
    values,
    whole,
    yes_no,
)
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeItem(Node):
    """One thing that the money is for."""

    item: str = text(N_("Purpose item"))
    amount: Figure = money(N_("Cost of the purpose item"))
    kind: str | Missing = choice(
        N_("Kind of purpose"),
        "stock",
        "equipment",
        "vehicle",
        "premises",
        "fitting_out",
        "livestock",
        "inputs",
        "working_cash",
        "repay_debt",
        "household",
        "other",
        optional=True,
    )
    seller: str = text(N_("Seller"))
    quotation_seen: Truth = yes_no(N_("Offer or contract seen"), optional=True)
    quotation_date: date | None = day(N_("Date of the offer"))
    unit_price_checked: Truth = yes_no(N_("Price compared with other sellers"), optional=True)
    life_months: Figure = whole(N_("How long it lasts"), unit="months", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(Node):
    """What is asked for."""

    requested_amount: Figure = money(N_("Amount requested"))
    term_months: Figure = whole(N_("Term in months"), unit="months", least=1, most=600)
    annual_rate_percent: Figure = percent(N_("Nominal rate a year"), unit="percent/year")
    upfront_fee_percent: Figure = percent(N_("Fee kept back at payout"), default="0")
    repayment_method: str | Missing = choice(N_("Repayment method"), "equal_instalment", "principal_schedule")
    principal_share_by_month: tuple[Figure, ...] | None = values(
        FactKind.NUMBER, N_("Share of principal in each month"), absence=Absence.OPTIONAL
    )
    first_month_of_cash_flow: date | None = month(N_("First month of the cash flow"))
    purpose_declared: str = text(N_("Purpose as told"))
    purpose_items: tuple[PurposeItem, ...] | Missing = listing(PurposeItem, N_("What the money is for"))
    product: str = text(N_("Loan product"))
    purpose_class: str | Missing = choice(
        N_("Purpose class"), "working_capital", "fixed_asset", "consumption", "project", "subsidised", optional=True
    )
    payout_date: date | None = day(N_("Wanted on"))
    first_due_date: date | None = day(N_("First due date"))
    own_funds_available: Figure = money(N_("Own money ready for the purpose"), optional=True)
    own_funds_seen: Truth = yes_no(N_("Own money seen"), optional=True)
    gap_paid_by: str = text(N_("Who pays what the loan does not cover"))
    gap_source: str | Missing = choice(
        N_("Where the rest comes from"),
        "own_savings",
        "sales",
        "family",
        "bank",
        "private_lender",
        "supplier",
        "reduced_purpose",
        "unknown",
        optional=True,
    )
    subsidy_share_percent: Figure = percent(N_("Share of the interest that is subsidised"), optional=True)
    subsidy_source: str = text(N_("Who subsidises"))
    applied_elsewhere: Truth = yes_no(N_("Applied elsewhere at the same time"), optional=True)
    applied_elsewhere_where: str = text(N_("Where else"))
    introduced_by: str = text(N_("Introduced by"))
