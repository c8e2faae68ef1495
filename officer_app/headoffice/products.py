"""The institution's lists of products: every version that was published, and what is lent today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from officer_app.base.paths import forms_folder
from officer_app.credit.policy import read_policy
from officer_app.credit.productlist import read_products
from officer_app.credit.products import PRODUCTS, Product
from officer_app.dossier.records import PackKind
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.policies import Standing
from officer_app.headoffice.policies import versions as policies
from officer_app.headoffice.publishing import kept_packs

NAME: Final = "products"


@dataclass(frozen=True, slots=True)
class ProductsVersion:
    """A published list: number and digest of its pack, the products, its first day (None: from its arrival)."""

    number: int
    sha256: str
    products: tuple[Product, ...]
    made_at: datetime
    effective_from: date | None
    standing: Standing


def versions(desk: Desk, today: date) -> tuple[ProductsVersion, ...]:
    """Every list that was published, the newest first. Errors: DESK_BROKEN, and those of `read_products`."""
    found: list[ProductsVersion] = []
    in_force = False
    for pack in sorted(kept_packs(desk, PackKind.PRODUCTS, NAME), key=lambda one: -one.note.version):
        note = pack.note
        begun = note.effective_from is None or note.effective_from <= today
        standing = Standing.COMING if not begun else Standing.PAST if in_force else Standing.IN_FORCE
        in_force = in_force or begun
        products = read_products(pack.content)
        found.append(
            ProductsVersion(note.version, note.sha256, products, note.made_at, note.effective_from, standing)
        )
    return tuple(found)


def products_today(desk: Desk, today: date) -> tuple[Product, ...]:
    """What is lent today: the list in force, else the policy's table, else the shipped one to begin with.

    Errors: DESK_BROKEN.
    """
    own = next((one.products for one in versions(desk, today) if one.standing is Standing.IN_FORCE), None)
    if own is not None:
        return own
    policy = next((one.policy for one in policies(desk, today) if one.standing is Standing.IN_FORCE), None)
    shipped = read_policy((forms_folder() / "policy.toml").read_text("utf-8"))
    return (policy.get(PRODUCTS, ()) if policy is not None else ()) or shipped[PRODUCTS]
