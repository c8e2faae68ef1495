"""Pictures of a case: taken in, kept as they came, judged, and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from officer_app.base.canonical import Json
from officer_app.base.clock import from_text
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, PhotoId, VisitId, new_id
from officer_app.base.progress import Cancelled, never
from officer_app.base.words import say
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.evidence.datum import Point
from officer_app.evidence.findings import (
    Finding,
    FindingCode,
    KnownPhoto,
    Shot,
    Verdict,
    VisitContext,
    judge,
    reuse,
)
from officer_app.evidence.fingerprints import decode_fingerprint
from officer_app.evidence.intake import PhotoReading, read_photo
from officer_app.evidence.search import Library, Match
from officer_app.evidence.tag_records import tags_from_json, tags_to_json
from officer_app.evidence.tags import Tags
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit, blobs, cases, photos
from officer_app.vault.records import CaseRecord, PhotoRecord, VisitRecord
from officer_app.vault.transactions import Reading, Writing


@dataclass(frozen=True, slots=True)
class JudgedPhoto:
    """A picture of the case with what the rules say of it now."""

    record: PhotoRecord
    tags: Tags
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst finding; what cannot be told weighs only where nothing else was."""
        found = {finding.verdict for finding in self.findings}
        order = (Verdict.STOP, Verdict.LOOK_CLOSER, Verdict.PASS)
        return next((verdict for verdict in order if verdict in found), Verdict.CANNOT_TELL)

    @property
    def metres(self) -> Decimal | None:
        """Distance to the premises, when both places are known."""
        return next((finding.metres for finding in self.findings if finding.metres is not None), None)


def read_picture(desk: Desk, data: bytes, name: str, cancelled: Cancelled = never) -> PhotoReading:
    """Decode and measure a picture in the child process; no vault is touched, so it may run in the free lane.

    Errors: PHOTO_KIND, PHOTO_BROKEN, PHOTO_PIXELS, FILE_TOO_LARGE, WORKER_LIMIT, CANCELLED.
    """
    return read_photo(data, desk.worker, name, cancelled)


@allowed(Role.OFFICER)
def attach_photo(
    desk: Desk, visit: VisitRecord, data: bytes, reading: PhotoReading, *, name: str, ref: str = "", shot: str = ""
) -> PhotoRecord:
    """Keep a picture for a visit: the original byte for byte, its view, its tags and fingerprint.

    The same bytes attached to the same visit again change only the question they belong to, so a repeated import
    doubles nothing. Files are durable before the row is.
    """
    with desk.vault.writing() as tx:
        case = cases.get(tx, visit.case)
        must_be_own(desk, case)
        must_be_open(case)
        twin = next((old for old in photos.of_visit(tx, visit.id) if old.sha256 == reading.sha256), None)
        if twin is not None:
            return _moved(tx, twin, ref, shot)
        record = _record(desk, tx, visit, data, reading, name=name, ref=ref, shot=shot)
        photos.add(tx, record)
        audit.append(tx, "photo_attached", record.id, {"case": case.id, "sha256": record.sha256, "size": record.size})
    library(desk).add(record.id, record.sha256, reading.fingerprint)
    return record


def carried(
    desk: Desk, tx: Writing, visit: VisitRecord, data: bytes, reading: PhotoReading, told: Mapping[str, Json]
) -> PhotoRecord:
    """Keep a picture that came with a colleague's file: under its own id and from the time it was first received."""
    name, ref = str(told["part"]).rpartition("/")[2], str(told["question"])
    shot = ref.rpartition("/")[2].partition("[")[0]
    record = _record(desk, tx, visit, data, reading, name=name, ref=ref, shot=shot)
    kept = replace(record, id=PhotoId(str(told["id"])), received=from_text(str(told["received_at"])))
    photos.add(tx, kept)
    return kept


def _moved(tx: Writing, twin: PhotoRecord, ref: str, shot: str) -> PhotoRecord:
    moved = replace(twin, ref=ref or twin.ref, shot=shot or twin.shot)
    if moved != twin:
        photos.save(tx, moved)
    return moved


def _record(
    desk: Desk, tx: Writing, visit: VisitRecord, data: bytes, reading: PhotoReading, *, name: str, ref: str, shot: str
) -> PhotoRecord:
    tags = reading.tags
    return PhotoRecord(
        id=PhotoId(new_id()),
        case=visit.case,
        visit=visit.id,
        officer=desk.user.id,
        file_name=name,
        sha256=reading.sha256,
        size=reading.size,
        received=desk.clock.now(),
        original=blobs.add(tx, data),
        view=blobs.add(tx, reading.view),
        thumb=blobs.add(tx, reading.thumbnail),
        ref=ref,
        shot=shot,
        media_type=reading.kind.value,
        width=reading.width,
        height=reading.height,
        taken=tags.moment(),
        taken_text=tags.taken_text or "",
        lat=tags.lat,
        lon=tags.lon,
        device=" ".join(part for part in (tags.make, tags.model) if part),
        fingerprints=reading.fingerprint.encode(),
        tags=tags_to_json(tags),
    )


@allowed(Role.OFFICER)
def withdraw_photo(desk: Desk, photo: PhotoId, reason: str) -> None:
    """Take a picture out of the case; it stays in the vault with the reason.

    Errors: REASON_NEEDED, NOT_ALLOWED, CASE_NOT_OPEN.
    """
    if not reason.strip():
        raise Fault(Code.REASON_NEEDED)
    with desk.vault.writing() as tx:
        case = cases.get(tx, photos.get(tx, photo).case)
        must_be_own(desk, case)
        must_be_open(case)
        photos.withdraw(tx, photo, reason.strip())
        audit.append(tx, "photo_withdrawn", photo, {"reason": reason.strip()})


@allowed(*EVERYONE)
def thumbnail(desk: Desk, record: PhotoRecord) -> bytes:
    """A small JPEG, upright."""
    return desk.vault.read_blob(record.thumb or record.original)


@allowed(*EVERYONE)
def view(desk: Desk, record: PhotoRecord) -> bytes:
    """A JPEG of at most 2048 pixels, upright, without metadata."""
    return desk.vault.read_blob(record.view or record.original)


@allowed(*EVERYONE)
def original(desk: Desk, record: PhotoRecord) -> bytes:
    """The file as it came."""
    return desk.vault.read_blob(record.original)


@allowed(*EVERYONE)
def photos_of(desk: Desk, case_id: CaseId, premises: Point | None) -> tuple[JudgedPhoto, ...]:
    """The pictures of a case in the order they were taken in, judged by today's facts."""
    with desk.vault.reading() as tx:
        case = cases.get(tx, case_id)
        records = photos.of_case(tx, case_id)
        visits = {visit.id: visit for visit in answers.visits(tx, case_id)}
        tagged = tuple((record, tags_from_json(record.tags)) for record in records)
        return tuple(
            JudgedPhoto(record, tags, _findings(desk, tx, case, record, tags, tagged, visits, premises))
            for record, tags in tagged
        )


def _findings(
    desk: Desk,
    tx: Reading,
    case: CaseRecord,
    record: PhotoRecord,
    tags: Tags,
    tagged: tuple[tuple[PhotoRecord, Tags], ...],
    visits: dict[VisitId, VisitRecord],
    premises: Point | None,
) -> tuple[Finding, ...]:
    visit = visits.get(record.visit) if record.visit else None
    context = VisitContext(
        received_at=record.received,
        visit_start=visit.started if visit else None,
        visit_end=(visit.ended or record.received) if visit else None,
        applied_at=case.created,
        premises=premises,
        shots=tuple(
            Shot(other.id, theirs)
            for other, theirs in tagged
            if other.id != record.id and other.visit == record.visit
        ),
    )
    return judge(tags, context) + _reused(desk, tx, record)


def _reused(desk: Desk, tx: Reading, record: PhotoRecord) -> tuple[Finding, ...]:
    matches = library(desk, tx).search(record.sha256, decode_fingerprint(record.fingerprints))
    others = tuple(match for match in matches if match.photo_id != record.id)
    return reuse(others, {match.photo_id: _known(tx, record, match) for match in others})


def _known(tx: Reading, record: PhotoRecord, match: Match) -> KnownPhoto:
    other = photos.get(tx, PhotoId(match.photo_id))
    case = cases.get(tx, other.case)
    return KnownPhoto(
        photo_id=other.id,
        label=f"{case.number} {case.business or case.applicant}",
        same_case=other.case == record.case,
        same_visit=other.visit == record.visit,
    )


def library(desk: Desk, tx: Reading | None = None) -> Library:
    """Every fingerprint known on this laptop, read once."""
    if desk.library is None:
        if tx is not None:
            desk.library = _library(tx)
        else:
            with desk.vault.reading() as reading:
                desk.library = _library(reading)
    return desk.library


def _library(tx: Reading) -> Library:
    return Library(
        (entry.photo, entry.sha256, decode_fingerprint(entry.data))
        for entry in photos.fingerprints(tx)
        if entry.photo is not None
    )


def finding_to_json(finding: Finding) -> dict[str, Json]:
    """A finding as it stands in a dossier: code, verdict, and the sentence in the two languages."""
    return {
        "code": finding.code.value,
        "verdict": finding.verdict.value,
        "en": say(finding.sentence, "en"),
        "zh_CN": say(finding.sentence, "zh_CN"),
    }


__all__ = ["FindingCode", "JudgedPhoto", "attach_photo", "photos_of", "read_picture", "withdraw_photo"]
