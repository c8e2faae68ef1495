"""Head office's list of photos, as it travels down: fingerprints with a label each, no pictures and no names.

A label is what head office finds the case by, such as its number; who asks about it asks head office. The id of the
case lets a laptop leave out its own: a picture is no copy of itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.errors import Code, Fault

_FORMAT: Final = "firsthand/photos/2"
# Before: no cases. A list that names none is still written so: every program in use can read it.
_FIRST: Final = "firsthand/photos/1"
_LARGEST: Final = 200_000_000
_MOST: Final = 200_000
_LONGEST: Final = 200
_FORMS: Final = {_FIRST: 3, _FORMAT: 4}  # fields of an entry


@dataclass(frozen=True, slots=True)
class ListedPhoto:
    """One photo: its label, the SHA-256 of its original, its encoded fingerprint, and its case's id.

    The label is unique in the list among those of its case. `case` is empty where head office has no case of it.
    """

    label: str
    sha256: str
    fingerprint: bytes
    case: str = ""


def to_bytes(photos: tuple[ListedPhoto, ...]) -> bytes:
    """The pack's content, canonical."""
    first = not any(photo.case for photo in photos)
    entries: Json = [_told(photo)[: 3 if first else 4] for photo in photos]
    return encode({"format": _FIRST if first else _FORMAT, "photos": entries})


def _told(photo: ListedPhoto) -> list[Json]:
    return [photo.label, photo.sha256, photo.fingerprint.hex(), photo.case]


def parse(data: bytes) -> tuple[ListedPhoto, ...]:
    """The list that `to_bytes` wrote; what a fingerprint is, its home knows. Errors: PHOTO_LIST."""
    try:
        told = decode(data) if len(data) <= _LARGEST else None
    except ValueError as error:
        raise Fault(Code.PHOTO_LIST, line=0) from error
    match told:
        case {"format": str(form), "photos": list(entries)} if form in _FORMS and len(entries) <= _MOST:
            found = tuple(_photo(entry, line, _FORMS[form]) for line, entry in enumerate(entries, start=1))
        case _:
            raise Fault(Code.PHOTO_LIST, line=0)
    if len({(photo.case, photo.label) for photo in found}) != len(found):
        raise Fault(Code.PHOTO_LIST, line=0)
    return found


def _photo(entry: Json, line: int, fields: int) -> ListedPhoto:
    match entry:
        case [str(label), str(sha256), str(fingerprint), *more] if len(entry) == fields and len(sha256) == 64:
            case = more[0] if more else ""
            if not isinstance(case, str) or not 0 < len(label) <= _LONGEST or len(case) > _LONGEST:
                raise Fault(Code.PHOTO_LIST, line=line)
            try:
                return ListedPhoto(label, sha256, bytes.fromhex(fingerprint), case)
            except ValueError as error:
                raise Fault(Code.PHOTO_LIST, line=line) from error
        case _:
            raise Fault(Code.PHOTO_LIST, line=line)
