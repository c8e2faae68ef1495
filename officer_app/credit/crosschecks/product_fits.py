"""Whether the request fits the product that it names. Source: DOMAIN, rows 40 to 43."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import CheckResult, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.figures import Truth, absorbed
from officer_app.credit.ground import Ground
from officer_app.credit.products import PRODUCTS, Product, fits, product_of

FLAG: Final = FlagKind("PRODUCT_NOT_FITTING", 199, 1, N_("the request does not fit the product"))

_ID: Final = "PRODUCT_FITS"
_TITLE: Final = Message(N_("Request against the product"))
_FORMULA: Final = Message(N_("amount, term, rate, method, purpose and client within what the product allows"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when there is no reason against it; does not apply without a product or a table of products."""
    asked = ground.facts.application.product
    if not asked or ground.policy.get(PRODUCTS, None) is None:
        return ()
    product = product_of(ground.policy, asked)
    reasons = (_unknown(asked),) if product is None else fits(product, ground.facts, ground.policy)
    sentence = _sentence(asked, product, reasons)
    application = ground.facts.application
    paths = tuple(
        application.at(name)
        for name in ("product", "requested_amount", "term_months", "annual_rate_percent", "repayment_method")
    )
    return (
        judged(
            Finding(
                _ID,
                _TITLE,
                _FORMULA,
                sentence,
                _passes(ground, reasons),
                Message(N_("Choose another product, or change what is asked for")),
                paths,
                unit=Unit.COUNT,
                causes=failing(FLAG, _ID, sentence, paths),
            )
        ),
    )


def _passes(ground: Ground, reasons: tuple[Message, ...]) -> Truth:
    asked = ground.facts.application
    missing = absorbed(asked.requested_amount, asked.term_months, asked.annual_rate_percent, asked.repayment_method)
    if reasons:
        return False
    return missing if missing.lacks else True


def _sentence(asked: str, product: Product | None, reasons: tuple[Message, ...]) -> Message:
    name = Verbatim(asked) if product is None else product.name
    if not reasons:
        return Message(N_("The request fits the product {product}"), {"product": name})
    return Message(N_("The request does not fit {product}: {reasons}"), {"product": name, "reasons": reasons})


def _unknown(asked: str) -> Message:
    return Message(N_("no product {product} is on the list of what is lent"), {"product": Verbatim(asked)})


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
