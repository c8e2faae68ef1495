"""Two pictures that look alike, held against each other by a person: what may be shown, where they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from officer_app.base.ids import PhotoId
from officer_app.base.progress import Cancelled, never
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.photos import view
from officer_app.casework.reach import reaches
from officer_app.evidence.derived import Look
from officer_app.evidence.looks import look_closer
from officer_app.vault import cases, photos
from officer_app.vault.records import PhotoRecord


@dataclass(frozen=True, slots=True)
class Opposite:
    """The other picture. `shown` is False where the role does not reach its case: then nothing names it."""

    record: PhotoRecord | None
    case: str
    same_case: bool

    @property
    def shown(self) -> bool:
        """Whether the picture may be looked at here."""
        return self.record is not None


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the time line: what happened to a picture, and when."""

    at: datetime
    of_other: bool
    received: bool


@allowed(*EVERYONE)
def opposite(desk: Desk, photo: PhotoId, other: PhotoId) -> Opposite:
    """What may be seen of the picture that `photo` looks like.

    An officer sees pictures of the own cases; whose another one is stays with those who review. Errors:
    RECORD_MISSING.
    """
    with desk.vault.reading() as tx:
        ours, theirs = photos.get(tx, photo), photos.get(tx, other)
        case = cases.get(tx, theirs.case)
    if not reaches(desk, case):
        return Opposite(None, "", same_case=False)
    return Opposite(theirs, f"{case.number} {case.business or case.applicant}", ours.case == theirs.case)


@allowed(*EVERYONE)
def lay(desk: Desk, first: PhotoRecord, second: PhotoRecord, cancelled: Cancelled = never) -> Look:
    """Where the second picture lies in the first. Decodes in the child process; for the free lane.

    Errors: WORKER_LIMIT, CANCELLED, BLOB_MISSING, BLOB_BROKEN.
    """
    (seen,) = look_closer(view(desk, first), (view(desk, second),), desk.worker, cancelled)
    return seen


def time_line(first: PhotoRecord, second: PhotoRecord) -> tuple[Moment, ...]:
    """When each was taken, as its camera claims, and received here, oldest first."""
    moments = []
    for record, other in ((first, False), (second, True)):
        if record.taken is not None:
            moments.append(Moment(record.taken, other, received=False))
        moments.append(Moment(record.received, other, received=True))
    return tuple(sorted(moments, key=lambda one: one.at))
