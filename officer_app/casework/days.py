"""One visit, or an officer's whole day: where and when its pictures claim to be taken, and the ways between them.

Another case of that day is named only to those whom `reaches` lets know it; of the others a place and a time remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from officer_app.base.clock import begin_of_day, local_date
from officer_app.base.ids import CaseId, PhotoId
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.desk import Desk
from officer_app.casework.judging import thresholds_of
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.reach import reaches
from officer_app.casework.sightings import SHOTS, shot_of
from officer_app.evidence.datum import Point
from officer_app.evidence.places import is_possible
from officer_app.evidence.shotlists import shipped_shots
from officer_app.evidence.sources import source_of
from officer_app.evidence.spots import shipped_spots
from officer_app.evidence.tag_records import tags_from_json
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, FindingCode, Thresholds, Verdict, is_raised
from officer_app.evidence.ways import Sighting, Way, ways
from officer_app.plots.ground import Address, Ground, Jump, Leg, Spot, Window
from officer_app.vault import answers, cases, photos
from officer_app.vault.records import CaseRecord, PhotoRecord, VisitRecord

# What a picture can be wrong about that a map shows; the ways between the pictures are measured here.
OF_PLACE_AND_TIME: Final = frozenset(
    {
        FindingCode.OUTSIDE_VISIT,
        FindingCode.FAR_FROM_PREMISES,
        FindingCode.IMPOSSIBLE_POSITION,
        FindingCode.SHARED_PLACE,
    }
)
_ACROSS: Final = OF_PLACE_AND_TIME | {FindingCode.DEVICE_UNKNOWN, FindingCode.REPEATED_POSITION}
_ADDRESS: Final = N_("Address")
_NO_NAME: Final = message(N_("a case of another officer"))


@dataclass(frozen=True, slots=True)
class Taken:
    """One picture as a map knows it; `words` say what it shows and of which case, as far as the viewer may know."""

    photo: PhotoId
    case: CaseId
    at: datetime | None
    place: Point | None
    accuracy_m: Decimal
    words: Sayable
    named: bool = True
    odd: bool = False
    jump: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line beneath the map: the picture by its number, and the way that led to it."""

    number: int
    taken: Taken
    way: Way | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether the picture fits where and when it was taken."""
        if self.taken.odd or (self.way is not None and self.way.verdict is Verdict.STOP):
            return Verdict.STOP
        return Verdict.CANNOT_TELL if self.taken.place is None else Verdict.PASS


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence on the whole: it matches, it does not match, or nobody can tell."""

    verdict: Verdict
    sentence: Sayable
    photos: tuple[PhotoId, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A map with its lines; `untimed` counts the pictures that do not say when they were taken."""

    title: Sayable
    ground: Ground
    entries: tuple[Entry, ...]
    told: tuple[Told, ...]
    untimed: int = 0


@allowed(*EVERYONE)
def day_of_visit(desk: Desk, visit: VisitRecord, judged: Sequence[JudgedPhoto], premises: Point | None = None) -> Day:
    """The pictures of one visit. `judged` is what the rules say of the case's pictures now."""
    with desk.vault.reading() as tx:
        records = photos.of_visit(tx, visit.id)
    found = [taken(record, thresholds_of(desk), _about(record), judged) for record in records]
    windows = (_window(visit, records, message(N_("Visit")), named=True),)
    addresses = () if premises is None else (address(premises, message(_ADDRESS)),)
    title = message(N_("Visit of {on:date}"), on=local_date(visit.started))
    own = {record.id for record in records}
    return made(title, found, windows, addresses, thresholds_of(desk), _raised(judged, own))


@allowed(*EVERYONE)
def day_of_officer(desk: Desk, on: date, judged: Sequence[JudgedPhoto] = (), premises: Point | None = None) -> Day:
    """Everything the signed-in officer photographed on a day (China's), in every case."""
    start, end = begin_of_day(on), begin_of_day(on + timedelta(days=1)) - timedelta(microseconds=1)
    limits = thresholds_of(desk)
    with desk.vault.reading() as tx:
        records = photos.of_officer_on(tx, desk.user.id, start, end)
        of_day = {one: cases.get(tx, one) for one in dict.fromkeys(record.case for record in records)}
        visits = [visit for one in of_day for visit in answers.visits(tx, one)]
    named = {one: reaches(desk, case) for one, case in of_day.items()}
    words = {one: _short(case, named) for one, case in of_day.items()}
    found = [
        replace(
            taken(record, limits, _of_case(record, words[record.case], named=named[record.case]), judged),
            named=named[record.case],
        )
        for record in records
    ]
    seen = {record.visit for record in records}
    windows = tuple(
        _window(
            visit,
            [one for one in records if one.visit == visit.id],
            _short(of_day[visit.case], named),
            named=named[visit.case],
        )
        for visit in visits
        if visit.id in seen
    )
    addresses = () if premises is None else (address(premises, message(_ADDRESS)),)
    title = message(
        N_("{on:date}: {count:count} pictures of {cases:count} cases"), on=on, count=len(records), cases=len(of_day)
    )
    own = {record.id for record in records}
    return made(title, found, windows, addresses, limits, _raised(judged, own))


@allowed(*EVERYONE)
def days_of_officer(desk: Desk) -> tuple[date, ...]:
    """The days on which the signed-in officer took pictures, oldest first."""
    with desk.vault.reading() as tx:
        return tuple(dict.fromkeys(local_date(moment) for moment in photos.moments_of(tx, desk.user.id)))


# --- what a map is made of ------------------------------------------------------------------------------------------


def taken(record: PhotoRecord, limits: Thresholds, words: Sayable, judged: Sequence[JudgedPhoto] = ()) -> Taken:
    """A kept picture on the map."""
    tags = tags_from_json(record.tags)
    place = None if record.lat is None or record.lon is None else Point(record.lat, record.lon)
    return Taken(
        record.id,
        record.case,
        record.taken,
        place if place is not None and is_possible(place) else None,
        min(tags.accuracy_m or Decimal(0), limits.accuracy_counted_m),
        words,
        odd=any(photo.record.id == record.id and _is_odd(photo.findings) for photo in judged),
        jump=_jump(tags, record, limits),
    )


def made(
    title: Sayable,
    found: Iterable[Taken],
    windows: tuple[Window, ...],
    addresses: tuple[Address, ...],
    limits: Thresholds,
    raised: Iterable[Told] = (),
) -> Day:
    """Number the pictures by time, measure the ways, and say what comes of it."""
    every = tuple(found)
    timed = sorted(((one.at, one) for one in every if one.at is not None), key=lambda pair: (pair[0], pair[1].photo))
    measured = ways([Sighting(one.photo, at, one.place) for at, one in timed], limits)
    led = {way.end: way for way in measured}
    entries = tuple(Entry(number, one, led.get(one.photo)) for number, (_, one) in enumerate(timed, start=1))
    numbers = {entry.taken.photo: entry.number for entry in entries}
    legs = tuple(
        Leg(
            numbers[PhotoId(way.start)],
            numbers[PhotoId(way.end)],
            float(way.metres),
            float(way.kmh),
            way.verdict is Verdict.STOP,
        )
        for way in measured
    )
    jumps = tuple(
        Jump(entry.number, entry.taken.at, round(entry.taken.jump.total_seconds() / 60))
        for entry in entries
        if entry.taken.jump is not None and entry.taken.at is not None
    )
    spots = tuple(spot for entry in entries for spot in _spot(entry))
    ground = Ground(spots, legs, addresses, windows, jumps, float(limits.distance_pass_m))
    told = (*_of_ways(measured, entries), *_of_jumps(jumps, entries), *raised)
    return Day(title, ground, entries, told, len(every) - len(timed))


def address(place: Point, words: Sayable) -> Address:
    """Where premises are said to be, as the map takes it."""
    on_earth = place.wgs84()
    return Address(float(on_earth.lat), float(on_earth.lon), words)


def shot_words(ref: str, shot: str, file_name: str) -> Sayable:
    """What a picture shows, by its question or its frame."""
    name = shot_of(ref) if ref else shot
    listed = next((one for one in shipped_shots().shots if name in (one.id, *one.questions)), None)
    found = listed or shipped_spots().shot(name)
    if found is not None:
        return found.label
    return message(SHOTS[name]) if name in SHOTS else Verbatim(name or file_name)


def _spot(entry: Entry) -> Iterator[Spot]:
    one = entry.taken
    if one.at is not None:
        place = one.place
        yield Spot(
            entry.number,
            one.at,
            None if place is None else float(place.lat),
            None if place is None else float(place.lon),
            float(one.accuracy_m),
            one.named,
            entry.verdict is Verdict.STOP,
            str(one.photo) if one.named else "",
        )


def _about(record: PhotoRecord) -> Sayable:
    return shot_words(record.ref, record.shot, record.file_name)


def _of_case(record: PhotoRecord, case: Sayable, *, named: bool) -> Sayable:
    if not named:
        return case
    return message(N_("{shot} · {case}"), shot=_about(record), case=case)


def _short(case: CaseRecord, named: Mapping[CaseId, bool]) -> Sayable:
    return Verbatim(case.business or case.applicant) if named[case.id] else _NO_NAME


def _window(visit: VisitRecord, records: Sequence[PhotoRecord], words: Sayable, *, named: bool) -> Window:
    """A visit that is not ended yet lasts until its last picture was taken in."""
    last = max((record.received for record in records), default=visit.started)
    return Window(visit.started, max(visit.ended or last, visit.started), words, named)


def _is_odd(findings: Iterable[Finding]) -> bool:
    return any(one.verdict is Verdict.STOP and one.code in OF_PLACE_AND_TIME for one in findings)


def _raised(judged: Sequence[JudgedPhoto], shown: set[PhotoId]) -> Iterator[Told]:
    """What the rules say of the pictures besides their ways, each sentence once."""
    seen: set[tuple[FindingCode, str]] = set()
    for photo in judged:
        for one in photo.findings:
            key = one.code, one.sentence.text
            fresh = one.code in _ACROSS and is_raised(one) and key not in seen
            if photo.record.id in shown and fresh:
                seen.add(key)
                yield Told(one.verdict, one.sentence, (photo.record.id,))


def _jump(tags: Tags, record: PhotoRecord, limits: Thresholds) -> timedelta | None:
    """How far the camera's clock stands ahead of the satellite's, else, for a live picture, of the laptop's."""
    camera = tags.moment() if tags.taken_local is not None else None
    if camera is None:
        return None
    if tags.satellite_at is not None:
        apart = camera - tags.satellite_at
        return apart if abs(apart) > limits.clock_pass else None
    apart = camera - record.received
    return apart if source_of(record.source).is_live and abs(apart) > limits.laptop_pass else None


def _of_ways(measured: Sequence[Way], entries: Sequence[Entry]) -> Iterator[Told]:
    numbers = {entry.taken.photo: entry.number for entry in entries}
    odd = [way for way in measured if way.verdict is Verdict.STOP]
    for way in odd:
        words = N_("Pictures {start:count} and {end:count}: {far:metres} in {minutes:count} min: does not match.")
        pair = PhotoId(way.start), PhotoId(way.end)
        start, end = (numbers[one] for one in pair)
        sentence = message(words, start=start, end=end, far=way.metres, minutes=way.seconds // 60)
        yield Told(Verdict.STOP, sentence, pair)
    if not measured:
        yield Told(Verdict.CANNOT_TELL, message(N_("Fewer than two pictures tell a place: the way cannot be told.")))
    elif not odd:
        yield Told(Verdict.PASS, message(N_("The ways between the pictures match their times.")))


def _of_jumps(jumps: Sequence[Jump], entries: Sequence[Entry]) -> Iterator[Told]:
    if not jumps:
        return
    photos_of = {entry.number: entry.taken.photo for entry in entries}
    words = N_("Camera clock and another clock differ by up to {minutes:count} min in {count:count} of the pictures.")
    sentence = message(words, count=len(jumps), minutes=max(abs(jump.minutes) for jump in jumps))
    yield Told(Verdict.LOOK_CLOSER, sentence, tuple(photos_of[jump.number] for jump in jumps))
