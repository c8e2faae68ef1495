"""A newer version of the checklist has come: what it changes, and the draft moved to it on the officer's word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import VisitId
from officer_app.casework import packs
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.visits import Moved, Visit, resume_visit, session_of
from officer_app.checklists.upgrading import Difference, Homeless, carried, differences, homeless
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit, cases
from officer_app.vault import packs as kept
from officer_app.vault.records import PackRecord, VisitRecord, VisitState
from officer_app.vault.transactions import Writing


@dataclass(frozen=True, slots=True)
class Newer:
    """A newer version of a visit's checklist, and all that it changes."""

    version: str
    changes: tuple[Difference, ...]


@allowed(Role.OFFICER, Role.MANAGER)
def newer_form(desk: Desk, record: VisitRecord) -> Newer | None:
    """The newest version of the checklist that an open visit was begun with; None while it has that one."""
    pack = _newer_pack(desk, record)
    if pack is None or record.form_pack is None:
        return None
    older, newer = packs.form_of(packs.pack_by_id(desk, record.form_pack)), packs.form_of(pack)
    return Newer(newer.version, differences(older, newer))


def _newer_pack(desk: Desk, record: VisitRecord) -> PackRecord | None:
    if record.form_pack is None or record.state is not VisitState.OPEN:
        return None
    begun = packs.pack_by_id(desk, record.form_pack)
    newest = packs.newest(desk, packs.FORM, begun.name)
    return newest if newest.version > begun.version and newest.digest != begun.digest else None


@allowed(Role.OFFICER)
def move_up(desk: Desk, visit_id: VisitId) -> Visit:
    """Move a draft to the newest version of its checklist: answers whose question exists are kept, all others wait.

    `moved` of what is given takes it back. Errors: PACK_MISSING when there is none newer, CASE_NOT_OPEN, NOT_ALLOWED.
    """
    visit = resume_visit(desk, visit_id)
    pack = _newer_pack(desk, visit.record)
    if pack is None:
        raise Fault(Code.PACK_MISSING, kind=packs.FORM, name=visit.record.form)
    form = packs.form_of(pack)
    with desk.vault.reading() as tx:
        before = answers.all(tx, visit_id)
    record = replace(visit.record, form_version=form.version, form_pack=pack.id)
    session = session_of(desk, record, carried(before, visit.session.form, form))
    now = {**session.orphans, **session.answers()}
    told = {
        "from": visit.record.form_version,
        "to": form.version,
        "pack": pack.id,
        "without_place": str(len(session.orphans)),
    }
    with desk.vault.writing() as tx:
        _replace(desk, tx, record, before, now)
        audit.append(tx, "visit_form_moved", visit_id, told)
    return _as_it_stands(desk, visit_id, Moved(visit.record, before, now))


@allowed(Role.OFFICER)
def move_back(desk: Desk, visit_id: VisitId, moved: Moved) -> Visit:
    """Take the move back, exactly. Errors: ANSWERED_SINCE, CASE_NOT_OPEN, NOT_ALLOWED."""
    with desk.vault.writing() as tx:
        if answers.all(tx, visit_id) != dict(moved.now):
            raise Fault(Code.ANSWERED_SINCE)
        _replace(desk, tx, moved.record, moved.now, moved.before)
        told = {"to": moved.record.form_version, "pack": moved.record.form_pack}
        audit.append(tx, "visit_form_moved_back", visit_id, told)
    return resume_visit(desk, visit_id)


def _replace(desk: Desk, tx: Writing, record: VisitRecord, before: Mapping[str, str], now: Mapping[str, str]) -> None:
    case = cases.get(tx, record.case)
    must_be_own(desk, case)
    must_be_open(case)
    answers.save_visit(tx, record)
    gone: dict[str, str | None] = dict.fromkeys(ref for ref in before if ref not in now)
    answers.store(tx, record.id, gone | dict(now))


def _as_it_stands(desk: Desk, visit_id: VisitId, moved: Moved) -> Visit:
    visit = resume_visit(desk, visit_id)
    visit.moved = moved
    return visit


@allowed(*EVERYONE)
def without_place(desk: Desk, visit: Visit) -> tuple[Homeless, ...]:
    """The answers that the visit's checklist no longer asks for, in the words of the newest version that did."""
    if not visit.session.orphans or visit.record.form_pack is None:
        return ()
    name = packs.pack_by_id(desk, visit.record.form_pack).name
    with desk.vault.reading() as tx:
        known = kept.all_of(tx, packs.FORM, name)
    return homeless(visit.session.orphans, tuple(packs.form_of(pack) for pack in known))
