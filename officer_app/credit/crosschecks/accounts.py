"""The same question put to others, and to the borrower again: one result for each person and figure. DOMAIN, b."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Parameter, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.purpose import purpose_total
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, compared, near, unsaid
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.character import Account
from officer_app.credit.figures import ZERO, Figure, absent, at_most, known, magnitude, summed
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key, whole_key

MONEY: Final = decimal_key("account_tolerance_percent", "percent", optional=True)
MARGIN: Final = decimal_key("account_margin_tolerance_points", "points", optional=True)
STAFF: Final = whole_key("account_staff_tolerance", "persons", optional=True)
YEARS: Final = decimal_key("account_years_tolerance", "years", optional=True)
PERSONS: Final = whole_key("account_persons_tolerance", "persons", optional=True)

RULE: Final = Rule(
    "ACCOUNTS",
    FlagKind("ACCOUNTS_DIFFER", 171, 1, N_("others tell it differently from the borrower")),
    Message(N_("The same question to others")),
    Message(N_("answer of the other person − answer of the borrower, inside the tolerance of the figure")),
    Message(N_("Put two or three of the same questions to spouse, staff, neighbour, supplier or landlord")),
    Message(N_("Put the question to the borrower once more in other words, without saying who told what")),
)

_PEOPLE: Final = {
    "borrower_again": N_("The borrower, asked again"),
    "spouse": N_("The spouse"),
    "staff": N_("The staff"),
    "neighbour": N_("A neighbour"),
    "supplier": N_("A supplier"),
    "landlord": N_("The landlord"),
}


@dataclass(frozen=True, slots=True)
class _Question:
    """One figure that is asked twice: where the borrower's answer stands, and how far apart the two may be."""

    name: str
    label: str
    told: Callable[[Ground], Figure]
    path: str
    unit: Unit = Unit.MONEY
    points: str = ""  # the key of the tolerance in the figure's own unit; "" for a share of the money told


def _staff(ground: Ground) -> Figure:
    return absent("staff.declared") if ground.facts.staff is None else ground.facts.staff.declared


def _years(ground: Ground) -> Figure:
    return absent("business.years") if ground.facts.business is None else ground.facts.business.years


def _rent(ground: Ground) -> Figure:
    premises = ground.facts.premises
    return absent("premises.monthly_rent") if premises is None else premises.monthly_rent


def _payments(ground: Ground) -> Figure:
    """What is paid on the debts that the borrower told."""
    return summed(
        ground.facts.liabilities, lambda debt: debt.monthly_payment if debt.disclosed is not False else ZERO
    )


_QUESTIONS: Final = (
    _Question(
        "monthly_sales", N_("monthly sales"), lambda g: g.facts.sales.declared_monthly_sales,
        "sales.declared_monthly_sales",
    ),
    _Question(
        "gross_margin_percent", N_("gross margin"), lambda g: g.facts.sales.declared_gross_margin_percent,
        "sales.declared_gross_margin_percent", Unit.PERCENT, MARGIN.path,
    ),
    _Question("staff", N_("staff"), _staff, "staff.declared", Unit.COUNT, STAFF.path),
    _Question("years", N_("years"), _years, "business.years", Unit.RATIO, YEARS.path),
    _Question("monthly_rent", N_("rent"), _rent, "premises.monthly_rent"),
    _Question("debts_total", N_("debts"), lambda g: g.balance.total_liabilities_declared, "liabilities"),
    _Question("debt_payments", N_("debt payments"), _payments, "liabilities"),
    _Question(
        "household_expenses", N_("household expenses"), lambda g: g.household.expenses_reported,
        "household.monthly_expenses",
    ),
    _Question(
        "persons", N_("persons in the household"), lambda g: g.facts.household.persons, "household.persons",
        Unit.COUNT, PERSONS.path,
    ),
    _Question(
        "purpose_amount", N_("cost of the purpose"), lambda g: purpose_total(g.facts.application),
        "application.purpose_items",
    ),
    _Question(
        "requested_amount", N_("amount of the loan"), lambda g: g.facts.application.requested_amount,
        "application.requested_amount",
    ),
)  # fmt: skip
_TOLERANCES: Final = {key.path: key for key in (MARGIN, STAFF, YEARS, PERSONS)}


def _examine(ground: Ground) -> Results:
    """Each answer of each person against the borrower's own; only what was asked is compared."""
    share = ground.policy.get(MONEY, None)
    if share is None:
        return ()
    found = tuple(
        result
        for name, account in _accounts(ground.facts)
        for result in (*_figures(ground, name, account, share), *_owner(ground, name, account))
    )
    return found or RULE.not_begun("accounts")


def _accounts(facts: CaseFacts) -> tuple[tuple[str, Account], ...]:
    if facts.accounts is None:
        return ()
    people = ((name, getattr(facts.accounts, name)) for name in _PEOPLE)
    return tuple((name, account) for name, account in people if account is not None)


def _figures(ground: Ground, person: str, account: Account, share: Decimal) -> Results:
    return tuple(
        result
        for question in _QUESTIONS
        if not unsaid(getattr(account, question.name))
        for result in _figure(ground, person, account, question, share)
    )


def _figure(ground: Ground, person: str, account: Account, question: _Question, share: Decimal) -> Results:
    told, said = question.told(ground), getattr(account, question.name)
    allowed = ground.policy.get(_TOLERANCES[question.points], ZERO) if question.points else share
    who, what = Message(_PEOPLE[person]), Message(question.label)
    values: dict[str, Parameter] = {"person": who, "what": what, "told": known(told), "found": known(said)}
    paths, part = (account.at(question.name), question.path), f"{person}_{question.name}".upper()
    title = Message(N_("{person} on {what}"), {"person": who, "what": what})
    if question.points:
        apart = said - told
        numbers = Numbers(told, said, apart, allowed, question.unit, _APART[question.unit])
        sentence = Message(N_("{person} says {what} {found:ratio}; the borrower said {told:ratio}"), values)
        return RULE.result(at_most(magnitude(apart), allowed), sentence, paths, numbers, part=part, title=title)
    numbers = compared(told, said, share, question.path)
    sentence = Message(N_("{person} says {what} {found:money}; the borrower said {told:money}"), values)
    return RULE.result(near(said, told, share), sentence, paths, numbers, part=part, title=title)


_APART: Final = {Unit.PERCENT: Unit.POINTS, Unit.COUNT: Unit.COUNT, Unit.RATIO: Unit.RATIO}


def _owner(ground: Ground, person: str, account: Account) -> Results:
    """Whose business it is, as others say: a part of the name is enough."""
    said, name = account.owner.strip(), ground.facts.borrower.name.strip()
    if not said:
        return ()
    same = absent("borrower.name") if not name else said in name or name in said
    who = Message(_PEOPLE[person])
    values: dict[str, Parameter] = {"person": who, "found": Verbatim(said), "told": Verbatim(name) if name else None}
    sentence = Message(N_("{person} names {found} as the owner; the borrower is {told}"), values)
    title = Message(N_("{person} on the owner"), {"person": who})
    part = f"{person}_owner".upper()
    return RULE.result(same, sentence, (account.at("owner"), "borrower.name"), part=part, title=title)


CHECK: Final = RULE.check(_examine)
