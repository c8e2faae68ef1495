"""Going there again: pictures of what stays are held against the earlier visit's, and what is seen is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from officer_app.base.words import ENGLISH, say
from officer_app.casework import photos, placeagain, visits
from officer_app.casework.photos import JudgedPhoto
from officer_app.evidence.findings import Finding, FindingCode, Verdict
from officer_app.trust.certificates import Role
from officer_app.vault.records import PhotoRecord
from tests.support.demo import HandClock, desk_of, founded
from tests.support.drawn import EDITS, jpeg, scene, stepped_aside, tags
from tests.support.walks import Shot, Walker

FIRST = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
LATER = FIRST + timedelta(days=40)


def again(photo: JudgedPhoto) -> Finding | None:
    return next((one for one in photo.findings if one.code is FindingCode.PLACE_AGAIN), None)


def test_a_later_visit_is_held_against_the_earlier_one(tmp_path: Path) -> None:
    clock = HandClock()
    demo = founded(tmp_path, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        walker = Walker(desk, clock, size=(1024, 768))
        first = walker.visit("老罗", FIRST, 0, 0, (Shot(2, 1, 2, "front"), Shot(3, 2, 2, "stock")))
        clock.time = LATER
        second = visits.begin_visit(desk, first.case)

        def take(picture: bytes, shot: str) -> PhotoRecord:
            reading = photos.read_picture(desk, picture, "b.jpg")
            return photos.attach_photo(desk, second.record, picture, reading, name="b.jpg", shot=shot)

        exif = tags(taken=LATER.replace(tzinfo=None), offset="+00:00")
        there = stepped_aside(scene(2), scene(90))
        same, copy, other, stock = (
            take(jpeg(picture, exif=exif), shot)
            for picture, shot in (
                (there, "front"),
                (EDITS["re-photo"](scene(2)), "front"),
                (scene(78), "front"),
                (scene(77), "stock"),
            )
        )
        judged = {photo.record.id: photo for photo in photos.photos_of(desk, first.case, None)}
        assert again(judged[stock.id]) is None, "stock comes and goes"
        assert all(again(photo) is None for photo in judged.values() if photo.record.visit == first.record.id)
        waiting = [photo.record for photo in judged.values() if placeagain.waits(photo.findings)]
        assert {record.id for record in waiting} == {same.id, other.id}, "the copy was looked at when it came in"
        for record in waiting:
            earlier = placeagain.earlier_of(record, [photo.record for photo in judged.values()])
            assert [one.shot for one in earlier] == ["front"]
            placeagain.keep_held(desk, record, placeagain.hold_against(desk, record, earlier))
        after = {photo.record.id: again(photo) for photo in photos.photos_of(desk, first.case, None)}
        told = [after[record.id] for record in (same, copy, other)]
        assert [one.verdict for one in told if one] == [Verdict.PASS, Verdict.LOOK_CLOSER, Verdict.LOOK_CLOSER]
        assert [say(one.sentence, ENGLISH)[:7] for one in told if one] == ["Looks l", "So like", "Too lit"]
