"""Sittings at a checklist: logged while they last, exported flat, and read for signs of a visit that was not made."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Final

from officer_app.base.ids import CaseId, VisitId
from officer_app.casework.desk import Desk
from officer_app.casework.merging import overlay
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.visits import Visit
from officer_app.checklists.visitlog import Event, LogEntry, VisitLog, to_csv
from officer_app.credit.nodes import FactTree
from officer_app.trust.certificates import Role
from officer_app.vault import answers, visitlog
from officer_app.vault.records import VisitEvent

_FASTEST: Final = Decimal(999)


def sit_down(desk: Desk, visit: Visit, *, fresh: bool) -> None:
    """Begin a sitting: from here on, what happens on the checklist is logged. Touches memory alone."""
    visit.log = VisitLog(desk.clock.now(), desk.clock.elapsed, Event.START if fresh else Event.RESUME)


@allowed(Role.OFFICER)
def keep(desk: Desk, visit: VisitId, began: datetime, entries: Sequence[LogEntry]) -> None:
    """Make events durable that no answer carried along, such as the end of a sitting."""
    with desk.vault.writing() as tx:
        visitlog.append(tx, visit, began, entries)


def finish(desk: Desk, visit: Visit, event: Event) -> None:
    """Note the end of a sitting, or of the visit, and make everything durable that still waits."""
    if visit.log is not None:
        visit.log.left()
        visit.log.happened(event)
        keep(desk, visit.record.id, visit.log.began, visit.log.take())


@allowed(*EVERYONE)
def milliseconds_before(desk: Desk, visit: VisitId, began: datetime) -> int:
    """How long a visit's sittings before the one that began at `began` lasted, together."""
    with desk.vault.reading() as tx:
        kept = visitlog.sittings(tx, visit)
    return sum(
        max((max(entry.start, entry.end) for entry in sitting.entries), default=0)
        for sitting in kept
        if sitting.began != began
    )


@allowed(*EVERYONE)
def exported(desk: Desk, visit: VisitId) -> bytes:
    """A visit's log as ODK's `audit.csv`; empty where there is none."""
    with desk.vault.reading() as tx:
        kept = visitlog.sittings(tx, visit)
    return to_csv(kept) if kept else b""


def with_pace(desk: Desk, case_id: CaseId, told: FactTree, judged: Iterable[JudgedPhoto]) -> FactTree:
    """The facts with how the checklist was filled; without them where nobody sat at it."""
    with desk.vault.reading() as tx:
        events = [event for visit in answers.visits(tx, case_id) for event in visitlog.of_visit(tx, visit.id)]
    found = pace(events, sorted(at for photo in judged if (at := photo.tags.moment()) is not None))
    rest = {name: node for name, node in told.items() if name != "visit_pace"}
    return overlay(rest, {"visit_pace": found}) if found else rest


def pace(events: Sequence[VisitEvent], pictures: Sequence[datetime]) -> Mapping[str, str]:
    """The facts of `visit_pace`: seconds and reading speed are judged on the first answer to each question."""
    typed = from_paper(events)
    paper = {"from_paper": str(typed.answers)} if typed is not None else {}
    first = tuple(_first_answers(events))
    if not first:
        return paper
    seconds = [Decimal(spent) / 1000 for _event, spent in first]
    found = paper | {"answers": str(len(first)), "seconds_per_answer": _text(sum(seconds, Decimal(0)) / len(first))}
    speeds = [_speed(event.shown, spent) for (event, _), spent in zip(first, seconds, strict=True) if event.shown]
    if speeds:
        found["characters_per_second"] = _text(median(speeds))
    if pictures:
        found["minutes_from_pictures"] = _text(median(_minutes(event, pictures) for event, _ in first))
    return found


@dataclass(frozen=True, slots=True)
class FromPaper:
    """How many questions got their answer from the paper field sheet, and when that was last typed in."""

    answers: int
    at: datetime


def from_paper(events: Iterable[VisitEvent]) -> FromPaper | None:
    """What was entered later from paper; None where nothing was. The time is the wall clock's claim."""
    typed = [event for event, paper in _with_paper(events) if paper and _answers(event)]
    if not typed:
        return None
    last = max(event.sitting + timedelta(milliseconds=event.end) for event in typed)
    return FromPaper(len({(event.visit, event.ref) for event in typed}), last)


@allowed(*EVERYONE)
def paper_of_visit(desk: Desk, visit: VisitId) -> FromPaper | None:
    """What of a visit was entered later from paper."""
    with desk.vault.reading() as tx:
        return from_paper(visitlog.of_visit(tx, visit))


def _with_paper(events: Iterable[VisitEvent]) -> Iterator[tuple[VisitEvent, bool]]:
    """Each event, and whether it was entered from paper; a sitting begins without."""
    sitting, paper = None, False
    for event in events:
        if event.sitting != sitting:
            sitting, paper = event.sitting, False
        if event.event in (Event.PAPER, Event.PAPER_END):
            paper = event.event == Event.PAPER
        yield event, paper


def _answers(event: VisitEvent) -> bool:
    return event.event == Event.QUESTION and event.old != event.new


def _first_answers(events: Iterable[VisitEvent]) -> Iterator[tuple[VisitEvent, int]]:
    """Each question's first answer, with the milliseconds somebody stood on the question until then.

    What was copied from paper says nothing of how it was asked: it is done, and not judged.
    """
    stood: dict[tuple[str, str], int] = {}
    done: set[tuple[str, str]] = set()
    for event, paper in _with_paper(events):
        place = (event.visit, event.ref)
        if event.event != Event.QUESTION or place in done:
            continue
        if paper:
            done |= {place} if _answers(event) else set()
            continue
        stood[place] = stood.get(place, 0) + event.end - event.start
        # A change that took no time was made elsewhere: by a calculation, a table, a proposal taken.
        if event.old != event.new and stood[place]:
            done.add(place)
            yield event, stood[place]


def _speed(shown: int, seconds: Decimal) -> Decimal:
    return min(_FASTEST, shown / seconds) if seconds else _FASTEST


def _minutes(event: VisitEvent, pictures: Sequence[datetime]) -> Decimal:
    at = event.sitting + timedelta(milliseconds=event.end)
    place = bisect(pictures, at)
    near = pictures[max(0, place - 1) : place + 1]
    return min(Decimal(int(abs(at - picture).total_seconds())) / 60 for picture in near)


def _text(value: Decimal) -> str:
    return f"{value:.1f}"
