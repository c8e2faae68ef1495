"""What a watermark claims, held against the visit, the picture's own tags and the premises. Pure.

A claim that fits is said to match and proves nothing. Camera apps print places in one of two systems and do not say
in which: the nearer reading counts, so that an honest picture is not blamed for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.evidence.datum import Datum, Point, metres_between
from officer_app.evidence.places import is_possible, place_of
from officer_app.evidence.reading.watermark import Watermark
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Thresholds, Verdict, worst
from officer_app.evidence.visits import VisitContext

_MINUTE: Final = timedelta(minutes=1)  # most print no seconds
_DIVISION: Final = re.compile(r"([㐀-鿿]{2,7}?)(省|自治区|市|区|县|旗|街道|镇|乡|村|路|街|巷|大道)")


def judge_watermark(
    told: Watermark, tags: Tags, context: VisitContext, thresholds: Thresholds, address: str = ""
) -> tuple[Finding, ...]:
    """One finding on its time and one on its place; nothing is said of what it does not claim."""
    found = []
    if told.day is not None:
        found.append(_time(told, tags, context, thresholds))
    if told.lat is not None or told.place:
        found.append(_place(told, tags, context, thresholds, address))
    return tuple(found)


# --- time ------------------------------------------------------------------------------------------


def _time(told: Watermark, tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    """The graver of the two: against the camera's own time, and against the visit."""
    both = [_beside_tags(told, tags, context, thresholds), _beside_visit(told, context, thresholds)]
    gravest = worst(both)
    return next(one for one in both if one.verdict is gravest) if gravest is not Verdict.CANNOT_TELL else _told(both)


def _told(both: list[Finding]) -> Finding:
    """One of the two matches and the other cannot tell: what matches is said."""
    return next((one for one in both if one.verdict is Verdict.PASS), both[-1])


def _beside_tags(told: Watermark, tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    code, taken = FindingCode.WATERMARK_TIME, tags.moment(context.zone)
    if taken is None or told.hour is None or told.day is None:
        return Finding(
            code, Verdict.CANNOT_TELL, message(N_("The watermark's time has no time of the camera beside it."))
        )
    shown = taken.astimezone(context.zone)
    apart = abs(datetime.combine(told.day, told.hour, context.zone) - shown)
    if apart <= thresholds.watermark_pass + _MINUTE:
        words = N_("Watermark {told}: matches the camera's time.")
        return Finding(code, Verdict.PASS, message(words, told=_clock(told)))
    verdict = Verdict.LOOK_CLOSER if apart <= thresholds.watermark_look + _MINUTE else Verdict.STOP
    words = N_("Watermark {told}: does not match the camera's time, {taken:moment}.")
    return Finding(code, verdict, message(words, told=_clock(told), taken=shown))


def _beside_visit(told: Watermark, context: VisitContext, thresholds: Thresholds) -> Finding:
    code, start = FindingCode.WATERMARK_TIME, context.visit_start
    if start is None or told.day is None:
        words = N_("Watermark {told}: there is no visit to compare it with.")
        return Finding(code, Verdict.CANNOT_TELL, message(words, told=_clock(told)))
    begun, over = start.astimezone(context.zone), (context.visit_end or context.received_at).astimezone(context.zone)
    same_day = begun.date() <= told.day <= over.date()
    words = N_("Watermark {told}: does not match the visit, which began at {start:moment}.")
    wrong = message(words, told=_clock(told), start=begun)
    if told.hour is None or not same_day:
        fits = message(N_("Watermark {told}: matches the day of the visit."), told=_clock(told))
        return Finding(code, Verdict.PASS, fits) if same_day else Finding(code, Verdict.STOP, wrong)
    at = datetime.combine(told.day, told.hour, context.zone)
    margin = thresholds.visit_margin + _MINUTE
    if begun - margin <= at <= over + margin:
        fits = message(N_("Watermark {told}: matches the time of the visit."), told=_clock(told))
        return Finding(code, Verdict.PASS, fits)
    return Finding(code, Verdict.LOOK_CLOSER, wrong)


def _clock(told: Watermark) -> Sayable:
    day = told.day.isoformat() if told.day is not None else ""
    return Verbatim(f"{day} {told.hour:%H:%M}" if told.hour is not None else day)


# --- place -----------------------------------------------------------------------------------------


def _place(told: Watermark, tags: Tags, context: VisitContext, thresholds: Thresholds, address: str) -> Finding:
    """Coordinates against the premises, else against the picture's own; a name against the address as answered."""
    if told.lat is not None and told.lon is not None:
        by_point = _by_point(told.lat, told.lon, tags, context, thresholds)
        if by_point is not None:
            return by_point
    return _by_name(told.place, address)


def _by_point(
    lat: Decimal, lon: Decimal, tags: Tags, context: VisitContext, thresholds: Thresholds
) -> Finding | None:
    claimed, own = Point(lat, lon, Datum.WGS84), place_of(tags)
    if not is_possible(claimed):
        return None
    if context.premises is not None:
        fits = N_("Watermark: {distance:metres} from the premises: matches.")
        apart = N_("Watermark: {distance:metres} from the premises: does not match.")
        return _distance(claimed, context.premises, thresholds, fits, apart)
    if own is not None and is_possible(own):
        fits = N_("Watermark: {distance:metres} from the picture's own place: matches.")
        apart = N_("Watermark: {distance:metres} from the picture's own place: does not match.")
        return _distance(claimed, own, thresholds, fits, apart)
    return None


def _distance(claimed: Point, there: Point, thresholds: Thresholds, fits: str, apart: str) -> Finding:
    readings = (claimed, replace(claimed, datum=Datum.GCJ02))
    metres = min(metres_between(one, there) for one in readings).quantize(Decimal("0.1"))
    if metres <= thresholds.distance_pass_m:
        text, verdict = fits, Verdict.PASS
    else:
        text = apart
        verdict = Verdict.LOOK_CLOSER if metres <= thresholds.distance_look_m else Verdict.STOP
    # No metres go along: they would stand for the distance of the picture's own tags.
    return Finding(FindingCode.WATERMARK_PLACE, verdict, message(text, distance=metres))


def _by_name(place: str, address: str) -> Finding:
    """Names of one rank that differ do not match; a road or village in common matches; else nobody can tell.

    A name alone never stops a file: towns have several names, and maps have old ones.
    """
    code, ours, theirs = FindingCode.WATERMARK_PLACE, _divisions(address), _divisions(place)
    shared = [rank for rank in theirs if rank in ours]
    differing = next((rank for rank in shared if not _alike(ours[rank], theirs[rank])), None)
    if differing is not None:
        words = N_("Watermark “{place}”: does not match the address “{address}”.")
        return Finding(code, Verdict.LOOK_CLOSER, message(words, place=Verbatim(place), address=Verbatim(address)))
    if any(rank in _NARROW for rank in shared):
        words = N_("Watermark “{place}”: matches the address.")
        return Finding(code, Verdict.PASS, message(words, place=Verbatim(place)))
    words = N_("The watermark's place cannot be told apart from other places, or has nothing to be compared with.")
    return Finding(code, Verdict.CANNOT_TELL, message(words))


_NARROW: Final = frozenset({"街道", "镇", "乡", "村", "路", "街", "巷", "大道"})


def _divisions(text: str) -> dict[str, str]:
    """The names of each rank in an address, the first of its rank: {"市": "样例", "路": "桥头"}."""
    found: dict[str, str] = {}
    for name, rank in _DIVISION.findall(text):
        found.setdefault(rank, name)
    return found


def _alike(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)
