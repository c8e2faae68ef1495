"""Pictures of a case: taken in, kept as they came, judged, and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from officer_app.base.canonical import Json
from officer_app.base.clock import from_text, local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, PhotoId, new_id
from officer_app.base.progress import Cancelled, never
from officer_app.base.words import say
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.judging import Ground, ground_of, thresholds_of
from officer_app.casework.kept_readings import NOTHING, Readings, card_finding, readings_in
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.placeagain import earlier_of, told_of
from officer_app.casework.receipts import give_receipt
from officer_app.casework.reuse import keep_looks, library, look_at_likes, reused
from officer_app.casework.shotpacks import shots_at
from officer_app.evidence.datum import Point
from officer_app.evidence.findings import Finding, FindingCode, Verdict, judge
from officer_app.evidence.flaws import kept_flaws
from officer_app.evidence.intake import PhotoReading, read_photo
from officer_app.evidence.places import place_of
from officer_app.evidence.shotlists import Shot, ShotList, shipped_shots
from officer_app.evidence.sources import Source, as_received, code_finding, source_of
from officer_app.evidence.spots import shipped_spots
from officer_app.evidence.tag_records import tags_to_json
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Thresholds
from officer_app.evidence.visitcode import CodeSeen, seen
from officer_app.evidence.watermarks import judge_watermark
from officer_app.trust.certificates import Role
from officer_app.vault import audit, blobs, cases, photocodes, photolooks, photos
from officer_app.vault.photorecords import PhotoFinding
from officer_app.vault.records import PhotoRecord, VisitRecord
from officer_app.vault.transactions import Writing


@dataclass(frozen=True, slots=True)
class JudgedPhoto:
    """A picture of the case with what the rules say of it now."""

    record: PhotoRecord
    tags: Tags
    findings: tuple[Finding, ...]
    code: CodeSeen | None = None  # None while nobody searched it for the visit code
    readings: Readings = NOTHING  # what the officer confirmed that it says
    listed: ShotList = field(default_factory=shipped_shots)  # that its visit went by
    begun: datetime | None = None  # when its visit began

    @property
    def shot(self) -> Shot | None:
        """What the list says of it: by the question it answers, else by the frame it stands in, drawn ones too."""
        if self.record.ref:
            return self.listed.shot_of(self.record.ref.rpartition("/")[2].partition("[")[0])
        return self.listed.named(self.record.shot) or shipped_spots().shot(self.record.shot)

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
    desk: Desk,
    visit: VisitRecord,
    data: bytes,
    reading: PhotoReading,
    *,
    name: str,
    ref: str = "",
    shot: str = "",
    source: Source = Source.UNKNOWN,
) -> PhotoRecord:
    """Keep a picture for a visit: the original byte for byte, its view, its tags and fingerprint.

    What it meets of other visits is looked at first, so that an alarm never rests on fingerprints alone. The same
    bytes attached to the same visit again change only the question they belong to, so a repeated import doubles
    nothing. Files are durable before the row is.
    """
    compared = look_at_likes(desk, visit.id, reading)
    with desk.vault.writing() as tx:
        case = cases.get(tx, visit.case)
        must_be_own(desk, case)
        must_be_open(case)
        twin = next((old for old in photos.of_visit(tx, visit.id) if old.sha256 == reading.sha256), None)
        if twin is not None:
            return _moved(tx, twin, ref, shot)
        record = replace(_record(desk, tx, visit, data, reading, name=name, ref=ref, shot=shot), source=source.value)
        photos.add(tx, record)
        photos.set_findings(tx, record.id, [kept_finding(record.id, finding) for finding in reading.findings])
        keep_looks(tx, record.id, compared)
        give_receipt(desk, tx, record)
        audit.append(tx, "photo_attached", record.id, {"case": case.id, "sha256": record.sha256, "size": record.size})
    library(desk).add(record.id, record.sha256, reading.fingerprint)
    return record


@allowed(Role.OFFICER)
def file_photo(desk: Desk, photo: PhotoId, *, ref: str, shot: str) -> PhotoRecord:
    """Put a picture to a question, or to a frame of its own, or back into the tray (both empty).

    Errors: NOT_ALLOWED, CASE_NOT_OPEN.
    """
    with desk.vault.writing() as tx:
        record = photos.get(tx, photo)
        case = cases.get(tx, record.case)
        must_be_own(desk, case)
        must_be_open(case)
        moved = replace(record, ref=ref, shot=shot)
        if moved != record:
            photos.save(tx, moved)
            audit.append(tx, "photo_filed", photo, {"question": ref, "shot": shot})
        return moved


@allowed(Role.OFFICER)
def follow_rows(desk: Desk, moved: Sequence[PhotoRecord]) -> None:
    """Keep where pictures stand after rows of a list came or went; each bears its new question.

    Errors: NOT_ALLOWED, CASE_NOT_OPEN.
    """
    with desk.vault.writing() as tx:
        for photo in moved:
            case = cases.get(tx, photo.case)
            must_be_own(desk, case)
            must_be_open(case)
            photos.save(tx, replace(photos.get(tx, photo.id), ref=photo.ref))
            audit.append(tx, "photo_filed", photo.id, {"question": photo.ref, "shot": photo.shot})


def carried(
    desk: Desk, tx: Writing, visit: VisitRecord, data: bytes, reading: PhotoReading, told: Mapping[str, Json]
) -> PhotoRecord:
    """Keep a picture that came with a colleague's file: under its own id and from the time it was first received.

    This laptop gives its own receipt for it; the colleague's stands in the version that was sealed.
    """
    name, ref = str(told["part"]).rpartition("/")[2], str(told["question"])
    shot = ref.rpartition("/")[2].partition("[")[0]
    made = _record(desk, tx, visit, data, reading, name=name, ref=ref, shot=shot)
    record = replace(
        made,
        id=PhotoId(str(told["id"])),
        received=from_text(str(told["received_at"])),
        source=str(told.get("source", "")),
        layers=told.get("layers"),
    )
    photos.add(tx, record)
    photos.set_findings(tx, record.id, [kept_finding(record.id, finding) for finding in reading.findings])
    give_receipt(desk, tx, replace(record, received=desk.clock.now()))
    desk.library = None  # a list of head office's may tell of this very picture
    return record


def _moved(tx: Writing, twin: PhotoRecord, ref: str, shot: str) -> PhotoRecord:
    moved = replace(twin, ref=ref or twin.ref, shot=shot or twin.shot)
    if moved != twin:
        photos.save(tx, moved)
    return moved


def _record(
    desk: Desk, tx: Writing, visit: VisitRecord, data: bytes, reading: PhotoReading, *, name: str, ref: str, shot: str
) -> PhotoRecord:
    tags = reading.tags
    claimed = place_of(tags)
    place = claimed.wgs84() if claimed else None
    return PhotoRecord(
        id=PhotoId(new_id()),
        case=visit.case,
        visit=visit.id,
        officer=desk.user.id,
        file_name=name,
        sha256=reading.sha256,
        size=reading.size,
        received=desk.clock.now(),
        original=blobs.add(tx, data, visit.case),
        view=blobs.add(tx, reading.view, visit.case),
        thumb=blobs.add(tx, reading.thumbnail, visit.case),
        ref=ref,
        shot=shot,
        media_type=reading.kind.value,
        width=reading.width,
        height=reading.height,
        taken=tags.moment(),
        taken_text=tags.taken_text or "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
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
        audit.append(tx, "photo_withdrawn", photo)


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
def photos_of(desk: Desk, case_id: CaseId, premises: Point | None, address: str = "") -> tuple[JudgedPhoto, ...]:
    """The pictures of a case in the order they were taken in, judged by today's facts.

    `address` of the premises as answered: watermarks name places in words.
    """
    thresholds = thresholds_of(desk)
    with desk.vault.reading() as tx:
        ground = ground_of(desk, tx, cases.get(tx, case_id), premises)
        codes = photocodes.of_case(tx, case_id)
        kept: dict[PhotoId, list[PhotoFinding]] = {}
        for row in photos.findings(tx, case_id):
            kept.setdefault(row.photo, []).append(row)
        judged = []
        records = [record for record, _ in ground.tagged]
        for record, tags in ground.tagged:
            code = _code(record, codes) or CodeSeen.NONE
            found = judge(tags, ground.context(record, tags), thresholds) + reused(desk, tx, record)
            mindful = as_received(found, tags, source_of(record.source), code)
            beside = kept.get(record.id, [])
            readings = readings_in(beside)
            read = _of_readings(readings, ground, (record, tags), thresholds, address)
            looks = photolooks.of_photo(tx, record.id) if earlier_of(record, records) else {}
            again = told_of(record, records, looks)
            told = kept_flaws([row.code for row in beside]) + mindful + code_finding(code) + read + again
            begun = ground.visits[record.visit].started if record.visit in ground.visits else None
            listed = shots_at(desk, tx, begun) if begun is not None else shipped_shots()
            judged.append(JudgedPhoto(record, tags, told, _code(record, codes), readings, listed, begun))
        return tuple(judged)


def _of_readings(
    told: Readings, ground: Ground, picture: tuple[PhotoRecord, Tags], thresholds: Thresholds, address: str
) -> tuple[Finding, ...]:
    """What follows from texts in a picture that the officer confirmed."""
    if told == NOTHING:
        return ()
    record, tags = picture
    context = ground.context(record, tags)
    found = card_finding(told, local_date(context.visit_start or record.received))
    if told.watermark is None:
        return found
    return found + judge_watermark(told.watermark, tags, context, thresholds, address)


def _code(record: PhotoRecord, codes: Mapping[PhotoId, tuple[str, ...]]) -> CodeSeen | None:
    if record.id not in codes or record.visit is None:
        return None
    return seen(codes[record.id], record.visit)


def kept_finding(photo: PhotoId, finding: Finding) -> PhotoFinding:
    """A flaw of the file itself, as it is kept with the photo: what the bytes were is known at intake alone."""
    return PhotoFinding(photo, finding.code.value, finding.verdict.value)


def finding_to_json(finding: Finding) -> dict[str, Json]:
    """A finding as it stands in a dossier: code, verdict, and the sentence in the two languages."""
    return {
        "code": finding.code.value,
        "verdict": finding.verdict.value,
        "en": say(finding.sentence, "en"),
        "zh_CN": say(finding.sentence, "zh_CN"),
    }


__all__ = ["FindingCode", "JudgedPhoto", "attach_photo", "photos_of", "read_picture", "withdraw_photo"]
