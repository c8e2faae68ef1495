"""From answers and pictures to the facts of a case.

Facts of several visits merge (`merging`): a later value stands over an earlier one, entries of a list by their key.
What was overwritten stays in the answers' history, and two values of one fact are a contradiction (`told_twice`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final, TypeAlias

from officer_app.base.canonical import Json
from officer_app.base.ids import CaseId, VisitId
from officer_app.base.words import CHINESE, ENGLISH, Bilingual, Sayable, say
from officer_app.casework.desk import Desk
from officer_app.casework.merging import overlay
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.visits import Visit, session_of
from officer_app.credit.reading import FactNode, FactTree
from officer_app.evidence.datum import Datum, Point
from officer_app.evidence.findings import photo_item
from officer_app.evidence.shotlists import PlaceOfShot
from officer_app.vault import answers
from officer_app.vault.records import ContradictionRecord, VisitRecord

# The facts of visits that are open in memory, which know more than the disk: visit -> its facts.
Live: TypeAlias = Mapping[VisitId, FactTree]
# The facts of each visit of a case, oldest first.
Told: TypeAlias = "tuple[tuple[VisitRecord, FactTree], ...]"
# Questions whose pictures need not be of the premises.
_ELSEWHERE: Final = frozenset({"shot_elsewhere", "shot_collateral", "shot_collateral_paper"})
NOTHING_LIVE: Final[Live] = MappingProxyType({})


def live(visit: Visit | None) -> Live:
    """The facts of an open visit and of those before it, as they stand in memory now."""
    return NOTHING_LIVE if visit is None else {one.record.id: one.session.facts() for one in (*visit.earlier, visit)}


def told(desk: Desk, case_id: CaseId, known: Live = NOTHING_LIVE) -> Told:
    """What each visit's checklist holds, oldest first; visits in `known` are not read from the disk."""
    with desk.vault.reading() as tx:
        records = answers.visits(tx, case_id)
        stored = {record.id: answers.all(tx, record.id) for record in records if record.id not in known}
    return tuple(
        (
            record,
            _with_second_officer(
                record,
                known[record.id] if record.id in known else session_of(desk, record, stored[record.id]).facts(),
            ),
        )
        for record in records
    )


def _with_second_officer(record: VisitRecord, tree: FactTree) -> FactTree:
    """Who takes part was said when the visit was begun; the checklist's own answer stands over it."""
    if not record.second_officer:
        return tree
    return overlay({"site_visit": {"officer_b": record.second_officer}}, tree)


def merged(visits: Told) -> FactTree:
    """The facts that the checklists alone hold, a later visit over an earlier one."""
    found: Mapping[str, FactNode] = {}
    for _record, tree in visits:
        found = overlay(found, tree)
    return found


def with_photos(told: FactTree, judged: Iterable[JudgedPhoto]) -> FactTree:
    """The facts with the place and reuse of each picture that has something to say about them."""
    photos = told.get("photos")
    if not isinstance(photos, Mapping):
        return told
    items = tuple(_item(photo) for photo in judged if _speaks(photo))
    if not items:
        return {key: node for key, node in told.items() if key != "photos"}
    return overlay(told, {"photos": {"items": items}})


def with_lies(told: FactTree, records: Iterable[ContradictionRecord]) -> FactTree:
    """The facts with every lie that was proven when a contradiction was closed; no answer can put one there."""
    lies = tuple(
        {
            "about": sentence_from_json(record.sentence).chinese,
            "said": record.lie_said,
            "found": record.lie_found,
            "contradiction": record.code,
        }
        for record in records
        if record.exit is not None and record.lie_said
    )
    rest = {key: node for key, node in told.items() if key != "lies"}
    return {**rest, "lies": lies} if lies else rest


def sentence_to_json(sentence: Sayable) -> Json:
    """The sentence as it was said when a contradiction was recorded, in the two languages."""
    return {"en": say(sentence, ENGLISH), "zh_CN": say(sentence, CHINESE)}


def sentence_from_json(stored: Json) -> Bilingual:
    """What `sentence_to_json` kept: later figures do not change what was said then."""
    texts = stored if isinstance(stored, dict) else {}
    return Bilingual(str(texts.get("en", "")), str(texts.get("zh_CN", "")))


def _speaks(photo: JudgedPhoto) -> bool:
    """A picture without a place says nothing about distance; its missing place is a finding of its own."""
    return photo.tags.lat is not None and photo.tags.lon is not None


def _item(photo: JudgedPhoto) -> Mapping[str, FactNode]:
    item = photo_item(photo.record.id, photo.tags, photo.findings)
    return {
        "id": item.id,
        "note": photo.record.file_name,
        "lat": str(item.lat),
        "lon": str(item.lon),
        "same_file_as_other_case": "yes" if item.same_file_as_other_case else "no",
        "elsewhere": "yes" if _is_elsewhere(photo) else "no",
    }


def _is_elsewhere(photo: JudgedPhoto) -> bool:
    """Asked for by a question on something that need not stand at the premises: a pledge, a store, parcels handed in.

    The pictures that the checklist requires are all of the premises, so none of them escapes its distance by this.
    """
    record = photo.record
    if not record.ref:
        return photo.shot is not None and photo.shot.place is not PlaceOfShot.SHOP
    return record.ref.rsplit("/", 1)[-1] in _ELSEWHERE


def address_of_premises(told: FactTree) -> str:
    """Where the business stands, as answered; "" where nobody did."""
    branch = told.get("premises")
    address = branch.get("address", "") if isinstance(branch, Mapping) else ""
    return address if isinstance(address, str) else ""


def premises(told: FactTree) -> Point | None:
    """Where the business stands, as measured at its door (WGS-84)."""
    photos = told.get("photos")
    if not isinstance(photos, Mapping):
        return None
    try:
        return Point(Decimal(str(photos["premises_lat"])), Decimal(str(photos["premises_lon"])), Datum.WGS84)
    except (KeyError, InvalidOperation):
        return None
