"""The officer's day as whoever decides may see it: every file of that officer on this laptop, and what crosses files.

Read out of the sealed versions, the newest of each case. One place for two borrowers and one phone in the hands of
two officers show here, where the files of several officers lie beside one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from officer_app.base import canonical
from officer_app.base.canonical import Json
from officer_app.base.clock import CHINA, from_text, local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, PhotoId
from officer_app.base.words import N_, Bilingual, Sayable, Verbatim, message
from officer_app.casework import dossiers, facts
from officer_app.casework.days import OF_PLACE_AND_TIME, Day, Taken, Told, address, made
from officer_app.casework.desk import Desk
from officer_app.casework.judging import thresholds_of
from officer_app.casework.neighbours import is_of_a_place, strangers
from officer_app.casework.permissions import allowed
from officer_app.casework.review import Review
from officer_app.dossier import manifest as manifests
from officer_app.evidence.datum import Point
from officer_app.evidence.neighbours import nearest
from officer_app.evidence.places import is_possible
from officer_app.evidence.verdicts import Thresholds, Verdict
from officer_app.evidence.visits import Neighbour
from officer_app.plots.ground import Address, Window
from officer_app.trust.certificates import Role
from officer_app.vault import cases
from officer_app.vault import dossiers as kept
from officer_app.vault.records import CaseOrder, CaseQuery, DossierRecord

_MOST: Final = 300  # files looked at, those that moved last first
_ODD: Final = frozenset(code.value for code in OF_PLACE_AND_TIME)


@dataclass(frozen=True, slots=True)
class _Filed:
    """A picture of a sealed version, and whose it is."""

    taken: Taken
    question: str
    camera: tuple[str, str]
    officer: str
    officer_name: str


@dataclass(frozen=True, slots=True)
class _File:
    """What the newest sealed version of one case says of its pictures and visits."""

    case: CaseId
    pictures: tuple[_Filed, ...]
    windows: tuple[Window, ...]
    address: Address | None


@allowed(Role.MANAGER, Role.REVIEWER)
def day_of_review(desk: Desk, review: Review) -> Day | None:
    """The day on which most pictures of a file were taken, over every file of its officer; None where none tells.

    Errors: BLOB_MISSING, BLOB_BROKEN, DOSSIER_UNTRUSTED.
    """
    limits = thresholds_of(desk)
    files = {one.case: one for one in _files(desk, limits)}
    own = files.get(review.record.case) or _file(desk, review.record, limits)
    on = _day_of(own)
    if on is None:
        return None
    officer = review.manifest.officer.id
    of_day = [
        one.taken
        for file in {**files, own.case: own}.values()
        for one in file.pictures
        if one.officer == officer and one.taken.at is not None and local_date(one.taken.at) == on
    ]
    there = {one.case for one in of_day}
    shown = [file for file in {**files, own.case: own}.values() if file.case in there]
    windows = tuple(window for file in shown for window in file.windows if local_date(window.start) == on)
    addresses = tuple(file.address for file in shown if file.address is not None)
    words = N_("{name}, {on:date}: {count:count} pictures of {cases:count} cases")
    title = message(words, name=Verbatim(review.manifest.officer.name), on=on, count=len(of_day), cases=len(there))
    others = [one for case, file in files.items() if case != own.case for one in file.pictures]
    told = (*_shared_places(desk, own, others, limits), *_shared_phones(own, others, limits))
    return made(title, of_day, windows, addresses, limits, told)


def _files(desk: Desk, limits: Thresholds) -> tuple[_File, ...]:
    query = CaseQuery(order=CaseOrder.UPDATED, limit=_MOST)
    with desk.vault.reading() as tx:
        newest = [kept.of_case(tx, item.id)[-1:] for item in cases.find(tx, query).items]
    return tuple(_file(desk, record, limits) for records in newest for record in records)


def _file(desk: Desk, record: DossierRecord, limits: Thresholds) -> _File:
    manifest = manifests.parse(record.manifest)
    parts = {part.path: part.blob for part in record.parts}
    told = dossiers.tree_from_json(desk.vault.read_blob(parts[dossiers.FACTS]))
    known = _map(canonical.decode(desk.vault.read_blob(parts[dossiers.KNOWN]))) if dossiers.KNOWN in parts else {}
    name = Verbatim(_text(known, "business") or manifest.applicant)
    premises = facts.premises(told)
    entries = _maps(canonical.decode(desk.vault.read_blob(parts[dossiers.PHOTOS])))
    visits = [
        _map(canonical.decode(desk.vault.read_blob(blob)))
        for path, blob in parts.items()
        if path.startswith("answers/")
    ]
    return _File(
        record.case,
        tuple(
            _Filed(
                _taken(one, record.case, name, limits),
                _text(one, "question"),
                (_text(one, "device"), _text(one, "serial")),
                manifest.officer.id,
                manifest.officer.name,
            )
            for one in entries
        ),
        tuple(window for visit in visits for window in _window(visit, name)),
        None if premises is None else address(premises, name),
    )


def _taken(one: Mapping[str, Json], case: CaseId, words: Sayable, limits: Thresholds) -> Taken:
    shot = Bilingual(_text(one, "shot_en") or _text(one, "shot"), _text(one, "shot"))
    stopped = {
        _text(finding, "code")
        for finding in _maps(one.get("findings"))
        if _text(finding, "verdict") == Verdict.STOP.value
    }
    try:
        accuracy = _number(_text(one, "accuracy_m") or "0")
        lat, lon = _text(one, "lat"), _text(one, "lon")
        place = Point(_number(lat), _number(lon)) if lat and lon else None
        at = datetime.fromisoformat(_text(one, "taken_at")) if _text(one, "taken_at") else None
    except (ValueError, InvalidOperation) as error:
        raise Fault(Code.DOSSIER_UNTRUSTED, where=dossiers.PHOTOS) from error
    return Taken(
        PhotoId(_text(one, "id")),
        case,
        at.replace(tzinfo=CHINA) if at is not None and at.tzinfo is None else at,
        place if place is not None and is_possible(place) else None,
        min(max(accuracy, Decimal(0)), limits.accuracy_counted_m),
        message(N_("{shot} · {case}"), shot=shot, case=words),
        odd=bool(stopped & _ODD),
    )


def _number(text: str) -> Decimal:
    """Errors: ValueError, InvalidOperation for what is no number, or none that anything can be measured with."""
    found = Decimal(text)
    if not found.is_finite():
        raise ValueError(text)
    return found


def _window(visit: Mapping[str, Json], words: Sayable) -> Iterator[Window]:
    started, ended = _text(visit, "started"), _text(visit, "ended")
    try:
        if started and ended:
            yield Window(from_text(started), max(from_text(started), from_text(ended)), words)
    except ValueError as error:
        raise Fault(Code.DOSSIER_UNTRUSTED, where="answers") from error


def _day_of(file: _File) -> date | None:
    days = Counter(local_date(one.taken.at) for one in file.pictures if one.taken.at is not None)
    return max(days, key=lambda day: (days[day], day)) if days else None


# --- across files ---------------------------------------------------------------------------------------------------


def _shared_places(desk: Desk, own: _File, others: Iterable[_Filed], limits: Thresholds) -> Iterator[Told]:
    """One sentence for each other borrower whose pictures were taken at this one's place."""
    with desk.vault.reading() as tx:
        known = strangers(desk, tx, cases.get(tx, own.case), {one.taken.case for one in others})
    there = tuple(
        Neighbour(one.taken.photo, one.taken.place, one.taken.at, known[one.taken.case])
        for one in others
        if one.taken.case in known and one.taken.place is not None and is_of_a_place(one.question, "")
    )
    of = {one.taken.photo: one.taken.case for one in others}
    worst: dict[CaseId, tuple[Verdict, Neighbour, Decimal, PhotoId]] = {}
    for one in (one for one in own.pictures if is_of_a_place(one.question, "")):
        met = nearest(one.taken.place, one.taken.at, there, limits) if one.taken.place is not None else None
        if met is not None:
            other, metres, verdict = met
            case = of[PhotoId(other.photo_id)]
            if case not in worst or (verdict is Verdict.STOP and worst[case][0] is not Verdict.STOP):
                worst[case] = verdict, other, metres, one.taken.photo
    for verdict, other, metres, photo in worst.values():
        text = (
            N_("The very coordinate of a picture of {case}, another borrower: does not match.")
            if verdict is Verdict.STOP
            else N_("{far:metres} from a picture of {case}, another borrower: look whether these are two places.")
        )
        yield Told(verdict, message(text, case=other.case, far=metres), (photo, PhotoId(other.photo_id)))


def _shared_phones(own: _File, others: Iterable[_Filed], limits: Thresholds) -> Iterator[Told]:
    """One sentence for each officer who took pictures with the same phone, by its serial number, in the same week."""
    seen: set[str] = set()
    mine = [one for one in own.pictures if one.camera[1]]
    for other in others:
        for one in mine:
            near = (
                one.taken.at is not None
                and other.taken.at is not None
                and abs(one.taken.at - other.taken.at) <= limits.shared_device
            )
            if one.camera == other.camera and one.officer != other.officer and near and other.officer not in seen:
                seen.add(other.officer)
                words = N_("{name} took pictures with this very phone ({camera}) in the same week: does not match.")
                told = message(words, name=Verbatim(other.officer_name), camera=Verbatim(one.camera[0]))
                yield Told(Verdict.STOP, told, (one.taken.photo, other.taken.photo))


def _maps(value: Json) -> list[Mapping[str, Json]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _map(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _text(one: Mapping[str, Json], key: str) -> str:
    value = one.get(key)
    return value if isinstance(value, str) else ""
