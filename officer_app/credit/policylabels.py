"""What each key of the policy is called, group by group, in the words of those who set it.

A test finds keys without a label. What a key means beyond its name stands in the policy file as a comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message, Sayable, Verbatim
from officer_app.credit.pledgenames import PLEDGE_LABELS


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that stand together: a name for the list of groups, and the label of each key by path."""

    key: str
    title: str
    labels: Mapping[str, str]


GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "version",
        N_("Name and version"),
        {
            "name": N_("Name of the policy"),
            "version": N_("Version number"),
            "effective_from": N_("In force from"),
            "schema_version": N_("Version of the file's form"),
        },
    ),
    Group(
        "tolerances",
        N_("Tolerances of the cross-checks"),
        {
            "sales_route_tolerance_percent": N_("Sales routes: tolerance"),
            "gross_margin_tolerance_points": N_("Gross margin: tolerance"),
            "purchase_margin_tolerance_points": N_("Margin by goods bought: tolerance"),
            "season_mean_tolerance_percent": N_("Mean of the season factors: tolerance"),
            "equity_tolerance_percent": N_("Equity check: tolerance"),
            "turnover_tolerance_percent": N_("Stock and receivable days: tolerance"),
            "purpose_tolerance_percent": N_("Purpose above plausible: tolerance"),
            "receivable_over_12m_share_max_percent": N_("Receivables over 12 months: largest share"),
            "customer_concentration_max_percent": N_("Largest customer: largest share"),
            "lender_count_max": N_("Institutions that lend already: at most"),
            "photo_radius_km": N_("Photos from the premises: at most"),
            "photo_visit_margin_minutes": N_("Photos: minutes before and after the visit"),
            "photo_clock_pass_minutes": N_("Camera and satellite clock: apart at most"),
            "photo_clock_look_minutes": N_("Camera and satellite clock: to be explained from"),
            "photo_laptop_clock_pass_minutes": N_("Camera and laptop clock: apart at most"),
            "photo_laptop_clock_look_minutes": N_("Camera and laptop clock: to be explained from"),
            "photo_distance_pass_metres": N_("Photo from the premises: matches up to"),
            "photo_distance_look_metres": N_("Photo from the premises: to be explained from"),
            "photo_speed_max_kmh": N_("Way between two photos: at most"),
            "photo_watermark_pass_minutes": N_("Watermark and camera clock: apart at most"),
            "photo_watermark_look_minutes": N_("Watermark and camera clock: to be explained from"),
            "photo_same_place_count": N_("Photos at one and the same coordinate: from"),
            "photo_shared_camera_days": N_("Camera used by two officers: within"),
            "photo_neighbour_metres": N_("Pictures of two borrowers: look closer within"),
            "photo_neighbour_minutes": N_("One coordinate for two borrowers: to be explained after"),
            "photo_visit_code": N_("Visit code in the pictures of each place"),
            "photo_visit_code_amount_from": N_("Visit code to be explained from an amount of"),
            "photo_visit_code_least": N_("Visit code: pictures of each place that show it"),
            "photo_visit_code_hours": N_("Visit code: counts after the visit began for"),
            "straw_indicator_min": N_("Signs of a straw borrower: from"),
            "trait_min": N_("Traits of people who fail easily: from"),
            "equity_tolerance": N_("Equity check: rule"),
            "equity_tolerance_loan_percent": N_("Equity check: share of the loan at most"),
            "net_margin_tolerance_points": N_("Net margin: tolerance"),
            "stock_due_tolerance_percent": N_("Stock due: tolerance"),
            "stock_count_tolerance_percent": N_("Stock counted: tolerance"),
            "till_tolerance_percent": N_("Cash in the till: tolerance"),
            "deposits_tolerance_percent": N_("Savings: tolerance"),
            "wages_tolerance_percent": N_("Wage sheet: tolerance"),
            "wage_told_tolerance_percent": N_("Wage told by staff: tolerance"),
            "rent_tolerance_percent": N_("Rent: tolerance"),
            "years_over_paper_max": N_("Years above the papers: at most"),
            "lease_years_seen_min": N_("Lease by the year: years of papers at least"),
            "bill_paid_days_max": N_("Bills and rent paid until: days back at most"),
            "meter_fall_max_percent": N_("Meter use against a year ago: fall at most"),
            "profit_unshown_max_percent": N_("Profit nobody can show: at most"),
            "account_tolerance_percent": N_("Amounts told by others: tolerance"),
            "account_margin_tolerance_points": N_("Margin told by others: tolerance"),
            "account_staff_tolerance": N_("Staff told by others: apart at most"),
            "account_years_tolerance": N_("Years told by others: apart at most"),
            "account_persons_tolerance": N_("Household told by others: apart at most"),
            "references_good_min_percent": N_("Good words of others: at least"),
            "buyer_firm_share_max_percent": N_("Lead firm without a contract: largest share"),
            "project_safety_min_percent": N_("Project: room above break-even at least"),
            "vehicle_idle_days_max": N_("Vehicles idle a month: at most"),
            "plausible_monthly_sales": N_("Monthly sales that can be"),
            "person_rules": N_("Rules on persons"),
            "gap_rules": N_("Rules on the rest and own money"),
            "expiry_rules": N_("Rules on lease and insurance"),
            "shown_reasons": N_("Reasons that the facts show"),
            "straw_facts": N_("Signs of a straw borrower in other answers"),
            "season_mean_above_max_percent": N_("Mean of the season factors above 1: at most"),
            "costs_left_out_tolerance_percent": N_("Costs left out: tolerance"),
            "visit_minutes_min": N_("Minutes on site: at least"),
            "spouse_signature_above": N_("Spouse signs above"),
            "routes_with_evidence_min": N_("Sales routes with evidence: at least"),
            "routes_not_from_borrower_min": N_("Routes not from the borrower: at least"),
            "routes_full_min": N_("Routes that show all sales: at least"),
            "cashless_share_tolerance_points": N_("Cashless share: tolerance"),
            "last_sales_counted_min": N_("Last sales counted: at least"),
            "hand_book_tolerance_percent": N_("Hand book added up again: tolerance"),
            "norm_range_tolerance_percent": N_("Beyond the range of a norm: tolerance"),
            "guarantor_cases_max": N_("Other loans of one guarantor: at most"),
            "same_explanation_cases": N_("Same explanation in cases of one officer: from"),
            "routes_counted": N_("Sales routes are counted"),
            "route_class_told": N_("What a sales route is said to show"),
            "words_of_proof": N_("Words of evidence and reasons"),
            "explained_with_proof": N_("Proof for an explanation"),
            "second_officer_signs": N_("Second officer signs the visit"),
            "paper_days_after_visit_max": N_("Papers dated after the visit: days at most"),
        },
    ),
    Group(
        "report",
        N_("Credit report and public registers"),
        {
            "report_days_max": N_("Credit report: oldest"),
            "report_overdue_now_max": N_("Overdue now: at most"),
            "report_times_late_max": N_("Times late in 24 months: at most"),
            "report_months_late_max": N_("Longest time late: at most"),
            "report_queries_max": N_("Credit queries in three months: at most"),
            "debts_report_tolerance_percent": N_("Credit report above debts told: tolerance"),
            "card_use_max_percent": N_("Use of credit cards: at most"),
            "registers_required": N_("Public registers to search"),
            "register_valid_days": N_("Search of a register holds"),
            "register_valid_days_max": N_("Search of a register holds at most"),
            "report_days_at_decision_max": N_("Credit report at the approval: oldest"),
        },
    ),
    Group(
        "pace",
        N_("How the checklist was filled"),
        {
            "visit_answers_judged_min": N_("Answers from which the pace is judged"),
            "visit_seconds_per_answer_min": N_("Seconds on a question: at least"),
            "visit_reading_characters_max": N_("Characters read a second: at most"),
            "visit_minutes_from_pictures_max": N_("Minutes between answers and site pictures: at most"),
        },
    ),
    Group(
        "purpose",
        N_("Purpose and term"),
        {
            "purpose_term_months_min": N_("Shortest term"),
            "purpose_term_months_max": N_("Longest term"),
            "term_of_life_min_percent": N_("Term of the life of what is bought: at least"),
            "quotation_above": N_("Offer wanted above"),
            "quotation_months_max": N_("Offer: oldest"),
            "banned_purposes": N_("Words of purposes never lent for"),
            "banned_purpose_exceptions": N_("Where such a word is honest"),
            "purpose_kinds": N_("Things for the household in a business loan"),
        },
    ),
    Group(
        "flags",
        N_("Red flags and required checks"),
        {
            "hard_flags": N_("Red flags that refuse a loan"),
            "required_checks": N_("Checks that may not be skipped"),
            "may_not_apply": N_("Checks that may be left out for a reason"),
        },
    ),
    Group(
        "statements",
        N_("Rules of the statements"),
        {
            "sales_adopted": N_("Sales adopted"),
            "household_expense_adopted": N_("Household expenses adopted"),
            "bullet_principal_of_other_debts": N_("Principal of other debts due at once"),
            "receivable_over_12m_counted_percent": N_("Receivables over 12 months: counted"),
            "told_assets_counted_percent": N_("Things that were only told: counted"),
            "household_expense_floor_per_person": N_("Least household expenses per person"),
            "unverified_income_counted_percent": N_("Income without papers: counted"),
            "contingent_liability_weight_percent": N_("Guarantees given: counted"),
            "debts_without_plan": N_("Debts without a payment plan"),
            "debts_plan_unsaid": N_("Debts that pay nothing and whose plan nobody asked"),
            "imputed_debt_rate_percent_month": N_("Debts without a plan: rate"),
            "imputed_debt_months": N_("Debts without a plan: months"),
            "cash_flow_length": N_("Cash flow runs"),
            "reserve_basis": N_("Reserve is counted"),
            "leverage_basis": N_("Leverage is counted"),
            "working_capital_sizing": N_("Working capital need"),
        },
    ),
    Group(
        "limits",
        N_("Limits of the loan"),
        {
            "instalment_to_disposable_max_percent": N_("Instalment of disposable income: at most"),
            "dscr_min": N_("Debt service cover: at least"),
            "debt_to_assets_after_loan_max_percent": N_("Debts of assets after the loan: at most"),
            "reserve_months_min": N_("Reserve: at least"),
            "own_contribution_min_percent": N_("Own contribution: at least"),
            "product_max_amount": N_("Largest amount of the product"),
            "unsecured_allowance": N_("Unsecured allowance"),
            "guarantor_cover_min": N_("Cover by guarantors: at least"),
            "stress_sales_drop_percent": N_("Stress: sales fall by"),
            "all_in_rate_cap_percent": N_("All-in rate: at most"),
            "loan_rounding": N_("Rounding of the loan"),
            "stress.price_drop_percent": N_("Stress: selling prices fall"),
            "stress.cost_rise_percent": N_("Stress: buying prices rise"),
            "stress.weak_months": N_("Stress: weakest months"),
            "stress.rate_rise_points": N_("Stress: interest on other debts rises"),
            "stress.mix": N_("Stress: several at once"),
            "dossier_grade": N_("Grade of the dossier"),
            "unsecured_limit_by_grade": N_("Lent without a pledge, by grade"),
            "products": N_("Loan products"),
            "business_day_rule": N_("Payment due on a day off"),
            "product_limits": N_("Columns of the product that are judged"),
            "history_counted": N_("Earlier loans with us that count"),
            "running_loans": N_("Running loans with us"),
        },
    ),
    Group(
        "lender",
        N_("Limits of the lender"),
        {
            "lender_net_assets_prior_year_end": N_("Our net assets at the last year's end"),
            "single_borrower_limit_percent": N_("One borrower: share of net assets at most"),
            "related_group_limit_percent": N_("One related group: share of net assets at most"),
            "lender.licence": N_("Licence of the lender"),
            "lender.regulator": N_("Regulator"),
            "lender.address": N_("Address of the lender"),
            "lender.phone": N_("Phone of the lender"),
            "lender.complaints": N_("Where to complain"),
            "rate_caps": N_("Price limits with their dates"),
            "lpr": N_("One-year LPR"),
            "rate_coming_for": N_("A coming price limit is told of"),
        },
    ),
    Group(
        "retention",
        N_("Keeping and deleting"),
        {
            "retention.draft_months": N_("Drafts never handed over: kept for"),
            "retention.withdrawn_months": N_("Withdrawn cases: kept for"),
            "retention.refused_months": N_("Refused cases: kept for"),
            "retention.not_paid_out_months": N_("Approved and not paid out: kept for"),
            "retention.loan_months": N_("Loans: kept after the end for"),
            "retention.consent_days": N_("Consent withdrawn: deleted after"),
            "retention.received_months": N_("Copies received: kept for"),
            "retention.sealed_months": N_("Sealed deliveries: kept for"),
        },
    ),
    Group(
        "lanes",
        N_("Lanes"),
        {"lanes": N_("Lanes, the first that fits")},
    ),
    Group(
        "approval",
        N_("Approval"),
        {
            "approval.tiers": N_("Levels of approval"),
            "approval.raises": N_("What lifts a case to a level"),
            "approval.second_officer": N_("Second officer needed"),
            "approval.second_visit": N_("Second visit needed"),
            "approval.more_checks": N_("Further checks from a threshold"),
            "approval.related_party": N_("Borrower related to our staff"),
            "approval.override_tier": N_("Rules may be set aside from level"),
            "approval.conditions": N_("Standard conditions"),
            "approval.call_back_above": N_("Customer is called before the approval: above"),
            "approval.valid_days": N_("An approval holds"),
            "standing_raises_tier": N_("Unexplained contradictions that raise the level: from"),
        },
    ),
    Group(
        "collateral",
        N_("Pledges and what is lent on them"),
        {
            "collateral_value_adopted": N_("Value adopted"),
            "collateral_lendable": N_("What can be lent on a pledge"),
            "collateral_ltv_percent": N_("Lent on the value"),
            "security.eligibility": N_("Who says what may be pledged"),
            "security.forced_sale_cut_percent": N_("Cut in a sale in haste"),
            "security.grade_days": N_("Days to sell, by grade"),
            "security.prior_liens": N_("Prior liens"),
            "security.lendable_needs": N_("A pledge carries when"),
            "security.owners_consent": N_("Consent of the owners"),
            "security.valuation_spread_max_percent": N_("Valuation methods apart: at most"),
            "security.insured_types": N_("Pledges that need insurance"),
            "security.insurance_beneficiary": N_("Beneficiary of the insurance of pledges"),
            "security.revalue_after_months": N_("Valuation: oldest"),
            "security.cover_min_percent": N_("Cover by pledges: at least"),
            "security.cover_max_percent": N_("Cover by pledges: at most"),
            "security.guarantor_worth_min_percent": N_("Net worth of the guarantors: at least"),
            "security.other_guarantees_counted_percent": N_("Other guarantees of a guarantor: part counted"),
            "security.guarantee_period_min_months": N_("Guarantee period: at least"),
            "security.guarantee_circles_max": N_("Circles of guarantees allowed"),
            "security.group_size_min": N_("Group: members at least"),
            "security.group_kin_max": N_("Group: kin at most"),
            "security.group_same_trade_max_percent": N_("Group: same trade at most"),
            "security.group_member_loan_max": N_("Group: loan of one member at most"),
            "security.group_cover_min": N_("Group: cover by the others at least"),
        },
    ),
    Group(
        "risk",
        N_("Risk index"),
        {
            "risk_index.willingness": N_("Willingness counts"),
            "risk_index.consistency": N_("Consistency counts"),
            "risk_index.weights": N_("Weight"),
            "risk_index.capacity_bands": N_("Score by debt service cover"),
            "risk_index.leverage_bands": N_("Score by debts of assets"),
            "risk_index.security_bands": N_("Score by cover of pledges"),
            "risk_index.industry": N_("Score under stress"),
            "risk_index.grades": N_("Index from which the grade holds"),
            "risk_index.grade_ceilings.B": N_("Red flags that allow B at best"),
            "risk_index.grade_ceilings.C": N_("Red flags that allow C at best"),
            "rounding": N_("Printed decimals"),
            "willingness_cap_after_lie": N_("Willingness after a proven lie: at most"),
        },
    ),
)
_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {path: label for group in GROUPS for path, label in group.labels.items()}
)
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **PLEDGE_LABELS,
        "capacity": N_("Capacity to repay"),
        "willingness": N_("Willingness to repay"),
        "consistency": N_("Consistency of what was told"),
        "leverage": N_("Debt after the loan"),
        "security": N_("Security"),
        "industry": N_("Trade under stress"),
        "passed": N_("covered"),
        "failed": N_("not covered"),
        "direction": N_("direction"),
        "step": N_("step"),
        "steps": N_("steps"),
        "otherwise": N_("otherwise"),
        "guarantors": N_("with guarantors"),
        "mode": N_("way of rounding"),
        "amounts": N_("amounts"),
        "percents": N_("percents"),
        "ratios": N_("ratios"),
        "amount_above": N_("amount above"),
        "grades": N_("grades"),
        "flags": N_("red flags"),
        "products": N_("products"),
        "standing_from": N_("contradictions unexplained, from"),
        "working_capital": N_("working capital"),
        "fixed_asset": N_("fixed asset"),
        "consumption": N_("consumption"),
        "project": N_("project"),
        "subsidised": N_("subsidised loan"),
        "area_low": N_("square metre, lowest"),
        "area_high": N_("square metre, highest"),
        "person_low": N_("person, lowest"),
        "person_high": N_("person, highest"),
        "seat_low": N_("seat, lowest"),
        "seat_high": N_("seat, highest"),
        "sales_drop_percent": N_("sales fall"),
        "price_drop_percent": N_("selling prices fall"),
        "cost_rise_percent": N_("buying prices rise"),
        "rate_rise_points": N_("interest rises"),
        "weak_months": N_("weakest months"),
        "loans_a": N_("settled loans for A"),
        "days_late_a": N_("days late for A at most"),
        "days_late_b": N_("days late for B at most"),
        "days_late_c": N_("days late for C at most"),
        "weeks": N_("some weeks"),
        "half_year": N_("half a year"),
        "year": N_("a year"),
        "hard": N_("hard to sell"),
    }
)
CHOICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lowest_of_all": N_("the lowest of the declared sales and all routes"),
        "higher_of_reported_and_floor": N_("the higher of those told and the least"),
        "spread_over_term": N_("spread over the new loan's term"),
        "lowest_method": N_("the lowest of the methods used"),
        "after_ltv_and_prior_lien": N_("value by share lent, less prior liens"),
        "good_answers_of_answered": N_("good answers of those given"),
        "good_answers_of_asked": N_("good answers of all that were asked"),
        "passed_of_counted": N_("passed of the checks made"),
        "passed_of_due": N_("passed of the checks due"),
        "refuse": N_("is refused"),
        "highest_tier": N_("goes to the highest level"),
        "branch_manager": N_("Branch manager"),
        "reviewer": N_("Reviewer"),
        "committee": N_("Credit committee"),
        "percent_only": N_("a share of the net worth alone"),
        "lower_of_share_and_loan": N_("the lower of a share of the net worth and of the loan"),
        "as_told": N_("nothing is imputed"),
        "imputed": N_("an imputed instalment"),
        "all": N_("all hold"),
        "none": N_("none of them"),
        "lowest_full_route": N_("the lowest of the declared sales and the routes that show all"),
        "twelve_months": N_("twelve months"),
        "to_last_due_date": N_("to the last due date"),
        "before_payout": N_("before the payout"),
        "after_payout": N_("after the payout and the own contribution"),
        "combined": N_("business and home together"),
        "business_alone": N_("the business alone"),
        "shown": N_("shown only"),
        "explained": N_("must be explained where it lacks"),
        "cap": N_("one of the caps"),
        "lower_of_ltv_and_forced_sale": N_("the lower of the share lent and a sale in haste"),
        "officer_alone": N_("the officer alone"),
        "officer_and_law": N_("the officer and the law"),
        "checked": N_("checked against the papers"),
        "required": N_("is required"),
        "not_required": N_("is not required"),
        "as_agreed": N_("on the day agreed"),
        "following": N_("on the next working day"),
        "preceding": N_("on the working day before"),
        "modified_following": N_("on the next working day of the same month, else on the one before"),
        "deed_and_law": N_("the deed was seen and the law is told"),
        "officers_word": N_("the officer says that it may be pledged"),
        "ticked_alone": N_("those ticked in the list alone"),
        "counted": N_("answers elsewhere count too"),
        "as_listed": N_("each entry counts"),
        "by_what_they_read": N_("entries that read the same thing count once"),
        "as_chosen": N_("as the officer chose"),
        "never_better": N_("never better than its kind"),
        "any_sign": N_("any sign is enough"),
        "must_say_something": N_("must say something"),
        "never_asked": N_("never asked for"),
        "above_the_equity_tolerance": N_("for money above the tolerance of the equity check"),
        "must_fit_the_class": N_("must fit the class of the purpose"),
        "waits": N_("wait for the answer"),
        "counts_as_none": N_("count as without a plan"),
        "amount_term_and_rate": N_("amount, term, rate, method and client"),
        "every_column": N_("grace, deferral and subsidy as well"),
        "as_noted": N_("all that were noted"),
        "found_in_our_books": N_("only those found in our books"),
        "among_debts_alone": N_("stand among the debts alone"),
        "off_the_limits": N_("are taken off the limits"),
        "every_loan": N_("every loan"),
        "loans_that_reach_it": N_("loans that run beyond its first day"),
        "not_asked": N_("is not asked"),
        "on_this_laptop": N_("signs on the laptop that was taken along"),
        "must_be_us": N_("must be us"),
    }
)
UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "percent": N_("%"),
        "percent/year": N_("% a year"),
        "points": N_("percentage points"),
        "money": N_("yuan"),
        "money/month": N_("yuan a month"),
        "ratio": N_("times"),
        "months": N_("months"),
        "days": N_("days"),
        "km": N_("km"),
        "score": N_("of 100"),
        "percent/month": N_("% a month"),
        "years": N_("years"),
        "persons": N_("persons"),
        "times": N_("times in all"),
        "minutes": N_("minutes"),
        "metres": N_("metres"),
        "km/h": N_("km/h"),
        "photos": N_("photos"),
    }
)


# What the shipped file says beside its keys. A comment that an institution writes itself is shown as it wrote it.


def is_labelled(path: str) -> bool:
    """Whether a declared key has a label of its own."""
    return path in _LABELS


def label_of_key(path: str) -> Sayable:
    """The label of a key, or of one name inside it: "Lent on the value: vehicle". Unknown ones show their path."""
    if path in _LABELS:
        return Message(_LABELS[path])
    parent, _, name = path.rpartition(".")
    if parent in _LABELS:
        return Message(N_("{what}: {name}"), {"what": Message(_LABELS[parent]), "name": _name(name)})
    return Verbatim(path)


def _name(name: str) -> Sayable:
    return Message(_NAMES[name]) if name in _NAMES else Verbatim(name)


@cache
def group_of(path: str) -> str:
    """The key of the group that a path belongs to; one of a rule that came later stands with the tolerances."""
    for group in GROUPS:
        if any(path == known or path.startswith(f"{known}.") for known in group.labels):
            return group.key
    return "tolerances"


def unit_words(unit: str) -> Sayable | None:
    """What stands beside a field; a count needs nothing."""
    return Message(UNITS[unit]) if unit in UNITS else None
