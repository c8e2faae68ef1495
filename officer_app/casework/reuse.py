"""Was this picture seen before? Fingerprints of everything known here and at head office, then a closer look.

An alarm needs both. Head office's list holds fingerprints and no pictures: what it meets is for head office to
compare, and only a near-certain likeness is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import PhotoId, VisitId
from officer_app.base.progress import Cancelled, check, never
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, WORKING, allowed
from officer_app.casework.photolayers import shown_with
from officer_app.dossier import photolist
from officer_app.evidence.derived import Look, Looked
from officer_app.evidence.fingerprints import Fingerprint, decode_fingerprint
from officer_app.evidence.intake import PhotoReading
from officer_app.evidence.looks import look_closer
from officer_app.evidence.reuse import KnownPhoto, Seen, reuse
from officer_app.evidence.search import Library, Match
from officer_app.evidence.verdicts import Finding
from officer_app.trust.certificates import Role
from officer_app.vault import cases, photolooks, photos
from officer_app.vault.photorecords import Fingerprint as Listed
from officer_app.vault.photorecords import PhotoLook
from officer_app.vault.records import CaseRecord, PhotoRecord
from officer_app.vault.transactions import Reading, Writing

_MOST_LOOKS: Final = 8  # the likest; a picture that meets more is met by a list of its own copies
_LISTED: Final = "list:"  # before the labels of head office's list


@dataclass(frozen=True, slots=True)
class Compared:
    """A photo of this vault that a new one met, with what the closer look said."""

    other: PhotoId
    look: Look


def library(desk: Desk, tx: Reading | None = None) -> Library:
    """Every fingerprint known on this laptop and on head office's list, read once."""
    if desk.library is None:
        if tx is not None:
            desk.library = _library(tx)
        else:
            with desk.vault.reading() as reading:
                desk.library = _library(reading)
    return desk.library


def _library(tx: Reading) -> Library:
    return Library(
        (entry.photo or f"{_LISTED}{entry.label}", entry.sha256, decode_fingerprint(entry.data))
        for entry in photos.fingerprints(tx)
    )


def take_list(desk: Desk, tx: Writing, content: bytes) -> None:
    """Take in head office's list of photos; labels that are here already are replaced.

    Errors: PHOTO_LIST with the entry that is none; nothing of the list is taken then.
    """
    listed = []
    for line, one in enumerate(photolist.parse(content), start=1):
        try:
            decode_fingerprint(one.fingerprint)
        except ValueError as error:
            raise Fault(Code.PHOTO_LIST, line=line) from error
        listed.append(Listed(None, one.label, one.fingerprint, one.sha256))
    photos.add_foreign(tx, listed)
    desk.library = None


def look_at_likes(
    desk: Desk, visit: VisitId, reading: PhotoReading, cancelled: Cancelled = never
) -> tuple[Compared, ...]:
    """The closer look at every photo of this vault that a new one meets; those of its own visit may look alike.

    Touches the vault only to read. Errors: WORKER_LIMIT, CANCELLED.
    """
    with desk.vault.reading() as tx:
        met = library(desk, tx).search(reading.sha256, reading.fingerprint)
        known = [photos.get(tx, PhotoId(match.photo_id)) for match in met if _needs_look(match)]
    return _looked(desk, reading.view, [one for one in known if one.visit != visit], cancelled)


@allowed(*WORKING)
def look_again(desk: Desk, record: PhotoRecord, cancelled: Cancelled = never) -> int:
    """Look closer at what a kept photo meets and was never held against, as after a list or a case came in.

    Gives how many pairs were looked at. Errors: WORKER_LIMIT, CANCELLED.
    """
    with desk.vault.reading() as tx:
        met = library(desk, tx).search(record.sha256, decode_fingerprint(record.fingerprints))
        done = photolooks.of_photo(tx, record.id)
        fresh = [match for match in met if _needs_look(match) and match.photo_id not in {record.id, *done}]
        others = [photos.get(tx, PhotoId(match.photo_id)) for match in fresh]
    known = [one for one in others if one.visit is None or one.visit != record.visit]
    compared = _looked(desk, bare_view(desk, record), known, cancelled)
    with desk.vault.writing() as tx:
        keep_looks(tx, record.id, compared)
    return len(compared)


def keep_looks(tx: Writing, photo: PhotoId, compared: Sequence[Compared]) -> None:
    """Keep what the closer look said of a photo that is in the vault by now."""
    for one in compared:
        look = one.look
        region = [[x, y] for x, y in look.region]
        kept = PhotoLook(photo, one.other, look.verdict.value, look.carried, look.alike, look.mirrored, list(region))
        photolooks.put(tx, kept)


def _needs_look(match: Match) -> bool:
    return not match.identical and not match.photo_id.startswith(_LISTED)


def _looked(desk: Desk, view: bytes, known: Sequence[PhotoRecord], cancelled: Cancelled) -> tuple[Compared, ...]:
    found = []
    for record in known[:_MOST_LOOKS]:
        check(cancelled)
        theirs = bare_view(desk, record)
        found.append(Compared(record.id, look_closer(view, theirs, desk.worker, cancelled)))
    return tuple(found)


@allowed(*EVERYONE)
def bare_view(desk: Desk, record: PhotoRecord) -> bytes:
    """The picture without what was laid over it, so that a cut or a blur hides no copy."""
    if record.layers is None and record.view is not None:
        return desk.vault.read_blob(record.view)
    return shown_with(desk, record, ()).view


def reused(desk: Desk, tx: Reading, record: PhotoRecord) -> tuple[Finding, ...]:
    """What is said of a kept photo that repeats others."""
    found = library(desk, tx).search(record.sha256, _fingerprint(record))
    matches = tuple(match for match in found if match.photo_id != record.id)
    looks = photolooks.of_photo(tx, record.id) if matches else {}
    return reuse(matches, {match.photo_id: _known(desk, tx, record, match, looks) for match in matches})


def _fingerprint(record: PhotoRecord) -> Fingerprint:
    return decode_fingerprint(record.fingerprints)


@allowed(*EVERYONE)
def reaches(desk: Desk, case: CaseRecord) -> bool:
    """Whether a case may be named here: an officer knows the own ones, those who review know all."""
    return case.officer == desk.user.id or desk.roles != {Role.OFFICER}


def _label(desk: Desk, record: PhotoRecord, other: PhotoRecord, case: CaseRecord) -> Sayable:
    """The other photo as a person knows it: its file, and its case where the role reaches that."""
    if other.case == record.case:
        return Verbatim(other.file_name)
    if not reaches(desk, case):
        return message(N_("a case of another officer"))
    return Verbatim(f"{case.number} {case.business or case.applicant} · {other.file_name}")


def _known(desk: Desk, tx: Reading, record: PhotoRecord, match: Match, looks: dict[PhotoId, PhotoLook]) -> KnownPhoto:
    if match.photo_id.startswith(_LISTED):
        label = match.photo_id.removeprefix(_LISTED)
        return KnownPhoto(match.photo_id, label, same_case=False, same_visit=False, listed=True)
    other = photos.get(tx, PhotoId(match.photo_id))
    case = cases.get(tx, other.case)
    look = looks.get(other.id)
    return KnownPhoto(
        photo_id=other.id,
        label=_label(desk, record, other, case),
        same_case=other.case == record.case,
        same_visit=other.visit == record.visit,
        seen=Seen.NOT_YET if look is None else Seen(Looked(look.verdict).value),
    )
