"""The manifest: what a submitted case consists of, by name, size and SHA-256, in one canonical JSON.

A dossier's digest is the SHA-256 of its manifest's bytes; the officer signs those bytes. Nothing in a dossier is
ever changed: a later version is another manifest that names the digest of the one before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from officer_app.base.canonical import Json, digest, encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.dossier.fields import Fields, decimal_text, maybe_decimal, open_versions

# Form 3 names head office's list of products. A manifest is written in the oldest form that holds all it says, so
# that every program in use can read it; whoever judged by the policy's own table alone would get other figures.
WITH_PRODUCTS: Final = "firsthand/dossier/3"
SCHEMA: Final = "firsthand/dossier/2"
# Before: no norms, and nobody named but officer, second officer and applicant.
_FIRST: Final = "firsthand/dossier/1"
MEMO: Final = "memo.pdf"
FACTS: Final = "facts.json"
SUMMARY: Final = "summary.json"
ASSESSMENT: Final = "assessment.json"
POLICY: Final = "policy.toml"
PRODUCTS: Final = "products.toml"

LARGEST_MANIFEST: Final = 1_000_000
LARGEST_PART: Final = 64_000_000
LARGEST_DOSSIER: Final = 400_000_000
MOST_PARTS: Final = 2_000
_MOST_NAMES: Final = 500
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*){0,3}", re.ASCII)
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0")  # letters by their class, and nothing to be seen
_NONE: Final[Mapping[str, str]] = {}
# Windows opens a device, not a file, for these, whatever stands behind the dot.
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartyRef:
    """Somebody, by id and by name as it was then."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PackRef:
    """A policy or a form in the very version that was used."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a dossier."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A dossier's list of contents, and what it is about.

    `investigators` are the names of everybody else who took part in
    a visit, `persons` those of the people beside the borrower (spouse, guarantors, owners, whoever the money is for):
    neither may decide. `norms` is head office's own file of norms, where one was laid over the shipped ones;
    `products` its list of products, where that took the place of the policy's.
    """

    dossier_id: str
    case_id: str
    case_number: str
    version: int
    previous: str | None
    institution: str
    branch: str
    officer: PartyRef
    second: PartyRef | None
    applicant: str
    product: str
    lane: str
    requested_amount: Decimal
    recommended_amount: Decimal | None
    term_months: int | None
    grade: str
    policy: PackRef
    forms: tuple[PackRef, ...]
    program: str
    audit_head: str
    frozen_at: datetime
    parts: tuple[Part, ...]
    norms: PackRef | None = None
    investigators: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    schema: str = SCHEMA
    products: PackRef | None = None


def plain_name(name: str) -> str:
    """A name as two people mean it: its letters and digits alone, wide ones as narrow, no capitals.

    What has no shape of its own (blanks, joiners, marks of direction, dots) would make two names of one.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(sign for sign in folded if sign.isalnum() and sign not in _FILLERS) or folded.strip()


def part_of(name: str, media_type: str, data: bytes) -> Part:
    """The entry for a file. Errors: DOSSIER_UNREADABLE for a name that no system can be trusted with."""
    if not is_part_name(name):
        raise Fault(Code.DOSSIER_UNREADABLE, where=name[:100], field="parts")
    return Part(name, media_type, len(data), digest(data))


def is_part_name(name: str) -> bool:
    """Whether a name is safe on every file system: lower case, at most three folders deep, nothing reserved."""
    if len(name) > 100 or _NAME.fullmatch(name) is None:
        return False
    return all(
        not step.endswith(".") and _RESERVED.fullmatch(step.partition(".")[0]) is None for step in name.split("/")
    )


def to_bytes(manifest: Manifest) -> bytes:
    """The canonical bytes that are signed. Errors: DOSSIER_UNREADABLE when `parse` would refuse them."""
    data = encode(_told(manifest))
    if parse(data) != manifest:
        raise Fault(Code.DOSSIER_UNREADABLE, where="round trip", field="round trip")
    return data


def parse(data: bytes) -> Manifest:
    """The manifest in a stranger's bytes. Errors: DOSSIER_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    schema, fields = open_versions(data, WITH_PRODUCTS, (SCHEMA, _FIRST), LARGEST_MANIFEST, Code.DOSSIER_UNREADABLE)
    first = schema == _FIRST
    manifest = Manifest(
        dossier_id=fields.id("dossier_id"),
        case_id=fields.id("case_id"),
        case_number=fields.text("case_number", 60),
        version=fields.integer("version", 1, 10_000),
        previous=fields.maybe("previous", fields.digest),
        institution=fields.text("institution", 100),
        branch=fields.text("branch", 100),
        officer=_party(fields, "officer"),
        second=fields.maybe("second", lambda name: _party(fields, name)),
        applicant=fields.text("applicant", 200),
        product=fields.text("product", 100),
        lane=fields.text("lane", 100),
        requested_amount=fields.decimal("requested_amount"),
        recommended_amount=fields.maybe("recommended_amount", fields.decimal),
        term_months=fields.maybe("term_months", lambda name: fields.integer(name, 0, 1_200)),
        grade=fields.text("grade", 20),
        policy=read_pack(fields.inner("policy")),
        forms=tuple(read_pack(entry) for entry in fields.each("forms", 50)),
        program=fields.text("program", 60),
        audit_head=fields.digest("audit_head"),
        frozen_at=fields.moment("frozen_at"),
        parts=tuple(_part(entry) for entry in fields.each("parts", MOST_PARTS)),
        norms=None if first else fields.maybe("norms", lambda name: read_pack(fields.inner(name))),
        investigators=() if first else fields.texts("investigators", _MOST_NAMES, 200),
        persons=() if first else fields.texts("persons", _MOST_NAMES, 200),
        schema=schema,
        products=read_pack(fields.inner("products")) if schema == WITH_PRODUCTS else None,
    )
    fields.done()
    _check(manifest, fields)
    return manifest


def check_parts(manifest: Manifest, parts: Mapping[str, bytes], hashed: Mapping[str, str] = _NONE) -> None:
    """Every file is there, whole and as signed, and no other; `hashed`: digests that the caller worked out himself.

    Errors: DOSSIER_PART_MISSING, DOSSIER_PART_CHANGED, DOSSIER_PART_EXTRA (where: the name).
    """
    for part in manifest.parts:
        check_part(part, parts.get(part.name), hashed.get(part.name))
    for name in sorted(set(parts) - {part.name for part in manifest.parts}):
        raise Fault(Code.DOSSIER_PART_EXTRA, where=name[:100], part=name[:100])


def check_part(part: Part, data: bytes | None, hashed: str | None = None) -> None:
    """One file is there, whole and as signed."""
    if data is None:
        raise Fault(Code.DOSSIER_PART_MISSING, where=part.name, part=part.name)
    if len(data) != part.size or (hashed or digest(data)) != part.sha256:
        raise Fault(Code.DOSSIER_PART_CHANGED, where=part.name, part=part.name)


def _told(manifest: Manifest) -> Json:
    told: dict[str, Json] = {
        "schema": manifest.schema,
        "dossier_id": manifest.dossier_id,
        "case_id": manifest.case_id,
        "case_number": manifest.case_number,
        "version": manifest.version,
        "previous": manifest.previous,
        "institution": manifest.institution,
        "branch": manifest.branch,
        "officer": party_told(manifest.officer),
        "second": None if manifest.second is None else party_told(manifest.second),
        "applicant": manifest.applicant,
        "product": manifest.product,
        "lane": manifest.lane,
        "requested_amount": decimal_text(manifest.requested_amount),
        "recommended_amount": maybe_decimal(manifest.recommended_amount),
        "term_months": manifest.term_months,
        "grade": manifest.grade,
        "policy": pack_told(manifest.policy),
        "forms": [pack_told(form) for form in manifest.forms],
        "program": manifest.program,
        "audit_head": manifest.audit_head,
        "frozen_at": to_text(manifest.frozen_at),
        "parts": [_part_told(part) for part in manifest.parts],
    }
    if manifest.schema == _FIRST:
        return told
    told |= {
        "norms": None if manifest.norms is None else pack_told(manifest.norms),
        "investigators": list(manifest.investigators),
        "persons": list(manifest.persons),
    }
    return told if manifest.products is None else told | {"products": pack_told(manifest.products)}


def party_told(party: PartyRef) -> Json:
    """Somebody as JSON."""
    return {"id": party.id, "name": party.name}


def read_party(fields: Fields) -> PartyRef:
    """Somebody from JSON."""
    party = PartyRef(fields.id("id"), fields.text("name", 100))
    fields.done()
    return party


def _party(fields: Fields, name: str) -> PartyRef:
    return read_party(fields.inner(name))


def pack_told(pack: PackRef) -> Json:
    """A pack's name, version and digest as JSON."""
    return {"name": pack.name, "version": pack.version, "digest": pack.digest}


def read_pack(fields: Fields) -> PackRef:
    """The same from JSON."""
    pack = PackRef(fields.text("name", 100), fields.text("version", 60), fields.digest("digest"))
    fields.done()
    return pack


def _part_told(part: Part) -> Json:
    return {"name": part.name, "media_type": part.media_type, "size": part.size, "sha256": part.sha256}


def _part(fields: Fields) -> Part:
    name = fields.text("name", 100)
    if not is_part_name(name):
        raise fields.refused("name")
    part = Part(
        name, fields.text("media_type", 100), fields.integer("size", 0, LARGEST_PART), fields.digest("sha256")
    )
    fields.done()
    return part


def _check(manifest: Manifest, fields: Fields) -> None:
    names = [part.name for part in manifest.parts]
    if names != sorted(set(names)) or _nested(names):
        raise fields.refused("parts")
    if not {MEMO, FACTS, SUMMARY} <= set(names):
        raise fields.refused("parts")
    if sum(part.size for part in manifest.parts) > LARGEST_DOSSIER:
        raise fields.refused("parts")
    if manifest.products is not None and (PRODUCTS, manifest.products.digest) not in (
        (part.name, part.sha256) for part in manifest.parts
    ):
        raise fields.refused("products")
    if (manifest.previous is None) != (manifest.version == 1):
        raise fields.refused("previous")
    if manifest.requested_amount < 0:
        raise fields.refused("requested_amount")
    if manifest.second is not None and manifest.second.id == manifest.officer.id:
        raise fields.refused("second")


def _nested(names: list[str]) -> bool:
    """Whether one name is a file and a folder at once."""
    known = set(names)
    return any(
        "/".join(name.split("/")[:depth]) in known for name in names for depth in range(1, name.count("/") + 1)
    )
