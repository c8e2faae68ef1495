"""Photos of a case: the record of each picture, what the rules saw in it, and what it looks like to a machine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Float, Text, cast, func, or_, select

from officer_app.base.ids import CaseId, PhotoId, UserId, VisitId
from officer_app.vault import rows
from officer_app.vault.photorecords import CameraUse, Fingerprint, PhotoFinding, PlacedPhoto
from officer_app.vault.records import PhotoRecord
from officer_app.vault.tables import PHOTO, PHOTO_FINDING
from officer_app.vault.transactions import Reading, Writing

Box: TypeAlias = tuple[float, float, float, float]  # degrees: south, north, west, east
_ORDER = (PHOTO.c.received, PHOTO.c.id)


def add(tx: Writing, photo: PhotoRecord) -> None:
    """A new photo; its blobs must be added before. Errors: RECORD_MISSING, RECORD_EXISTS."""
    rows.add(tx, PHOTO, photo)


def save(tx: Writing, photo: PhotoRecord) -> None:
    """Replace a photo's record. Errors: RECORD_MISSING."""
    rows.save(tx, PHOTO, photo)


def get(tx: Reading, photo: PhotoId) -> PhotoRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, PHOTO, PhotoRecord, photo)


def of_case(tx: Reading, case: CaseId, *, withdrawn: bool = False) -> tuple[PhotoRecord, ...]:
    """A case's photos in the order received; `withdrawn` shows those taken back as well."""
    where = [PHOTO.c.case == case] + ([] if withdrawn else [PHOTO.c.withdrawn.is_(None)])
    return rows.many(tx, PHOTO, PhotoRecord, *where, order=_ORDER)


def of_visit(tx: Reading, visit: VisitId) -> tuple[PhotoRecord, ...]:
    """A visit's photos in the order received, without those taken back."""
    where = (PHOTO.c.visit == visit, PHOTO.c.withdrawn.is_(None))
    return rows.many(tx, PHOTO, PhotoRecord, *where, order=_ORDER)


def of_officer_between(
    tx: Reading, officer: UserId, start: datetime, end: datetime, *, without: CaseId
) -> tuple[PhotoRecord, ...]:
    """An officer's photos of other cases taken between two moments."""
    where = (
        PHOTO.c.officer == officer,
        PHOTO.c.case != without,
        PHOTO.c.taken.between(start, end),
        PHOTO.c.withdrawn.is_(None),
    )
    return rows.many(tx, PHOTO, PhotoRecord, *where, order=_ORDER)


def of_officer_on(tx: Reading, officer: UserId, start: datetime, end: datetime) -> tuple[PhotoRecord, ...]:
    """An officer's photos of every case taken between two moments, by time; what tells no time is left out."""
    where = (PHOTO.c.officer == officer, PHOTO.c.taken.between(start, end), PHOTO.c.withdrawn.is_(None))
    return rows.many(tx, PHOTO, PhotoRecord, *where, order=(PHOTO.c.taken, PHOTO.c.id))


def moments_of(tx: Reading, officer: UserId) -> tuple[datetime, ...]:
    """When an officer's photos were taken, as their cameras claim, oldest first."""
    where = (PHOTO.c.officer == officer, PHOTO.c.taken.is_not(None), PHOTO.c.withdrawn.is_(None))
    return tuple(tx.sql.execute(select(PHOTO.c.taken).where(*where).order_by(PHOTO.c.taken)).scalars())


def near(tx: Reading, places: Collection[Box], *, without: CaseId) -> tuple[PlacedPhoto, ...]:
    """Photos of other cases that claim a place within any of these boxes."""
    lat, lon = cast(PHOTO.c.lat, Float), cast(PHOTO.c.lon, Float)
    within = [lat.between(south, north) & lon.between(west, east) for south, north, west, east in places]
    if not within:
        return ()
    told = (PHOTO.c.id, PHOTO.c.case, PHOTO.c.lat, PHOTO.c.lon, PHOTO.c.taken, PHOTO.c.ref, PHOTO.c.shot)
    where = (PHOTO.c.case != without, PHOTO.c.withdrawn.is_(None), PHOTO.c.lat.is_not(None), or_(*within))
    asked = select(*told).where(*where).order_by(*_ORDER)
    return tuple(PlacedPhoto(*row) for row in tx.sql.execute(asked))


def camera_uses(tx: Reading, cameras: Collection[str]) -> tuple[CameraUse, ...]:
    """Who used these cameras (by the name tags give them), in which case, and when first and last."""
    serial = func.json_extract(cast(PHOTO.c.tags, Text), "$.serial")
    grouped = (PHOTO.c.device, serial, PHOTO.c.officer, PHOTO.c.case)
    asked = (
        select(*grouped, func.min(PHOTO.c.received, type_=PHOTO.c.received.type), func.max(PHOTO.c.received))
        .where(PHOTO.c.device.in_(cameras))
        .group_by(*grouped)
    )
    return tuple(CameraUse(*row) for row in tx.sql.execute(asked))


def has_used_camera(tx: Reading, officer: UserId, *, without: CaseId) -> bool:
    """Whether any camera is known of an officer from another case."""
    where = (PHOTO.c.officer == officer, PHOTO.c.device != "", PHOTO.c.case != without)
    return tx.sql.execute(select(PHOTO.c.id).where(*where).limit(1)).first() is not None


def withdraw(tx: Writing, photo: PhotoId, reason: str) -> PhotoRecord:
    """Take a photo out of the case; it stays in the vault with the reason."""
    gone = replace(get(tx, photo), withdrawn=tx.clock.now(), withdrawn_reason=reason)
    save(tx, gone)
    return gone


def set_findings(tx: Writing, photo: PhotoId, found: Sequence[PhotoFinding]) -> None:
    """What the rules see in a photo now, in place of what they saw before."""
    rows.write(tx, PHOTO_FINDING, PHOTO_FINDING.delete().where(PHOTO_FINDING.c.photo == photo))
    for finding in found:
        rows.add(tx, PHOTO_FINDING, finding)


def put_finding(tx: Writing, finding: PhotoFinding) -> None:
    """One more finding of a photo, in place of one with the same code."""
    drop_finding(tx, finding.photo, finding.code)
    rows.add(tx, PHOTO_FINDING, finding)


def drop_finding(tx: Writing, photo: PhotoId, code: str) -> None:
    """Take one finding of a photo away, if it is there."""
    where = (PHOTO_FINDING.c.photo == photo, PHOTO_FINDING.c.code == code)
    rows.write(tx, PHOTO_FINDING, PHOTO_FINDING.delete().where(*where))


def findings(tx: Reading, case: CaseId) -> tuple[PhotoFinding, ...]:
    """All findings in a case's photos."""
    ours = select(PHOTO.c.id).where(PHOTO.c.case == case)
    where = PHOTO_FINDING.c.photo.in_(ours)
    return rows.many(tx, PHOTO_FINDING, PhotoFinding, where, order=(PHOTO_FINDING.c.seq,))


def fingerprints(tx: Reading) -> tuple[Fingerprint, ...]:
    """Every picture of this vault, withdrawn ones too."""
    asked = select(PHOTO.c.id, PHOTO.c.case, PHOTO.c.fingerprints, PHOTO.c.sha256)
    found = tx.sql.execute(asked.where(PHOTO.c.fingerprints != b"").order_by(*_ORDER))
    return tuple(
        Fingerprint(PhotoId(row.id), CaseId(row.case), bytes(row.fingerprints), str(row.sha256)) for row in found
    )
