"""The loan of a case as a contract: its schedule, its fees, what it costs, and the limits of its price.

The assessment works with monthly equivalents; here every row has its day: that is what a borrower is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from typing import Final

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Assessment
from officer_app.credit.capacity import RATE_CAP
from officer_app.credit.facts.application import Application
from officer_app.credit.figures import HUNDRED, ZERO, Missing, absent, absorbed, arithmetic, invalid, known
from officer_app.credit.keys import choice_key
from officer_app.credit.loans.daycounts import months_later
from officer_app.credit.loans.duedates import Published, Rule, WorkCalendar
from officer_app.credit.loans.duedates import moved as moved_by
from officer_app.credit.loans.fees import Charge, Cost, Fee, FeeKind, charges_of, cost_of
from officer_app.credit.loans.repayment import ScheduleRow, schedule_of
from officer_app.credit.loans.terms import Exactness, LoanTerms, Method
from officer_app.credit.products import Product, product_of
from officer_app.credit.ratecaps import PriceLimit, price_limits
from officer_app.credit.rounding import ROUNDING

AS_ASKED: Final = "as_asked"
# Ways of paying back that may be laid beside the one asked for.
WAYS: Final = {
    AS_ASKED: N_("as asked for"),
    "equal_instalment": N_("equal instalments"),
    "equal_principal": N_("equal principal"),
    "interest_bullet": N_("interest monthly, principal at the end"),
    "flat": N_("flat rate"),
}
_METHODS: Final = {
    "equal_instalment": Method.EQUAL_INSTALMENT,
    "equal_principal": Method.EQUAL_PRINCIPAL,
    "interest_bullet": Method.BULLET,
    "flat": Method.FLAT,
    "principal_schedule": Method.CUSTOM,
}


_AS_AGREED: Final = "as_agreed"
# Where a payment goes that falls due on a day off.
BUSINESS_DAYS: Final = replace(
    choice_key("business_day_rule", _AS_AGREED, Rule.FOLLOWING, Rule.PRECEDING, Rule.MODIFIED), optional=True
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is laid out: None is what the case asks for, or what its figures support."""

    amount: Decimal | None = None
    months: int | None = None
    way: str = AS_ASKED


@dataclass(frozen=True, slots=True)
class LoanPlan:
    """A loan laid out. `contract_rate` in per cent a year, without fees; `limits` as on the day of the payout."""

    terms: LoanTerms
    way: str
    contract_rate: Decimal
    rows: tuple[ScheduleRow, ...]
    charges: tuple[Charge, ...]
    cost: Cost
    limits: tuple[PriceLimit, ...]
    product: Product | None

    @property
    def start(self) -> date:
        """The day of the payout."""
        return self.terms.dates[0]

    @property
    def received(self) -> Decimal:
        """What is paid out, less what is kept back."""
        return self.terms.principal - sum((one.amount for one in self.charges if one.row == 0), ZERO)

    @property
    def moved(self) -> bool:
        """Whether some payment falls on another day than agreed, because that is a day off."""
        return bool(self.terms.payment_dates)

    @property
    def average(self) -> Decimal:
        """What each row costs on average: principal, interest and fees, less the subsidy."""
        return (self.terms.principal + self.cost.whole) / len(self.rows)

    @property
    def largest(self) -> ScheduleRow:
        """The row that costs most."""
        return max(self.rows, key=lambda row: row.payment)


def loan_plan(
    assessment: Assessment,
    today: date,
    wish: Wish = Wish(),  # noqa: B008  frozen
    published: Published | None = None,
) -> LoanPlan | Missing:
    """The loan of a case, paid out on the day wanted, else `today`; due monthly from the first due date told.

    By the policy's rule a payment due on a day off moves; interest runs to the day agreed. `published` knows the
    official days off; without it only weekends are known.

    The amount is the wish's, else what the figures support, else what is asked for. Missing, with the facts, while
    amount, term, rate or method are not known or do not go together.
    """
    asked, policy = assessment.facts.application, assessment.policy
    rate, amount = asked.annual_rate_percent, _amount(assessment, wish)
    months: Decimal | Missing = asked.term_months if wish.months is None else Decimal(wish.months)
    way = asked.repayment_method if wish.way == AS_ASKED else wish.way
    if isinstance(rate, Missing) or isinstance(amount, Missing):
        return absorbed(amount, months, rate, way)
    if isinstance(months, Missing) or isinstance(way, Missing):
        return absorbed(months, way)
    exactness = Exactness(places=policy[ROUNDING].amounts)
    dates = _dates(asked, today, int(months))
    if dates is None:
        return invalid(asked.at("first_due_date"))
    planned = _planned(asked, amount, int(months), way, exactness)
    if isinstance(planned, Missing):
        return planned
    terms = LoanTerms(
        amount,
        rate / HUNDRED,
        _METHODS[way],
        int(months),
        dates,
        exactness=exactness,
        principal_schedule=planned,
        payment_dates=_paid_on(policy.get(BUSINESS_DAYS, _AS_AGREED), dates, published),
    )
    try:
        return _laid_out(assessment, terms, way, rate)
    except Fault:  # instalments so low, or fees so high, that nothing balances
        return invalid(asked.at("annual_rate_percent"), asked.at("upfront_fee_percent"))


def _laid_out(assessment: Assessment, terms: LoanTerms, way: str, rate: Decimal) -> LoanPlan:
    asked, policy = assessment.facts.application, assessment.policy
    product = product_of(policy, asked.product)
    rows = schedule_of(terms)
    fees = _fees(asked, product)
    subsidised = (known(asked.subsidy_share_percent) or ZERO) / HUNDRED
    start = terms.dates[0]
    alone = PriceLimit(Message(N_("limit of the policy")), policy[RATE_CAP], start, in_force=True)
    return LoanPlan(
        terms=terms,
        way=way,
        contract_rate=rate,
        rows=rows,
        charges=charges_of(terms, rows, fees),
        cost=cost_of(terms, rows, fees, subsidised),
        limits=price_limits(policy, start) or (alone,),
        product=product,
    )


def _amount(assessment: Assessment, wish: Wish) -> Decimal | Missing:
    if wish.amount is not None:
        return wish.amount
    asked = assessment.facts.application
    supported = known(assessment.sizing.recommended_max_loan)
    amount = supported or asked.requested_amount
    return amount if isinstance(amount, Missing) or amount > 0 else invalid(asked.at("requested_amount"))


def _dates(asked: Application, today: date, months: int) -> tuple[date, ...] | None:
    """Payout and due dates; None when the first is due before the money is there."""
    start = asked.payout_date or today
    first = asked.first_due_date
    try:
        if first is None:
            return (start, *(months_later(start, number) for number in range(1, months + 1)))
        return (start, *(months_later(first, number) for number in range(months))) if first > start else None
    except ValueError:
        return None


def _paid_on(rule: str, dates: tuple[date, ...], published: Published | None) -> tuple[date, ...]:
    """The days on which is paid; nothing when they are the due dates themselves."""
    if rule == _AS_AGREED:
        return ()
    calendar = WorkCalendar(published=published)
    days = tuple(moved_by(day, Rule(rule), calendar) for day in dates[1:])
    return () if days == dates[1:] else days


def _planned(
    asked: Application, amount: Decimal, months: int, way: str, exactness: Exactness
) -> tuple[Decimal, ...] | Missing:
    """The principal of each month by the shares told, the last that pays takes the rest."""
    if way != "principal_schedule":
        return ()
    path, given = asked.at("principal_share_by_month"), asked.principal_share_by_month
    if given is None:
        return absent(path)
    shares = [share for share in given if isinstance(share, Decimal)]
    with localcontext(arithmetic()):
        if len(shares) != months or sum(shares, ZERO) != 1:
            return invalid(path)
        rows = [exactness.amount(amount * share) for share in shares]
        last = max(place for place, share in enumerate(shares) if share)
        rows[last] = amount - sum(rows[:last], ZERO)
        return tuple(rows)


def _fees(asked: Application, product: Product | None) -> tuple[Fee, ...]:
    """What is kept back as told, and what the product takes."""
    kept = known(asked.upfront_fee_percent) or ZERO
    told = (Fee("放款时扣收的费用", FeeKind.UPFRONT, None, kept, "Fee kept back at payout"),) if kept else ()
    return (*told, *(product.fees if product is not None else ()))
