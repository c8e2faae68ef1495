"""The products of the policy: what is lent to whom, for what, how it comes back, and at which price.

Source: DOMAIN, rows 33 and 85 (price by risk), 40 to 43, 126. A policy without the table knows one limit alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Bilingual, Message
from officer_app.credit.facts.application import Application
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ZERO, Figure, Missing, known
from officer_app.credit.keys import (
    Key,
    Wrong,
    choice_key,
    read_choice,
    read_entry,
    read_list,
    read_number,
    read_text,
    read_whole,
)
from officer_app.credit.keys import read_at as at
from officer_app.credit.loans.fees import Fee, FeeKind
from officer_app.credit.policy import Policy

METHODS: Final = (
    *("equal_instalment", "equal_principal", "flat", "interest_bullet", "single_repayment", "grace_then_equal"),
    *("seasonal", "custom", "revolving"),
)
# An application asks in one word for everything whose principal follows a plan.
_BY_PLAN: Final = frozenset(METHODS) - {"equal_instalment", "flat", "revolving"}
CLIENTS: Final = ("individual_business", "company", "cooperative", "farm_household", "unregistered")
PURPOSES: Final = ("working_capital", "fixed_asset", "consumption", "project", "subsidised")
GRADES: Final = ("A", "B", "C")

_NEEDED: Final = (
    *("id", "name_zh", "name_en", "clients", "purposes", "amount", "term_months", "methods", "rate_percent"),
    *("late_uplift_percent", "misuse_uplift_percent"),
)
_OPTIONAL: Final = (
    *("price_by_grade", "fees", "grace_months_most", "deferral_months_most", "unsecured_up_to"),
    *("early_fee_percent", "early_free_after_months", "subsidised_share_percent"),
)


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most, both allowed."""

    least: Decimal
    most: Decimal

    def __contains__(self, value: Decimal) -> bool:
        """Whether a value lies in it."""
        return self.least <= value <= self.most


@dataclass(frozen=True, slots=True)
class Product:
    """One line of the table. Amounts in yuan, rates and shares in per cent, times in months.

    `unsecured_up_to` None asks for no security at any amount; `prices` are the rates by grade, empty where one range
    holds for all.
    """

    id: str
    name: Bilingual
    clients: frozenset[str]
    purposes: frozenset[str]
    amount: Span
    term: Span
    methods: tuple[str, ...]
    rate: Span
    late_uplift: Decimal
    misuse_uplift: Decimal
    prices: Mapping[str, Decimal]
    fees: tuple[Fee, ...] = ()
    grace_most: int = 0
    deferral_most: int = 0
    unsecured_up_to: Decimal | None = None
    early_fee: Decimal = Decimal(0)
    early_free_after: int = 0
    subsidised_share: Decimal = Decimal(0)

    def price_for(self, grade: str | Missing) -> Decimal | None:
        """The rate of a grade; None without one."""
        return self.prices.get(grade) if isinstance(grade, str) else None

    def early_fee_after(self, months: int) -> Decimal:
        """The most that may be taken of what is paid back early after so many months, in per cent."""
        return Decimal(0) if months >= self.early_free_after else self.early_fee


def read_product(value: object) -> Product:
    """One line of the table. Errors: Wrong, with the place below it."""
    table = read_entry(value, _NEEDED, _OPTIONAL)
    rate = _span(table, "rate_percent")
    return Product(
        id=_one(table, "id"),
        name=Bilingual(_one(table, "name_en"), _one(table, "name_zh")),
        clients=frozenset(_words(table, "clients", CLIENTS)),
        purposes=frozenset(_words(table, "purposes", PURPOSES)),
        amount=_span(table, "amount"),
        term=_span(table, "term_months"),
        methods=_words(table, "methods", METHODS),
        rate=rate,
        late_uplift=_uplift(table, "late_uplift_percent", Span(Decimal(0), Decimal(50))),
        misuse_uplift=_uplift(table, "misuse_uplift_percent", Span(Decimal(0), Decimal(100))),
        prices=_prices(table, rate),
        fees=at(".fees", lambda some: read_list(some, _fee), table.get("fees", ())),
        grace_most=int(_number(table, "grace_months_most")),
        deferral_most=int(_number(table, "deferral_months_most")),
        unsecured_up_to=_number(table, "unsecured_up_to") if "unsecured_up_to" in table else None,
        early_fee=_number(table, "early_fee_percent"),
        early_free_after=int(_number(table, "early_free_after_months")),
        subsidised_share=_number(table, "subsidised_share_percent"),
    )


def _one(table: Mapping[str, object], name: str) -> str:
    return at(f".{name}", read_text, table[name])


def _words(table: Mapping[str, object], name: str, choices: Sequence[str]) -> tuple[str, ...]:
    found = at(f".{name}", lambda some: read_list(some, read_choice(choices)), table[name])
    if not found:
        raise Wrong(Message(N_("a list with something in it")), f".{name}")
    return found


def _number(table: Mapping[str, object], name: str) -> Decimal:
    whole = name.endswith(("_most", "_months"))
    return at(f".{name}", read_whole if whole else read_number, table.get(name, 0))


def _span(table: Mapping[str, object], name: str) -> Span:
    inside = at(f".{name}", lambda value: read_entry(value, ("least", "most")), table[name])
    span = Span(*(at(f".{name}.{end}", read_number, inside[end]) for end in ("least", "most")))
    if span.least > span.most:
        raise Wrong(Message(N_("a range whose least is not above its most")), f".{name}")
    return span


def _uplift(table: Mapping[str, object], name: str, allowed: Span) -> Decimal:
    """How much a penalty raises the contract's rate. Source: DOMAIN b, "Methods of repayment"."""
    found = at(f".{name}", read_number, table[name])
    if found not in allowed:
        raise Wrong(Message(N_("at most {most}"), {"most": allowed.most}), f".{name}")
    return found


def _prices(table: Mapping[str, object], rate: Span) -> Mapping[str, Decimal]:
    if "price_by_grade" not in table:
        return MappingProxyType({})
    grid = at(".price_by_grade", lambda value: read_entry(value, GRADES), table["price_by_grade"])
    prices = {grade: at(f".price_by_grade.{grade}", read_number, grid[grade]) for grade in GRADES}
    for grade, price in prices.items():
        if price not in rate:
            raise Wrong(Message(N_("a rate inside the product's range")), f".price_by_grade.{grade}")
    return MappingProxyType(prices)


def _fee(value: object) -> Fee:
    table = read_entry(value, ("name_zh", "name_en", "kind"), ("amount", "percent"))
    if ("amount" in table) == ("percent" in table):
        raise Wrong(Message(N_("either amount or percent")), ".amount")
    return Fee(
        _one(table, "name_zh"),
        FeeKind(at(".kind", read_choice(tuple(FeeKind)), table["kind"])),
        at(".amount", read_number, table["amount"]) if "amount" in table else None,
        at(".percent", read_number, table["percent"]) if "percent" in table else None,
        _one(table, "name_en"),
    )


def _table(value: object) -> tuple[Product, ...]:
    found = read_list(value, read_product)
    ids = [product.id for product in found]
    for place, one in enumerate(ids):
        if one in ids[:place]:
            raise Wrong(Message(N_("an id that is used once")), f"[{place}].id")
    return found


PRODUCTS: Final[Key[tuple[Product, ...]]] = Key("products", "products", "", _table, optional=True)


def product_of(policy: Policy, asked: str) -> Product | None:
    """The product that an application names, by id or by its name in either language."""
    return product_in(policy.get(PRODUCTS, ()), asked)


def product_in(products: Iterable[Product], asked: str) -> Product | None:
    """The same in a list."""
    name = asked.strip().casefold()
    known_as = (
        (product, {product.id.casefold(), product.name.chinese.casefold(), product.name.english.casefold()})
        for product in products
    )
    return next((product for product, names in known_as if name in names), None)


# Whether grace, deferral and subsidy of the product are judged too; older policies only read them.
LIMITS: Final = replace(choice_key("product_limits", "amount_term_and_rate", "every_column"), optional=True)


def fits(product: Product, facts: CaseFacts, policy: Policy) -> tuple[Message, ...]:
    """Why a request does not fit the product, a sentence for each reason; facts not given yet are no reason."""
    more = policy.get(LIMITS, "amount_term_and_rate") == "every_column"
    return (*_reasons(product, facts), *(_further(product, facts.application) if more else ()))


def _reasons(product: Product, facts: CaseFacts) -> Iterator[Message]:
    asked = facts.application
    yield from _between(asked.requested_amount, product.amount, _AMOUNT)
    yield from _between(asked.term_months, product.term, _TERM)
    yield from _between(asked.annual_rate_percent, product.rate, _RATE)
    yield from _method(product, asked.repayment_method)
    if isinstance(asked.purpose_class, str) and asked.purpose_class not in product.purposes:
        yield Message(N_("The product is not for this class of purpose"))
    form = facts.business.form if facts.business is not None else None
    if isinstance(form, str) and form not in product.clients:
        yield Message(N_("The product is not for this kind of client"))
    yield from _security(product, facts)


_AMOUNT: Final = N_("{found:money} is asked for; the product lends {least:money} to {most:money}")
_TERM: Final = N_("The term is {found:count} months; the product lends for {least:count} to {most:count}")
_RATE: Final = N_("The rate is {found:percent} a year; the product's lies between {least:percent} and {most:percent}")


def _between(value: Figure, span: Span, sentence: str) -> Iterator[Message]:
    found = known(value)
    if found is not None and found not in span:
        yield Message(sentence, {"found": found, "least": span.least, "most": span.most})


def _method(product: Product, asked: str | Missing) -> Iterator[Message]:
    if isinstance(asked, Missing):
        return
    allowed = set(product.methods)
    if asked not in allowed and not (asked == "principal_schedule" and allowed & _BY_PLAN):
        yield Message(N_("The product is not paid back in this way"))


def _further(product: Product, asked: Application) -> Iterator[Message]:
    """Grace, the wait for the first payment, and the subsidy, each against the product's most (unsaid: none)."""
    grace, waits, subsidy = _grace(asked), _waits(asked), known(asked.subsidy_share_percent)
    at_once = _at_once(asked) and bool({"interest_bullet", "single_repayment"} & set(product.methods))
    if grace > product.grace_most and not at_once:
        yield Message(
            N_("{found:count} months without principal are asked for; the product gives {most:count}"),
            {"found": grace, "most": product.grace_most},
        )
    if waits > product.deferral_most and not (_at_once(asked) and "single_repayment" in product.methods):
        yield Message(
            N_("The first payment waits {found:count} months longer than a month; the product gives {most:count}"),
            {"found": waits, "most": product.deferral_most},
        )
    if subsidy is not None and subsidy > product.subsidised_share:
        yield Message(
            N_("{found:percent} of the interest are to be subsidised; the product knows {most:percent}"),
            {"found": subsidy, "most": product.subsidised_share},
        )


def _shares(asked: Application) -> tuple[Figure, ...]:
    by_plan = asked.repayment_method == "principal_schedule"
    return asked.principal_share_by_month or () if by_plan else ()


def _grace(asked: Application) -> int:
    """Months at the beginning in which no principal is paid."""
    shares = _shares(asked)
    return next((place for place, share in enumerate(shares) if share != ZERO), len(shares))


def _at_once(asked: Application) -> bool:
    """All principal in one sum at the end."""
    shares = _shares(asked)
    return bool(shares) and all(share == ZERO for share in shares[:-1])


def _waits(asked: Application) -> int:
    """Whole months from the payout to the first due date, beyond the first one."""
    paid, due = asked.payout_date, asked.first_due_date
    if paid is None or due is None:
        return 0
    return max(0, (due.year - paid.year) * 12 + due.month - paid.month - (due.day < paid.day) - 1)


def _security(product: Product, facts: CaseFacts) -> Iterator[Message]:
    """A pledge or a guarantor from an amount on; whether they are enough is asked elsewhere."""
    amount, free = known(facts.application.requested_amount), product.unsecured_up_to
    if free is not None and amount is not None and amount > free and not facts.collateral and not facts.guarantors:
        yield Message(N_("Above {free:money} the product asks for a pledge or a guarantor"), {"free": free})
