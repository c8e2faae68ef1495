"""What travels: a parcel is one kind of thing and its files, before sealing and after opening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.errors import Code
from officer_app.dossier.fields import open_record
from officer_app.dossier.manifest import MOST_PARTS

MANIFEST: Final = "manifest.json"
MANIFEST_SIGNATURE: Final = "manifest.sig"
PARTS: Final = "parts/"
DECISION: Final = "decision.json"
DECISION_SIGNATURE: Final = "decision.sig"
SIGNED_MEMO: Final = "memo-signed.pdf"
RECEIPT: Final = "receipt.json"
RECEIPT_SIGNATURE: Final = "receipt.sig"
NOTICE: Final = "notice.json"
NOTICE_SIGNATURE: Final = "notice.sig"
DELETION: Final = "deletion.json"
DELETION_SIGNATURE: Final = "deletion.sig"
PACK: Final = "pack.json"
PACK_SIGNATURE: Final = "pack.sig"
PACK_CONTENT: Final = "content"
_SCHEMA: Final = "firsthand/parcel/1"


class ParcelKind(StrEnum):
    """What a parcel brings."""

    DOSSIER = "dossier"
    DECISION = "decision"
    RECEIPT = "receipt"
    PACK = "pack"
    NOTICE = "notice"
    DELETION = "deletion"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One kind of thing and its files by name.

    `digests`: the SHA-256 of those files whose bytes whoever opened the parcel has hashed already.
    """

    kind: ParcelKind
    files: Mapping[str, bytes]
    digests: Mapping[str, str] = field(default_factory=dict)


def dossier_parcel(manifest: bytes, signature: bytes, parts: Mapping[str, bytes]) -> Parcel:
    """A dossier: its manifest, the officer's signature over it, and every part."""
    files = {MANIFEST: manifest, MANIFEST_SIGNATURE: signature}
    return Parcel(ParcelKind.DOSSIER, files | {PARTS + name: data for name, data in parts.items()})


def decision_parcel(record: bytes, signature: bytes, memo: bytes) -> Parcel:
    """A decision: its record, the decider's signature over it, and the memo as the decider signed it."""
    files = {DECISION: record, DECISION_SIGNATURE: signature, SIGNED_MEMO: memo}
    return Parcel(ParcelKind.DECISION, files)


def receipt_parcel(record: bytes, signature: bytes) -> Parcel:
    """Head office's receipt."""
    return Parcel(ParcelKind.RECEIPT, {RECEIPT: record, RECEIPT_SIGNATURE: signature})


def notice_parcel(record: bytes, signature: bytes) -> Parcel:
    """A question, an answer, a withdrawal: its record and the author's signature over it."""
    return Parcel(ParcelKind.NOTICE, {NOTICE: record, NOTICE_SIGNATURE: signature})


def deletion_parcel(record: bytes, signature: bytes) -> Parcel:
    """The certificate of a deletion, signed by whoever deleted."""
    return Parcel(ParcelKind.DELETION, {DELETION: record, DELETION_SIGNATURE: signature})


def pack_parcel(note: bytes, signature: bytes, content: bytes) -> Parcel:
    """A policy, a form, the roster: its note, head office's signature over the note, and the content."""
    return Parcel(ParcelKind.PACK, {PACK: note, PACK_SIGNATURE: signature, PACK_CONTENT: content})


def to_bytes(parcel: Parcel) -> bytes:
    """A parcel as one run of bytes, for keeping it: a line that names its files, then the files."""
    told: Json = {
        "schema": _SCHEMA,
        "kind": parcel.kind.value,
        "files": [{"name": name, "size": len(data)} for name, data in parcel.files.items()],
    }
    return b"".join([encode(told), b"\n", *parcel.files.values()])


def from_bytes(data: bytes) -> Parcel:
    """What `to_bytes` wrote; signatures are verified anew by whoever uses it. Errors: DELIVERY_UNREADABLE."""
    line, _, rest = data.partition(b"\n")
    fields = open_record(line, _SCHEMA, len(line), Code.DELIVERY_UNREADABLE)
    kind = fields.one_of("kind", ParcelKind)
    files: dict[str, bytes] = {}
    start = 0
    for entry in fields.each("files", MOST_PARTS + 10):
        name, size = entry.text("name", 110), entry.integer("size", 0, len(rest))
        entry.done()
        files[name] = rest[start : start + size]
        start += size
    fields.done()
    if start != len(rest):
        raise fields.refused("files")
    return Parcel(kind, files)
