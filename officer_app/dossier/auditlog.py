"""A piece of a laptop's log, as a dossier brings it: every entry since the dossier before, up to the manifest's head.

The piece says how long the log is and lets a reader link it to what he has. Each entry's digest is that of the
canonical JSON `{"payload": entry, "previous": digest before}`; it is worked out, not told. The log is named by the
digest of its first entry, so that a log begun anew is another log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.errors import Code
from officer_app.dossier.fields import Fields, open_record

AUDIT: Final = "audit.json"
MOST_ENTRIES: Final = 20_000
_SCHEMA: Final = "firsthand/audit/1"
_LARGEST: Final = 16_000_000
_LARGEST_NUMBER: Final = 2_000_000_000  # of an entry: what every database keeps
_ENTRY: Final = frozenset({"number", "at", "elapsed", "user", "kind", "subject", "detail"})


@dataclass(frozen=True, slots=True)
class LogPiece:
    """Entries of the log `log` from number `first` on; `previous` is the digest of the entry before the first."""

    log: str
    first: int
    previous: str
    entries: tuple[Mapping[str, Json], ...]


def to_bytes(piece: LogPiece) -> bytes:
    """The canonical bytes of the part `audit.json`."""
    return encode(
        {
            "schema": _SCHEMA,
            "log": piece.log,
            "first": piece.first,
            "previous": piece.previous,
            "entries": list(piece.entries),
        }
    )


def parse(data: bytes) -> LogPiece:
    """The piece in a stranger's bytes. Errors: DOSSIER_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    fields = open_record(data, _SCHEMA, _LARGEST, Code.DOSSIER_UNREADABLE)
    first = fields.integer("first", 1, _LARGEST_NUMBER)
    piece = LogPiece(
        log=fields.digest("log"),
        first=first,
        previous=fields.digest("previous"),
        entries=tuple(_entry(entry, first + n) for n, entry in enumerate(fields.each("entries", MOST_ENTRIES))),
    )
    fields.done()
    return piece


def _entry(fields: Fields, number: int) -> Mapping[str, Json]:
    """One entry as it was written, with the number that its place asks for."""
    told = fields.whole(_ENTRY)
    if told["number"] != number or not all(isinstance(told[name], str) for name in ("at", "kind", "subject")):
        raise fields.refused("number")
    return told
