"""The price beside its limits and beside the product's own, and the product itself. Source: DOMAIN 42, 85, e.10."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, message
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import known
from officer_app.credit.products import Product, product_of
from officer_app.credit.ratecaps import PriceLimit, limits_of, within
from officer_app.memos.blocks import Pen
from officer_app.memos.inputs import Standing
from officer_app.memos.quantities import percent
from officer_app.memos.sections.parts import subheading
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Cell, pairs
from officer_app.memos.terms import standing_span


def pricing(pen: Pen, it: Assessment) -> Iterator[Flowable]:
    """Nothing where the policy knows neither products nor dated limits."""
    product = product_of(it.policy, it.facts.application.product)
    limits = limits_of(it.facts.application, it.policy)
    if product is None and not limits:
        return
    rows: list[tuple[Sayable | str, Cell]] = []
    if product is not None:
        rows += _product(it, product)
    rows.append((message(N_("All-in rate a year, all fees in")), percent(it.capacity.all_in_rate_percent)))
    rows += [(limit.name, _limit(pen, it, limit)) for limit in limits]
    yield subheading(pen, N_("Price of the loan"))
    yield pairs(pen, rows, WIDTH)


def _product(it: Assessment, product: Product) -> Iterator[tuple[Sayable | str, Cell]]:
    yield (
        product.name,
        message(
            N_(
                "{least:money} to {most:money}, {short:count} to {long:count} months, {low:percent} to {high:percent}"
            ),
            least=product.amount.least,
            most=product.amount.most,
            short=product.term.least,
            long=product.term.most,
            low=product.rate.least,
            high=product.rate.most,
        ),
    )
    grade = it.risk_index.grade
    price = product.price_for(grade)
    if price is not None and isinstance(grade, str):
        yield message(N_("Rate of the product for grade {grade}"), grade=grade), _against(it, price)


def _against(it: Assessment, price: Decimal) -> Sayable:
    """The price by risk and security beside the rate asked for."""
    asked = known(it.facts.application.annual_rate_percent)
    return message(N_("{price:percent}; asked for is {asked:percent}"), price=price, asked=asked)


def _limit(pen: Pen, it: Assessment, limit: PriceLimit) -> Cell:
    rate = known(it.capacity.all_in_rate_percent)
    text = N_("{limit:percent}, in force since {since:date}")
    if not limit.in_force:
        text = N_("{limit:percent}, coming on {since:date}")
    words = message(text, limit=limit.percent, since=limit.since)
    if rate is None:
        return standing_span(pen, Standing.UNKNOWN, words)
    if within(rate, limit.percent):
        return standing_span(pen, Standing.PASSED, words)
    return standing_span(pen, Standing.STOP if limit.in_force else Standing.LOOK, words)
