"""Visit codes read back from photos."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from officer_app.base.ids import CaseId, PhotoId
from officer_app.vault import rows
from officer_app.vault.photorecords import PhotoCode
from officer_app.vault.tables import PHOTO, PHOTO_CODE
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, photo: PhotoId, codes: tuple[str, ...]) -> None:
    """What was read in a photo, possibly nothing. Errors: RECORD_MISSING, RECORD_EXISTS."""
    rows.add(tx, PHOTO_CODE, PhotoCode(photo, list(codes), tx.clock.now()))


def of_case(tx: Reading, case: CaseId) -> Mapping[PhotoId, tuple[str, ...]]:
    """The codes in each photo of a case that was searched for them."""
    where = PHOTO_CODE.c.photo.in_(select(PHOTO.c.id).where(PHOTO.c.case == case))
    found = rows.many(tx, PHOTO_CODE, PhotoCode, where)
    return {one.photo: tuple(str(code) for code in one.codes) for one in found if isinstance(one.codes, list)}
