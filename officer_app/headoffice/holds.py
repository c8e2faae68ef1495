"""Holds of head office's own: a court or a supervisor asks, and a file stays wherever it is.

A hold is a signed notice. It is kept in the warehouse and queued for everybody who has the file, as a manager's is;
it goes out with the next exchange. Only head office lifts it at head office.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import new_id
from officer_app.dossier import notices
from officer_app.dossier.manifest import Manifest, PartyRef, parse
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.exchange.parcels import notice_parcel
from officer_app.headoffice import journal
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.journal import Act, Said
from officer_app.headoffice.notices import keep_notice, office_holds, standing_holds
from officer_app.headoffice.outgoing import queue
from officer_app.headoffice.tables import CASES, DECISIONS, DOSSIERS
from officer_app.headoffice.warehouse import Warehouse, lock
from officer_app.trust.roster import readers_for_decision
from officer_app.trust.signing import sign


@dataclass(frozen=True, slots=True)
class _Told:
    notice: Notice
    record_bytes: bytes
    signature: bytes


def set_hold(desk: Desk, into: str, case: str, *, clock: Clock, said: Said) -> None:
    """Keep a case (its id) from being deleted until head office lifts it.

    Errors: WHY_MISSING, RECORD_MISSING when it is not here, RECORD_EXISTS when head office holds it, WAREHOUSE_GONE.
    """
    _say(desk, into, case, NoticeKind.HOLD, clock, said)


def lift_hold(desk: Desk, into: str, case: str, *, clock: Clock, said: Said) -> None:
    """Let the clock count again.

    Errors: as `set_hold`; HOLD_OFFICE when a branch holds it and head office does not.
    """
    _say(desk, into, case, NoticeKind.HOLD_LIFTED, clock, said)


def _say(desk: Desk, into: str, case: str, kind: NoticeKind, clock: Clock, said: Said) -> None:
    why, now = said.because(), clock.now()

    def apply(connection: Connection) -> tuple[_Told, tuple[str, ...]]:
        lock(connection, f"case {case}")
        row = connection.execute(_newest(case)).one_or_none()
        if row is None:
            raise Fault(Code.RECORD_MISSING, where="notice", what="notice")
        _check(connection, row, kind)
        manifest = parse(bytes(row.manifest))
        told = _signed(desk, row.dossier, manifest, kind, why, clock)
        keep_notice(connection, told, now, office=True)
        return told, _readers(desk, connection, manifest, clock)

    with Warehouse(into) as warehouse:
        told, readers = warehouse.settle(apply)
    act = Act.HELD if kind is NoticeKind.HOLD else Act.HOLD_LIFTED
    journal.note(desk.folder, act, told.notice.case_number, said, now, told.notice.record_id)
    if readers:
        parcel = notice_parcel(told.record_bytes, told.signature)
        queue(desk, parcel, readers, f"notice {told.notice.record_id}", now)


def _newest(case: str) -> Any:
    joined = select(CASES.c.case_id, CASES.c.number, CASES.c.dossier, DOSSIERS.c.manifest).join(
        DOSSIERS, DOSSIERS.c.digest == CASES.c.dossier
    )
    return joined.where(CASES.c.case_id == case)


def _check(connection: Connection, row: Any, kind: NoticeKind) -> None:
    ours = row.case_id in office_holds(connection)
    if kind is NoticeKind.HOLD and ours:
        raise Fault(Code.RECORD_EXISTS, where="notice", what="notice")
    if kind is NoticeKind.HOLD_LIFTED and not ours:
        if row.case_id in standing_holds(connection):
            raise Fault(Code.HOLD_OFFICE, where=row.number, case=row.number)
        raise Fault(Code.RECORD_MISSING, where="notice", what="notice")


def _signed(desk: Desk, dossier: str, manifest: Manifest, kind: NoticeKind, why: str, clock: Clock) -> _Told:
    person, now = desk.identity.person, clock.now()
    notice = Notice(
        record_id=new_id(),
        kind=kind,
        dossier=dossier,
        case_id=manifest.case_id,
        case_number=manifest.case_number,
        by=PartyRef(person.id, person.name),
        at=now,
        words=why[: notices.LONGEST],
    )
    notices.check_notice(notice, manifest, dossier)
    body = notices.to_bytes(notice)
    return _Told(notice, body, sign(body, desk.identity, now))


def _readers(desk: Desk, connection: Connection, manifest: Manifest, clock: Clock) -> tuple[str, ...]:
    """Everybody who has the file: its officer, the branch's managers and reviewers, whoever decided on it."""
    decided = select(DECISIONS.c.decided_by_id).where(DECISIONS.c.case_id == manifest.case_id)
    deciders = sorted(set(connection.execute(decided).scalars()))
    people = readers_for_decision(
        desk.roster, desk.root_pem, manifest.officer.id, clock.now(), manifest.branch, deciders
    )
    return tuple(one for one in people if one != desk.identity.person.reader)
