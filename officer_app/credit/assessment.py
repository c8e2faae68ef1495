"""What an assessment is made of. Amounts and ratios are unrounded; fractions are fractions (0.35 is 35 %)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from officer_app.base.words import Message, Sayable
from officer_app.credit.eligibility import LegalStanding
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import Figure, Missing, Ratio, Truth
from officer_app.credit.policy import Policy
from officer_app.credit.routes import SalesRoute


class Unit(Enum):
    """What a number counts, which decides how it is shown."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    RATIO = "ratio"
    COUNT = "count"
    DAYS = "days"
    KM = "km"
    MONTHS = "months"


class Verdict(Enum):
    """How a check came out."""

    PASSED = "passed"
    FAILED = "failed"
    MISSING = "missing"  # begun, or always due, and facts lack; never counts as passed
    NOT_DONE = "not_done"  # an optional check whose facts nobody gave; not counted


@dataclass(frozen=True, slots=True)
class FlagKind:
    """A red flag of the rules: code, place in the order of raising, stage, and why it is raised in general."""

    code: str
    order: int
    stage: int
    why: str


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why a flag is raised, with the numbers; `follows` marks one that only repeats another."""

    kind: FlagKind
    subject: str
    sentence: Message
    paths: tuple[str, ...]
    told_and_seen: bool = True
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a check as the worked cases print it: a number with so many decimals, or a text."""

    name: str
    value: Figure | str | tuple[Figure, ...]
    places: int | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One cross-check: what was told, what was found, how far apart, and what follows."""

    id: str
    title: Sayable
    formula: Message
    sentence: Message
    told: Decimal | None
    found: Decimal | None
    deviation: Decimal | None
    tolerance: Decimal | None
    unit: Unit
    deviation_unit: Unit
    verdict: Verdict
    missing: tuple[str, ...]
    ask_next: Message | None
    paths: tuple[str, ...]
    causes: tuple[Cause, ...]
    fields: tuple[Field, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """Codes of the flags that this check raised."""
        return tuple(dict.fromkeys(cause.kind.code for cause in self.causes))

    @property
    def counted(self) -> bool:
        """Whether it belongs to the counted checks."""
        return self.verdict is not Verdict.NOT_DONE


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A check that does not apply here: what it is called, why it was left out, and the path of that reason."""

    title: Message
    reason: str
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement; `source` is "seen", "told" or "paper", and "" while nobody said."""

    label: Message
    amount: Figure
    path: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sphere:
    """The business or the household alone: what it owns and owes, as told and as found.

    `goods_disclosed` are goods of others that the borrower named: they are no assets, as told either. `only_told` is
    what the policy does not count of things that nobody saw, on no paper either.
    """

    lines: tuple[Line, ...]
    total_assets_declared: Figure
    total_liabilities_declared: Figure
    equity_declared: Figure
    undisclosed_debt_found: Figure
    receivables_written_down: Figure
    goods_of_others: Figure
    goods_disclosed: Figure
    only_told: Figure
    total_assets_adjusted: Figure
    total_liabilities_adjusted: Figure
    equity_adjusted: Figure


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """What is owned and owed by business and household together, and by each: as told, and with what was found."""

    lines: tuple[Line, ...]
    total_assets_declared: Figure
    total_liabilities_declared: Figure
    equity_declared: Figure
    undisclosed_debt_found: Figure
    receivables_written_down: Figure
    total_assets_adjusted: Figure
    total_liabilities_adjusted: Figure
    equity_adjusted: Figure
    contingent: Figure
    goods_of_others: Figure
    goods_disclosed: Figure
    only_told: Figure
    business: Sphere
    household: Sphere


@dataclass(frozen=True, slots=True)
class IncomeColumn:
    """The income statement of one span of time: an average month, a year."""

    sales: Figure
    cost_of_sales: Figure
    gross_profit: Figure
    fixed_costs: Figure
    variable_costs: Figure
    net_profit: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of it, from sales to profit."""
        return (
            self.sales,
            self.cost_of_sales,
            self.gross_profit,
            self.fixed_costs,
            self.variable_costs,
            self.net_profit,
        )


@dataclass(frozen=True, slots=True)
class IncomeStatement:
    """The business in its base month, in its average month, and over a year."""

    adopted_monthly_sales: Figure
    spread_between_routes: Figure
    weighted_gross_margin: Figure
    cost_of_sales: Figure
    gross_profit: Figure
    fixed_costs: Figure
    variable_costs: Figure
    net_business_profit_base_month: Figure
    net_margin: Figure
    average_month_factor: Figure
    net_business_profit_average_month: Figure
    average_month: IncomeColumn
    year: IncomeColumn


@dataclass(frozen=True, slots=True)
class Household:
    """The family's month and what is left for a new instalment."""

    other_income_counted: Figure
    expenses_reported: Figure
    expenses_floor: Figure
    expenses_adopted: Figure
    existing_debt_service: Figure
    disposable_income: Figure


@dataclass(frozen=True, slots=True)
class CollateralItem:
    """One pledge with its values by method, and what can be lent on it."""

    id: str
    type: str
    values: Mapping[str, Figure]
    adopted_value: Figure
    ltv_percent: Figure
    eligible: Truth
    prior_lien: Figure
    lendable: Figure
    path: str
    standing: LegalStanding
    liquidity: str | Missing  # the grade, see `liquidity`
    forced_sale_value: Figure | None  # None under a policy that names no cuts


@dataclass(frozen=True, slots=True)
class GuarantorCover:
    """What a guarantor has left a month, against the instalment."""

    id: str
    surplus: Figure
    cover: Figure
    path: str


class Means(Enum):
    """What a guarantor can carry of the loan."""

    WHOLE = "whole"  # the instalment out of what is left a month, and the loan out of the net worth
    PART = "part"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GuarantorMeans:
    """The small assessment of one guarantor, against the tested loan and its instalment.

    `net_worth` is after the other guarantees that the policy counts; `doubts` are what speaks against the guarantee
    whatever the figures say.
    """

    id: str
    surplus: Figure
    cover: Figure
    net_worth: Figure
    net_worth_cover: Figure
    other_guarantees: Figure
    means: Means
    sentence: Message
    doubts: tuple[Message, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Sizing:
    """How much, and which cap binds."""

    caps: Mapping[str, Figure]
    binding_cap: str | Missing
    lowest_cap: Figure
    lowest_cap_rounded_down: Figure
    recommended_max_loan: Figure
    refused_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capacity:
    """The ratios at the tested loan: the recommended one, or the one asked for when nothing is recommended."""

    tested_loan: Figure
    instalment: Figure
    instalment_at_requested_amount: Figure
    instalment_to_disposable: Ratio
    dscr: Figure
    debt_to_assets_after_loan: Figure
    debt_to_equity_before_loan: Ratio
    reserve_months: Figure
    all_in_rate_percent: Figure
    debt_to_assets_business: Figure
    debt_to_assets_combined: Figure
    reserve_before_payout: Figure
    reserve_after_payout: Figure


@dataclass(frozen=True, slots=True)
class Mix:
    """What goes worse at the same time. Percents of the figures as they are; `rate_rise_points` a year.

    `weak_months`: every month sells as these so many weakest months of the year on average; 0 leaves the seasons.
    """

    sales_drop_percent: Decimal = Decimal(0)
    price_drop_percent: Decimal = Decimal(0)
    cost_rise_percent: Decimal = Decimal(0)
    rate_rise_points: Decimal = Decimal(0)
    weak_months: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """The average month and the cash when something goes worse; `lowest` None where no loan is recommended."""

    name: str
    mix: Mix
    disposable_income: Figure
    dscr: Figure
    instalment_covered: Truth
    lowest: Figure | None


@dataclass(frozen=True, slots=True)
class Stress:
    """The month with fewer sales, the other scenarios, and how far sales may fall.

    `break_even_percent`: at this fall of sales the disposable income is just the instalment; below 0 it is not
    covered now. `break_even_cash_percent`: at this fall the lowest month closes with nothing; None without a loan.
    """

    drop_percent: Decimal
    disposable_income: Figure
    instalment_covered: Truth
    scenarios: tuple[Scenario, ...]
    break_even_percent: Figure
    break_even_cash_percent: Figure | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the risk index: weight × score / 100 points, and the sentence that explains them."""

    name: str
    label: Message
    weight: Decimal
    score: Figure
    points: Figure
    sentence: Message


@dataclass(frozen=True, slots=True)
class RiskIndex:
    """The index, its parts, and the grade before and after hard flags and ceilings."""

    parts: tuple[Part, ...]
    index: Figure
    grade: str | Missing
    grade_before_limits: str | Missing
    limited_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag that is raised; `hard` when the policy refuses on it."""

    code: str
    sentence: Message
    hard: bool
    stage: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A red flag that cannot be judged yet."""

    kind: FlagKind
    missing: Missing


@dataclass(frozen=True, slots=True)
class CashFlowMonth:
    """One month of the cash flow; `label` is its first day where the application names the first month."""

    number: int
    label: date | None
    sales: Decimal
    cost_of_sales: Decimal
    fixed_costs: Decimal
    variable_costs: Decimal
    other_income: Decimal
    household: Decimal
    existing_debt_service: Decimal
    new_payment: Decimal
    net: Decimal
    closing: Decimal
    closing_without: Decimal  # had there been no loan, and nothing bought with it


@dataclass(frozen=True, slots=True)
class Payout:
    """What happens to the cash when the loan is paid out.

    Before + loan − fee − purpose − beyond the purpose = the opening of the cash flow. What is lent beyond the purpose
    counts as spent; `own_contribution` is the part of the purpose that the loan does not pay.
    """

    before: Decimal
    loan: Decimal
    fee: Decimal
    purpose: Decimal
    beyond_purpose: Decimal
    own_contribution: Decimal


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Month by month with the loan: twelve months, or to the last due date, as the policy says."""

    opening: Decimal
    months: tuple[CashFlowMonth, ...]
    payout: Payout

    @property
    def lowest(self) -> CashFlowMonth:
        """The month that closes with the least."""
        return min(self.months, key=lambda month: month.closing)


class Answer(Enum):
    """How one of the two questions of every loan is answered."""

    YES = "yes"
    WITH_CONDITIONS = "with_conditions"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One of the two conclusions: can they pay, will they pay; in one sentence, with every reason named."""

    answer: Answer
    sentence: Message
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class WorkingCapitalNeed:
    """What turning the planned sales takes, and what of it nobody pays for yet."""

    days_bound: Figure
    need: Figure
    gap: Figure


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that follows from the facts under a policy."""

    facts: CaseFacts
    policy: Policy
    routes: tuple[SalesRoute, ...]
    balance_sheet: BalanceSheet
    income: IncomeStatement
    household: Household
    checks: tuple[CheckResult, ...]
    skipped: tuple[CheckResult, ...]  # those among them that the policy wants done and nobody did
    left_out: tuple[LeftOut, ...]  # those that do not apply, each with the officer's reason
    collateral: tuple[CollateralItem, ...]
    collateral_lendable_total: Figure
    guarantors: tuple[GuarantorCover, ...]
    group_cover: Figure
    guarantor_means: tuple[GuarantorMeans, ...]
    sizing: Sizing
    capacity: Capacity
    stress: Stress
    risk_index: RiskIndex
    causes: tuple[Cause, ...]
    flags: tuple[Flag, ...]
    undecided: tuple[Undecided, ...]
    cash_flow: CashFlow | Missing | None
    can_pay: Conclusion
    will_pay: Conclusion
    working_capital: WorkingCapitalNeed | None  # None where nobody gave its facts
    dossier_grade: str

    @property
    def checks_passed(self) -> int:
        """How many checks passed."""
        return sum(check.verdict is Verdict.PASSED for check in self.checks)

    @property
    def checks_counted(self) -> int:
        """How many checks count, every sales route as one."""
        return sum(check.counted for check in self.checks)
