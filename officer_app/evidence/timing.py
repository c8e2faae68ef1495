"""Is it a photo of that visit, and does its clock tell the truth?"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final

from officer_app.base.words import N_, message
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Thresholds, Verdict
from officer_app.evidence.visits import VisitContext


def visit_time(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    taken = tags.moment(context.zone)
    code = FindingCode.OUTSIDE_VISIT
    if taken is None:
        return Finding(code, Verdict.STOP, message(N_("The photo does not say when it was taken.")))
    shown = taken.astimezone(context.zone)
    if taken > context.received_at + thresholds.received_slack:
        return Finding(
            code,
            Verdict.STOP,
            message(
                N_("Taken at {taken:moment}, later than it was received ({received:moment})."),
                taken=shown,
                received=context.received_at.astimezone(context.zone),
            ),
        )
    if context.applied_at is not None and taken < context.applied_at:
        return Finding(
            code,
            Verdict.STOP,
            message(
                N_("Taken at {taken:moment}, before the application ({applied:moment})."),
                taken=shown,
                applied=context.applied_at.astimezone(context.zone),
            ),
        )
    return _within_visit(taken, context, thresholds)


def _within_visit(taken: datetime, context: VisitContext, thresholds: Thresholds) -> Finding:
    code, shown = FindingCode.OUTSIDE_VISIT, taken.astimezone(context.zone)
    start, end = context.visit_start, context.visit_end or context.received_at
    if start is None:
        return Finding(
            code,
            Verdict.CANNOT_TELL,
            message(N_("Taken at {taken:moment}; the visit has no time to compare with."), taken=shown),
        )
    if start - thresholds.visit_margin <= taken <= end + thresholds.visit_margin:
        return Finding(
            code, Verdict.PASS, message(N_("Taken at {taken:moment}: matches the time of the visit."), taken=shown)
        )
    days = {start.astimezone(context.zone).date(), end.astimezone(context.zone).date()}
    verdict = Verdict.LOOK_CLOSER if shown.date() in days else Verdict.STOP
    return Finding(
        code,
        verdict,
        message(
            N_("Taken at {taken:moment}: does not match the visit, which began at {start:moment}."),
            taken=shown,
            start=start.astimezone(context.zone),
        ),
    )


def laptop_clock(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    """Camera against laptop, for pictures that came straight from the camera: learnt from the others of that camera.

    A clock that is set wrong stays wrong by the same; one that jumps between shots was moved.
    """
    code, taken = FindingCode.LAPTOP_CLOCK, tags.moment(context.zone)
    if tags.taken_local is None or taken is None:
        return Finding(
            code, Verdict.CANNOT_TELL, message(N_("The photo does not say what its camera's clock showed."))
        )
    apart = taken - context.received_at
    if abs(apart) <= thresholds.laptop_pass:
        return Finding(code, Verdict.PASS, message(N_("The camera's clock matches the laptop's.")))
    minutes = int(abs(apart).total_seconds() // 60)
    if any(abs(other - apart) > thresholds.laptop_pass for other in _learnt(tags, context)):
        text, verdict = (
            N_("The camera's clock jumps: {minutes:count} minutes from the laptop's here, not so before."),
            _STOP,
        )
    else:
        text = N_("The camera's clock does not match the laptop's: {minutes:count} minutes apart.")
        verdict = Verdict.LOOK_CLOSER if abs(apart) <= thresholds.laptop_look else _STOP
    return Finding(code, verdict, message(text, minutes=minutes))


def _learnt(tags: Tags, context: VisitContext) -> list[timedelta]:
    """How far the same camera stood from the laptop in other pictures that came live."""
    found = []
    for shot in context.shots:
        then = shot.tags.moment(context.zone)
        same = (shot.tags.make, shot.tags.model, shot.tags.serial) == (tags.make, tags.model, tags.serial)
        if shot.live_at is not None and then is not None and shot.tags.taken_local is not None and same:
            found.append(then - shot.live_at)
    return found


_STOP: Final = Verdict.STOP
_QUARTER: Final = timedelta(minutes=15)


def clock_of_visit(tags: Tags, context: VisitContext, thresholds: Thresholds) -> Finding:
    return clocks(tags, thresholds, zone=context.zone)


def clocks(tags: Tags, thresholds: Thresholds, *, zone: tzinfo | None) -> Finding:
    """Camera against satellite. Where neither the camera nor a visit tells the zone, the likeliest is taken."""
    code, satellite = FindingCode.CLOCK_MISMATCH, tags.satellite_at
    if tags.taken_local is None or satellite is None:
        return Finding(
            code, Verdict.CANNOT_TELL, message(N_("No satellite time to hold the camera's clock against."))
        )
    camera = tags.moment(zone or _likeliest_zone(tags.taken_local, satellite))
    apart = abs(camera - satellite) if camera is not None else timedelta.max
    if apart <= thresholds.clock_pass:
        return Finding(code, Verdict.PASS, message(N_("The camera's clock matches the satellite time.")))
    verdict = Verdict.LOOK_CLOSER if apart <= thresholds.clock_look else Verdict.STOP
    return Finding(
        code,
        verdict,
        message(
            N_("The camera's clock does not match the satellite time: at least {minutes:count} minutes apart."),
            minutes=int(apart.total_seconds() // 60),
        ),
    )


def _likeliest_zone(local: datetime, satellite: datetime) -> timezone:
    """The quarter-hour zone between UTC-12 and UTC+14 that brings the two clocks closest."""
    ahead = local - satellite.replace(tzinfo=None)
    nearest = round(ahead / _QUARTER) * _QUARTER
    return timezone(min(max(nearest, timedelta(hours=-12)), timedelta(hours=14)))
