"""Who else was photographed where the pictures of a case were taken: the places of other borrowers, by role.

Left out is what is known to belong together: another file of the same person, of the household, of one licence, or
of one address that both files name. The screen of links tells of those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import cos, radians
from typing import Final

from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.desk import Desk
from officer_app.casework.reach import reaches
from officer_app.credit.links import LinkKind
from officer_app.evidence.datum import Point
from officer_app.evidence.shotlists import PlaceOfShot, shipped_shots
from officer_app.evidence.visits import Neighbour
from officer_app.vault import cases, links, photos
from officer_app.vault.records import CaseRecord, PersonLinkRecord, PhotoRecord
from officer_app.vault.transactions import Reading

_AROUND_M: Final = 60.0  # looked at; how near counts is the policy's
_METRES_PER_DEGREE: Final = 111_195.0
_GRID: Final = 4  # decimals of a degree: pictures of one shop share a box
_MOST_BOXES: Final = 60
_PLACE_OF_ALL: Final = frozenset({LinkKind.ADDRESS, LinkKind.LICENCE})
_HOUSEHOLD: Final = frozenset(
    {"borrower", "spouse", "co_borrower", "relative", "partner", "actual_user", "actual_controller"}
)


def neighbours_of(desk: Desk, tx: Reading, case: CaseRecord, records: Sequence[PhotoRecord]) -> tuple[Neighbour, ...]:
    """Pictures of other borrowers' premises and homes around those of a case."""
    boxes = sorted(
        {_box(float(one.lat), float(one.lon)) for one in records if one.lat is not None and one.lon is not None}
    )
    near = [one for one in photos.near(tx, boxes[:_MOST_BOXES], without=case.id) if is_of_a_place(one.ref, one.shot)]
    known = strangers(desk, tx, case, {one.case for one in near})
    return tuple(
        Neighbour(one.photo, Point(one.lat, one.lon), one.taken, known[one.case]) for one in near if one.case in known
    )


def strangers(desk: Desk, tx: Reading, case: CaseRecord, others: Collection[CaseId]) -> Mapping[CaseId, Sayable]:
    """Those of the other cases that are another borrower's and not known to belong to this one, by their names."""
    if not others:
        return {}
    belonging = _belonging(tx, case)
    records = {one: cases.get(tx, one) for one in others if one not in belonging}
    return {one: label(desk, record) for one, record in records.items() if not _is_same_person(case, record)}


def is_of_a_place(ref: str, shot: str) -> bool:
    """Whether a picture is one of the premises or of the home; what stands elsewhere may stand beside another's."""
    listed = shipped_shots()
    name = ref.rpartition("/")[2].partition("[")[0]
    found = listed.shot_of(name) if ref else next((one for one in listed.shots if one.id == shot), None)
    return found is None or found.place is not PlaceOfShot.ELSEWHERE


def label(desk: Desk, case: CaseRecord) -> Sayable:
    """Another case as far as this role may know it."""
    if not reaches(desk, case):
        return message(N_("a case of another officer"))
    return Verbatim(f"{case.number} {case.business or case.applicant}")


def _box(lat: float, lon: float) -> photos.Box:
    lat, lon = round(lat, _GRID), round(lon, _GRID)
    high = _AROUND_M / _METRES_PER_DEGREE
    wide = high / max(cos(radians(lat)), 0.01)
    return lat - high, lat + high, lon - wide, lon + wide


def _is_same_person(case: CaseRecord, other: CaseRecord) -> bool:
    """By the identity number; files without one are told apart by the name."""
    if case.resident_id and other.resident_id:
        return case.resident_id.strip().upper() == other.resident_id.strip().upper()
    return case.applicant.strip() == other.applicant.strip()


def _belonging(tx: Reading, case: CaseRecord) -> frozenset[CaseId]:
    own = links.of_case(tx, case.id)
    shared = links.elsewhere(tx, case.id, {link.number_hash for link in own})
    return frozenset(one.link.case for one in shared if _belongs(one.link, own))


def _belongs(theirs: PersonLinkRecord, own: Iterable[PersonLinkRecord]) -> bool:
    """One address, one licence, or one person of both households."""
    if theirs.kind in _PLACE_OF_ALL:
        return True
    ours = (link.role for link in own if link.number_hash == theirs.number_hash)
    return (
        theirs.kind == LinkKind.RESIDENT_ID and theirs.role in _HOUSEHOLD and any(role in _HOUSEHOLD for role in ours)
    )
