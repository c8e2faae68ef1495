"""Two laptops, one case: both versions are kept, a person compares them field by field and says what stands.

Nobody's version wins by itself, by clock or by order of arrival. Until a person has spoken the case cannot be
decided. What was not chosen is kept with what was said about it; the choice stands in the audit chain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.casework import dossiers
from officer_app.casework.applying import put_dossier
from officer_app.casework.changes import Change, changes
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, WORKING, allowed
from officer_app.dossier import manifest as manifests
from officer_app.dossier.manifest import Manifest
from officer_app.exchange import parcels
from officer_app.exchange.contents import DossierContent, verify_dossier
from officer_app.vault import audit, blobs, cases, delivery, notes
from officer_app.vault import dossiers as kept
from officer_app.vault.deliveryrecords import InboxOutcome, InboxRecord
from officer_app.vault.records import BlobId, DossierRecord, NoteRecord
from officer_app.vault.transactions import Reading

SUBJECT: Final = "conflict"


class Side(StrEnum):
    """Which of the two."""

    HERE = "here"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two versions of one case. `differing` tells each fact as it is here (`before`) and in what came (`now`).

    `only_here` and `only_came` count the pictures that one of the two alone has.
    """

    arrival: RecordId
    case: CaseId
    here: Manifest
    came: Manifest
    differing: tuple[Change, ...]
    only_here: int
    only_came: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person said: which version stands, and the fields in which the other one is right."""

    case: CaseId
    stands: Side
    otherwise: tuple[Change, ...]


@allowed(*EVERYONE)
def open_conflicts(desk: Desk) -> tuple[Conflict, ...]:
    """Those that nobody has settled yet, oldest first. Errors: BLOB_BROKEN."""
    with desk.vault.reading() as tx:
        waiting = delivery.standing_as(tx, InboxOutcome.CONFLICT)
        return tuple(_compared(desk, tx, one) for one in waiting)


@allowed(*WORKING)
def settle(desk: Desk, arrival: RecordId, stands: Side, fields: Mapping[str, Side], reason: str) -> Settled:
    """Say which version stands, and field by field which of the two is right where they differ.

    Where a field of the other version is right, the version that stands still holds the wrong one: it is written
    as a note of the case, so that a manager returns it with that question. Errors: REASON_NEEDED,
    CONFLICT_FIELDS when a differing field was not answered, RECORD_MISSING.
    """
    desk.certified(*WORKING)
    if not reason.strip():
        raise Fault(Code.REASON_NEEDED)
    with desk.vault.writing() as tx:
        record = delivery.arrival(tx, arrival)
        if record.outcome is not InboxOutcome.CONFLICT or record.blob is None:
            raise Fault(Code.RECORD_MISSING, where="inbox", what="inbox")
        conflict = _compared(desk, tx, record)
        if set(fields) != {one.path for one in conflict.differing}:
            raise Fault(Code.CONFLICT_FIELDS, count=len({one.path for one in conflict.differing} - set(fields)))
        if stands is Side.CAME:
            newest = kept.of_case(tx, conflict.case)[-1]
            came = put_dossier(tx, _content(desk, tx, record))
            # The newest row is the one that stands, whatever number and clock the other laptop had.
            kept.renumber(tx, replace(came, version=max(newest.version, came.version), at=tx.clock.now()))
            case = cases.get(tx, conflict.case)
            cases.save(tx, replace(case, version=max(newest.version, came.version)))
        delivery.settle(tx, replace(record, outcome=InboxOutcome.SETTLED, case=conflict.case))
        for one in conflict.differing:
            notes.add(tx, _note(desk, conflict, one, fields[one.path], reason))
        audit.append(
            tx,
            "conflict_settled",
            conflict.case,
            {
                "stands": stands.value,
                "by": desk.user.id,
                "fields": {path: side.value for path, side in sorted(fields.items())},
                "here": kept.of_case(tx, conflict.case)[0].digest,
                "came": record.reason,
            },
        )
    return Settled(conflict.case, stands, tuple(one for one in conflict.differing if fields[one.path] is not stands))


def _note(desk: Desk, conflict: Conflict, change: Change, right: Side, reason: str) -> NoteRecord:
    return NoteRecord(
        id=RecordId(new_id()),
        case=conflict.case,
        author=desk.user.id,
        at=desk.clock.now(),
        subject=f"{SUBJECT} {change.path}",
        said=change.before,
        seen=change.now,
        evidence=reason.strip(),
        verdict=right.value,
    )


def _compared(desk: Desk, tx: Reading, record: InboxRecord) -> Conflict:
    content = _content(desk, tx, record)
    here = kept.of_case(tx, CaseId(content.manifest.case_id))[-1]
    came = dossiers.tree_from_json(content.parts[dossiers.FACTS])
    ours = dossiers.tree_from_json(blobs.read(tx, _part(here, dossiers.FACTS)))
    pictures_here = {part.sha256 for part in here.parts if part.path.startswith("photos/")}
    pictures_came = {part.sha256 for part in content.manifest.parts if part.name.startswith("photos/")}
    return Conflict(
        record.id,
        here.case,
        manifests.parse(here.manifest),
        content.manifest,
        changes(ours, came),
        len(pictures_here - pictures_came),
        len(pictures_came - pictures_here),
    )


def _part(record: DossierRecord, name: str) -> BlobId:
    return next(part.blob for part in record.parts if part.path == name)


def _content(desk: Desk, tx: Reading, record: InboxRecord) -> DossierContent:
    """The version that came, verified anew from the bytes that were kept."""
    institution, _ = desk.certified(*EVERYONE)
    if record.blob is None:
        raise Fault(Code.RECORD_MISSING, where="inbox", what="inbox")
    parcel = parcels.from_bytes(blobs.read(tx, record.blob))
    return verify_dossier(parcel, institution.root, institution.roster.withdrawn(desk.clock.now()))
