"""Was this picture seen before? Fingerprints of everything known here and at head office, then a closer look.

An alarm needs both. Head office's list holds fingerprints and no pictures: what it meets is for head office to
compare, and only a near-certain likeness is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import PhotoId, VisitId
from officer_app.base.progress import Cancelled, check, never
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.desk import Desk
from officer_app.casework.packs import FINGERPRINTS
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.photolayers import shown_with
from officer_app.casework.reach import reaches
from officer_app.dossier import photolist
from officer_app.dossier.photolist import ListedPhoto
from officer_app.evidence.derived import Look, Looked
from officer_app.evidence.fingerprints import decode_fingerprint
from officer_app.evidence.intake import PhotoReading
from officer_app.evidence.looks import look_closer
from officer_app.evidence.reuse import KnownPhoto, Seen, is_told, reuse
from officer_app.evidence.search import Library, Match
from officer_app.evidence.verdicts import Finding
from officer_app.trust.certificates import Role
from officer_app.vault import cases, packs, photolooks, photos
from officer_app.vault.photorecords import PhotoLook
from officer_app.vault.records import CaseRecord, PhotoRecord
from officer_app.vault.transactions import Reading, Writing

MOST_LOOKS: Final = 4  # the likest: some 25 ms of processor each; a picture that meets more meets its own copies
_LISTED: Final = "list:"  # before case and label of what stands on head office's lists


@dataclass(frozen=True, slots=True)
class Compared:
    """A photo of this vault that a new one met, with what the closer look said."""

    other: PhotoId
    look: Look


def library(desk: Desk, tx: Reading | None = None) -> Library:
    """Every fingerprint known on this laptop and on head office's list, read once."""
    if desk.library is None:
        if tx is not None:
            desk.library = _library(tx, local_date(desk.clock.now()))
        else:
            with desk.vault.reading() as reading:
                desk.library = _library(reading, local_date(desk.clock.now()))
    return desk.library


def _library(tx: Reading, today: date) -> Library:
    """Pictures of this vault first; what a list tells of a picture that is here itself is left out."""
    ours = photos.fingerprints(tx)
    here = {(one.case, one.sha256) for one in ours}
    listed = (
        one
        for pack in packs.in_force_of_kind(tx, FINGERPRINTS, today)
        for one in photolist.parse(pack.body)
        if (one.case, one.sha256) not in here
    )
    return Library(
        itertools.chain(
            ((one.photo, one.sha256, decode_fingerprint(one.data)) for one in ours),
            ((_listed_id(one), one.sha256, decode_fingerprint(one.fingerprint)) for one in listed),
        )
    )


def _listed_id(one: ListedPhoto) -> str:
    return f"{_LISTED}{one.case}:{one.label}"


def check_list(content: bytes) -> None:
    """Whether head office's list of photos can be searched. Errors: PHOTO_LIST with the entry that is none."""
    for line, one in enumerate(photolist.parse(content), start=1):
        try:
            decode_fingerprint(one.fingerprint)
        except ValueError as error:
            raise Fault(Code.PHOTO_LIST, line=line) from error


def lists_changed(desk: Desk, tx: Writing, name: str) -> None:
    """A list came: it is searched from the next picture on. Earlier versions of it are let go of, being large."""
    known = {one.name: one for one in packs.in_force_of_kind(tx, FINGERPRINTS, local_date(desk.clock.now()))}
    if name in known:
        packs.empty_before(tx, known[name])
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


@dataclass(frozen=True, slots=True)
class Again:
    """What a second search brought: the pairs that were looked at now, and what it meets on head office's lists."""

    compared: tuple[Compared, ...]
    listed: frozenset[str]


@allowed(Role.OFFICER)
def look_again(desk: Desk, record: PhotoRecord, cancelled: Cancelled = never) -> Again:
    """Search for a kept photo anew, and look closer at what it was never held against.

    Errors: WORKER_LIMIT, CANCELLED.
    """
    with desk.vault.reading() as tx:
        met = _elsewhere(desk, tx, record)
        done = photolooks.of_photo(tx, record.id)
        others = [photos.get(tx, PhotoId(one.photo_id)) for one in met if _needs_look(one)]
    known = [one for one in others if one.id not in done and (one.visit is None or one.visit != record.visit)]
    compared = _looked(desk, bare_view(desk, record), known, cancelled) if known else ()
    if compared:
        with desk.vault.writing() as tx:
            keep_looks(tx, record.id, compared)
    listed = (match for match in met if match.photo_id.startswith(_LISTED) and is_told(match))
    return Again(compared, frozenset(match.photo_id for match in listed))


def _elsewhere(desk: Desk, tx: Reading, record: PhotoRecord) -> tuple[Match, ...]:
    """What a kept photo meets: not itself, and not its own case on a list."""
    own = (record.id, f"{_LISTED}{record.case}:")
    found = library(desk, tx).search(record.sha256, decode_fingerprint(record.fingerprints))
    return tuple(match for match in found if not match.photo_id.startswith(own))


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
    likest = known[:MOST_LOOKS]
    views = []
    for record in likest:
        check(cancelled)
        views.append(bare_view(desk, record))
    looks = look_closer(view, views, desk.worker, cancelled)
    return tuple(Compared(record.id, look) for record, look in zip(likest, looks, strict=True))


@allowed(*EVERYONE)
def bare_view(desk: Desk, record: PhotoRecord) -> bytes:
    """The picture without what was laid over it, so that a cut or a blur hides no copy."""
    if record.layers is None and record.view is not None:
        return desk.vault.read_blob(record.view)
    return shown_with(desk, record, ()).view


def reused(desk: Desk, tx: Reading, record: PhotoRecord) -> tuple[Finding, ...]:
    """What is said of a kept photo that repeats others."""
    matches = _elsewhere(desk, tx, record)
    looks = photolooks.of_photo(tx, record.id) if matches else {}
    surest = sorted(matches, key=lambda match: not match.identical and match.photo_id not in looks)
    return reuse(surest, lambda match: _known(desk, tx, record, match, looks))


def _label(desk: Desk, record: PhotoRecord, other: PhotoRecord, case: CaseRecord) -> Sayable:
    """The other photo as a person knows it: its file, and its case where the role reaches that."""
    if other.case == record.case:
        return Verbatim(other.file_name)
    if not reaches(desk, case):
        return message(N_("a case of another officer"))
    return Verbatim(f"{case.number} {case.business or case.applicant} · {other.file_name}")


def _known(desk: Desk, tx: Reading, record: PhotoRecord, match: Match, looks: dict[PhotoId, PhotoLook]) -> KnownPhoto:
    if match.photo_id.startswith(_LISTED):
        label = match.photo_id.removeprefix(_LISTED).partition(":")[2]
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
