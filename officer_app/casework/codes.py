"""The visit code: shown at the place, photographed there, read back, and counted place by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from officer_app.base.ids import VisitId
from officer_app.base.progress import Cancelled, never
from officer_app.base.words import N_, Sayable, message
from officer_app.casework.cases import must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.reuse import bare_view
from officer_app.credit.photolimits import CodeRule
from officer_app.evidence.findings import Verdict
from officer_app.evidence.shotlists import PLACES, PlaceOfShot
from officer_app.evidence.visitcode import CodeSeen, read_codes
from officer_app.trust.certificates import Role
from officer_app.vault import cases, photocodes
from officer_app.vault.records import PhotoRecord


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """Whether the pictures of one place of one visit show its code; `pictures` is how many there are."""

    visit: VisitId
    place: PlaceOfShot
    pictures: int
    showing: int
    verdict: Verdict
    sentence: Sayable


@allowed(Role.OFFICER)
def search_code(desk: Desk, record: PhotoRecord, cancelled: Cancelled = never) -> tuple[str, ...]:
    """The visit codes in a picture, also under a cut or a blur; writes nothing, so it may run in the free lane.

    Errors: PHOTO_BROKEN, WORKER_LIMIT, CANCELLED, BLOB_MISSING, BLOB_BROKEN.
    """
    return read_codes(bare_view(desk, record), desk.worker, record.file_name, cancelled)


@allowed(Role.OFFICER)
def keep_codes(desk: Desk, record: PhotoRecord, codes: tuple[str, ...]) -> None:
    """Keep what was read, once; a picture that was searched already stays as it was."""
    with desk.vault.writing() as tx:
        must_be_own(desk, cases.get(tx, record.case))
        if record.id not in photocodes.of_case(tx, record.case):
            photocodes.add(tx, record.id, codes)


def by_place(judged: Iterable[JudgedPhoto], rule: CodeRule) -> tuple[PlaceCode, ...]:
    """For each place of each visit that has pictures: do enough of them show the code, and soon enough?"""
    grouped: dict[tuple[VisitId, PlaceOfShot], list[JudgedPhoto]] = {}
    for photo in judged if rule.shown else ():
        if photo.record.visit is not None and photo.shot is not None:
            grouped.setdefault((photo.record.visit, photo.shot.place), []).append(photo)
    return tuple(_judged(visit, place, photos, rule) for (visit, place), photos in grouped.items())


def _judged(visit: VisitId, place: PlaceOfShot, photos: list[JudgedPhoto], rule: CodeRule) -> PlaceCode:
    with_code = [photo for photo in photos if photo.code is CodeSeen.THIS]
    showing = sum(_in_time(photo, rule) for photo in with_code)
    searched = [photo for photo in photos if photo.code is not None]
    where = PLACES[place]
    if showing >= rule.least:
        verdict, words = Verdict.PASS, N_("The visit code is in {showing:count} of {all:count} pictures of {where}.")
    elif len(searched) < len(photos):
        verdict, words = Verdict.CANNOT_TELL, N_("Not all pictures of {where} were searched for the visit code.")
    elif not with_code:
        verdict, words = Verdict.LOOK_CLOSER, N_("None of the {all:count} pictures of {where} shows the visit code.")
    elif showing < len(with_code):
        verdict, words = Verdict.LOOK_CLOSER, _LATE
    else:
        verdict, words = Verdict.LOOK_CLOSER, _TOO_FEW
    sentence = message(words, showing=showing, all=len(photos), where=where, least=rule.least, hours=rule.hours or 0)
    return PlaceCode(visit, place, len(photos), showing, verdict, sentence)


def _in_time(photo: JudgedPhoto, rule: CodeRule) -> bool:
    """A code that is shown long after the visit began may have been carried about."""
    if rule.hours is None or photo.begun is None:
        return True
    at = photo.record.taken or photo.record.received
    return at - photo.begun <= timedelta(hours=rule.hours)


_LATE: Final = N_(
    "The visit code is in pictures of {where} that were taken more than {hours:count} hours after the visit began."
)
_TOO_FEW: Final = N_("The visit code is in {showing:count} pictures of {where}; {least:count} are asked for.")


def raised(places: Iterable[PlaceCode]) -> tuple[PlaceCode, ...]:
    """The places where somebody has to look."""
    return tuple(one for one in places if one.verdict is Verdict.LOOK_CLOSER)
