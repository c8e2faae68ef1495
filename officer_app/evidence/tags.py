"""What the camera claims: when, where, with what. Claims, not facts; None where absent or unreadable.

A reader of our own for the few tags that matter: each step is bounded by the block, so that broken or hostile
tags cost a field and never the photo.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

from officer_app.base.clock import CHINA
from officer_app.evidence.datum import Datum

_Value: TypeAlias = "str | tuple[Decimal | None, ...]"
_Directory: TypeAlias = Mapping[int, _Value]

_MAKE, _MODEL, _ORIENTATION, _SOFTWARE, _MODIFIED = 0x010F, 0x0110, 0x0112, 0x0131, 0x0132
_EXIF_AT, _GPS_AT = 0x8769, 0x8825
_ORIGINAL, _CREATED, _OFFSET, _OFFSET_ORIGINAL, _OFFSET_CREATED = 0x9003, 0x9004, 0x9010, 0x9011, 0x9012
_SERIAL: Final = 0xA431
_WIDTH, _HEIGHT = 0xA002, 0xA003
_THUMBNAIL_AT, _THUMBNAIL_SIZE = 0x0201, 0x0202
_GPS_LAT_REF, _GPS_LAT, _GPS_LON_REF, _GPS_LON = 1, 2, 3, 4
_GPS_TIME, _GPS_DATUM, _GPS_DATE, _GPS_ACCURACY = 7, 18, 29, 31

_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
_SIGNED: Final = frozenset({6, 8, 9, 10})
_MAX_ENTRIES: Final = 512
_MAX_BYTES: Final = 4_096
_MAX_THUMBNAIL: Final = 65_536
_DEGREE_PLACES: Final = Decimal("1e-10")
_MOMENT: Final = re.compile(r"\s*(\d{4})[:/\-](\d\d)[:/\-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_DATE: Final = re.compile(r"\s*(\d{4})[:/\-](\d\d)[:/\-](\d\d)")
_OFFSET_TEXT: Final = re.compile(r"\s*([+-])(\d\d):(\d\d)\s*$")


class EditSign(Enum):
    """A mark that editing leaves and that copying programs leave too: weak alone."""

    MODIFIED_LATER = "modified_later"
    SIZE_DIFFERS = "size_differs"
    THUMBNAIL_DIFFERS = "thumbnail_differs"
    SAVED_COARSELY = "saved_coarsely"


# How a tag names a map. Phones write WGS-84 or nothing; some Chinese camera apps write the map they show.
_DATUMS: Final = {
    "WGS84": Datum.WGS84,
    "CGCS2000": Datum.WGS84,
    "GCJ02": Datum.GCJ02,
    "BD09": Datum.BD09,
    "BD09LL": Datum.BD09,
}


@dataclass(frozen=True, slots=True)
class Tags:
    """The camera's claims. Positions are degrees on `datum`; accuracy in metres.

    `datum` is the map a tag names, None where it names none: then WGS-84, as phones write. `modified_local` is the
    last change the tags admit, `told_size` the width and height they claim, `programs` those that XMP names; `signs`
    are the marks of editing that only the whole file shows (`evidence.editing`).

    `taken_local` is the camera's wall clock (DateTimeOriginal, else CreateDate), naive as it is stored; `offset`
    is its distance from UTC where the camera wrote one.
    """

    taken_local: datetime | None = None
    offset: timedelta | None = None
    satellite_at: datetime | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    accuracy_m: Decimal | None = None
    orientation: int | None = None
    make: str | None = None
    model: str | None = None
    serial: str | None = None
    software: str | None = None
    datum: Datum | None = None
    modified_local: datetime | None = None
    told_size: tuple[int, int] | None = None
    programs: tuple[str, ...] = ()
    signs: tuple[EditSign, ...] = ()

    @property
    def taken_text(self) -> str | None:
        """The camera's time in ISO form, with its offset if any."""
        if self.taken_local is None:
            return None
        if self.offset is None:
            return self.taken_local.isoformat(timespec="seconds")
        return self.taken_local.replace(tzinfo=timezone(self.offset)).isoformat(timespec="seconds")

    def moment(self, zone: tzinfo = CHINA) -> datetime | None:
        """When it was taken, in UTC: the camera's time, in `zone` where it wrote no offset, else the satellite's."""
        if self.taken_local is None:
            return self.satellite_at
        here = zone if self.offset is None else timezone(self.offset)
        try:
            return self.taken_local.replace(tzinfo=here).astimezone(UTC)
        except OverflowError:  # year 1 or 9999, one zone too far
            return None

    @property
    def has_place(self) -> bool:
        """Whether both coordinates are there."""
        return self.lat is not None and self.lon is not None


NO_TAGS: Final = Tags()


def read_tags(exif: bytes) -> Tags:
    """The claims in a TIFF block (EXIF without its prefix). Total: what cannot be read is None."""
    block = _Block.of(exif)
    if block is None:
        return NO_TAGS
    main = block.directory(block.number(4, 4))
    details = block.directory(_whole(main.get(_EXIF_AT)))
    place = block.directory(_whole(main.get(_GPS_AT)))
    taken, offset = _taken(details)
    lat = _degrees(place, _GPS_LAT, _GPS_LAT_REF, "NS")
    lon = _degrees(place, _GPS_LON, _GPS_LON_REF, "EW")
    orientation = _whole(main.get(_ORIENTATION))
    return Tags(
        taken_local=taken,
        offset=offset,
        satellite_at=_satellite(place),
        lat=lat,
        lon=lon,
        accuracy_m=_not_negative(place.get(_GPS_ACCURACY)),
        orientation=orientation if orientation in range(1, 9) else None,
        make=_text(main.get(_MAKE)),
        model=_text(main.get(_MODEL)),
        serial=_text(details.get(_SERIAL)),
        software=_text(main.get(_SOFTWARE)),
        datum=_datum(place.get(_GPS_DATUM)),
        modified_local=_moment(main.get(_MODIFIED)),
        told_size=_size(details),
    )


def read_thumbnail(exif: bytes) -> bytes:
    """The small JPEG that cameras put beside the tags; empty where there is none."""
    block = _Block.of(exif)
    if block is None:
        return b""
    second = block.directory(block.after(block.number(4, 4)))
    at, size = _whole(second.get(_THUMBNAIL_AT)), _whole(second.get(_THUMBNAIL_SIZE))
    if at is None or size is None or not 0 < size <= _MAX_THUMBNAIL or not 8 <= at <= len(exif) - size:
        return b""
    return exif[at : at + size]


@dataclass(frozen=True, slots=True)
class _Block:
    """A TIFF block: bytes and their order."""

    data: bytes
    order: str

    @classmethod
    def of(cls, data: bytes) -> _Block | None:
        match data[:4]:
            case b"II*\x00":
                return cls(data, "little")
            case b"MM\x00*":
                return cls(data, "big")
            case _:
                return None

    def number(self, at: int, size: int, *, signed: bool = False) -> int:
        return int.from_bytes(self.data[at : at + size], "little" if self.order == "little" else "big", signed=signed)

    def after(self, at: int) -> int:
        """Where the directory behind the one at `at` begins; 0 when there is none."""
        return self.number(at + 2 + 12 * self.number(at, 2), 4) if 8 <= at <= len(self.data) - 2 else 0

    def directory(self, at: int | None) -> _Directory:
        """The tags of one directory; only those asked for are followed, so that there is nothing to loop in."""
        if at is None or not 8 <= at <= len(self.data) - 2:
            return {}
        found: dict[int, _Value] = {}
        for entry in range(min(self.number(at, 2), _MAX_ENTRIES)):
            start = at + 2 + 12 * entry
            if start + 12 > len(self.data):
                break
            value = self._value(start)
            if value is not None:
                found.setdefault(self.number(start, 2), value)
        return found

    def _value(self, start: int) -> _Value | None:
        kind, count = self.number(start + 2, 2), self.number(start + 4, 4)
        size = _SIZES.get(kind, 0) * count
        if not 0 < size <= _MAX_BYTES:
            return None
        at = start + 8 if size <= 4 else self.number(start + 8, 4)
        if at + size > len(self.data):
            return None
        if kind == 2 or (kind in (1, 6, 7) and count > 1):
            return _decoded(self.data[at : at + size])
        return self._numbers(kind, count, at)

    def _numbers(self, kind: int, count: int, at: int) -> _Value:
        width, signed = _SIZES[kind], kind in _SIGNED
        if kind not in (5, 10):
            return tuple(Decimal(self.number(at + width * i, width, signed=signed)) for i in range(count))
        pairs = (
            (self.number(at + 8 * i, 4, signed=signed), self.number(at + 8 * i + 4, 4, signed=signed))
            for i in range(count)
        )
        return tuple(Decimal(above) / Decimal(below) if below else None for above, below in pairs)


def _decoded(raw: bytes) -> str:
    """Text up to its first NUL. Cameras promise ASCII; phones write UTF-8; what is neither is shown as Latin-1."""
    head = raw.split(b"\x00", 1)[0]
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("latin-1")


def _text(value: _Value | None) -> str | None:
    """A name without blanks at its ends and without control signs; None when nothing is left."""
    if not isinstance(value, str):
        return None
    kept = "".join(sign for sign in value[:200] if sign.isprintable()).strip()
    return kept or None


def _whole(value: _Value | None) -> int | None:
    if isinstance(value, tuple) and value and value[0] is not None and value[0] == int(value[0]):
        return int(value[0])
    return None


def _datum(value: _Value | None) -> Datum | None:
    name = re.sub(r"[^A-Z0-9]", "", value.upper()) if isinstance(value, str) else ""
    return _DATUMS.get(name)


def _size(details: _Directory) -> tuple[int, int] | None:
    wide, high = _whole(details.get(_WIDTH)), _whole(details.get(_HEIGHT))
    return (wide, high) if wide and high else None


def _not_negative(value: _Value | None) -> Decimal | None:
    if isinstance(value, tuple) and value and value[0] is not None and value[0] >= 0:
        return value[0].quantize(Decimal("0.01")) if value[0] < 10**9 else None
    return None


def _taken(details: _Directory) -> tuple[datetime | None, timedelta | None]:
    for tag, own_offset in ((_ORIGINAL, _OFFSET_ORIGINAL), (_CREATED, _OFFSET_CREATED)):
        moment = _moment(details.get(tag))
        if moment is not None:
            own = _offset(details.get(own_offset))
            return moment, own if own is not None else _offset(details.get(_OFFSET))
    return None, None


def _moment(value: _Value | None) -> datetime | None:
    match = _MOMENT.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001  the camera's wall clock has no zone
    except ValueError:
        return None


def _offset(value: _Value | None) -> timedelta | None:
    match = _OFFSET_TEXT.match(value) if isinstance(value, str) else None
    if match is None:
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if int(match[3]) > 59 or size > timedelta(hours=14):
        return None
    return -size if match[1] == "-" else size


def _satellite(place: _Directory) -> datetime | None:
    date, clock = place.get(_GPS_DATE), place.get(_GPS_TIME)
    match = _DATE.match(date) if isinstance(date, str) else None
    parts = _three(clock)
    if match is None or parts is None or parts[0] >= 24 or parts[1] >= 60 or parts[2] >= 61:
        return None
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
        return day + timedelta(milliseconds=int((parts[0] * 3600 + parts[1] * 60 + parts[2]) * 1000))
    except (ValueError, OverflowError):
        return None


def _three(value: _Value | None) -> tuple[Decimal, Decimal, Decimal] | None:
    """Three numbers that are not negative; a missing tail counts as 0, a broken one as nothing."""
    if not isinstance(value, tuple) or not 1 <= len(value) <= 3:
        return None
    known = _known(value)
    if known is None or any(part < 0 for part in known):
        return None
    padded = [*known, Decimal(0), Decimal(0)]
    return padded[0], padded[1], padded[2]


def _known(values: Sequence[Decimal | None]) -> list[Decimal] | None:
    kept = [value for value in values if value is not None]
    return kept if len(kept) == len(values) else None


def _degrees(place: _Directory, tag: int, side_tag: int, sides: str) -> Decimal | None:
    """Degrees with sign. Without a side (N, S, E, W) the half of the earth is unknown, and so is the place.

    Values beyond the poles are kept up to 360: the rule on impossible positions names them.
    """
    parts, side = _three(place.get(tag)), place.get(side_tag)
    letter = side.strip().upper()[:1] if isinstance(side, str) else ""
    if parts is None or not letter or letter not in sides:
        return None
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    if value > 360:
        return None
    return (-value if letter == sides[1] else value).quantize(_DEGREE_PLACES)
