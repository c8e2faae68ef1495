"""Head office's own list of products, which takes the place of the policy's; written and read as one TOML table.

The list is whole: what it leaves out is not lent any more. A merge row by row was rejected, since nothing in it could
ever withdraw a product. Where no list came, the policy's own table holds, as it did before there were lists.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.toml import read_toml
from officer_app.base.words import N_, Bilingual, Message, Sayable, Verbatim
from officer_app.credit.figures import ZERO
from officer_app.credit.keys import Wrong
from officer_app.credit.loans.fees import Fee
from officer_app.credit.policy import Policy
from officer_app.credit.products import PRODUCTS, Product, Span, product_in
from officer_app.credit.productwords import CLIENT_WORDS, FEE_WORDS, METHOD_WORDS, PURPOSE_WORDS

SIZE_LIMIT: Final = 512_000
MOST_PRODUCTS: Final = 200
_TABLE: Final = PRODUCTS.path
_VERSION: Final = "schema_version"
_SCHEMA: Final = 1


def read_products(data: bytes) -> tuple[Product, ...]:
    """The list in a stranger's bytes, at least one product.

    Errors: PRODUCTS_TOO_LARGE, PRODUCTS_NOT_TOML, PRODUCTS_TOO_NEW, PRODUCT_WRONG; `where` is the place.
    """
    if len(data) > SIZE_LIMIT:
        raise Fault(Code.PRODUCTS_TOO_LARGE, found=len(data), limit=SIZE_LIMIT)
    try:
        tree = read_toml(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Fault(Code.PRODUCTS_NOT_TOML, where=str(error)[:200], detail=str(error)[:200]) from error
    told = tree.get(_VERSION)
    schema = told if isinstance(told, int) and not isinstance(told, bool) else 0
    if schema > _SCHEMA:
        raise Fault(Code.PRODUCTS_TOO_NEW, found=schema, known=_SCHEMA)
    odd = sorted({_VERSION, _TABLE} ^ set(tree))
    if odd or schema != _SCHEMA:
        raise product_wrong(odd[0] if odd else _VERSION, Message(N_("one table of products and its form, 1")))
    try:
        found = PRODUCTS.read(tree[_TABLE])
    except Wrong as wrong:
        raise product_wrong(_TABLE + wrong.place, wrong.needed) from wrong
    return judged(found)


def judged(found: tuple[Product, ...]) -> tuple[Product, ...]:
    """The list, if it holds at least one product and no more than anybody sells. Errors: PRODUCT_WRONG."""
    if not 1 <= len(found) <= MOST_PRODUCTS:
        needed = Message(N_("at least one product and at most {most:count}"), {"most": MOST_PRODUCTS})
        raise product_wrong(_TABLE, needed)
    return found


def product_wrong(place: str | Message, needed: Message) -> Fault:
    """The refusal of one entry; `place` as its author finds it again."""
    return Fault(Code.PRODUCT_WRONG, where=place if isinstance(place, str) else place.text, key=place, needed=needed)


def with_products(policy: Policy, products: tuple[Product, ...]) -> Policy:
    """A policy whose table of products is head office's list; nothing else of it is another."""
    return Policy(MappingProxyType({**policy.values, PRODUCTS.path: products}))


# --- writing -------------------------------------------------------------------------------------------------------


def products_text(products: Sequence[Product]) -> str:
    """The list as it is signed; `read_products` gives the same products again."""
    rows = "".join(f"  {_inline(_told(product))},\n" for product in products)
    return f"{_VERSION} = {_SCHEMA}\n{_TABLE} = [\n{rows}]\n"


def _told(product: Product) -> dict[str, object]:
    told: dict[str, object] = {
        "id": product.id,
        "name_zh": product.name.chinese,
        "name_en": product.name.english,
        "clients": sorted(product.clients),
        "purposes": sorted(product.purposes),
        "amount": _span(product.amount),
        "term_months": _span(product.term),
        "methods": list(product.methods),
        "rate_percent": _span(product.rate),
    }
    if product.prices:
        told["price_by_grade"] = dict(product.prices)
    if product.fees:
        told["fees"] = [_fee(fee) for fee in product.fees]
    some = {
        "grace_months_most": Decimal(product.grace_most),
        "deferral_months_most": Decimal(product.deferral_most),
        "early_fee_percent": product.early_fee,
        "early_free_after_months": Decimal(product.early_free_after),
        "subsidised_share_percent": product.subsidised_share,
    }
    told |= {name: value for name, value in some.items() if value != ZERO}
    if product.unsecured_up_to is not None:
        told["unsecured_up_to"] = product.unsecured_up_to
    return told | {
        "late_uplift_percent": product.late_uplift,
        "misuse_uplift_percent": product.misuse_uplift,
    }


def _span(span: Span) -> Mapping[str, object]:
    return {"least": span.least, "most": span.most}


def _fee(fee: Fee) -> Mapping[str, object]:
    told: dict[str, object] = {"name_zh": fee.name, "name_en": fee.english, "kind": fee.kind.value}
    if fee.amount is not None:
        told["amount"] = fee.amount
    if fee.percent is not None:
        told["percent"] = fee.percent
    return told


def _inline(value: object) -> str:
    match value:
        case Mapping():
            return "{ " + ", ".join(f"{name} = {_inline(one)}" for name, one in value.items()) + " }"
        case list():
            return "[" + ", ".join(_inline(one) for one in value) + "]"
        case Decimal():
            return format(value, "f")
        case _:
            # JSON's texts are TOML's basic ones, but for DEL, which TOML wants escaped.
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


# --- what changed --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changed:
    """What another list says of a product: its `changes`, or that it is no longer on it."""

    product: Product
    changes: tuple[Sayable, ...]

    @property
    def withdrawn(self) -> bool:
        """Whether the product is no longer lent."""
        return not self.changes

    @property
    def told(self) -> Sayable:
        """All changes in one line; each may have commas of its own."""
        told: Sayable = self.changes[0] if self.changes else Verbatim("")
        for one in self.changes[1:]:
            told = Message(N_("{told}; {one}"), {"told": told, "one": one})
        return told


def changed(before: Iterable[Product], now: Iterable[Product], asked: str) -> Changed | None:
    """What becomes of the product that is asked for; None where nothing does, or where it was not on the list."""
    product = product_in(before, asked)
    if product is None:
        return None
    other = product_in(now, product.id)
    told = changes(product, other) if other is not None else ()
    return None if other is not None and not told else Changed(product, told)


def changes(before: Product, now: Product) -> tuple[Sayable, ...]:
    """What of a product's terms is another, a sentence for each; nothing where they are the same."""
    return tuple(_changes(before, now))


def _changes(before: Product, now: Product) -> Iterator[Sayable]:
    was, becomes = _columns(before), _columns(now)
    for title, told in was.items():
        if told != becomes[title]:
            parameters = {"what": Message(title), "before": told, "now": becomes[title]}
            yield Message(N_("{what}: {before} → {now}"), parameters)


def _columns(product: Product) -> Mapping[str, Sayable | tuple[Sayable, ...]]:
    return {
        N_("Name of the product"): product.name,
        N_("Lent to"): _words(CLIENT_WORDS, sorted(product.clients)),
        N_("Purposes"): _words(PURPOSE_WORDS, sorted(product.purposes)),
        N_("Amount"): _from_to(product.amount, N_("{least:money} to {most:money}")),
        N_("Term in months"): _from_to(product.term, N_("{least:count} to {most:count}")),
        N_("Ways of paying back"): _words(METHOD_WORDS, product.methods),
        N_("Rate a year"): _from_to(product.rate, N_("{least:percent} to {most:percent}")),
        N_("Price by grade"): tuple(
            Message("{grade} {price:percent}", {"grade": grade, "price": price})
            for grade, price in product.prices.items()
        )
        or _NOTHING,
        N_("Fees"): tuple(_fee_told(fee) for fee in product.fees) or _NOTHING,
        N_("Months without principal, at most"): _count(product.grace_most),
        N_("Months that the first payment may wait"): _count(product.deferral_most),
        N_("Without security up to"): _unsecured(product.unsecured_up_to),
        N_("Uplift when late"): _percent(product.late_uplift),
        N_("Uplift for another use"): _percent(product.misuse_uplift),
        N_("Fee for paying back early"): _percent(product.early_fee),
        N_("No such fee after months"): _count(product.early_free_after),
        N_("Subsidised share of the interest"): _percent(product.subsidised_share),
    }


_NOTHING: Final = Message(N_("none"))


def _words(words: Mapping[str, str], found: Sequence[str]) -> tuple[Sayable, ...]:
    return tuple(Message(words[one]) for one in found)


def _from_to(span: Span, sentence: str) -> Sayable:
    return Message(sentence, {"least": span.least, "most": span.most})


def _count(value: int) -> Sayable:
    return Message("{value:count}", {"value": value})


def _percent(value: Decimal) -> Sayable:
    return Message("{value:percent}", {"value": value})


def _unsecured(value: Decimal | None) -> Sayable:
    return Message(N_("any amount")) if value is None else Message("{value:money}", {"value": value})


def _fee_told(fee: Fee) -> Sayable:
    name = Bilingual(fee.english, fee.name)
    kind = Message(FEE_WORDS[fee.kind.value])
    if fee.amount is not None:
        return Message("{name} {amount:money} ({kind})", {"name": name, "amount": fee.amount, "kind": kind})
    return Message("{name} {share:percent} ({kind})", {"name": name, "share": fee.percent or ZERO, "kind": kind})
