"""Which policy and which checklist are in force here; a case keeps those it began with."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from officer_app.base.canonical import digest
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import RecordId, new_id
from officer_app.casework.desk import Desk
from officer_app.checklists.bundles import opened
from officer_app.checklists.form import Form, read_form
from officer_app.credit.policy import Policy, read_policy
from officer_app.vault import audit, packs
from officer_app.vault.records import PackRecord
from officer_app.vault.transactions import Reading, Writing

POLICY = "policy"
FORM = "form"
PEOPLE = "people"
PEOPLE_LIST = "people"
NORMS = "norms"
OWN_NORMS = "norms"
SHOTS = "shots"
PRODUCTS = "products"
OWN_PRODUCTS = "products"
FINGERPRINTS = "fingerprints"
DEFAULT_POLICY = "default"
BUSINESS_VISIT = "business_visit"
SECOND_VISIT = "second_visit"
# The checklists that the product ships with, by their names in `forms/`; the first is the one a case begins with.
SHIPPED_FORMS = (BUSINESS_VISIT, "home_visit", "collateral_inspection", "guarantor_visit", SECOND_VISIT)


def newest(desk: Desk, kind: str, name: str) -> PackRecord:
    """The pack in force today: one that came ahead of its first day waits. Errors: PACK_MISSING."""
    with desk.vault.reading() as tx:
        pack = packs.in_force(tx, kind, name, local_date(desk.clock.now()))
    if pack is None:
        raise Fault(Code.PACK_MISSING, kind=kind, name=name)
    return pack


def policy_in_force(desk: Desk) -> tuple[PackRecord, Policy]:
    """The policy that assessments use today, with the pack it came in: the newest whose first day has come.

    One that came ahead of its day waits; where none has begun, the oldest holds. Errors: PACK_MISSING.
    """
    today = local_date(desk.clock.now())
    pack = newest(desk, POLICY, DEFAULT_POLICY)
    policy = policy_of(desk, pack.digest, pack.body)
    if _has_begun(policy, today):
        return pack, policy
    with desk.vault.reading() as tx:
        known = packs.all_of(tx, POLICY, DEFAULT_POLICY)
    for pack in known:
        policy = policy_of(desk, pack.digest, pack.body)
        if _has_begun(policy, today):
            break
    return pack, policy


def _has_begun(policy: Policy, today: date) -> bool:
    return policy.effective_from is None or policy.effective_from <= today


def policy_of(desk: Desk, sha256: str, body: bytes) -> Policy:
    """A policy read once for each digest."""
    if sha256 not in desk.policies:
        desk.policies[sha256] = read_policy(body.decode())
    return desk.policies[sha256]


def form_of(pack: PackRecord) -> Form:
    """A checklist as a pack has it."""
    return _read_once(pack.body)


# Whoever signs in: a form has nothing of a case in it, and nothing in it changes.
@lru_cache(maxsize=8)
def _read_once(body: bytes) -> Form:
    bundle = opened(body)
    return read_form(bundle.xml, bundle.files.get)


def check_policy(body: bytes) -> None:
    """Whether this program understands a policy that comes. Errors: those of `read_policy`."""
    try:
        read_policy(body.decode())
    except UnicodeDecodeError as error:
        raise Fault(Code.POLICY_NOT_TOML, where=str(error), detail=str(error)) from error


def check_form(body: bytes) -> None:
    """Whether this program understands a checklist that comes. Errors: FORM_…"""
    bundle = opened(body)
    read_form(bundle.xml, bundle.files.get)


def pack_by_id(desk: Desk, pack: RecordId) -> PackRecord:
    """The very pack a draft began with, whatever came since."""
    with desk.vault.reading() as tx:
        return packs.get(tx, pack)


def has(tx: Reading, kind: str, name: str, version: int, body: bytes) -> bool:
    """Whether this very pack is here."""
    return any(one.version == version and one.digest == digest(body) for one in packs.all_of(tx, kind, name))


def add(
    tx: Writing,
    kind: str,
    name: str,
    version: int,
    body: bytes,
    *,
    signed: bytes = b"",
    label: str = "",
    effective: date | None = None,
) -> None:
    """Keep a pack that head office signed. Errors: PACK_OLDER."""
    record = PackRecord(
        id=RecordId(new_id()),
        kind=kind,
        name=name,
        version=version,
        digest=digest(body),
        received=tx.clock.now(),
        body=body,
        signed=signed,
        label=label,
        effective=effective.isoformat() if effective is not None else "",
    )
    packs.add(tx, record)
    audit.append(tx, "pack_received", name, {"kind": kind, "version": version, "digest": record.digest})
