"""What nobody has said yet and the amount waits for: the question, and the span its answer plausibly lies in.

The spans come from what is known of the case: the other sales routes, the neighbours, the policy's floor. They rank
questions; no figure of an assessment is ever made of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from officer_app.base.words import N_, Message, Parameter
from officer_app.credit.asking.candidate import Candidate, Situation
from officer_app.credit.assess import assess
from officer_app.credit.assessment import Assessment
from officer_app.credit.changing import changed, made
from officer_app.credit.facts.application import PurposeItem
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.debts import Liability
from officer_app.credit.facts.household import HouseholdExpense, OtherIncome
from officer_app.credit.facts.routes import Route
from officer_app.credit.facts.sales import OperatingCost, Product
from officer_app.credit.facts.security import Valuation
from officer_app.credit.fields import FactKind
from officer_app.credit.figures import HUNDRED, MONTH_DAYS, ZERO, absorbed, known
from officer_app.credit.household import FLOOR_PER_PERSON
from officer_app.credit.sizing import PRODUCT_MAX
from officer_app.credit.vocabulary import label_of, spec_of

_PLACE: Final = re.compile(r"\[\d+\]")
_ROUTE: Final = re.compile(r"sales\.routes\[\d+\]")
_ROW: Final = re.compile(r"([a-z_.0-9]+)\[(\d+)\]")
# What names a row of a list, the best first.
_NAMES: Final = ("name", "creditor", "item", "beneficiary", "description", "indicator", "id")
_ROUNDS: Final = 4
_SHARE: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Scale:
    """What is known of the size of things: sales a month, the amount asked for, the floor for one person."""

    facts: CaseFacts
    sales: Decimal
    requested: Decimal
    person: Decimal


Values: TypeAlias = "tuple[object, ...]"
Guess: TypeAlias = Callable[[str, Scale], Values]


def scale_of(facts: CaseFacts, assessment: Assessment) -> Scale:
    """From the routes that are known, else what was told, the neighbours, or half of what is asked for."""
    policy = assessment.policy
    requested = known(facts.application.requested_amount) or policy[PRODUCT_MAX] / 2
    routes = [value for route in assessment.routes if (value := known(route.value))]
    told = known(facts.sales.declared_monthly_sales)
    sales = min(routes) if routes else told or _of_neighbours(facts) or requested * _SHARE
    return Scale(facts, sales, requested, policy[FLOOR_PER_PERSON])


def _of_neighbours(facts: CaseFacts) -> Decimal | None:
    """The mean of what neighbours sell a day, for thirty days."""
    peers = facts.peers
    if peers is None:
        return None
    days = (
        peers.peer_sales_per_day_low,
        peers.peer_sales_per_day_high,
        *(one.sales_per_day for one in peers.records),
    )
    found = [day for figure in days if (day := known(figure))]
    return sum(found, ZERO) / len(found) * MONTH_DAYS if found else None


def completed(facts: CaseFacts, assessment: Assessment, scale: Scale) -> tuple[CaseFacts, Assessment]:
    """The case with the middle of its span in the place of each fact that the amount waits for."""
    for _round in range(_ROUNDS):
        waiting = subjects(assessment)
        if not waiting:
            break
        for subject in waiting:
            values = values_of(subject, scale)
            facts = changed(facts, subject, _middle(values)) if values else facts
        assessment = assess(facts, assessment.policy)
    return facts, assessment


def subjects(assessment: Assessment) -> tuple[str, ...]:
    """Paths that the amount waits for: facts, or the group that is asked as one."""
    sizing = assessment.sizing
    waits = absorbed(sizing.recommended_max_loan, sizing.lowest_cap)
    return tuple(dict.fromkeys(subject_of(path) for path in waits.paths))


def missing(case: Situation, scale: Scale) -> Iterator[Candidate]:
    """One question for each of them, with the ends of its span as answers; what most hangs on comes first.

    Of several sales routes that are begun, one is asked at a time.
    """
    order = list(_ASKED)
    waiting = sorted(subjects(case.assessment), key=lambda one: _importance(order, one))
    later = [subject for subject in waiting if _ROUTE.fullmatch(subject)][1:]
    for subject in (one for one in waiting if one not in later):
        values = values_of(subject, scale)
        if values and values[0] != values[-1]:
            yield Candidate(
                ask=_question(case.told, subject),
                because=Message(N_("Not known yet")),
                paths=(subject,),
                answers=tuple(changed(case.facts, subject, value) for value in (values[0], values[-1])),
            )


def _importance(order: list[str], subject: str) -> tuple[int, str]:
    general = _PLACE.sub("[]", subject)
    return (order.index(general) if general in order else len(order)), general


def _question(facts: CaseFacts, subject: str) -> Message:
    """Our own words where we have some, else the fact's label; the row is named as the customer names it."""
    text = _ASKED.get(_PLACE.sub("[]", subject))
    row = _row_name(facts, subject)
    if text is not None:
        return Message(text, {"row": row} if row is not None else {})
    values: dict[str, Parameter] = {"fact": label_of(subject), "row": row}
    return Message(N_("Still to ask: {fact}") if row is None else N_("Still to ask: {fact} ({row})"), values)


def _row_name(facts: CaseFacts, subject: str) -> str | None:
    found = _ROW.match(subject)
    if found is None:
        return None
    node: object = facts
    for name in found[1].split("."):
        node = getattr(node, name, None)
    rows = node if isinstance(node, tuple) else ()
    place = int(found[2])
    row = rows[place] if place < len(rows) else None
    named = (getattr(row, name, "") for name in _NAMES)
    return next((name for name in named if isinstance(name, str) and name), str(place + 1))


def values_of(subject: str, scale: Scale) -> Values:
    """Plausible values of a fact, the least favourable first; their middle one stands for it while it is unknown.

    None for a group of facts that cannot be guessed as one.
    """
    general = _PLACE.sub("[]", subject)
    if general in _GUESSES:
        return _GUESSES[general](subject, scale)
    return _by_kind(subject, scale)


def _by_kind(subject: str, scale: Scale) -> Values:
    spec = spec_of(subject)
    if spec is None or spec.kind is FactKind.GROUP:
        return ()
    if spec.path.endswith("[]"):
        return ((),)
    spans: Mapping[FactKind, Values] = {
        FactKind.MONEY: (ZERO, scale.sales / 10, scale.sales),
        FactKind.PERCENT: (Decimal(20), Decimal(50), Decimal(80)),
        FactKind.NUMBER: (Decimal(1), Decimal(2), Decimal(6)),
        FactKind.INT: (Decimal(1), Decimal(2), Decimal(6)),
        FactKind.YES_NO: (False, True),
        FactKind.CHOICE: spec.choices[:1],
    }
    return spans.get(spec.kind, ())


def subject_of(path: str) -> str:
    """The fact, or the group that is asked as one: all products, one sales route."""
    if path.startswith("products"):
        return "products"
    route = _ROUTE.match(path)
    return route[0] if route else path


def _middle(values: Values) -> object:
    return values[len(values) // 2]


def _text(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal('0.01')):f}"


def _shares(*shares: str) -> Guess:
    """Parts of the monthly sales."""
    return lambda _path, scale: tuple(scale.sales * Decimal(share) for share in shares)


def _of_requested(*shares: str) -> Guess:
    return lambda _path, scale: tuple(scale.requested * Decimal(share) for share in shares)


def _numbers(*numbers: str) -> Guess:
    return lambda _path, _scale: tuple(Decimal(number) for number in numbers)


def _route(path: str, scale: Scale) -> Values:
    return tuple(book(path, scale.sales * share) for share in (Decimal("0.6"), Decimal(1), Decimal(1)))


def book(path: str, monthly: Decimal) -> Route:
    """A route that shows so much a month, whatever its kind will be."""
    return made(Route, path, id=path, kind="book", inputs={"monthly_sales": _text(monthly)})


def _routes(path: str, scale: Scale) -> Values:
    return tuple((route,) for route in _route(f"{path}[0]", scale))


def _products(path: str, scale: Scale) -> Values:
    """People tell the margin of their best goods: what they say is the upper end."""
    told = known(scale.facts.sales.declared_gross_margin_percent)
    margins = (told * 2 / 3, told * 9 / 10, told) if told else (Decimal(15), Decimal(35), Decimal(55))
    return tuple(one_product(path, min(margin, HUNDRED)) for margin in margins)


def one_product(path: str, margin_percent: Decimal) -> tuple[Product, ...]:
    """All sales as one product with this margin."""
    cost = _text(HUNDRED - margin_percent)
    return (made(Product, f"{path}[0]", name="-", share_percent="100", sale_price="100", unit_cost=cost),)


def _costs(path: str, scale: Scale) -> Values:
    def one(share: str) -> tuple[OperatingCost, ...]:
        amount = _text(scale.sales * Decimal(share))
        return (made(OperatingCost, f"{path}[0]", item="-", monthly_amount=amount, behaviour="fixed"),)

    return (one("0.25"), one("0.15"), one("0.05"))


def _expenses(path: str, scale: Scale) -> Values:
    return tuple(
        (made(HouseholdExpense, f"{path}[0]", item="-", monthly_amount=_text(scale.person * times)),)
        for times in (6, 3, 1)
    )


def _income(path: str, scale: Scale) -> Values:
    some = made(OtherIncome, f"{path}[0]", item="-", monthly_amount=_text(scale.person * 3), verified="yes")
    return ((), (), (some,))


def _debts(path: str, scale: Scale) -> Values:
    owed = scale.requested
    debt = made(
        Liability,
        f"{path}[0]",
        creditor="-",
        kind="individual",
        balance=_text(owed),
        monthly_payment=_text(imputed(owed)),
        disclosed="yes",
    )
    return ((debt,), (), ())


def _payment(path: str, scale: Scale) -> Values:
    """Trade credit turns over with the goods; other debts cost interest, and at worst are paid off in two years."""
    debts, found = scale.facts.liabilities, _ROW.match(path)
    debt = debts[int(found[2])] if found is not None and isinstance(debts, tuple) else None
    owed = known(debt.balance) if debt is not None else None
    owed = scale.requested / 3 if owed is None else owed
    if debt is not None and debt.kind in ("supplier", "customer"):
        return (owed / 12, ZERO, ZERO)
    return (imputed(owed), owed / HUNDRED, ZERO)


def imputed(owed: Decimal) -> Decimal:
    """What a debt without a plan costs a month: 1 % and a twenty-fourth. Source: DOMAIN, e.5."""
    return owed / HUNDRED + owed / 24


def _valuation(path: str, scale: Scale) -> Values:
    return tuple(
        made(Valuation, path, counted_value=_text(scale.requested * Decimal(share))) for share in ("0", "0.5", "1")
    )


def _purpose(path: str, scale: Scale) -> Values:
    return tuple(
        (made(PurposeItem, f"{path}[0]", item="-", amount=_text(scale.requested * Decimal(share))),)
        for share in ("0.5", "1", "1.25")
    )


_GUESSES: Final[Mapping[str, Guess]] = {
    "application.requested_amount": _of_requested("0.2", "1", "2"),
    "application.term_months": _numbers("6", "12", "36"),
    "application.annual_rate_percent": _numbers("24", "14", "8"),
    "application.purpose_items": _purpose,
    "application.purpose_items[].amount": _of_requested("0", "0.5", "1"),
    "sales.declared_monthly_sales": _shares("0.7", "1", "1.3"),
    "sales.routes": _routes,
    "sales.routes[]": _route,
    "products": _products,
    "operating_costs": _costs,
    "operating_costs[].monthly_amount": _shares("0.15", "0.05", "0"),
    "household.persons": _numbers("6", "3", "1"),
    "household.monthly_expenses": _expenses,
    "household.other_income": _income,
    "liabilities": _debts,
    "liabilities[].balance": _of_requested("1", "0.3", "0"),
    "liabilities[].monthly_payment": _payment,
    "straw_indicators[].present": lambda _path, _scale: (True, False),
    "unexplained_regular_outflows[].monthly_amount": _shares("0.1", "0.05", "0"),
    "collateral[].valuation": _valuation,
    "guarantees_given[].amount": _of_requested("1", "0.5", "0"),
}
_ASKED: Final[Mapping[str, str]] = {
    "application.requested_amount": N_("How much money is asked for?"),
    "application.term_months": N_("Over how many months will it be repaid?"),
    "application.purpose_items": N_("What exactly will the money buy, item by item?"),
    "sales.declared_monthly_sales": N_("How much is sold in an ordinary month?"),
    "sales.routes[]": N_("What does “{row}” show for a month?"),
    "sales.routes": N_("What shows the sales: receipts, a book, purchases, a meter?"),
    "products": N_("What do the main goods sell for, and what do they cost?"),
    "operating_costs": N_("What does the business pay each month: rent, wages, power, fuel?"),
    "household.persons": N_("How many people live from this income?"),
    "household.monthly_expenses": N_("What does the family spend in a month?"),
    "household.other_income": N_("What else does the family earn?"),
    "assets.inventory_counted": N_("Count the stock together: what did it cost?"),
    "assets.cash_on_hand": N_("How much cash is in the till and at home?"),
    "assets.deposits": N_("What stands in the bank accounts? Have it shown"),
    "liabilities": N_("Who else is owed money: banks, suppliers, relatives, customers?"),
}
