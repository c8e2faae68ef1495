"""Which policy and which checklist are in force here; a case keeps those it began with."""

from __future__ import annotations

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import RecordId, new_id
from officer_app.casework.desk import Desk
from officer_app.checklists.form import Form, read_form
from officer_app.credit.policy import Policy, read_policy
from officer_app.vault import audit, packs
from officer_app.vault.records import PackRecord
from officer_app.vault.transactions import Writing

POLICY = "policy"
FORM = "form"
PEOPLE = "people"
PEOPLE_LIST = "people"
DEFAULT_POLICY = "default"
BUSINESS_VISIT = "business_visit"


def newest(desk: Desk, kind: str, name: str) -> PackRecord:
    """The pack in force. Errors: PACK_MISSING."""
    with desk.vault.reading() as tx:
        pack = packs.newest(tx, kind, name)
    if pack is None:
        raise Fault(Code.PACK_MISSING, kind=kind, name=name)
    return pack


def policy_in_force(desk: Desk) -> tuple[PackRecord, Policy]:
    """The policy that new assessments use, with the pack it came in."""
    pack = newest(desk, POLICY, DEFAULT_POLICY)
    return pack, policy_of(desk, pack.digest, pack.body)


def policy_of(desk: Desk, sha256: str, body: bytes) -> Policy:
    """A policy read once for each digest."""
    if sha256 not in desk.policies:
        desk.policies[sha256] = read_policy(body.decode())
    return desk.policies[sha256]


def form_of(desk: Desk, pack: PackRecord) -> Form:
    """A checklist read once for each digest."""
    if pack.digest not in desk.forms:
        desk.forms[pack.digest] = read_form(pack.body)
    return desk.forms[pack.digest]


def pack_by_id(desk: Desk, pack: RecordId) -> PackRecord:
    """The very pack a draft began with, whatever came since."""
    with desk.vault.reading() as tx:
        return packs.get(tx, pack)


def add(
    tx: Writing, kind: str, name: str, version: int, body: bytes, *, signed: bytes = b"", label: str = ""
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
    )
    packs.add(tx, record)
    audit.append(tx, "pack_received", name, {"kind": kind, "version": version, "digest": record.digest})
