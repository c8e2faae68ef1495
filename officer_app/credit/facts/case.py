# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""All facts of one case.

Names are the paths of the worked cases (cases/README, section 2) without the leading `facts.`. A required or
optional number that nobody has said is `Missing` with its path; an absent text is "".
"""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.words import N_
from officer_app.credit.facts.application import Application
from officer_app.credit.facts.balance import Assets, LivestockDetail, Turnover
from officer_app.credit.facts.borrower import Borrower
from officer_app.credit.facts.business import Business, Customer, MeterReading, Payroll, Premises, Supplier, Vehicle
from officer_app.credit.facts.character import (
    Accounts,
    Lie,
    Lifestyle,
    Reference,
    SoftItem,
    StrawIndicator,
    ThreeCharacters,
    ThreeStables,
)
from officer_app.credit.facts.consents import Consents, CreditReport, PublicRecord
from officer_app.credit.facts.counts import SavingsFlow, StockFlow, StockItem, Till
from officer_app.credit.facts.debts import GuaranteeGiven, Liability, Outflow
from officer_app.credit.facts.equity import EquityHistory
from officer_app.credit.facts.household import HouseholdFacts
from officer_app.credit.facts.notapplicable import NotApplicable
from officer_app.credit.facts.onsite import Peers, Photos, Staff, Utility
from officer_app.credit.facts.pace import VisitPace
from officer_app.credit.facts.purpose import PlausiblePurpose, Project, WorkingCapital
from officer_app.credit.facts.sales import OperatingCost, Product, Sales
from officer_app.credit.facts.screening import Screening
from officer_app.credit.facts.security import Collateral, Guarantor, Insurance, JointGroup, RelatedPerson
from officer_app.credit.facts.visit import SiteVisit
from officer_app.credit.fields import Absence, FactKind, group, listing, values
from officer_app.credit.figures import Missing
from officer_app.credit.nodes import Node


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
    liabilities: tuple[Liability, ...] | Missing = listing(Liability, N_("Debts"), key=("kind", "creditor"))
    unexplained_regular_outflows: tuple[Outflow, ...] = listing(
        Outflow, N_("Unexplained regular payments"), absence=Absence.EMPTY
    )
    guarantees_given: tuple[GuaranteeGiven, ...] = listing(
        GuaranteeGiven, N_("Guarantees given for others"), absence=Absence.EMPTY, key=("beneficiary",)
    )
    equity_history: EquityHistory = group(EquityHistory, N_("History of the net worth"))
    turnover: Turnover | None = group(Turnover, N_("Turnover of stock and credit"), optional=True)
    staff: Staff | None = group(Staff, N_("Staff"), optional=True)
    utilities: tuple[Utility, ...] | None = listing(Utility, N_("Bills"), absence=Absence.OPTIONAL)
    peers: Peers | None = group(Peers, N_("Neighbours and peers"), optional=True)
    photos: Photos | None = group(Photos, N_("Photos and their places"), optional=True)
    straw_indicators: tuple[StrawIndicator, ...] | None = listing(
        StrawIndicator, N_("Signs of a straw borrower"), absence=Absence.OPTIONAL, key=("indicator",)
    )
    traits_bankruptcy_prone: tuple[str, ...] = values(
        FactKind.LABEL, N_("Traits of people who fail easily"), absence=Absence.EMPTY
    )
    purpose_plausible_max: PlausiblePurpose | None = group(
        PlausiblePurpose, N_("What the business can use"), optional=True
    )
    collateral: tuple[Collateral, ...] = listing(
        Collateral, N_("Pledges"), absence=Absence.EMPTY, key=("type", "owner")
    )
    guarantors: tuple[Guarantor, ...] = listing(Guarantor, N_("Guarantors"), absence=Absence.EMPTY, key=("name",))
    soft_information: tuple[SoftItem, ...] | Missing = listing(SoftItem, N_("Soft information items"), key=("item",))
    consents: Consents | None = group(Consents, N_("Consents given"), optional=True)
    credit_report: CreditReport | None = group(CreditReport, N_("Credit report read"), optional=True)
    public_records: tuple[PublicRecord, ...] = listing(
        PublicRecord, N_("Public registers searched"), absence=Absence.EMPTY, key=("register", "searched_on")
    )
    business: Business | None = group(Business, N_("About the business"), optional=True)
    premises: Premises | None = group(Premises, N_("About the premises"), optional=True)
    customers: tuple[Customer, ...] = listing(Customer, N_("Main customers"), absence=Absence.EMPTY, key=("name",))
    suppliers: tuple[Supplier, ...] = listing(Supplier, N_("Main suppliers"), absence=Absence.EMPTY, key=("name",))
    payroll: Payroll | None = group(Payroll, N_("About the wages"), optional=True)
    vehicles: tuple[Vehicle, ...] = listing(Vehicle, N_("Vehicles by plate"), absence=Absence.EMPTY, key=("plate",))
    meters: tuple[MeterReading, ...] = listing(
        MeterReading, N_("Three meters"), absence=Absence.EMPTY, key=("kind", "period_from", "period_to")
    )
    stock_items: tuple[StockItem, ...] = listing(StockItem, N_("Stock count"), absence=Absence.EMPTY)
    stock_flow: StockFlow | None = group(StockFlow, N_("Stock since the last delivery"), optional=True)
    till: Till | None = group(Till, N_("Cash in the till"), optional=True)
    savings_flow: SavingsFlow | None = group(SavingsFlow, N_("Savings since the last large payment"), optional=True)
    references: tuple[Reference, ...] = listing(Reference, N_("Persons asked"), absence=Absence.EMPTY, key=("name",))
    accounts: Accounts | None = group(Accounts, N_("The same question to others"), optional=True)
    three_stables: ThreeStables | None = group(ThreeStables, N_("Three stables"), optional=True)
    three_characters: ThreeCharacters | None = group(ThreeCharacters, N_("Three characters"), optional=True)
    lifestyle: Lifestyle | None = group(Lifestyle, N_("Way of life"), optional=True)
    project: Project | None = group(Project, N_("About the project"), optional=True)
    working_capital: WorkingCapital | None = group(WorkingCapital, N_("Working capital need"), optional=True)
    joint_group: JointGroup | None = group(JointGroup, N_("About the joint-liability group"), optional=True)
    insurances: tuple[Insurance, ...] = listing(
        Insurance, N_("Insurances"), absence=Absence.EMPTY, key=("kind", "insured")
    )
    related_persons: tuple[RelatedPerson, ...] = listing(
        RelatedPerson, N_("Related persons"), absence=Absence.EMPTY, key=("name", "role")
    )
    site_visit: SiteVisit | None = group(SiteVisit, N_("The visit itself"), optional=True)
    traits_positive: tuple[str, ...] = values(
        FactKind.LABEL, N_("Traits of people who fail rarely"), absence=Absence.EMPTY
    )
    screening: Screening | None = group(Screening, N_("What was looked up"), optional=True)
    visit_pace: VisitPace | None = group(VisitPace, N_("How the checklist was filled"), optional=True)
    not_applicable: NotApplicable | None = group(NotApplicable, N_("What does not apply here"), optional=True)
    lies: tuple[Lie, ...] = listing(Lie, N_("Proven lies"), absence=Absence.EMPTY)
