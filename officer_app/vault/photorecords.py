"""What is kept beside a photo: its receipt, what was looked at and read in it, what it looks like to a machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from officer_app.base.canonical import Json
from officer_app.base.ids import CaseId, PhotoId, UserId


@dataclass(frozen=True, slots=True)
class CameraUse:
    """One officer's photos of one case with one camera: name, serial number if any, first and last receipt."""

    camera: str
    serial: str | None
    officer: UserId
    case: CaseId
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class PlacedPhoto:
    """A photo's own claim of where and when it was taken, in WGS-84 degrees, and what it was taken of."""

    photo: PhotoId
    case: CaseId
    lat: Decimal
    lon: Decimal
    taken: datetime | None
    ref: str
    shot: str


@dataclass(frozen=True, slots=True)
class PhotoIntake:
    """The receipt of a photo: its number on this laptop, what was signed (canonical JSON), and its digest.

    `signature` is detached, empty where nobody is enrolled yet.
    """

    counter: int
    photo: PhotoId
    entry: bytes
    digest: str
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class PhotoLook:
    """What the closer look said of two photos: `region` holds the corners of the other in thousandths of the one."""

    one: PhotoId
    other: PhotoId
    verdict: str
    carried: int = 0
    alike: int = 0
    mirrored: bool = False
    region: Json = None


@dataclass(frozen=True, slots=True)
class PhotoCode:
    """The visit codes that were read in a photo, possibly none. `codes` is a list of texts."""

    photo: PhotoId
    codes: Json
    read: datetime


@dataclass(frozen=True, slots=True)
class PhotoFinding:
    """What a rule saw in a photo."""

    photo: PhotoId
    code: str
    verdict: str
    detail: Json = None
    other: PhotoId | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A picture of this vault, as its copies are found by."""

    photo: PhotoId
    case: CaseId
    data: bytes
    sha256: str
