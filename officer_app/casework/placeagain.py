"""The same place on a later visit: pictures of one thing are laid upon one another, beside the window, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from officer_app.base.ids import PhotoId
from officer_app.base.progress import Cancelled, check, never
from officer_app.casework.cases import must_be_own
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.reuse import Compared, bare_view, keep_looks
from officer_app.evidence.derived import Look, Looked
from officer_app.evidence.looks import look_closer
from officer_app.evidence.placeagain import Earlier, place_again
from officer_app.evidence.shotlists import shipped_shots
from officer_app.evidence.verdicts import Finding, FindingCode, Verdict
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from officer_app.vault.photorecords import PhotoLook
from officer_app.vault.records import PhotoRecord

_MOST: Final = 3  # pictures of earlier visits, the newest first


def earlier_of(record: PhotoRecord, records: Iterable[PhotoRecord]) -> tuple[PhotoRecord, ...]:
    """The pictures of the same thing from earlier visits of the case, the newest first."""
    things = _things(record)
    found = [
        one
        for one in records
        if things & _things(one) and one.visit != record.visit and one.received < record.received
    ]
    return tuple(sorted(found, key=lambda one: one.received, reverse=True)[:_MOST])


def told_of(
    record: PhotoRecord, records: Iterable[PhotoRecord], looks: Mapping[PhotoId, PhotoLook]
) -> tuple[Finding, ...]:
    """Whether a picture shows the place of the earlier visits, as far as somebody looked."""
    earlier = tuple(Earlier(one.id, one.file_name, _look(looks.get(one.id))) for one in earlier_of(record, records))
    found = place_again(earlier)
    return () if found is None else (found,)


def waits(findings: Iterable[Finding]) -> bool:
    """Whether, by its findings, a picture was not held against the earlier visit's yet."""
    return any(one.code is FindingCode.PLACE_AGAIN and one.verdict is Verdict.CANNOT_TELL for one in findings)


@allowed(Role.OFFICER)
def hold_against(
    desk: Desk, record: PhotoRecord, earlier: Iterable[PhotoRecord], cancelled: Cancelled = never
) -> tuple[Compared, ...]:
    """Lay a picture upon those of earlier visits; writes nothing, so it may run in the free lane.

    Errors: WORKER_LIMIT, CANCELLED, BLOB_MISSING, BLOB_BROKEN.
    """
    others, views = tuple(earlier), []
    for one in others:
        check(cancelled)
        views.append(bare_view(desk, one))
    looks = look_closer(bare_view(desk, record), views, desk.worker, cancelled) if views else ()
    return tuple(Compared(one.id, look) for one, look in zip(others, looks, strict=True))


@allowed(Role.OFFICER)
def keep_held(desk: Desk, record: PhotoRecord, compared: tuple[Compared, ...]) -> None:
    """Keep what was seen. Errors: NOT_ALLOWED."""
    with desk.vault.writing() as tx:
        must_be_own(desk, cases.get(tx, record.case))
        keep_looks(tx, record.id, compared)


def _things(record: PhotoRecord) -> frozenset[str]:
    """What a picture is of, among the things that stay where they are; one question may stand for several."""
    return _named(record.ref.rpartition("/")[2].partition("[")[0], "" if record.ref else record.shot)


@lru_cache(maxsize=256)
def _named(question: str, shot: str) -> frozenset[str]:
    """The names are few, and every picture of a case is asked about every other."""
    listed = (one for one in shipped_shots().shots if one.again)
    return frozenset(one.id for one in listed if question in one.questions or shot == one.id)


def _look(kept: PhotoLook | None) -> Look | None:
    if kept is None:
        return None
    region = kept.region if isinstance(kept.region, list) else []
    corners = tuple((0, 0) for _ in region)  # where it lies is shown by the look that is taken when two are compared
    return Look(Looked(kept.verdict), kept.carried, kept.alike, kept.mirrored, corners)
