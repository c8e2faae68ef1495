"""Opening, finding and ending cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, new_id
from officer_app.casework.desk import Desk
from officer_app.casework.packs import OWN_PRODUCTS, PRODUCTS
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.credit.identity import Identity, inspect_identity
from officer_app.trust.certificates import Role
from officer_app.vault import audit, cases, packs
from officer_app.vault.records import CaseItem, CasePage, CaseQuery, CaseRecord, CaseState, Delivery, Origin

# A draft or a returned case may change; everything else is history.
OPEN_STATES = frozenset({CaseState.DRAFT, CaseState.RETURNED})


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is known before the visit. Amount in yuan; empty texts are simply not known yet."""

    applicant: str
    resident_id: str = ""
    phone: str = ""
    business: str = ""
    trade: str = ""
    address: str = ""
    product: str = ""
    requested_amount: Decimal | None = None
    term_months: int | None = None
    purpose: str = ""


@allowed(Role.OFFICER)
def open_case(desk: Desk, new: NewCase) -> CaseRecord:
    """A new draft with the next number of this laptop.

    Errors: NAME_NEEDED, IDENTITY_INVALID (a number is given and fails its check digit), AMOUNT_INVALID.
    """
    _check(desk, new)
    now = desk.clock.now()
    with desk.vault.writing() as tx:
        products = packs.begun(tx, PRODUCTS, OWN_PRODUCTS, local_date(now))
        case = CaseRecord(
            id=CaseId(new_id()),
            number=cases.next_number(tx, local_date(now).year),
            applicant=one_line(new.applicant),
            officer=desk.user.id,
            created=now,
            updated=now,
            resident_id=new.resident_id.strip().upper(),
            phone=new.phone.strip(),
            business=one_line(new.business),
            trade=new.trade,
            address=one_line(new.address),
            product=new.product,
            purpose=new.purpose.strip(),
            requested_amount=new.requested_amount,
            term_months=new.term_months,
            products_pack=products.id if products is not None else None,
        )
        cases.add(tx, case)
        audit.append(tx, "case_opened", case.id, {"number": case.number})
    return case


def _check(desk: Desk, new: NewCase) -> None:
    if not new.applicant.strip():
        raise Fault(Code.NAME_NEEDED)
    if new.resident_id.strip() and not check_identity(desk, new.resident_id).valid:
        raise Fault(Code.IDENTITY_INVALID)
    if new.requested_amount is not None and new.requested_amount <= 0:
        raise Fault(Code.AMOUNT_INVALID)


def check_identity(desk: Desk, number: str) -> Identity:
    """What a resident ID or social credit code says of itself: valid, born, sex, or why not."""
    return inspect_identity(number.strip(), local_date(desk.clock.now()))


@allowed(*EVERYONE)
def find_cases(desk: Desk, query: CaseQuery) -> CasePage:
    """One page of the cases on this laptop; an officer sees the own ones."""
    if desk.roles == {Role.OFFICER}:
        query = replace(query, officer=desk.user.id)
    with desk.vault.reading() as tx:
        return cases.find(tx, query)


@allowed(*EVERYONE)
def read_case(desk: Desk, case: CaseId) -> CaseRecord:
    """One case. Errors: RECORD_MISSING."""
    with desk.vault.reading() as tx:
        return cases.get(tx, case)


@allowed(Role.OFFICER)
def others_of_person(desk: Desk, resident_id: str) -> tuple[CaseItem, ...]:
    """Cases of the same ID number on this laptop: a repeat client, or someone who borrows twice."""
    with desk.vault.reading() as tx:
        return cases.same_person(tx, resident_id.strip().upper())


@allowed(Role.OFFICER)
def set_note(desk: Desk, case: CaseId, note: str) -> CaseRecord:
    """Keep the officer's statement, which the memo prints. Errors: CASE_NOT_OPEN, NOT_ALLOWED."""
    with desk.vault.writing() as tx:
        found = cases.get(tx, case)
        must_be_own(desk, found)
        must_be_open(found)
        noted = replace(found, note=note.strip(), updated=desk.clock.now())
        if noted.note != found.note:
            cases.save(tx, noted)
            audit.append(tx, "case_noted", case)
    return noted


def one_line(text: str) -> str:
    """A name or an address without line ends: on paper, what follows one would stand there as words of our own."""
    return " ".join(text.splitlines()).strip()


def must_be_open(case: CaseRecord) -> None:
    """Only drafts and returned cases change. Errors: CASE_NOT_OPEN."""
    if case.state not in OPEN_STATES or case.origin is not Origin.OWN:
        raise Fault(Code.CASE_NOT_OPEN)


def must_be_own(desk: Desk, case: CaseRecord) -> None:
    """Only its officer works on a case. Errors: NOT_ALLOWED."""
    if case.officer != desk.user.id:
        raise Fault(Code.NOT_ALLOWED, where=case.number)


__all__ = [
    "CaseItem",
    "CasePage",
    "CaseQuery",
    "CaseState",
    "Delivery",
    "NewCase",
    "check_identity",
    "find_cases",
    "must_be_open",
    "must_be_own",
    "open_case",
    "others_of_person",
    "read_case",
    "set_note",
]
