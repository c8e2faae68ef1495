"""The visit: a checklist being filled at the customer's counter, durable answer by answer.

The session in memory is pure; each change is one durable row before this module returns. When the disk refuses,
the change stays in the session, is remembered as unsaved, and goes down with the next change that gets through:
nothing typed is lost, and nothing unsaved is called saved.

A further visit of the same case begins blank: what is asked again must be answered again. The visits before it are
history from then on, to be read and not to be changed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, VisitId, new_id
from officer_app.casework import entities, packs
from officer_app.casework.cases import must_be_open, must_be_own, one_line
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.shotpacks import shots_at
from officer_app.checklists.capturing.places import FormWords
from officer_app.checklists.changes import Changes
from officer_app.checklists.external import LAST_SAVED
from officer_app.checklists.form import Form
from officer_app.checklists.session import FormSession
from officer_app.checklists.visitlog import LogEntry, VisitLog
from officer_app.checklists.xpath.nodes import Node
from officer_app.evidence.shotlists import ShotList, shipped_shots
from officer_app.evidence.spots import shipped_spots
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit, captures, cases, cosigns, notes, visitlog
from officer_app.vault.records import CaptureRecord, CaseRecord, CosignRecord, NoteRecord, VisitRecord, VisitState
from officer_app.vault.transactions import Reading, Writing

# Facts that stand on the case's own line as well: path -> field of the case record.
_HEADER_TEXTS: Final = {"borrower.name": "applicant", "borrower.resident_id": "resident_id"}
_REQUESTED: Final = "application.requested_amount"
_TERM: Final = "application.term_months"
_PURPOSE: Final = "application.purpose_declared"
# What the first visit finds answered when the case was opened with it.
ASKED_AT_OPENING: Final = frozenset({*_HEADER_TEXTS, _REQUESTED, _TERM, _PURPOSE})


@dataclass(frozen=True, slots=True)
class Moved:
    """A draft that was moved to a newer version of its checklist: what takes it back until the next answer.

    `before` and `now` are all its kept answers, by ref.
    """

    record: VisitRecord
    before: Mapping[str, str]
    now: Mapping[str, str]


@dataclass(slots=True)
class Visit:
    """An open visit: its record, its checklist in memory, and what the disk has not taken yet.

    `earlier` are the visits of the case before this one, oldest first.
    """

    record: VisitRecord
    session: FormSession
    unsaved: dict[str, str | None] = field(default_factory=dict)
    # What happens in this sitting; None where nobody sits at the screen.
    log: VisitLog | None = None
    earlier: tuple[Visit, ...] = ()
    captures: dict[RecordId, CaptureRecord] = field(default_factory=dict)
    notes: dict[RecordId, NoteRecord] = field(default_factory=dict)
    cosigns: tuple[CosignRecord, ...] = ()
    words: FormWords | None = None
    # Set while the move to a newer checklist can be taken back: until the next answer.
    moved: Moved | None = None
    # The pictures it asks for: those of the list that was in force when it began.
    shots: ShotList = field(default_factory=shipped_shots)

    @property
    def case(self) -> CaseId:
        """The case this visit belongs to."""
        return self.record.case

    @property
    def saved(self) -> bool:
        """Whether everything typed is durable."""
        return not self.unsaved


@allowed(Role.OFFICER)
def begin_visit(
    desk: Desk,
    case_id: CaseId,
    *,
    form_name: str = packs.BUSINESS_VISIT,
    purpose: str = "",
    place: str = "",
    second_officer: str = "",
) -> Visit:
    """Start a visit with the newest version of a checklist.

    In the first one what the case already knows is filled in; a further one begins blank and ends the one before it.
    Errors: PACK_MISSING, CASE_NOT_OPEN, NOT_ALLOWED.
    """
    pack = packs.newest(desk, packs.FORM, form_name)
    form = packs.form_of(pack)
    session = _session(desk, form, None, _last_saved(desk, form, desk.user.id, desk.clock.now()))
    over = _open_sessions(desk, case_id)
    with desk.vault.writing() as tx:
        case = _own_open_case(desk, tx, case_id)
        past = answers.visits(tx, case_id)
        record = VisitRecord(
            id=VisitId(new_id()),
            case=case.id,
            form=form.form_id,
            form_version=form.version,
            form_pack=pack.id,
            officer=desk.user.id,
            started=desk.clock.now(),
            purpose=purpose,
            place=place,
            second_officer=one_line(second_officer),
        )
        for one in past:
            if one.state is VisitState.OPEN:
                answers.save_visit(tx, replace(one, state=VisitState.FINISHED, ended=desk.clock.now()))
                entities.keep(tx, one.id, over[one.id], desk.clock.now())
        answers.add_visit(tx, record)
        if not past:
            _fill_in(session, case)
        answers.store(tx, record.id, dict(session.answers()))
        told = {"case": case.id, "form": form.form_id, "version": form.version, "number": str(len(past) + 1)}
        told["spots"] = shipped_spots().digest  # what is drawn follows from this file, the case and the visit
        audit.append(tx, "visit_begun", record.id, told)
        listed = shots_at(desk, tx, record.started)
    return Visit(record, session, earlier=_earlier(desk, record), shots=listed)


def _open_sessions(desk: Desk, case_id: CaseId) -> dict[VisitId, FormSession]:
    """The visits of a case that are not ended, as they were left."""
    with desk.vault.reading() as tx:
        held = [(one, answers.all(tx, one.id)) for one in answers.visits(tx, case_id) if one.state is VisitState.OPEN]
    return {one.id: session_of(desk, one, stored) for one, stored in held}


def _fill_in(session: FormSession, case: CaseRecord) -> None:
    for path, text in _known(case).items():
        ref = ref_of_fact(session, path)
        if ref is not None and text:
            session.set(ref, text)


@allowed(Role.OFFICER, Role.MANAGER)
def resume_visit(desk: Desk, visit_id: VisitId) -> Visit:
    """A visit as it was left, with the form version it was begun with, and those before it."""
    with desk.vault.reading() as tx:
        record = answers.visit(tx, visit_id)
        stored = answers.all(tx, visit_id)
        lines = _lines(tx, record)
        noted, signed = _notes(tx, record), cosigns.of_visit(tx, visit_id)
        listed = shots_at(desk, tx, record.started)
    session = session_of(desk, record, stored)
    before = _earlier(desk, record)
    return Visit(record, session, earlier=before, captures=lines, notes=noted, cosigns=signed, shots=listed)


def _earlier(desk: Desk, record: VisitRecord) -> tuple[Visit, ...]:
    """The visits of the case before this one, oldest first."""
    with desk.vault.reading() as tx:
        every = answers.visits(tx, record.case)
        before = every[: [one.id for one in every].index(record.id)]
        stored = [
            (answers.all(tx, one.id), _notes(tx, one), _lines(tx, one), cosigns.of_visit(tx, one.id))
            for one in before
        ]
    return tuple(
        Visit(one, session_of(desk, one, held), notes=noted, captures=lines, cosigns=signed)
        for one, (held, noted, lines, signed) in zip(before, stored, strict=True)
    )


def _lines(tx: Reading, record: VisitRecord) -> dict[RecordId, CaptureRecord]:
    return {one.id: one for one in captures.of_visit(tx, record.id)}


def _notes(tx: Reading, record: VisitRecord) -> dict[RecordId, NoteRecord]:
    """The notes at the questions of a visit: their subject begins with the visit's id."""
    found = notes.of_case(tx, record.case)
    return {one.id: one for one in found if one.subject.startswith(record.id)}


@allowed(Role.OFFICER, Role.MANAGER)
def visits_of(desk: Desk, case_id: CaseId) -> tuple[VisitRecord, ...]:
    """The visits of a case, oldest first."""
    with desk.vault.reading() as tx:
        return answers.visits(tx, case_id)


@allowed(Role.OFFICER)
def answer(desk: Desk, visit: Visit, ref: str, text: str) -> Changes:
    """Answer one question; durable when this returns.

    Errors: FORM_NO_SUCH_QUESTION, FORM_READ_ONLY; DISK_FULL and other faults of the store leave the answer in
    `visit.unsaved`.
    """
    return _change(desk, visit, lambda session: session.set(ref, text))


@allowed(Role.OFFICER)
def add_repeat(desk: Desk, visit: Visit, ref: str, count: int = 1) -> Changes:
    """Add rows to a list of the checklist. Errors: FORM_REPEAT_FIXED, FORM_NO_SUCH_REPEAT."""
    return _change(desk, visit, lambda session: session.add_repeat(ref, count))


@allowed(Role.OFFICER)
def remove_repeat(desk: Desk, visit: Visit, ref: str, index: int) -> Changes:
    """Take one row (1-based) out of a list of the checklist."""
    return _change(desk, visit, lambda session: session.remove_repeat(ref, index))


@allowed(Role.OFFICER)
def undo(desk: Desk, visit: Visit) -> Changes:
    """Take back the last change of this sitting."""
    return _change(desk, visit, lambda session: session.undo())


@allowed(Role.OFFICER)
def redo(desk: Desk, visit: Visit) -> Changes:
    """Do again what was taken back."""
    return _change(desk, visit, lambda session: session.redo())


@allowed(Role.OFFICER)
def finish_visit(desk: Desk, visit: Visit) -> None:
    """Note the end of the visit; it can still be corrected until the case is submitted.

    Errors: CASE_NOT_OPEN, NOT_ALLOWED.
    """
    finished = replace(visit.record, state=VisitState.FINISHED, ended=desk.clock.now())
    with desk.vault.writing() as tx:
        _own_open_case(desk, tx, visit.case)
        answers.save_visit(tx, finished)
        entities.keep(tx, visit.record.id, visit.session, desk.clock.now())
        audit.append(tx, "visit_finished", visit.record.id)
    visit.record = finished


def ref_of_fact(session: FormSession, path: str) -> str | None:
    """The first question of the checklist that asks for a fact, outside of lists."""
    asking = (question.ref for question in session.questions() if question.fact == path)
    return next((ref for ref in asking if "[" not in ref), None)


def blank_session(desk: Desk, form: Form) -> FormSession:
    """A checklist that nobody has touched."""
    return _session(desk, form, None)


def session_of(desk: Desk, record: VisitRecord, stored: Mapping[str, str]) -> FormSession:
    """The checklist of a stored visit in memory."""
    form = _form(desk, record)
    return _session(desk, form, stored, _last_saved(desk, form, record.officer, record.started))


def _change(desk: Desk, visit: Visit, step: Callable[[FormSession], Changes]) -> Changes:
    changes = step(visit.session)
    save(desk, pending(visit, changes))
    settle(visit)
    return changes


@dataclass(frozen=True, slots=True)
class Pending:
    """What a visit wants kept: answers by ref (None deletes), and the facts that its case's own line repeats."""

    visit: VisitId
    case: CaseId
    stored: Mapping[str, str | None]
    told: Mapping[str, str]
    happened: tuple[LogEntry, ...] = ()
    sitting: datetime | None = None


def pending(visit: Visit, changes: Changes) -> Pending:
    """Note a change as unsaved, and say all that must be kept now. Touches memory alone."""
    visit.unsaved |= changes.stored
    visit.moved = None
    told = {answer.path: answer.text for answer in visit.session.bound_answers() if answer.path in _FOLLOWED}
    return Pending(visit.record.id, visit.case, dict(visit.unsaved), told, *_happened(visit))


def _happened(visit: Visit) -> tuple[tuple[LogEntry, ...], datetime | None]:
    return (visit.log.take(), visit.log.began) if visit.log is not None else ((), None)


@allowed(Role.OFFICER)
def save(desk: Desk, what: Pending) -> CaseRecord:
    """Make it durable: when this returns, the answers are on the disk. Saving the same twice changes nothing.

    Gives the case's own line as it now stands. Errors: CASE_NOT_OPEN, NOT_ALLOWED, VISIT_OVER (a later one began).
    """
    with desk.vault.writing() as tx:
        case = _own_open_case(desk, tx, what.case)
        if answers.visits(tx, what.case)[-1].id != what.visit:
            raise Fault(Code.VISIT_OVER)
        answers.store(tx, what.visit, what.stored)
        if what.sitting is not None:
            visitlog.append(tx, what.visit, what.sitting, what.happened)
        return _follow(tx, case, what.told)


def settle(visit: Visit, what: Pending | None = None) -> None:
    """Forget as unsaved what was saved, unless it was changed again since."""
    if what is None:
        visit.unsaved.clear()
        return
    for ref, text in what.stored.items():
        if ref in visit.unsaved and visit.unsaved[ref] == text:
            del visit.unsaved[ref]


def _follow(tx: Writing, case: CaseRecord, told: Mapping[str, str]) -> CaseRecord:
    """Keep the case's own line true to what the checklist now says."""
    known = {name: one_line(told[path]) for path, name in _HEADER_TEXTS.items() if told.get(path)}
    new = replace(
        case,
        applicant=known.get("applicant", case.applicant),
        resident_id=known.get("resident_id", case.resident_id),
        requested_amount=_amount(told.get(_REQUESTED)) or case.requested_amount,
        term_months=int(told[_TERM]) if told.get(_TERM, "").isdigit() else case.term_months,
    )
    if new == case:
        return case
    kept = replace(new, updated=tx.clock.now())
    cases.save(tx, kept)
    return kept


_FOLLOWED: Final = frozenset(_HEADER_TEXTS) | {_REQUESTED, _TERM}


def _amount(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _known(case: CaseRecord) -> dict[str, str]:
    return {
        "borrower.name": case.applicant,
        "borrower.resident_id": case.resident_id,
        _REQUESTED: str(case.requested_amount or ""),
        _TERM: str(case.term_months or ""),
        _PURPOSE: case.purpose,
    }


def _own_open_case(desk: Desk, tx: Reading, case_id: CaseId) -> CaseRecord:
    case = cases.get(tx, case_id)
    must_be_own(desk, case)
    must_be_open(case)
    return case


def _form(desk: Desk, record: VisitRecord) -> Form:
    if record.form_pack is None:
        raise Fault(Code.PACK_MISSING, kind=packs.FORM, name=record.form)
    return packs.form_of(packs.pack_by_id(desk, record.form_pack))


def _last_saved(desk: Desk, form: Form, officer: str, began: datetime) -> bytes | None:
    """What `${last-saved#question}` reads: the officer's last visit with this checklist before one that began then.

    It stays the same visit however often the later one is opened, so that nothing reckoned from it moves.
    """
    if LAST_SAVED not in form.lists:
        return None
    with desk.vault.reading() as tx:
        before = answers.visit_before(tx, form.form_id, officer, began)
        held = answers.all(tx, before.id) if before is not None else {}
    return _session(desk, _form(desk, before), held).finalised() if before is not None else None


def _session(
    desk: Desk, form: Form, stored: Mapping[str, str] | None, last_saved: bytes | None = None
) -> FormSession:
    chance = random.Random()  # noqa: S311  the checklist's random(), not a key
    known = {"username": desk.user.full_name}
    lists: Mapping[str, Node] = {}
    if entities.lists_in_files(form):
        with desk.vault.reading() as tx:
            lists = entities.lists_for(tx, form)
    return FormSession(form, desk.clock, chance, stored, properties=known, lists=lists, last_saved=last_saved)


def day_of(record: VisitRecord) -> str:
    """The visit's calendar day as YYYY-MM-DD, where the institution works."""
    return local_date(record.started).isoformat()
