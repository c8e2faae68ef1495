"""What the second officer of a visit signs: the answers and pictures of that visit as they were at that moment.

The statement names its visit and holds digests alone, so that a stranger can hold it against the dossier's own parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from officer_app.base.canonical import Json, decode, digest, encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.dossier.fields import open_record
from officer_app.dossier.manifest import Manifest, PartyRef, party_told, plain_name, read_party

FOLDER: Final = "cosigned/"
_SCHEMA: Final = "firsthand/cosign/1"
_LARGEST: Final = 200_000
_MOST_PICTURES: Final = 1_000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cosign:
    """One visit, seen by two: `answers` is the digest of `answers_digest`, `photos` the pictures' SHA-256, sorted."""

    visit: str
    case_id: str
    form: str
    form_version: str
    answers: str
    photos: tuple[str, ...]
    officer: PartyRef
    second: PartyRef
    at: datetime


def answers_digest(answers: Mapping[str, str]) -> str:
    """SHA-256 over the answers of a visit by ref, canonical."""
    told: dict[str, Json] = dict(answers)
    return digest(encode(told))


def statement_name(visit: str) -> str:
    """The part of a dossier that holds a statement."""
    return f"{FOLDER}{visit}.json"


def signature_name(visit: str) -> str:
    """The part of a dossier that holds the signature over it."""
    return f"{FOLDER}{visit}.sig"


def to_bytes(cosign: Cosign) -> bytes:
    """The canonical bytes that the second officer signs."""
    photos: list[Json] = list(cosign.photos)
    return encode(
        {
            "schema": _SCHEMA,
            "visit": cosign.visit,
            "case_id": cosign.case_id,
            "form": cosign.form,
            "form_version": cosign.form_version,
            "answers": cosign.answers,
            "photos": photos,
            "officer": party_told(cosign.officer),
            "second": party_told(cosign.second),
            "at": to_text(cosign.at),
        }
    )


def parse(data: bytes) -> Cosign:
    """The statement in a stranger's bytes. Errors: RECORD_UNREADABLE."""
    fields = open_record(data, _SCHEMA, _LARGEST, Code.RECORD_UNREADABLE)
    cosign = Cosign(
        visit=fields.id("visit"),
        case_id=fields.id("case_id"),
        form=fields.text("form", 100),
        form_version=fields.text("form_version", 60),
        answers=fields.digest("answers"),
        photos=fields.texts("photos", _MOST_PICTURES, 64),
        officer=read_party(fields.inner("officer")),
        second=read_party(fields.inner("second")),
        at=fields.moment("at"),
    )
    fields.done()
    if not all(_DIGEST.fullmatch(one) for one in cosign.photos) or list(cosign.photos) != sorted(set(cosign.photos)):
        raise fields.refused("photos")
    return cosign


def visits_signed(parts: Iterable[str]) -> tuple[str, ...]:
    """The visits that a dossier's parts hold a statement of."""
    return tuple(name.removeprefix(FOLDER).removesuffix(".json") for name in sorted(parts) if _is_statement(name))


def check(cosign: Cosign, manifest: Manifest, visit: str, parts: Mapping[str, bytes]) -> None:
    """Whether a statement is about this dossier, its answers and its pictures.

    Errors: DOSSIER_UNREADABLE (where: the statement's part) when it is about something else, COSIGN_SELF.
    """
    name = statement_name(visit)
    if cosign.visit != visit or cosign.case_id != manifest.case_id or cosign.officer.id != manifest.officer.id:
        raise Fault(Code.DOSSIER_UNREADABLE, where=name, field="visit")
    if is_one_person(cosign.officer, cosign.second):
        raise Fault(Code.COSIGN_SELF, where=name)
    if cosign.answers != answers_digest(_answers(parts.get(f"answers/{visit}.json", b"{}"), name)):
        raise Fault(Code.DOSSIER_UNREADABLE, where=name, field="answers")
    if not set(cosign.photos) <= {part.sha256 for part in manifest.parts}:
        raise Fault(Code.DOSSIER_UNREADABLE, where=name, field="photos")


def is_one_person(officer: PartyRef, second: PartyRef) -> bool:
    """Whether two signers are one pair of eyes: by id, or by name, since a second account has another id."""
    return second.id == officer.id or plain_name(second.name) == plain_name(officer.name)


def _is_statement(name: str) -> bool:
    return name.startswith(FOLDER) and name.endswith(".json")


def _answers(data: bytes, name: str) -> dict[str, str]:
    try:
        told = decode(data)
    except ValueError as error:
        raise Fault(Code.DOSSIER_UNREADABLE, where=name, field="answers") from error
    held = told.get("answers") if isinstance(told, dict) else None
    return {ref: str(text) for ref, text in held.items()} if isinstance(held, dict) else {}
