"""What the closer look said of two photos whose fingerprints met."""

from __future__ import annotations

from sqlalchemy import or_
from sqlalchemy.dialects.sqlite import insert

from officer_app.base.ids import PhotoId
from officer_app.vault import rows
from officer_app.vault.photorecords import PhotoLook
from officer_app.vault.tables import PHOTO_LOOK
from officer_app.vault.transactions import Reading, Writing


def put(tx: Writing, look: PhotoLook) -> None:
    """Keep a look; a pair looked at again keeps the newer. Errors: RECORD_MISSING."""
    told = rows.values(look)
    rows.write(tx, PHOTO_LOOK, insert(PHOTO_LOOK).values(**told).on_conflict_do_update(set_=told))


def of_photo(tx: Reading, photo: PhotoId) -> dict[PhotoId, PhotoLook]:
    """Every look at a pair with this photo, by the photo it was held against."""
    where = or_(PHOTO_LOOK.c.one == photo, PHOTO_LOOK.c.other == photo)
    found = rows.many(tx, PHOTO_LOOK, PhotoLook, where)
    return {(look.other if look.one == photo else look.one): look for look in found}
