"""Deleting a case wholly: every row that belongs to it, its files and their key. What stays is the signed record.

One transaction: the record first, since the guards of what is only ever added to let nothing go without it; files go
when the transaction is durable, and a crash between leaves orphans that the next opening sweeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, text

from officer_app.base.canonical import digest
from officer_app.base.ids import CaseId
from officer_app.vault import audit, blobs, casekeys, rows, scrubbing
from officer_app.vault import tables as t
from officer_app.vault.records import AuditEvent, BlobId, DeletionRecord
from officer_app.vault.transactions import Reading, Writing

DELETED: Final = "case_deleted"
_UNINDEXED: Final = text(f"DELETE FROM {t.CASE_SEARCH} WHERE rowid = :seq")  # noqa: S608  a constant
_OF_VISITS: Final = (t.ANSWER, t.ANSWER_EVENT, t.VISIT_EVENT, t.CAPTURE, t.COSIGN, t.ENTITY_CHANGE)
_OF_PHOTOS: Final = (
    (t.PHOTO_FINDING, "photo"),
    (t.PHOTO_LOOK, "one"),
    (t.PHOTO_LOOK, "other"),
    (t.PHOTO_CODE, "photo"),
)
# In this order: nothing points at a row that is gone.
_OF_CASE: Final = (
    t.PHOTO,
    t.NOTE,
    t.CONTRADICTION,
    t.PERSON_LINK,
    t.ASSESSMENT,
    t.NOTICE,
    t.DECISION,
    t.DOSSIER,
    t.VISIT,
)
# They stay without their case and their files: counters without gaps, and what was read already.
_LET_GO: Final = (t.OUTBOX, t.INBOX, t.RECEIPT)
TOUCHED: Final = frozenset(
    {
        *(table.name for table in (*_OF_VISITS, *_OF_CASE, *_LET_GO)),
        *(table.name for table, _ in _OF_PHOTOS),
        *(table.name for table in (t.CASE, t.CASE_KEY, t.BLOB, t.SETTING, t.DELETION, t.AUDIT_EVENT)),
    }
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a case consists of here: counts, and the names of the key and the digests that the record will tell."""

    photos: int
    files: int
    file_bytes: int
    visits: int
    answers: int
    dossiers: tuple[str, ...]
    decisions: tuple[str, ...]
    keys: tuple[str, ...]


def holdings(tx: Reading, case: CaseId) -> Holdings:
    """What would go with this case. Nothing changes."""
    files = sorted(set(_blobs(tx, case)))
    visits = _ids(tx, select(t.VISIT.c.id).where(t.VISIT.c.case == case))
    kept = select(t.DECISION.c.record).where(t.DECISION.c.case == case).order_by(t.DECISION.c.at)
    return Holdings(
        photos=_count(tx, t.PHOTO, t.PHOTO.c.case == case),
        files=len(files),
        file_bytes=sum(blobs.size(tx, blob) for blob in files),
        visits=len(visits),
        answers=_count(tx, t.ANSWER, t.ANSWER.c.visit.in_(visits)),
        dossiers=_ids(tx, select(t.DOSSIER.c.digest).where(t.DOSSIER.c.case == case).order_by(t.DOSSIER.c.version)),
        decisions=tuple(digest(bytes(record)) for record in tx.sql.execute(kept).scalars()),
        keys=_ids(tx, select(t.CASE_KEY.c.id).where(t.CASE_KEY.c.case == case)),
    )


def delete(tx: Writing, deletion: DeletionRecord) -> None:
    """Delete the case that the record names, for good. A case that is not here leaves the record alone.

    Errors: RECORD_EXISTS when it was deleted before.
    """
    rows.add(tx, t.DELETION, deletion)
    case = deletion.case
    visits = _ids(tx, select(t.VISIT.c.id).where(t.VISIT.c.case == case))
    told = {"record": digest(deletion.record), "class": deletion.record_class, "visits": list(visits)}
    audit.append(tx, DELETED, case, told)
    files, names = sorted(set(_blobs(tx, case))), (case, *visits, *_dossiers(tx, case))
    _let_go_of(tx, case)
    for table in _OF_VISITS:
        rows.write(tx, table, table.delete().where(table.c.visit.in_(visits)))
    _photos(tx, case)
    for table in _OF_CASE:
        rows.write(tx, table, table.delete().where(table.c.case == case))
    _case(tx, case)
    for blob in files:
        blobs.drop(tx, blob)
    casekeys.destroy(tx, case)
    for name in names:
        rows.write(tx, t.SETTING, t.SETTING.delete().where(t.SETTING.c.key.contains(name)))
    scrubbing.owe(tx)


def drop_sealed(tx: Writing, before: Iterable[str]) -> int:
    """Drop the sealed objects of these deliveries, which head office has; counters stay. Gives how many files."""
    gone = 0
    for record in before:
        row = tx.sql.execute(select(t.OUTBOX.c.objects).where(t.OUTBOX.c.id == record)).first()
        objects = row.objects if row is not None else ()
        rows.write(tx, t.OUTBOX, t.OUTBOX.update().where(t.OUTBOX.c.id == record).values(objects=()))
        for one in objects:
            blobs.drop(tx, one.blob)
        gone += len(objects)
    return gone


def all(tx: Reading) -> tuple[DeletionRecord, ...]:  # noqa: A001  read as deletions.all, as users.all
    """Every deletion, the newest first."""
    return rows.many(tx, t.DELETION, DeletionRecord, order=(t.DELETION.c.at.desc(), t.DELETION.c.id))


def is_deleted(tx: Reading, case: CaseId) -> bool:
    """Whether this case was deleted here."""
    return rows.find(tx, t.DELETION, DeletionRecord, t.DELETION.c.case == case) is not None


def entry_of(tx: Reading, deletion: DeletionRecord) -> AuditEvent | None:
    """The entry of the audit log that tells this deletion, by the record's digest."""
    for event in audit.events(tx, deletion.case):
        detail = event.detail
        if event.kind == DELETED and isinstance(detail, dict) and detail.get("record") == digest(deletion.record):
            return event
    return None


def first_undone(tx: Reading) -> str | None:
    """The first deleted case that is in the vault again, or that the log does not tell; None when all hold."""
    for one in all(tx):
        named = (t.CASE.c.id, t.VISIT.c.case, t.PHOTO.c.case, t.DOSSIER.c.case, t.CASE_KEY.c.case)
        left = (_count(tx, column.table, column == one.case) for column in named)
        if any(left) or entry_of(tx, one) is None:
            return one.case
    return None


def deleted_visits(tx: Reading) -> frozenset[str]:
    """The visits that went with their cases, as the audit log tells for cases whose record is here."""
    told = (entry_of(tx, one) for one in all(tx))
    details = [event.detail for event in told if event is not None]
    listed = [detail.get("visits") for detail in details if isinstance(detail, dict)]
    return frozenset(str(visit) for visits in listed if isinstance(visits, list) for visit in visits)


def _photos(tx: Writing, case: CaseId) -> None:
    ours = select(t.PHOTO.c.id).where(t.PHOTO.c.case == case)
    for table, name in _OF_PHOTOS:
        rows.write(tx, table, table.delete().where(table.c[name].in_(ours)))
    # What another case's photo shares with one of these is that case's own finding; whose photo it was goes.
    met = t.PHOTO_FINDING.update().where(t.PHOTO_FINDING.c.other.in_(ours))
    rows.write(tx, t.PHOTO_FINDING, met.values(other=None))


def _case(tx: Writing, case: CaseId) -> None:
    seq = tx.sql.execute(select(t.CASE.c.seq).where(t.CASE.c.id == case)).scalar_one_or_none()
    if seq is not None:
        tx.sql.execute(_UNINDEXED, {"seq": seq})
        rows.write(tx, t.CASE, t.CASE.delete().where(t.CASE.c.id == case))


def _let_go_of(tx: Writing, case: CaseId) -> None:
    rows.write(tx, t.OUTBOX, t.OUTBOX.update().where(t.OUTBOX.c.case == case).values(case=None, objects=()))
    waiting = _waiting(case, _dossiers(tx, case))
    rows.write(tx, t.INBOX, t.INBOX.update().where(waiting).values(case=None, blob=None))
    rows.write(tx, t.RECEIPT, t.RECEIPT.update().where(t.RECEIPT.c.case == case).values(case=None))


def _waiting(case: CaseId, dossiers: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(t.INBOX.c.case == case, t.INBOX.c.reason.in_(dossiers))


def _blobs(tx: Reading, case: CaseId) -> Iterator[BlobId]:
    """Every encrypted file of a case, wherever it is named."""
    photo = select(t.PHOTO.c.original, t.PHOTO.c.view, t.PHOTO.c.thumb).where(t.PHOTO.c.case == case)
    memo = select(t.DECISION.c.memo).where(t.DECISION.c.case == case)
    inbox = select(t.INBOX.c.blob).where(_waiting(case, _dossiers(tx, case)))
    for asked in (photo, memo, inbox):
        yield from (blob for row in tx.sql.execute(asked) for blob in row if blob is not None)
    for parts in tx.sql.execute(select(t.DOSSIER.c.parts).where(t.DOSSIER.c.case == case)).scalars():
        yield from (part.blob for part in parts)
    for objects in tx.sql.execute(select(t.OUTBOX.c.objects).where(t.OUTBOX.c.case == case)).scalars():
        yield from (one.blob for one in objects)


def _dossiers(tx: Reading, case: CaseId) -> tuple[str, ...]:
    found = tx.sql.execute(select(t.DOSSIER.c.id, t.DOSSIER.c.digest).where(t.DOSSIER.c.case == case))
    return tuple(str(name) for row in found for name in row)


def _ids(tx: Reading, asked: Select[Any]) -> tuple[str, ...]:
    return tuple(str(found) for found in tx.sql.execute(asked).scalars())


def _count(tx: Reading, table: Table, where: ColumnElement[bool]) -> int:
    return int(tx.sql.execute(select(func.count()).select_from(table).where(where)).scalar_one())
