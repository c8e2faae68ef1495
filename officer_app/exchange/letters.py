"""The index of a delivery: a signed letter that names its pieces and its files."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.dossier.fields import Fields, open_record
from officer_app.dossier.manifest import MOST_PARTS, is_part_name
from officer_app.exchange.layout import LARGEST_DELIVERY, LARGEST_OBJECT, is_device, is_object
from officer_app.exchange.parcels import ParcelKind
from officer_app.trust.identities import Identity
from officer_app.trust.signing import Signer, sign, verify

_SCHEMA: Final = "firsthand/index/1"
_LARGEST: Final = LARGEST_OBJECT
_MOST_PIECES: Final = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """One sealed object and its size."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the parcel, in the order in which the opened pieces hold them."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a delivery consists of."""

    device: str
    counter: int
    kind: ParcelKind
    made_at: datetime
    pieces: tuple[Piece, ...]
    files: tuple[Entry, ...]


def write_letter(letter: Letter, identity: Identity) -> bytes:
    """The letter and its signature, ready to be sealed."""
    body = encode(
        {
            "schema": _SCHEMA,
            "device": letter.device,
            "counter": letter.counter,
            "kind": letter.kind.value,
            "made_at": to_text(letter.made_at),
            "pieces": [{"name": piece.name, "size": piece.size} for piece in letter.pieces],
            "files": [{"name": entry.name, "size": entry.size, "sha256": entry.sha256} for entry in letter.files],
        }
    )
    signature = base64.b64encode(sign(body, identity, letter.made_at)).decode()
    return encode({"letter": body.decode(), "signature": signature})


def read_letter(data: bytes, root_pem: bytes, revoked: Mapping[str, datetime]) -> tuple[Letter, Signer]:
    """The letter and who signed it. Errors: DELIVERY_UNREADABLE, and those of `signing.verify`."""
    body, signature = _open(data)
    signer = verify(body, signature, root_pem, revoked)
    return _parse(body), signer


def _open(data: bytes) -> tuple[bytes, bytes]:
    try:
        told: Json = decode(data)
        if not isinstance(told, Mapping) or set(told) != {"letter", "signature"}:
            raise _unreadable("letter")
        return str(told["letter"]).encode(), base64.b64decode(str(told["signature"]), validate=True)
    except (ValueError, binascii.Error) as error:
        raise _unreadable("letter") from error


def _parse(body: bytes) -> Letter:
    fields = open_record(body, _SCHEMA, _LARGEST, Code.DELIVERY_UNREADABLE)
    letter = Letter(
        device=fields.text("device", 16),
        counter=fields.integer("counter", 1, 10**12 - 1),
        kind=fields.one_of("kind", ParcelKind),
        made_at=fields.moment("made_at"),
        pieces=tuple(_piece(entry) for entry in fields.each("pieces", _MOST_PIECES)),
        files=tuple(_entry(entry) for entry in fields.each("files", MOST_PARTS + 10)),
    )
    fields.done()
    names = [entry.name for entry in letter.files]
    if len({piece.name for piece in letter.pieces}) != len(letter.pieces):
        # Sealing never gives the same bytes twice; one piece named a thousand times would fill the memory.
        raise fields.refused("pieces")
    if not is_device(letter.device) or len(set(names)) != len(names):
        raise fields.refused("files")
    if sum(entry.size for entry in letter.files) > LARGEST_DELIVERY:
        raise fields.refused("files")
    if sum(piece.size for piece in letter.pieces) > LARGEST_DELIVERY + len(letter.pieces) * LARGEST_OBJECT // 16:
        raise fields.refused("pieces")
    return letter


def _piece(fields: Fields) -> Piece:
    piece = Piece(fields.text("name", 69), fields.integer("size", 1, LARGEST_OBJECT))
    if not is_object(piece.name):
        raise fields.refused("name")
    fields.done()
    return piece


def _entry(fields: Fields) -> Entry:
    name = fields.text("name", 110)
    if not is_part_name(name.removeprefix("parts/")):
        raise fields.refused("name")
    entry = Entry(name, fields.integer("size", 0, LARGEST_DELIVERY), fields.digest("sha256"))
    fields.done()
    return entry


def _unreadable(field: str) -> Fault:
    return Fault(Code.DELIVERY_UNREADABLE, where=field, field=field)
