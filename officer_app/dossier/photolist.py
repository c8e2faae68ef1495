"""Head office's list of photos, as it travels down: fingerprints with a label each, no pictures and no names.

A label is what head office finds the case by, such as its number; who asks about it asks head office.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.errors import Code, Fault

FORMAT: Final = "firsthand/photos/1"
_LARGEST: Final = 200_000_000
_MOST: Final = 200_000
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class ListedPhoto:
    """One photo: its label (unique in the list), the SHA-256 of its original, its encoded fingerprint."""

    label: str
    sha256: str
    fingerprint: bytes


def to_bytes(photos: tuple[ListedPhoto, ...]) -> bytes:
    """The pack's content, canonical."""
    entries: Json = [[photo.label, photo.sha256, photo.fingerprint.hex()] for photo in photos]
    return encode({"format": FORMAT, "photos": entries})


def parse(data: bytes) -> tuple[ListedPhoto, ...]:
    """The list that `to_bytes` wrote; what a fingerprint is, its home knows. Errors: PHOTO_LIST."""
    try:
        told = decode(data) if len(data) <= _LARGEST else None
    except ValueError as error:
        raise Fault(Code.PHOTO_LIST, line=0) from error
    match told:
        case {"format": "firsthand/photos/1", "photos": list(entries)} if len(entries) <= _MOST:
            found = tuple(_photo(entry, line) for line, entry in enumerate(entries, start=1))
        case _:
            raise Fault(Code.PHOTO_LIST, line=0)
    if len({photo.label for photo in found}) != len(found):
        raise Fault(Code.PHOTO_LIST, line=0)
    return found


def _photo(entry: Json, line: int) -> ListedPhoto:
    match entry:
        case [str(label), str(sha256), str(fingerprint)] if 0 < len(label) <= _LONGEST and len(sha256) == 64:
            try:
                return ListedPhoto(label, sha256, bytes.fromhex(fingerprint))
            except ValueError as error:
                raise Fault(Code.PHOTO_LIST, line=line) from error
        case _:
            raise Fault(Code.PHOTO_LIST, line=line)
