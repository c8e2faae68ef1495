# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""The facts of one case: typed, frozen, each field declared once with kind, unit and label.

Names are the paths of the worked cases (cases/README, section 2) without the leading `facts.`. A required or
optional number that nobody has said is `Missing` with its path; an absent text is "".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import (
    Absence,
    FactKind,
    choice,
    group,
    listing,
    money,
    month,
    number,
    percent,
    text,
    values,
    whole,
    yes_no,
)
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node
from officer_app.credit.routefacts import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeItem(Node):
    """One thing that the money is for."""

    item: str = text(N_("Purpose item"))
    amount: Figure = money(N_("Cost of the purpose item"))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Node):
    """One of several sets of books."""

    book: str = text(N_("Set of books"))
    monthly_sales: Figure = money(N_("Monthly sales in this set of books"), unit="money/month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales(Node):
    """What is sold: as told, and by every route that shows it."""

    declared_monthly_sales: Figure = money(N_("Monthly sales as told"), unit="money/month")
    declared_gross_margin_percent: Figure = percent(N_("Gross margin as told"))
    largest_customer_share_percent: Figure = percent(N_("Share of the largest customer"), optional=True)
    cogs_timing: str = choice(N_("Timing of the cost of sales"), "with_sales", "even", default="with_sales")
    month_factors: tuple[Figure, ...] | None = values(
        FactKind.NUMBER, N_("Season factor of each month"), absence=Absence.OPTIONAL
    )
    month_factors_note: str = text(N_("Note on the season factors"))
    books: tuple[Book, ...] | None = listing(Book, N_("Sets of books"), absence=Absence.OPTIONAL)
    routes: tuple[Route, ...] | Missing = listing(Route, N_("Sales routes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Node):
    """One main product or service."""

    name: str = text(N_("Product"))
    share_percent: Figure = percent(N_("Share of sales"))
    sale_price: Figure = money(N_("Sale price"))
    unit_cost: Figure = money(N_("Unit cost"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingCost(Node):
    """One running cost of the business, in the base month."""

    item: str = text(N_("Cost item"))
    monthly_amount: Figure = money(N_("Monthly cost"), unit="money/month")
    behaviour: str | Missing = choice(N_("Fixed or variable"), "fixed", "variable")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdExpense(Node):
    """One running expense of the family."""

    item: str = text(N_("Household expense"))
    monthly_amount: Figure = money(N_("Monthly household expense"), unit="money/month")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherIncome(Node):
    """Income of the family from elsewhere."""

    item: str = text(N_("Other income"))
    monthly_amount: Figure = money(N_("Monthly other income"), unit="money/month")
    verified: Truth = yes_no(N_("Seen on paper"), default="no")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts(Node):
    """The family behind the business."""

    persons: Figure = whole(N_("Persons in the household"), unit="persons")
    monthly_expenses: tuple[HouseholdExpense, ...] | Missing = listing(HouseholdExpense, N_("Household expenses"))
    other_income: tuple[OtherIncome, ...] | Missing = listing(OtherIncome, N_("Other income of the household"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets(Node):
    """What is owned: counted, seen, at today's resale value."""

    cash_on_hand: Figure = money(N_("Cash on hand"))
    deposits: Figure = money(N_("Deposits"))
    inventory_counted: Figure = money(N_("Stock counted at cost"))
    prepayments: Figure = money(N_("Prepayments"), default="0")
    livestock: Figure = money(N_("Livestock"), default="0")
    machinery_equipment: Figure = money(N_("Machinery and equipment"), default="0")
    vehicles: Figure = money(N_("Vehicles"), default="0")
    buildings: Figure = money(N_("Buildings"), default="0")
    other_assets: Figure = money(N_("Other assets"), default="0")
    receivables_total: Figure = money(N_("Receivables"), default="0")
    receivables_over_12_months: Figure = money(N_("Receivables older than 12 months"), default="0")


@dataclass(frozen=True, slots=True, kw_only=True)
class LivestockDetail(Node):
    """How the value of the livestock was counted."""

    kind: str = text(N_("Kind of animal"))
    head: Figure = number(N_("Head counted"), unit="head", optional=True)
    unit_value: Figure = money(N_("Value of one head"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability(Node):
    """One debt, told or found."""

    creditor: str = text(N_("Creditor"))
    kind: str | Missing = choice(N_("Kind of creditor"), "institution", "supplier", "customer", "individual")
    balance: Figure = money(N_("Balance owed"))
    monthly_payment: Figure = money(N_("Monthly payment on the debt"), unit="money/month")
    disclosed: Truth = yes_no(N_("Told by the borrower"))
    bullet_principal_due_in_term: Figure = money(N_("Principal falling due inside the new term"), default="0")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class GuaranteeGiven(Node):
    """A debt of somebody else that the borrower stands for."""

    beneficiary: str = text(N_("Guarantee given for"))
    amount: Figure = money(N_("Amount guaranteed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus(Node):
    """What was left over in one period, as told."""

    period: str = text(N_("Period"))
    surplus: Figure = money(N_("Surplus of the period as told"), signed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideMoney(Node):
    """Money that came in from, or went out to, beyond the business."""

    item: str = text(N_("Money in or out"))
    amount: Figure = money(N_("Amount in or out"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityHistory(Node):
    """How the net worth came about, as told."""

    start: str = text(N_("Business started"))
    initial_equity: Figure = money(N_("Own money at the start"), signed=True)
    declared_surplus_by_period: tuple[Surplus, ...] | Missing = listing(Surplus, N_("Surpluses as told"))
    outside_injections: tuple[OutsideMoney, ...] = listing(
        OutsideMoney, N_("Money brought in from outside"), absence=Absence.EMPTY
    )
    outside_withdrawals: tuple[OutsideMoney, ...] = listing(
        OutsideMoney, N_("Money taken out"), absence=Absence.EMPTY
    )
    appreciation: Figure = money(N_("Rise in value of what is owned"), default="0")
    depreciation: Figure = money(N_("Loss in value of what is owned"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover(Node):
    """Rhythm of stock and credit, as told."""

    declared_stock_days: Figure = number(N_("Stock days as told"), unit="days", optional=True)
    declared_credit_days: Figure = number(N_("Credit days as told"), unit="days", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Node):
    """How many work here, three times."""

    declared: Figure = whole(N_("Staff as told"), unit="persons")
    seen_on_site: Figure = whole(N_("Staff seen on site"), unit="persons")
    on_payroll: Figure = whole(N_("Staff on the payroll"), unit="persons")


@dataclass(frozen=True, slots=True, kw_only=True)
class Utility(Node):
    """One bill: power, water, rent, phone."""

    item: str = text(N_("Bill"))
    arrears_amount: Figure = money(N_("Arrears on the bill"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers(Node):
    """What neighbours and the same trade sell."""

    days_per_month: Figure = number(N_("Business days a month"), unit="days")
    peer_sales_per_day_low: Figure = money(N_("Sales a day of the weakest peer"), unit="money/day")
    peer_sales_per_day_high: Figure = money(N_("Sales a day of the strongest peer"), unit="money/day")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoTaken(Node):
    """Where one photo was taken, and whether its file turned up elsewhere."""

    id: str = text(N_("Photo"))
    lat: Figure = number(N_("Latitude of the photo"), unit="degrees", span=(-90, 90))
    lon: Figure = number(N_("Longitude of the photo"), unit="degrees", span=(-180, 180))
    note: str = text(N_("Note on the photo"))
    same_file_as_other_case: Truth = yes_no(N_("Photo also in another case"), default="no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photos(Node):
    """Where the premises are, and where the photos were taken."""

    premises_lat: Figure = number(N_("Latitude of the premises"), unit="degrees", span=(-90, 90))
    premises_lon: Figure = number(N_("Longitude of the premises"), unit="degrees", span=(-180, 180))
    items: tuple[PhotoTaken, ...] | Missing = listing(PhotoTaken, N_("Photos with a place"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StrawIndicator(Node):
    """One sign that the money is for somebody else."""

    indicator: str = text(N_("Sign of a straw borrower"))
    present: Truth = yes_no(N_("Sign seen"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlausiblePurpose(Node):
    """What the business can use at most."""

    amount: Figure = money(N_("Largest amount the business can use"))
    basis: str = text(N_("How that amount was found"))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantor(Node):
    """One guarantor and what is left of the income each month."""

    id: str = text(N_("Guarantor"), required=True)
    relation: str = text(N_("Relation of the guarantor"))
    monthly_income: Figure = money(N_("Income of the guarantor"), unit="money/month")
    monthly_household_expenses: Figure = money(N_("Household expenses of the guarantor"), unit="money/month")
    monthly_debt_service: Figure = money(N_("Debt service of the guarantor"), unit="money/month")


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftItem(Node):
    """One soft question, its answer, and the good one."""

    item: str = text(N_("Soft information"))
    answer: str = text(N_("Answer to the soft question"), required=True)
    good_answer: Truth = yes_no(N_("Good answer to the soft question"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts(Node):
    """All facts of one case."""

    application: Application = group(Application, N_("Application"))
    borrower: Borrower = group(Borrower, N_("About the borrower"))
    sales: Sales = group(Sales, N_("Sales"))
    products: tuple[Product, ...] | Missing = listing(Product, N_("Main products"))
    operating_costs: tuple[OperatingCost, ...] | Missing = listing(OperatingCost, N_("Operating costs"))
    household: HouseholdFacts = group(HouseholdFacts, N_("Household"))
    assets: Assets = group(Assets, N_("Assets"))
    livestock_detail: tuple[LivestockDetail, ...] = listing(
        LivestockDetail, N_("Livestock counted"), absence=Absence.EMPTY
    )
    liabilities: tuple[Liability, ...] | Missing = listing(Liability, N_("Debts"))
    unexplained_regular_outflows: tuple[Outflow, ...] = listing(
        Outflow, N_("Unexplained regular payments"), absence=Absence.EMPTY
    )
    guarantees_given: tuple[GuaranteeGiven, ...] = listing(
        GuaranteeGiven, N_("Guarantees given for others"), absence=Absence.EMPTY
    )
    equity_history: EquityHistory = group(EquityHistory, N_("History of the net worth"))
    turnover: Turnover | None = group(Turnover, N_("Turnover of stock and credit"), optional=True)
    staff: Staff | None = group(Staff, N_("Staff"), optional=True)
    utilities: tuple[Utility, ...] | None = listing(Utility, N_("Bills"), absence=Absence.OPTIONAL)
    peers: Peers | None = group(Peers, N_("Neighbours and peers"), optional=True)
    photos: Photos | None = group(Photos, N_("Photos and their places"), optional=True)
    straw_indicators: tuple[StrawIndicator, ...] | None = listing(
        StrawIndicator, N_("Signs of a straw borrower"), absence=Absence.OPTIONAL
    )
    traits_bankruptcy_prone: tuple[str, ...] = values(
        FactKind.LABEL, N_("Traits of people who fail easily"), absence=Absence.EMPTY
    )
    purpose_plausible_max: PlausiblePurpose | None = group(
        PlausiblePurpose, N_("What the business can use"), optional=True
    )
    collateral: tuple[Collateral, ...] = listing(Collateral, N_("Pledges"), absence=Absence.EMPTY)
    guarantors: tuple[Guarantor, ...] = listing(Guarantor, N_("Guarantors"), absence=Absence.EMPTY)
    soft_information: tuple[SoftItem, ...] | Missing = listing(SoftItem, N_("Soft information items"))
