"""Every photo that was ever taken in, as lists for the laptops: fingerprints and case numbers, no picture, no name.

A list holds so many photos, in the order in which they first came: what is full never changes again, so that a
publishing sends the last one and those that are new.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from sqlalchemy import Connection, func, select

from officer_app.base.clock import Clock
from officer_app.base.progress import Cancelled, check, never
from officer_app.dossier.photolist import ListedPhoto, to_bytes
from officer_app.dossier.records import PackKind
from officer_app.evidence.fingerprints import Fingerprint, decode_fingerprint
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.publishing import keep_pack
from officer_app.headoffice.tables import CASES, DOSSIERS, PHOTOS
from officer_app.headoffice.warehouse import Warehouse

_IN_ONE: Final = 10_000  # photos of a list: some five megabytes
_BY_BYTES: Final = Fingerprint(()).encode()  # of a photo whose copies are not known by their looks
_SHORT: Final = 8  # digits of a photo's SHA-256: enough to find it in its case


def publish_photos(desk: Desk, into: str, clock: Clock, cancelled: Cancelled = never) -> dict[str, int]:
    """Sign the lists of everything in a warehouse; gives the version of each. They are sent with the next publishing.

    Errors: WAREHOUSE_ADDRESS, WAREHOUSE_GONE, WAREHOUSE_NEWER, CANCELLED.
    """
    with Warehouse(into) as warehouse, warehouse.transaction() as connection:
        listed = list(_listed(connection, cancelled))
    waiting = iter(listed)
    versions: dict[str, int] = {}
    while photos := tuple(islice(waiting, _IN_ONE)):
        check(cancelled)
        name = f"warehouse_{len(versions) + 1:04d}"
        versions[name] = keep_pack(desk, PackKind.FINGERPRINTS, name, to_bytes(photos), clock.now())
    return versions


def _listed(connection: Connection, cancelled: Cancelled) -> Iterator[ListedPhoto]:
    """Each photo of each case once, however many versions of the case it stands in."""
    first = func.min(DOSSIERS.c.received_at, type_=DOSSIERS.c.received_at.type)
    of_case = (CASES.c.branch, CASES.c.number, CASES.c.case_id, PHOTOS.c.sha256)
    asked = (
        select(*of_case, func.max(PHOTOS.c.fingerprint).label("fingerprint"))
        .join(DOSSIERS, DOSSIERS.c.digest == PHOTOS.c.dossier)
        .join(CASES, CASES.c.case_id == DOSSIERS.c.case_id)
        .group_by(*of_case)
        .order_by(first, CASES.c.case_id, PHOTOS.c.sha256)
    )
    for row in connection.execute(asked):
        check(cancelled)
        label = f"{row.branch} {row.number} · {row.sha256[:_SHORT]}"
        yield ListedPhoto(label, row.sha256, _usable(row.fingerprint), row.case_id)


def _usable(told: str | None) -> bytes:
    """A fingerprint as the laptop wrote it, unless this program cannot read it: one bad entry must spoil no list."""
    data = bytes.fromhex(told or "")
    try:
        decode_fingerprint(data)
    except ValueError:
        return _BY_BYTES
    return data
