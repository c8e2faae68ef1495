"""A photo taken in: its bytes hashed here, everything else read in a child process with limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, never
from officer_app.base.workers import Worker
from officer_app.evidence.editing import signs_of
from officer_app.evidence.fingerprints import Fingerprint
from officer_app.evidence.flaws import flaws_of
from officer_app.evidence.kinds import MAX_BYTES, MAX_PIXELS, PhotoKind, recognise
from officer_app.evidence.outlines import outline
from officer_app.evidence.skeletons import Outline
from officer_app.evidence.tags import Tags, read_tags, read_thumbnail
from officer_app.evidence.verdicts import Finding

READ_SECONDS: Final = 20.0  # the slowest HEIC within the limits takes a quarter of it on an old laptop


@dataclass(frozen=True, slots=True)
class PhotoOutline:
    """What can be told of a photo without decoding it. `width` and `height` as stored, 0 where unreadable."""

    width: int
    height: int
    tags: Tags


@dataclass(frozen=True, slots=True)
class PhotoReading(PhotoOutline):
    """All that is known of a photo from its bytes; view and thumbnail are upright JPEGs without tags."""

    sha256: str
    size: int
    kind: PhotoKind
    view: bytes
    view_size: tuple[int, int]
    thumbnail: bytes
    fingerprint: Fingerprint
    findings: tuple[Finding, ...]


def read_photo(data: bytes, worker: Worker, name: str = "", cancelled: Cancelled = never) -> PhotoReading:
    """Everything about a photo. Blocks; the decoding happens in `worker`.

    Errors: PHOTO_KIND, FILE_TOO_LARGE, PHOTO_PIXELS, PHOTO_BROKEN when nothing can be shown of it, WORKER_LIMIT,
    CANCELLED. A photo of which a part can be shown is taken in with the finding DAMAGED.
    """
    kind = _admitted(data, name)
    sha256 = digest(data)
    return worker.call(_read, data, kind, sha256, name, seconds=READ_SECONDS, what=name, cancelled=cancelled)


def _admitted(data: bytes, name: str) -> PhotoKind:
    if len(data) > MAX_BYTES:
        raise Fault(Code.FILE_TOO_LARGE, where=name, file=name, limit_mb=MAX_BYTES // 1_000_000)
    return recognise(data, name)


def read_outline(data: bytes, worker: Worker, name: str = "") -> PhotoOutline:
    """Stored size and tags alone. Errors: as `read_photo`, but PHOTO_BROKEN and PHOTO_PIXELS."""
    kind = _admitted(data, name)
    return worker.call(_read_outline, data, kind, seconds=READ_SECONDS, what=name)


# --- in the child ----------------------------------------------------------------------------------


def _read_outline(data: bytes, kind: PhotoKind) -> PhotoOutline:
    seen = outline(data, kind)
    return PhotoOutline(seen.width, seen.height, read_tags(seen.exif))


def _read_tags(seen: Outline) -> tuple[Tags, bool]:
    """The tags with the programs that XMP names, and whether that text was hostile."""
    from officer_app.evidence.xmp import read_xmp

    told = read_xmp(seen.xmp)
    return replace(read_tags(seen.exif), programs=told.programs), told.hostile


def _read(data: bytes, kind: PhotoKind, sha256: str, name: str) -> PhotoReading:
    seen = outline(data, kind)
    if seen.width * seen.height > MAX_PIXELS:
        raise Fault(
            Code.PHOTO_PIXELS,
            where=name,
            file=name,
            megapixels=seen.width * seen.height // 1_000_000,
            limit=MAX_PIXELS // 1_000_000,
        )
    tags, hostile = _read_tags(seen)
    from officer_app.evidence.pictures import derive

    picture = derive(data, kind, tags.orientation, name, read_thumbnail(seen.exif))
    signs = signs_of(tags, seen, thumbnail_differs=picture.thumbnail_differs)
    return PhotoReading(
        width=seen.width,
        height=seen.height,
        tags=replace(tags, signs=signs),
        sha256=sha256,
        size=len(data),
        kind=kind,
        view=picture.view,
        view_size=picture.view_size,
        thumbnail=picture.thumbnail,
        fingerprint=picture.fingerprint,
        findings=flaws_of(data, seen, whole=picture.whole, hostile=hostile),
    )
