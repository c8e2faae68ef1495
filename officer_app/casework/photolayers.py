"""Turns, cuts and blurs over a sealed original: the original stays, what is shown is made from it anew.

Three steps, so that nothing waits for a decoder: the original's bytes, a picture made of them beside the window,
and one row. Taking the last layer back is the same with one layer less.
"""

from __future__ import annotations

from dataclasses import replace

from officer_app.base.ids import PhotoId
from officer_app.base.progress import Cancelled, never
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.evidence.derived import Shown
from officer_app.evidence.layers import Layer, layers_from_json, layers_to_json
from officer_app.evidence.shown import show
from officer_app.evidence.tag_records import tags_from_json
from officer_app.trust.certificates import Role
from officer_app.vault import audit, blobs, cases, photos
from officer_app.vault.records import PhotoRecord


def layers_of(record: PhotoRecord) -> tuple[Layer, ...]:
    """What lies over a photo, in order. Errors: PHOTO_LAYER."""
    return layers_from_json(record.layers, record.file_name)


@allowed(*EVERYONE)
def shown_with(desk: Desk, record: PhotoRecord, layers: tuple[Layer, ...], cancelled: Cancelled = never) -> Shown:
    """How a photo would look; changes nothing, may run in the free lane.

    Errors: PHOTO_LAYER, BLOB_MISSING, PHOTO_BROKEN, WORKER_LIMIT, CANCELLED.
    """
    original = desk.vault.read_blob(record.original)
    orientation = tags_from_json(record.tags).orientation
    return show(original, orientation, layers, desk.worker, record.file_name, cancelled)


@allowed(Role.OFFICER)
def keep_layers(desk: Desk, photo: PhotoId, layers: tuple[Layer, ...], shown: Shown) -> PhotoRecord:
    """Show a photo so from now on; the original is not touched. `shown` is what `shown_with` gave.

    Errors: PHOTO_LAYER, NOT_ALLOWED, CASE_NOT_OPEN.
    """
    with desk.vault.writing() as tx:
        record = photos.get(tx, photo)
        case = cases.get(tx, record.case)
        must_be_own(desk, case)
        must_be_open(case)
        told = layers_to_json(layers_from_json(layers_to_json(layers), record.file_name))
        view, thumb = (blobs.add(tx, data, case.id) for data in (shown.view, shown.thumbnail))
        changed = replace(record, layers=told, view=view, thumb=thumb)
        photos.save(tx, changed)
        for old in (record.view, record.thumb):
            if old is not None:
                blobs.drop(tx, old)
        audit.append(tx, "photo_layered", photo, {"layers": told})
        return changed
