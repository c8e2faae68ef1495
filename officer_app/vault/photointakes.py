"""Receipts of photos: a chain of its own per laptop, only ever added to, each link signed where somebody can."""

from __future__ import annotations

from sqlalchemy import select

from officer_app.base.canonical import digest
from officer_app.base.ids import CaseId, PhotoId
from officer_app.vault import rows
from officer_app.vault.photorecords import PhotoIntake
from officer_app.vault.tables import PHOTO, PHOTO_INTAKE
from officer_app.vault.transactions import Reading, Writing

GENESIS = "0" * 64


def add(tx: Writing, intake: PhotoIntake) -> None:
    """The next receipt. Errors: RECORD_MISSING, RECORD_EXISTS."""
    rows.add(tx, PHOTO_INTAKE, intake)


def head(tx: Reading) -> tuple[int, str]:
    """Counter and digest of the last receipt; (0, GENESIS) before the first."""
    newest = PHOTO_INTAKE.c.counter.desc()
    last = tx.sql.execute(select(PHOTO_INTAKE.c.counter, PHOTO_INTAKE.c.digest).order_by(newest).limit(1)).first()
    return (0, GENESIS) if last is None else (int(last.counter), str(last.digest))


def of_case(tx: Reading, case: CaseId) -> dict[PhotoId, PhotoIntake]:
    """The receipt of each photo of a case; photos from before receipts were kept have none."""
    where = PHOTO_INTAKE.c.photo.in_(select(PHOTO.c.id).where(PHOTO.c.case == case))
    return {one.photo: one for one in rows.many(tx, PHOTO_INTAKE, PhotoIntake, where)}


def first_broken(tx: Reading) -> int | None:
    """The counter of the first receipt whose number or digest does not fit, or None.

    What the entries say of one another is read by those who know their form.
    """
    asked = rows.query(PHOTO_INTAKE, PhotoIntake).order_by(PHOTO_INTAKE.c.counter)
    for number, row in enumerate(tx.sql.execute(asked.execution_options(yield_per=500)), start=1):
        if row.counter != number or digest(bytes(row.entry)) != row.digest:
            return number
    return None
