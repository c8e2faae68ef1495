"""The certificate of a deletion: what was deleted, when its period ended, by whose hand; and nothing about a person.

It names a case by its number and id, its sealed versions and decisions by their digests, and counts the rest. Whoever
holds one of those files can say that it is the one; nobody can say from the certificate what stood in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from officer_app.base.canonical import encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.credit.retention import RecordClass
from officer_app.dossier.fields import Fields, open_versions
from officer_app.dossier.manifest import PackRef, PartyRef, party_told, read_party

# The second form names who ordered it: head office's alone. A laptop's has the first, where whoever deletes signs.
_LAPTOP: Final = "firsthand/deletion/1"
_OFFICE: Final = "firsthand/deletion/2"
LARGEST: Final = 200_000
_MOST: Final = 500
_MANY: Final = 10**12
LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Counts:
    """How much went: photos, visits, answers; files on the disk and their bytes as they were before sealing."""

    photos: int
    visits: int
    answers: int
    files: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Deletion:
    """One case deleted on one laptop, or at head office, where `ordered_by` names who was at the desk.

    `dossiers` and `decisions` are digests; `keys` name the keys that were destroyed. `at` is the laptop's time,
    `confirmed_at` the newest that head office had signed, by which the period was judged. `elapsed` counts
    milliseconds that no clock change bends; `log_number` and `log_head` are the audit log's newest entry before.
    """

    record_id: str
    case_id: str
    case_number: str
    record_class: RecordClass
    counted_from: date
    due_on: date
    policy: PackRef
    dossiers: tuple[str, ...]
    decisions: tuple[str, ...]
    keys: tuple[str, ...]
    counts: Counts
    by: PartyRef
    device: str
    at: datetime
    confirmed_at: datetime
    elapsed: int
    log_number: int
    log_head: str
    ordered_by: str = ""


def to_bytes(deletion: Deletion) -> bytes:
    """The canonical bytes that are signed. Errors: RECORD_UNREADABLE when they could not be read back."""
    counts = deletion.counts
    ordered = {"ordered_by": deletion.ordered_by} if deletion.ordered_by else {}
    data = encode(
        {
            "schema": _OFFICE if deletion.ordered_by else _LAPTOP,
            "record_id": deletion.record_id,
            "case_id": deletion.case_id,
            "case_number": deletion.case_number,
            "record_class": deletion.record_class.value,
            "counted_from": deletion.counted_from.isoformat(),
            "due_on": deletion.due_on.isoformat(),
            "policy": {
                "name": deletion.policy.name,
                "version": deletion.policy.version,
                "digest": deletion.policy.digest,
            },
            "dossiers": list(deletion.dossiers),
            "decisions": list(deletion.decisions),
            "keys": list(deletion.keys),
            "counts": {
                "photos": counts.photos,
                "visits": counts.visits,
                "answers": counts.answers,
                "files": counts.files,
                "file_bytes": counts.file_bytes,
            },
            "by": party_told(deletion.by),
            "device": deletion.device,
            "at": to_text(deletion.at),
            "confirmed_at": to_text(deletion.confirmed_at),
            "elapsed": deletion.elapsed,
            "log_number": deletion.log_number,
            "log_head": deletion.log_head,
            **ordered,
        }
    )
    if parse(data) != deletion:
        raise Fault(Code.RECORD_UNREADABLE, where="round trip", field="round trip")
    return data


def parse(data: bytes) -> Deletion:
    """The certificate in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    schema, fields = open_versions(data, _OFFICE, (_LAPTOP,), LARGEST, Code.RECORD_UNREADABLE)
    deletion = Deletion(
        record_id=fields.id("record_id"),
        case_id=fields.id("case_id"),
        case_number=fields.text("case_number", 60),
        record_class=fields.one_of("record_class", RecordClass),
        counted_from=fields.day("counted_from"),
        due_on=fields.day("due_on"),
        policy=_policy(fields.inner("policy")),
        dossiers=_digests(fields, "dossiers"),
        decisions=_digests(fields, "decisions"),
        keys=fields.texts("keys", _MOST, 32),
        counts=_counts(fields.inner("counts")),
        by=read_party(fields.inner("by")),
        device=fields.text("device", 16),
        at=fields.moment("at"),
        confirmed_at=fields.moment("confirmed_at"),
        elapsed=fields.integer("elapsed", 0, _MANY),
        log_number=fields.integer("log_number", 0, _MANY),
        log_head=fields.digest("log_head"),
        ordered_by=fields.text("ordered_by", LONGEST_NAME) if schema == _OFFICE else "",
    )
    fields.done()
    if not deletion.counted_from <= deletion.due_on:
        raise fields.refused("due_on")
    if schema == _OFFICE and not deletion.ordered_by:
        raise fields.refused("ordered_by")
    return deletion


def _policy(fields: Fields) -> PackRef:
    policy = PackRef(fields.text("name", 100), fields.text("version", 60), fields.digest("digest"))
    fields.done()
    return policy


def _counts(fields: Fields) -> Counts:
    names = ("photos", "visits", "answers", "files", "file_bytes")
    counts = Counts(**{name: fields.integer(name, 0, _MANY) for name in names})
    fields.done()
    return counts


def _digests(fields: Fields, name: str) -> tuple[str, ...]:
    found = fields.texts(name, _MOST, 64)
    if any(len(one) != 64 or not set(one) <= set("0123456789abcdef") for one in found):
        raise fields.refused(name)
    return found
