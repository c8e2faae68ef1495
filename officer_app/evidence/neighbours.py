"""One place for two borrowers: the shop of the one photographed for the other.

Stalls of one market lie a few metres apart and a phone goes on writing its last fix for some minutes, so nearness
asks for a look alone; what a phone does not do is find the very same coordinate again after a while.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from officer_app.base.words import N_, message
from officer_app.evidence.datum import Point, metres_between
from officer_app.evidence.places import is_possible, place_of
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Thresholds, Verdict
from officer_app.evidence.visits import Neighbour, VisitContext


def shared_place(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    """Whether another borrower was photographed at the very place of this photo."""
    code, here = FindingCode.SHARED_PLACE, place_of(tags)
    if here is None or not is_possible(here):
        return Finding(
            code,
            Verdict.CANNOT_TELL,
            message(N_("Without a place, no other borrower's place can be held against it.")),
        )
    met = nearest(here, tags.moment(context.zone), context.neighbours, thresholds)
    if met is None:
        return Finding(code, Verdict.PASS, message(N_("No other borrower was photographed at this place: matches.")))
    other, metres, verdict = met
    text = (
        N_("Exactly the coordinate of a photo of {case}, another borrower: does not match.")
        if verdict is Verdict.STOP
        else N_("{distance:metres} from a photo of {case}, another borrower: look whether these are two places.")
    )
    told = message(text, distance=metres, case=other.case)
    return Finding(code, verdict, told, other_photo=other.photo_id)


def nearest(
    here: Point, taken: datetime | None, neighbours: tuple[Neighbour, ...], thresholds: Thresholds
) -> tuple[Neighbour, Decimal, Verdict] | None:
    """The gravest picture of another borrower within reach, the nearest first: itself, metres, what to do."""
    met = []
    for one in neighbours:
        metres = metres_between(here, one.place).quantize(Decimal("0.1"))
        if metres <= thresholds.neighbour_m:
            met.append((not _found_again(here, taken, one, thresholds), metres, one))
    if not met:
        return None
    near, metres, one = min(met, key=lambda found: found[:2])
    return one, metres, Verdict.LOOK_CLOSER if near else Verdict.STOP


def _found_again(here: Point, taken: datetime | None, one: Neighbour, thresholds: Thresholds) -> bool:
    """The same coordinate to the last digit, so far apart in time that the phone must have looked anew."""
    same = here.wgs84() == one.place.wgs84()
    return same and taken is not None and one.taken is not None and abs(taken - one.taken) > thresholds.fixed
