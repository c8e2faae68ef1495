"""Which list of products a case is judged by: the one it began with, until its officer takes the newer terms.

Head office's list takes the place of the policy's table of products. A draft keeps the list that was in force when
it was begun; a product that is not on that one is looked up in today's. Where no list ever came, the policy's own
table holds. Whoever opens a submitted file judges it by the list that it names, whatever came since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId
from officer_app.base.words import N_, Sayable, message
from officer_app.casework import packs
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.credit.policy import Policy
from officer_app.credit.productlist import Changed, changed, read_products, with_products
from officer_app.credit.products import PRODUCTS, Product, product_of
from officer_app.dossier.manifest import Manifest
from officer_app.trust.certificates import Role
from officer_app.vault import audit, cases
from officer_app.vault import packs as kept
from officer_app.vault.records import PackRecord
from officer_app.vault.transactions import Reading

_KIND: Final = packs.PRODUCTS
_NAME: Final = packs.OWN_PRODUCTS


@dataclass(frozen=True, slots=True)
class NewTerms:
    """Today's list says something else of a case's product than the list it keeps."""

    version: int
    changed: Changed

    @property
    def sentence(self) -> Sayable:
        """What became of it, in one sentence."""
        told = _WITHDRAWN if self.changed.withdrawn else _CHANGED
        return message(told, product=self.changed.product.name, version=str(self.version))


_WITHDRAWN: Final = N_(
    "{product} is no longer lent (list of products {version}). This case keeps the terms that it began with."
)
_CHANGED: Final = N_(
    "The terms of {product} have changed (list of products {version}). This case keeps the former ones."
)


def list_in_force(tx: Reading, day: date) -> PackRecord | None:
    """Head office's newest list whose first day has come; None before the first."""
    return kept.begun(tx, _KIND, _NAME, day)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a case is judged by: the list (None: the policy's own table), the policy with it, and what is newer."""

    products: PackRecord | None
    policy: Policy
    newer: NewTerms | None


def terms_of(desk: Desk, case_id: CaseId, asked: str, policy: Policy) -> Terms:
    """The terms of a case that asks for a product under a policy.

    Errors: RECORD_MISSING; those of `read_products`, when a list that once was understood no longer is.
    """
    with desk.vault.reading() as tx:
        own = cases.get(tx, case_id).products_pack
        begun = kept.get(tx, own) if own is not None else None
        today = list_in_force(tx, local_date(desk.clock.now()))
    if today is None or (begun is not None and begun.id == today.id):
        return Terms(begun or today, _with(policy, begun or today), None)
    before, now = _with(policy, begun), _with(policy, today)
    if product_of(before, asked) is None:
        return Terms(today, now, None)
    found = changed(before.get(PRODUCTS, ()), now.get(PRODUCTS, ()), asked)
    return Terms(begun, before, NewTerms(today.version, found) if found is not None else None)


@allowed(Role.OFFICER)
def take_terms(desk: Desk, case_id: CaseId) -> None:
    """Judge a draft by today's list from now on. Errors: PACK_MISSING, CASE_NOT_OPEN, NOT_ALLOWED."""
    with desk.vault.writing() as tx:
        case, today = cases.get(tx, case_id), list_in_force(tx, local_date(desk.clock.now()))
        must_be_own(desk, case)
        must_be_open(case)
        if today is None:
            raise Fault(Code.PACK_MISSING, kind=_KIND, name=_NAME)
        cases.save(tx, replace(case, products_pack=today.id, updated=desk.clock.now()))
        audit.append(tx, "case_terms_taken", case_id, {"version": today.version, "digest": today.digest})


# --- a submitted file ----------------------------------------------------------------------------------------------


def frozen_policy(desk: Desk, tx: Reading, manifest: Manifest, policy: bytes, products: bytes | None) -> Policy:
    """The policy and the list that a file names, from its own parts.

    Errors: POLICY_DIFFERS and PRODUCTS_DIFFER where a part is not what the manifest, or head office, calls by that
    version, PRODUCTS_FOREIGN where head office has not sent it here; those of `read_policy` and `read_products`.
    """
    if digest(policy) != manifest.policy.digest:
        raise Fault(Code.POLICY_DIFFERS, where=manifest.case_number)
    found, ref = packs.policy_of(desk, manifest.policy.digest, policy), manifest.products
    if ref is None:
        return found
    known = {str(one.version): one.digest for one in kept.all_of(tx, _KIND, _NAME)}
    if products is None or digest(products) != ref.digest or known.get(ref.version, ref.digest) != ref.digest:
        raise Fault(Code.PRODUCTS_DIFFER, where=manifest.case_number, version=ref.version)
    if ref.version not in known:
        raise Fault(Code.PRODUCTS_FOREIGN, where=manifest.case_number, version=ref.version)
    return with_products(found, _read_once(products))


def list_named(tx: Reading, manifest: Manifest) -> RecordId | None:
    """The list that a file names, where it is here."""
    ref = manifest.products
    known = kept.all_of(tx, _KIND, _NAME) if ref is not None else ()
    return next((one.id for one in known if ref is not None and one.digest == ref.digest), None)


def told_of_file(desk: Desk, manifest: Manifest, frozen: Policy, asked: str) -> Sayable | None:
    """What whoever decides should know of the list that a file was judged by: that there is another one since."""
    ref = manifest.products
    with desk.vault.reading() as tx:
        today = list_in_force(tx, local_date(desk.clock.now()))
    if today is None or (ref is not None and ref.digest == today.digest):
        return None
    found = changed(frozen.get(PRODUCTS, ()), _read_once(today.body), asked)
    if found is None:
        return None
    told = _FILE_WITHDRAWN if found.withdrawn else _FILE_CHANGED
    return message(told, product=found.product.name, version=str(today.version), changes=found.told)


_FILE_WITHDRAWN: Final = N_(
    "{product} is no longer lent (list of products {version}). The file was judged by the terms that it began with."
)
_FILE_CHANGED: Final = N_(
    "The file was judged by former terms of {product}. Since list of products {version}: {changes}."
)


# --- lists ---------------------------------------------------------------------------------------------------------


def _with(policy: Policy, pack: PackRecord | None) -> Policy:
    return policy if pack is None else with_products(policy, _read_once(pack.body))


# Whoever signs in: a list has nothing of a case in it, and nothing in it changes.
@lru_cache(maxsize=8)
def _read_once(body: bytes) -> tuple[Product, ...]:
    return read_products(body)
