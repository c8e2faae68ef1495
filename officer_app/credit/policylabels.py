"""What each key of the policy is called, group by group, in the words of those who set it.

A test finds keys without a label. What a key means beyond its name stands in the policy file as a comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    }
)


# What the shipped file says beside its keys. A comment that an institution writes itself is shown as it wrote it.
_HELP: Final = frozenset(
    {
        N_("of this file's form; the program refuses what it does not know"),
        N_("lowest of the declared sales and every route"),
        N_("principal due inside the new term, spread over it"),
        N_("lowest of the valuation methods used"),
        N_("max(0, value × LTV − prior lien), 0 if not eligible"),
        N_("a route against the declared sales; also sets of books against each other"),
        N_("margin by product against the declared margin"),
        N_("margin by the goods bought against the margin by product"),
        N_("mean of the twelve season factors against 1"),
        N_("net worth against what the history explains"),
        N_("stock days and receivable days against those told"),
        N_("purpose above what the business can use"),
        N_("share of the largest customer"),
        N_("institutions that lend already"),
        N_("photos from the premises"),
        N_("from this many signs on a straw borrower is suspected"),
        N_("from this many traits on the watch begins; never a refusal alone"),
        N_("of old receivables that still counts as an asset"),
        N_("a month; set it by county"),
        N_("of other income nobody has seen on paper"),
        N_("of guarantees given for others"),
        N_("what is left before debts over all debt service"),
        N_("of the purpose, from the borrower's own money"),
        N_("on top of what the pledges carry"),
        N_("surpluses of the guarantors over the instalment"),
        N_("nominal a year with all fees; check it against the law in force"),
        N_("of the lender's net assets"),
        N_(
            "Checks, by a flag of theirs, that may not be skipped: not done, each counts as not passed and wants an "
            "explanation."
        ),
        N_(
            "Checks that some businesses cannot have: left out where the officer writes down why; the reason is "
            "printed."
        ),
        N_("The first lane whose limits all hold is the case's; what a row leaves out is no limit."),
        N_('good answers / all soft items; "good_answers_of_answered" leaves gaps out'),
        N_('passed / counted and skipped; "passed_of_counted" leaves the skipped out'),
        N_("The first tier whose amount is enough decides, unless a rule below lifts the case higher."),
        N_(
            "Any one of amount_above, grades, flags, products and standing_from (contradictions unexplained) is "
            "enough."
        ),
        N_("Thresholds above which further checks, by a flag of theirs, must be done."),
        N_('a borrower related to our own staff: "refuse" or "highest_tier"'),
        N_("from this tier on a rule may be set aside, with a reason in the signed record"),
        N_("Conditions to choose from; days count from approval, or from payout where the money comes first."),
        N_(
            'lowest of the declared sales and every route that shows all sales; "lowest_of_all" takes '
            "floors and ceilings too"
        ),
        N_('or "percent_only": no share of the loan'),
        N_('or "as_told": a debt without a plan costs nothing'),
        N_('way of life, stables, own staff, gifts; or "none"'),
        N_('who pays the rest, own money seen; or "none"'),
        N_('lease and insurance that run out; or "none"'),
        N_('harvests, a business of less than a year, one bank by all its names; or "none"'),
        N_("years in a row of leases or receipts that stand for a lease by the year"),
        N_('or "twelve_months", with the even instalment'),
        N_('after own contribution and fee; or "before_payout"'),
        N_('or "combined": business and home together'),
        N_('the need of firms with accounts; or "cap"'),
        N_("ways to prove the sales of which something was seen"),
        N_("among them: from paper, a count or third persons"),
        N_("among them: showing all sales"),
        N_("share told to a QR route against the last sales counted"),
        N_("fewer counted tell no share"),
        N_("entries re-added against the total as written"),
        N_("beyond the range of the norm that a route names"),
        N_("other running loans that one guarantor may stand for"),
        N_("net worth: and no more than this share of the loan asked for"),
        N_("net margin outside of the trade's range"),
        N_("count against the stock that deliveries and sales should leave"),
        N_("goods counted against goods told; their sum against the balance sheet"),
        N_("cash counted against float + cash sales − payments"),
        N_("savings against what the free funds should have left"),
        N_("wage sheet against the wages among the running costs"),
        N_("one wage as told by a member of staff against the average"),
        N_("rent of the premises against the rent among the running costs"),
        N_("years in business as told above those that papers show"),
        N_("between the last day a bill or the rent is paid for and the visit"),
        N_("less use than a year ago while sales are said to hold or grow"),
        N_("of the claimed profit: the part that nobody can show"),
        N_("amounts told by spouse, staff, neighbour, supplier, landlord"),
        N_("persons"),
        N_("persons in the household"),
        N_("persons who speak well, of those who gave a word"),
        N_("share sold to one lead firm without a contract"),
        N_("room of price and of output above the break-even"),
        N_("a month"),
        N_("answers typed, from which the pace is judged"),
        N_("asking, hearing and typing take longer than this on average"),
        N_("a second, the middle question of all; nobody reads faster"),
        N_("between the middle answer and the nearest picture of the site"),
        N_("a payment due on a day off moves there; interest runs to the day agreed"),
        N_("age of the credit report at the visit"),
        N_("yuan"),
        N_("in 24 months"),
        N_("the longest"),
        N_("by lenders in three months"),
        N_("more in the report than was told"),
        N_("how long a search holds unless noted otherwise"),
        N_("items above this want an offer with a compared price"),
        N_("age of the offer at the visit"),
        N_("the loan runs at least this share of the life of what it pays for"),
        N_("above this an oral word of the spouse is not enough (Civil Code 1064)"),
        N_("Words that a purpose may not name; confirm the list with the rules in force."),
        N_("of 100, once a lie was proven; it is no average"),
        N_("from this many unexplained contradictions on a higher tier decides"),
        N_("cases of one officer with the same explanation"),
        N_("a debt without a plan: the equal instalment of its balance at this rate"),
        N_("over so many months"),
        N_("on top of what the pledges carry; by dossier grade, see below"),
        N_("One row for each limit, with the day from which it holds; check them against the law in force."),
        N_("One-year LPR, per cent a year, from the day of its publication; add a row when it changes."),
        N_("One row for each product: to whom, how much, how long, how it is repaid, at which price."),
        N_("selling prices fall"),
        N_("buying prices rise"),
        N_("every month sells like so many weakest months on average"),
        N_("a year, on other debts that bear interest"),
        N_('a bar of the law overrules the officer; or "officer_alone"'),
        N_("of every owner beside the borrower, and the deed seen"),
        N_('against rank, holder, debts told and the registers; or "as_told"'),
        N_("highest value above the lowest, when two methods or more were used"),
        N_("a valuation is too old then"),
        N_("until the loan ends, for their value"),
        N_("lendable + unsecured allowance, of the amount asked for"),
        N_("value after prior liens, of the amount asked for"),
        N_("of what a guarantor signed for others, off the net worth"),
        N_("net worth of all guarantors, of the amount asked for"),
        N_("after the due date; without words the law gives six"),
        N_("with the borrower"),
        N_("members who are kin of another"),
        N_("what the others have left a month over the instalment"),
        N_('payee, real user, names, a strange or rehearsed place are signs too; or "ticked_alone"'),
        N_("the same where it is above 1, since it lifts the average month"),
        N_("wages, power and home rent named, below what people, meters and lease tell"),
        N_("on site"),
        N_("of things that were only told, in what is found: nobody saw them or a paper"),
        N_('before it carries anything; or "officers_word"'),
        N_('or "waits": a debt that pays nothing and of whose plan nobody asked'),
        N_('of a sales route: never better than its kind; or "as_chosen"'),
        N_('three entries of one QR code are one; or "as_listed"'),
        N_('"none", "-" and "1" are no evidence and no reason; or "any_sign"'),
        N_('settled loans with us, by contract number; or "as_noted"'),
        N_('what is owed to us already; or "among_debts_alone"'),
        N_('nothing for the household in a business loan; or "as_chosen"'),
        N_('grace, deferral and subsidy too; or "amount_term_and_rate"'),
        N_('or "every_loan", also one that ends before'),
        N_('a picture, a paper or a third person\'s word; or "never_asked"'),
        N_("age of the credit report on the day of the approval"),
        N_("however long a search is noted to hold"),
        N_("a report, offer, valuation or search dated later than that after the visit"),
        N_(
            "Where a banned word is honest: inside a phrase, beside another word, or in an item of a kind; never "
            'with "unless".'
        ),
        N_('of each insurance noted for such a pledge; or "not_asked"'),
    }
)


def help_of(comment: str) -> Sayable | None:
    """What a comment of the file says, in the reader's language where it is the shipped one."""
    if not comment:
        return None
    return Message(comment) if comment in _HELP else Verbatim(comment)


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


def group_of(path: str) -> str:
    """The key of the group that a path belongs to; one of a rule that came later stands with the tolerances."""
    for group in GROUPS:
        if any(path == known or path.startswith(f"{known}.") for known in group.labels):
            return group.key
    return "tolerances"


def unit_words(unit: str) -> Sayable | None:
    """What stands beside a field; a count needs nothing."""
    return Message(UNITS[unit]) if unit in UNITS else None
