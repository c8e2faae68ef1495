"""What a parcel proves once opened: the one path by which anything from outside becomes a value in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.dossier import cosigning, deletion, notices, officerecords, records, summary
from officer_app.dossier import manifest as manifests
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.notices import NoticeKind
from officer_app.exchange import parcels
from officer_app.exchange.parcels import Parcel, ParcelKind
from officer_app.trust.certificates import NOBODY, Role
from officer_app.trust.papers import verify_pdf
from officer_app.trust.signing import Signer
from officer_app.trust.signing import verify as verify_signature

# A signature tells whole seconds; both are one reading of one clock.
_SAME_MOMENT: Final = timedelta(seconds=1)
_MAY_SUBMIT: Final = frozenset({Role.OFFICER, Role.MANAGER})
_MAY_COSIGN: Final = _MAY_SUBMIT | {Role.SECOND_OFFICER}
_MAY_DECIDE: Final = frozenset({Role.MANAGER, Role.HEAD_OFFICE})
_MAY_ASK: Final = frozenset({Role.MANAGER, Role.REVIEWER, Role.HEAD_OFFICE})
_HEAD_OFFICE: Final = frozenset({Role.HEAD_OFFICE})
_MAY_SAY: Final[Mapping[NoticeKind, frozenset[Role]]] = MappingProxyType(
    {
        NoticeKind.QUESTION: _MAY_ASK,
        NoticeKind.OPINION: _MAY_ASK,
        NoticeKind.HAND_OVER: _MAY_DECIDE,
        NoticeKind.ANSWER: _MAY_SUBMIT,
        NoticeKind.WITHDRAWAL: _MAY_SUBMIT,
        NoticeKind.HOLD: _MAY_DECIDE,
        NoticeKind.HOLD_LIFTED: _MAY_DECIDE,
        NoticeKind.CONSENT_ENDED: _MAY_SUBMIT,
    }
)


@dataclass(frozen=True, slots=True)
class DossierContent:
    """A dossier whose signature and digests hold. `seconds`: who signed its visits as second officer, proven."""

    manifest: manifests.Manifest
    manifest_bytes: bytes
    signature: bytes
    digest: str
    signer: Signer
    parts: Mapping[str, bytes]
    summary: summary.Summary
    seconds: tuple[tuple[bytes, Signer], ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionContent:
    """A decision whose signature holds, with the memo that its maker signed."""

    decision: records.Decision
    record_bytes: bytes
    signature: bytes
    digest: str
    signer: Signer
    memo: bytes


@dataclass(frozen=True, slots=True)
class ReceiptContent:
    """A receipt that head office signed."""

    receipt: officerecords.Receipt
    record_bytes: bytes
    signature: bytes
    signer: Signer


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """A question, an answer or a withdrawal that its author signed."""

    notice: notices.Notice
    record_bytes: bytes
    signature: bytes
    signer: Signer


@dataclass(frozen=True, slots=True)
class PackContent:
    """A pack that head office signed."""

    note: officerecords.PackNote
    note_bytes: bytes
    signature: bytes
    signer: Signer
    content: bytes


@dataclass(frozen=True, slots=True)
class DeletionContent:
    """The certificate of a deletion, signed by whoever deleted."""

    deletion: deletion.Deletion
    record_bytes: bytes
    signature: bytes
    digest: str
    signer: Signer


Content: TypeAlias = (
    "DossierContent | DecisionContent | ReceiptContent | PackContent | NoticeContent | DeletionContent"
)


def verify(
    parcel: Parcel, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY, *, papers: bool = True
) -> Content:
    """Check signatures, roles and digests first, then read; a value comes out whole or not at all.

    Without `papers` a memo is held to the digest in the signed record alone; the signatures inside it are left for
    later, since judging them costs ten times all the rest.

    Errors: those of `signing.verify`, SIGNER_NOT_ENTITLED, NAME_DIFFERS, TIME_DIFFERS, DOSSIER_…, RECORD_UNREADABLE,
    PDF_…, MEMO_NOT_SIGNED_BY.
    """
    match parcel.kind:
        case ParcelKind.DOSSIER:
            return verify_dossier(parcel, root_pem, revoked, papers=papers)
        case ParcelKind.DECISION:
            return verify_decision(parcel, root_pem, revoked, papers=papers)
        case ParcelKind.RECEIPT:
            return verify_receipt(parcel, root_pem, revoked)
        case ParcelKind.PACK:
            return verify_pack(parcel, root_pem, revoked)
        case ParcelKind.NOTICE:
            return verify_notice(parcel, root_pem, revoked)
        case ParcelKind.DELETION:
            return verify_deletion(parcel, root_pem, revoked)
        case _:
            assert_never(parcel.kind)


def verify_dossier(
    parcel: Parcel, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY, *, papers: bool = True
) -> DossierContent:
    """A dossier: signed by its own officer, every part as signed, its memo signed by the officer too."""
    data, signature = _file(parcel, parcels.MANIFEST), _file(parcel, parcels.MANIFEST_SIGNATURE)
    signer = verify_signature(data, signature, root_pem, revoked)
    manifest = manifests.parse(data)
    _entitle(signer, _MAY_SUBMIT)
    if manifest.officer.id != signer.person.id or manifest.institution != signer.person.institution:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)
    _as_signed(signer, manifest.officer, manifest.frozen_at)
    parts = {
        name.removeprefix(parcels.PARTS): content
        for name, content in parcel.files.items()
        if name not in {parcels.MANIFEST, parcels.MANIFEST_SIGNATURE}
    }
    hashed = {
        name.removeprefix(parcels.PARTS): found
        for name, found in parcel.digests.items()
        if name.startswith(parcels.PARTS)
    }
    manifests.check_parts(manifest, parts, hashed)
    if papers:
        _check_memo(parts[manifests.MEMO], signer, root_pem, revoked)
    rows = summary.parse(parts[manifests.SUMMARY])
    known = {part.name: part.sha256 for part in manifest.parts}
    for photo in rows.photos:
        if known.get(photo.part) != photo.sha256:
            raise Fault(Code.DOSSIER_UNREADABLE, where=manifests.SUMMARY, field=photo.part)
    seconds = tuple(_seconds(manifest, parts, root_pem, revoked))
    return DossierContent(manifest, data, signature, digest(data), signer, parts, rows, seconds)


def _seconds(
    manifest: manifests.Manifest, parts: Mapping[str, bytes], root_pem: bytes, revoked: Mapping[str, datetime]
) -> Iterator[tuple[bytes, Signer]]:
    """Each second signature with its signer, held against the answers and pictures of its visit.

    Whoever the manifest names as second officer must have signed one at least.
    """
    known: set[str] = set()
    for visit in cosigning.visits_signed(parts):
        name = cosigning.signature_name(visit)
        if name not in parts:
            raise Fault(Code.DOSSIER_PART_MISSING, where=name, part=name)
        statement, signature = parts[cosigning.statement_name(visit)], parts[name]
        signer = verify_signature(statement, signature, root_pem, revoked)
        _entitle(signer, _MAY_COSIGN)
        cosign = cosigning.parse(statement)
        if cosign.second.id != signer.person.id or signer.person.institution != manifest.institution:
            raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)
        _as_signed(signer, cosign.second, cosign.at)
        cosigning.check(cosign, manifest, visit, parts)
        known.add(signer.person.id)
        yield signature, signer
    if manifest.second is not None and manifest.second.id not in known:
        raise Fault(Code.DOSSIER_PART_MISSING, where=cosigning.FOLDER, part=cosigning.FOLDER)


def verify_decision(
    parcel: Parcel, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY, *, papers: bool = True
) -> DecisionContent:
    """A decision: signed by the person it names, with the memo they signed."""
    data, signature = _file(parcel, parcels.DECISION), _file(parcel, parcels.DECISION_SIGNATURE)
    _only(parcel, parcels.DECISION, parcels.DECISION_SIGNATURE, parcels.SIGNED_MEMO)
    signer = verify_signature(data, signature, root_pem, revoked)
    decision = records.parse_decision(data)
    _entitle(signer, _MAY_DECIDE)
    if decision.decided_by.id != signer.person.id:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)
    _as_signed(signer, decision.decided_by, decision.decided_at)
    memo = _file(parcel, parcels.SIGNED_MEMO)
    if digest(memo) != decision.memo_sha256:
        raise Fault(Code.DOSSIER_PART_CHANGED, where=parcels.SIGNED_MEMO, part=parcels.SIGNED_MEMO)
    if papers:
        _check_memo(memo, signer, root_pem, revoked)
    return DecisionContent(decision, data, signature, digest(data), signer, memo)


def check_against(decision: DecisionContent, dossier: DossierContent) -> None:
    """Whether a decision stands on a dossier: right digest, four eyes, within the limit, the same memo continued.

    Errors: those of `records.check_decision`, MEMO_NOT_CONTINUED.
    """
    check_on(decision, dossier.manifest, dossier.digest)


def check_on(decision: DecisionContent, manifest: manifests.Manifest, dossier_digest: str) -> None:
    """The same for whoever kept the dossier's manifest alone."""
    person = decision.signer.person
    records.check_decision(
        decision.decision, manifest, dossier_digest, decider_id=person.id, limit=person.approval_limit
    )
    records.check_span(decision.decision)
    memo = next(part for part in manifest.parts if part.name == manifests.MEMO)
    if digest(decision.memo[: memo.size]) != memo.sha256:
        raise Fault(Code.MEMO_NOT_CONTINUED, where=parcels.SIGNED_MEMO)


def verify_receipt(parcel: Parcel, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY) -> ReceiptContent:
    """A receipt: signed by head office."""
    data, signature = _file(parcel, parcels.RECEIPT), _file(parcel, parcels.RECEIPT_SIGNATURE)
    _only(parcel, parcels.RECEIPT, parcels.RECEIPT_SIGNATURE)
    signer = verify_signature(data, signature, root_pem, revoked)
    _entitle(signer, _HEAD_OFFICE)
    return ReceiptContent(officerecords.parse_receipt(data), data, signature, signer)


def verify_notice(parcel: Parcel, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY) -> NoticeContent:
    """A notice: signed by the person it names, who has a role that may say it."""
    data, signature = _file(parcel, parcels.NOTICE), _file(parcel, parcels.NOTICE_SIGNATURE)
    _only(parcel, parcels.NOTICE, parcels.NOTICE_SIGNATURE)
    signer = verify_signature(data, signature, root_pem, revoked)
    notice = notices.parse(data)
    _entitle(signer, _MAY_SAY[notice.kind])
    if notice.by.id != signer.person.id:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)
    _as_signed(signer, notice.by, notice.at)
    return NoticeContent(notice, data, signature, signer)


def verify_deletion(parcel: Parcel, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY) -> DeletionContent:
    """The certificate of a deletion: signed by the person it names, on the laptop it names."""
    data, signature = _file(parcel, parcels.DELETION), _file(parcel, parcels.DELETION_SIGNATURE)
    _only(parcel, parcels.DELETION, parcels.DELETION_SIGNATURE)
    signer = verify_signature(data, signature, root_pem, revoked)
    told = deletion.parse(data)
    if told.by.id != signer.person.id or told.device != signer.person.device:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)
    if told.ordered_by:
        _entitle(signer, _HEAD_OFFICE)
    _as_signed(signer, told.by, told.at)
    return DeletionContent(told, data, signature, digest(data), signer)


def verify_pack(parcel: Parcel, root_pem: bytes, revoked: Mapping[str, datetime] = NOBODY) -> PackContent:
    """A pack: its note signed by head office, its content as the note says."""
    data, signature = _file(parcel, parcels.PACK), _file(parcel, parcels.PACK_SIGNATURE)
    _only(parcel, parcels.PACK, parcels.PACK_SIGNATURE, parcels.PACK_CONTENT)
    signer = verify_signature(data, signature, root_pem, revoked)
    _entitle(signer, _HEAD_OFFICE)
    note = officerecords.parse_pack(data)
    content = _file(parcel, parcels.PACK_CONTENT)
    if digest(content) != note.sha256:
        raise Fault(Code.DOSSIER_PART_CHANGED, where=parcels.PACK_CONTENT, part=parcels.PACK_CONTENT)
    return PackContent(note, data, signature, signer, content)


def _check_memo(memo: bytes, signer: Signer, root_pem: bytes, revoked: Mapping[str, datetime]) -> None:
    verdict = verify_pdf(memo, root_pem, revoked)
    if verdict.reason is not None:
        raise verdict.reason
    keys = {entry.signer.key_id for entry in verdict.signatures if entry.signer is not None}
    if signer.key_id not in keys:
        raise Fault(Code.MEMO_NOT_SIGNED_BY, person=signer.person.name)


def _entitle(signer: Signer, roles: frozenset[Role]) -> None:
    if signer.person.role not in roles:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=signer.person.name)


def _as_signed(signer: Signer, named: PartyRef, at: datetime) -> None:
    """A record tells the name in its signer's certificate and the time of its signature: rules go by both.

    By the name it is known who took part or stands in the file; by the time whether the key held.
    Errors: NAME_DIFFERS, TIME_DIFFERS.
    """
    if named.name != signer.person.name:
        raise Fault(Code.NAME_DIFFERS, named=named.name, person=signer.person.name)
    if abs(at - signer.claimed_at) > _SAME_MOMENT:
        raise Fault(Code.TIME_DIFFERS)


def _file(parcel: Parcel, name: str) -> bytes:
    if name not in parcel.files:
        raise Fault(Code.DOSSIER_PART_MISSING, where=name, part=name)
    return parcel.files[name]


def _only(parcel: Parcel, *names: str) -> None:
    for name in sorted(set(parcel.files) - set(names)):
        raise Fault(Code.DOSSIER_PART_EXTRA, where=name[:110], part=name[:110])
