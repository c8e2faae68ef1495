"""Is it a photo of those premises, and can its places be?"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from officer_app.base.words import N_, message
from officer_app.evidence.datum import Datum, Point, metres_between
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Thresholds, Verdict
from officer_app.evidence.visits import Shot, VisitContext


def place_of(tags: Tags) -> Point | None:
    if tags.lat is None or tags.lon is None:
        return None
    return Point(tags.lat, tags.lon, tags.datum or Datum.WGS84)


def is_possible(place: Point) -> bool:
    return abs(place.lat) <= 90 and abs(place.lon) <= 180 and not (place.lat == 0 and place.lon == 0)


def position_rule(tags: Tags, _context: VisitContext, _thresholds: Thresholds) -> Finding:
    return position(tags)


def position(tags: Tags) -> Finding:
    code, place = FindingCode.IMPOSSIBLE_POSITION, place_of(tags)
    if place is None:
        return Finding(code, Verdict.CANNOT_TELL, message(N_("The photo does not say where it was taken.")))
    if is_possible(place):
        return Finding(code, Verdict.PASS, message(N_("The photo says where it was taken.")))
    return Finding(
        code,
        Verdict.STOP,
        message(
            N_("The photo claims a place that cannot be: {lat}, {lon}."),
            lat=str(place.lat.normalize()),
            lon=str(place.lon.normalize()),
        ),
    )


def distance(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    code, place = FindingCode.FAR_FROM_PREMISES, place_of(tags)
    if place is None or not is_possible(place):
        return Finding(code, Verdict.CANNOT_TELL, message(N_("Without a place the distance cannot be told.")))
    if context.premises is None:
        return Finding(
            code, Verdict.CANNOT_TELL, message(N_("The premises have no point on the map to compare with."))
        )
    metres = metres_between(place, context.premises).quantize(Decimal("0.1"))
    # A phone that admits kilometres of doubt must not pass because of it.
    doubt = min(tags.accuracy_m or Decimal(0), thresholds.accuracy_counted_m)
    if metres <= thresholds.distance_pass_m + doubt:
        text, verdict = N_("Taken {distance:metres} from the premises: matches."), Verdict.PASS
    else:
        text = N_("Taken {distance:metres} from the premises: does not match.")
        verdict = Verdict.LOOK_CLOSER if metres <= thresholds.distance_look_m else Verdict.STOP
    return Finding(code, verdict, message(text, distance=metres), metres=metres)


def speed(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    code = FindingCode.IMPOSSIBLE_SPEED
    here, now = place_of(tags), tags.moment(context.zone)
    steps = [] if here is None or now is None else _steps(here, now, context, thresholds)
    if not steps:
        return Finding(code, Verdict.CANNOT_TELL, message(N_("No other shot to measure the way from.")))
    kmh, metres, seconds, shot = max(steps, key=lambda step: step[:3])
    if kmh <= thresholds.speed_kmh:
        return Finding(code, Verdict.PASS, message(N_("The way between the shots matches their times.")))
    told = message(
        N_("{distance:metres} from another shot taken {seconds:count} seconds apart: the way does not match.")
        if shot.case is None
        else N_(
            "{distance:metres} from a shot of {case} taken {minutes:count} minutes apart: the way does not match."
        ),
        distance=metres,
        seconds=seconds,
        minutes=seconds // 60,
        case=shot.case,
    )
    return Finding(code, Verdict.STOP, told, other_photo=shot.photo_id, metres=metres)


def _steps(
    here: Point, now: datetime, context: VisitContext, thresholds: Thresholds
) -> list[tuple[Decimal, Decimal, int, Shot]]:
    """To each other shot: km/h beyond what a phone's place jumps, metres, seconds, and the shot."""
    found = []
    if not is_possible(here):
        return []
    for shot in (*context.shots, *context.elsewhere):
        there, then = place_of(shot.tags), shot.tags.moment(context.zone)
        if there is None or then is None or not is_possible(there):
            continue
        metres = metres_between(here, there).quantize(Decimal("0.1"))
        seconds = abs(int((now - then).total_seconds()))
        found.append((speed_of(metres, seconds, thresholds), metres, seconds, shot))
    return found


def speed_of(metres: Decimal, seconds: int, thresholds: Thresholds) -> Decimal:
    """Kilometres an hour over a way, less what a phone's place jumps by itself; within a second counts as one."""
    way = max(Decimal(0), metres - thresholds.speed_slack_m)
    return way / max(seconds, 1) * Decimal("3.6")


def repeated(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    """Every shot of a visit at one coordinate, to the last digit: phones do not stand so still."""
    code, here = FindingCode.REPEATED_POSITION, place_of(tags)
    placed = [shot for shot in context.shots if place_of(shot.tags) is not None]
    if here is None:
        return Finding(code, Verdict.CANNOT_TELL, message(N_("Without a place, shots cannot be told apart by it.")))
    count = 1 + len(placed)
    if count < thresholds.repeated_positions or any(place_of(shot.tags) != here for shot in placed):
        return Finding(code, Verdict.PASS, message(N_("The shots' places differ as they should.")))
    verdict = Verdict.LOOK_CLOSER if tags.accuracy_m else Verdict.STOP
    return Finding(
        code,
        verdict,
        message(N_("All {count:count} shots claim exactly the same coordinate."), count=count),
        other_photo=placed[0].photo_id,
    )
