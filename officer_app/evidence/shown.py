"""A photo as it is shown: asked for here, made in the child process."""

from __future__ import annotations

from officer_app.base.progress import Cancelled, never
from officer_app.base.workers import Worker
from officer_app.evidence.derived import Shown
from officer_app.evidence.kinds import PhotoKind, recognise
from officer_app.evidence.layers import Layer, checked

_SECONDS = 20.0


def show(
    data: bytes,
    orientation: int | None,
    layers: tuple[Layer, ...],
    worker: Worker,
    name: str = "",
    cancelled: Cancelled = never,
) -> Shown:
    """A photo's original with layers over it. Blocks; the decoding happens in `worker`.

    Errors: PHOTO_LAYER, PHOTO_KIND, PHOTO_BROKEN, PHOTO_PIXELS, WORKER_LIMIT, CANCELLED.
    """
    laid, kind = checked(layers, name), recognise(data, name)
    return worker.call(_show, data, kind, orientation, laid, name, seconds=_SECONDS, what=name, cancelled=cancelled)


def _show(data: bytes, kind: PhotoKind, orientation: int | None, layers: tuple[Layer, ...], name: str) -> Shown:
    from officer_app.evidence.pictures import derive_layered

    return derive_layered(data, kind, orientation, layers, name)
