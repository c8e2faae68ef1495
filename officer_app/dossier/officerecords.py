"""What head office signs: its receipt for a dossier or a decision, and the note of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code
from officer_app.dossier.fields import open_record, open_versions
from officer_app.dossier.records import PackKind, RecordKind

_RECEIPT: Final = "firsthand/receipt/1"
# Form 2 has the first day; a pack that holds from its arrival is still written in form 1.
_PACK: Final = "firsthand/pack/2"
_PLAIN_PACK: Final = "firsthand/pack/1"
_LARGEST_RECORD: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """Head office has it: what, when it came, and under which counter of which device."""

    record_id: str
    kind: RecordKind
    digest: str
    case_id: str
    received_at: datetime
    device: str
    counter: int


@dataclass(frozen=True, slots=True)
class PackNote:
    """What a pack is: its version only grows, so that nobody can bring back yesterday's policy.

    `effective_from` is its first day; until then the version before it is used. None: from its arrival.
    """

    kind: PackKind
    name: str
    version: int
    sha256: str
    made_at: datetime
    effective_from: date | None = None


def receipt_to_bytes(receipt: Receipt) -> bytes:
    """The canonical bytes that head office signs."""
    return encode(
        {
            "schema": _RECEIPT,
            "record_id": receipt.record_id,
            "kind": receipt.kind.value,
            "digest": receipt.digest,
            "case_id": receipt.case_id,
            "received_at": to_text(receipt.received_at),
            "device": receipt.device,
            "counter": receipt.counter,
        }
    )


def parse_receipt(data: bytes) -> Receipt:
    """The receipt in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    fields = open_record(data, _RECEIPT, _LARGEST_RECORD, Code.RECORD_UNREADABLE)
    receipt = Receipt(
        record_id=fields.id("record_id"),
        kind=fields.one_of("kind", RecordKind),
        digest=fields.digest("digest"),
        case_id=fields.id("case_id"),
        received_at=fields.moment("received_at"),
        device=fields.text("device", 16),
        counter=fields.integer("counter", 1, 10**12 - 1),
    )
    fields.done()
    return receipt


def pack_to_bytes(note: PackNote) -> bytes:
    """The canonical bytes that head office signs."""
    told: dict[str, Json] = {
        "schema": _PLAIN_PACK if note.effective_from is None else _PACK,
        "kind": note.kind.value,
        "name": note.name,
        "version": note.version,
        "sha256": note.sha256,
        "made_at": to_text(note.made_at),
    }
    if note.effective_from is not None:
        told["effective_from"] = note.effective_from.isoformat()
    return encode(told)


def parse_pack(data: bytes) -> PackNote:
    """The note of a pack in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    schema, fields = open_versions(data, _PACK, (_PLAIN_PACK,), _LARGEST_RECORD, Code.RECORD_UNREADABLE)
    note = PackNote(
        kind=fields.one_of("kind", PackKind),
        name=fields.text("name", 100),
        version=fields.integer("version", 1, 10**9),
        sha256=fields.digest("sha256"),
        made_at=fields.moment("made_at"),
        effective_from=fields.day("effective_from") if schema == _PACK else None,
    )
    fields.done()
    return note
