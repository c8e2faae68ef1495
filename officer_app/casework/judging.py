"""What the pictures of a case are held against: visits, the officer's other shots, cameras seen before, policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from officer_app.base.ids import CaseId, UserId, VisitId
from officer_app.base.words import Sayable
from officer_app.casework import packs
from officer_app.casework.desk import Desk
from officer_app.casework.neighbours import is_of_a_place, label, neighbours_of
from officer_app.credit.photolimits import photo_limits
from officer_app.evidence.datum import Point
from officer_app.evidence.sources import source_of
from officer_app.evidence.tag_records import tags_from_json
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Thresholds
from officer_app.evidence.visits import Device, DeviceUse, Neighbour, Shot, VisitContext
from officer_app.vault import answers, cases, photos
from officer_app.vault.photorecords import CameraUse
from officer_app.vault.records import CaseRecord, PhotoRecord, VisitRecord
from officer_app.vault.transactions import Reading

_ABOUT_THEN: Final = timedelta(hours=6)  # within it an officer's shots elsewhere say something about his way
_NO_CAMERA: Final = Device("", "")  # stands for an officer's cameras of other cases when none of them is in question

Tagged = tuple[PhotoRecord, Tags]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything about a case that a picture of it is judged by."""

    case: CaseRecord
    visits: dict[VisitId, VisitRecord]
    tagged: tuple[Tagged, ...]
    elsewhere: Mapping[UserId, tuple[Shot, ...]]
    uses: tuple[CameraUse, ...]
    used_before: bool
    premises: Point | None
    neighbours: tuple[Neighbour, ...] = ()

    def context(self, record: PhotoRecord, tags: Tags) -> VisitContext:
        """What one of the pictures is held against."""
        visit = self.visits.get(record.visit) if record.visit else None
        others = [one for one in self.tagged if one[0].id != record.id and one[0].visit == record.visit]
        return VisitContext(
            received_at=record.received,
            visit_start=visit.started if visit else None,
            visit_end=(visit.ended or record.received) if visit else None,
            applied_at=self.case.created,
            premises=self.premises,
            shots=_shots(others),
            known_devices=self._known(record, tags),
            devices_of_others=self._of_others(record, tags),
            elsewhere=self.elsewhere.get(record.officer, ()),
            live=source_of(record.source).is_live,
            neighbours=self.neighbours if is_of_a_place(record.ref, record.shot) else (),
        )

    def _known(self, record: PhotoRecord, tags: Tags) -> frozenset[Device]:
        """Cameras of the officer from other cases: this very one if it is among them."""
        if not self.used_before:
            return frozenset()
        known = any(use.officer == record.officer and use.case != record.case for use in self._same(record, tags))
        return frozenset({_device(tags)}) if known else frozenset({_NO_CAMERA})

    def _of_others(self, record: PhotoRecord, tags: Tags) -> tuple[DeviceUse, ...]:
        return tuple(
            DeviceUse(_device(tags), moment)
            for use in self._same(record, tags)
            if use.officer != record.officer
            for moment in (use.first, use.last)
        )

    def _same(self, record: PhotoRecord, tags: Tags) -> list[CameraUse]:
        return [use for use in self.uses if use.camera == record.device and use.serial == tags.serial]


def ground_of(desk: Desk, tx: Reading, case: CaseRecord, premises: Point | None) -> Ground:
    """Read it from the vault, other cases named as far as the role may know them."""
    tagged = _tagged(photos.of_case(tx, case.id))
    moments = [record.taken for record, _ in tagged if record.taken is not None]
    elsewhere = _elsewhere(tx, case, moments) if moments else ()
    labels = {one: label(desk, cases.get(tx, one)) for one in {record.case for record, _ in elsewhere}}
    return Ground(
        case=case,
        visits={visit.id: visit for visit in answers.visits(tx, case.id)},
        tagged=tagged,
        elsewhere=_by_officer(elsewhere, labels),
        uses=photos.camera_uses(tx, {record.device for record, _ in tagged if record.device}),
        used_before=photos.has_used_camera(tx, case.officer, without=case.id),
        premises=premises,
        neighbours=neighbours_of(desk, tx, case, [record for record, _ in tagged]),
    )


def _elsewhere(tx: Reading, case: CaseRecord, moments: Sequence[datetime]) -> tuple[Tagged, ...]:
    start, end = min(moments) - _ABOUT_THEN, max(moments) + _ABOUT_THEN
    return _tagged(photos.of_officer_between(tx, case.officer, start, end, without=case.id))


def _by_officer(elsewhere: Sequence[Tagged], labels: Mapping[CaseId, Sayable]) -> dict[UserId, tuple[Shot, ...]]:
    """Each officer's shots of other cases, named once: every picture of the case is held against all of them."""
    found: dict[UserId, list[Shot]] = {}
    for shot, (record, _tags) in zip(_shots(elsewhere), elsewhere, strict=True):
        found.setdefault(record.officer, []).append(replace(shot, case=labels.get(record.case)))
    return {officer: tuple(shots) for officer, shots in found.items()}


def _tagged(records: Sequence[PhotoRecord]) -> tuple[Tagged, ...]:
    return tuple((record, tags_from_json(record.tags)) for record in records)


def _shots(tagged: Sequence[Tagged]) -> tuple[Shot, ...]:
    return tuple(
        Shot(record.id, tags, record.received if source_of(record.source).is_live else None)
        for record, tags in tagged
    )


def _device(tags: Tags) -> Device:
    return Device(tags.make or "", tags.model or "", tags.serial)


def thresholds_of(desk: Desk) -> Thresholds:
    """How strict the policy in force is with pictures; what it leaves out stays as the rules say.

    Errors: PACK_MISSING.
    """
    _, policy = packs.policy_in_force(desk)
    told = photo_limits(policy)
    bare = Thresholds()

    def minutes(name: str, otherwise: timedelta) -> timedelta:
        value = told.get(name)
        return otherwise if value is None else timedelta(minutes=float(value))

    return Thresholds(
        visit_margin=minutes("photo_visit_margin_minutes", bare.visit_margin),
        clock_pass=minutes("photo_clock_pass_minutes", bare.clock_pass),
        clock_look=minutes("photo_clock_look_minutes", bare.clock_look),
        laptop_pass=minutes("photo_laptop_clock_pass_minutes", bare.laptop_pass),
        laptop_look=minutes("photo_laptop_clock_look_minutes", bare.laptop_look),
        distance_pass_m=told.get("photo_distance_pass_metres", bare.distance_pass_m),
        distance_look_m=told.get("photo_distance_look_metres", bare.distance_look_m),
        speed_kmh=told.get("photo_speed_max_kmh", bare.speed_kmh),
        repeated_positions=int(told.get("photo_same_place_count", bare.repeated_positions)),
        watermark_pass=minutes("photo_watermark_pass_minutes", bare.watermark_pass),
        watermark_look=minutes("photo_watermark_look_minutes", bare.watermark_look),
        neighbour_m=told.get("photo_neighbour_metres", bare.neighbour_m),
        fixed=minutes("photo_neighbour_minutes", bare.fixed),
        shared_device=timedelta(days=int(told.get("photo_shared_camera_days", bare.shared_device.days))),
    )
