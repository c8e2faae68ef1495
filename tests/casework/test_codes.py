"""The visit code across a visit: at least one picture for each place, else somebody looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from officer_app.base.ids import VisitId
from officer_app.base.words import say
from officer_app.casework import codes, photos, visits
from officer_app.casework.codes import by_place
from officer_app.casework.desk import Desk
from officer_app.casework.dossiers import Picture, frozen_parts
from officer_app.casework.findings import Standing, findings_of
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.visits import Visit
from officer_app.evidence.findings import FindingCode, Verdict
from officer_app.evidence.shotlists import PlaceOfShot
from officer_app.evidence.sources import Source
from officer_app.evidence.visitcode import CodeSeen, code_of
from officer_app.training.demo_cases import read_demo_case
from officer_app.vault.records import PhotoRecord
from tests.support.coded import holding
from tests.support.furnished import Furnished, furnish


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("furnished"))


def take(desk: Desk, visit: Visit, data: bytes, shot: str, source: Source = Source.PHONE) -> PhotoRecord:
    reading = photos.read_picture(desk, data, f"{shot}.jpg")
    return photos.attach_photo(desk, visit.record, data, reading, name=f"{shot}.jpg", shot=shot, source=source)


def searched(desk: Desk, record: PhotoRecord) -> None:
    codes.keep_codes(desk, record, codes.search_code(desk, record))


def judged(desk: Desk, visit: Visit) -> tuple[JudgedPhoto, ...]:
    return findings_of(desk, visit.case, visit).photos


def test_one_picture_for_each_place(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        case = furnished.cases["fruit"]
        visit = visits.resume_visit(desk, visits.visits_of(desk, case)[-1].id)
        (shop,) = by_place(judged(desk, visit))
        assert (shop.place, shop.verdict) == (PlaceOfShot.SHOP, Verdict.CANNOT_TELL)
        for photo in judged(desk, visit):
            searched(desk, photo.record)
        (shop,) = by_place(judged(desk, visit))
        assert (shop.showing, shop.verdict) == (0, Verdict.LOOK_CLOSER)
        assert say(shop.sentence, "en") == (
            f"None of the {shop.pictures} pictures of the premises shows the visit code."
        )
        assert codes.raised(by_place(judged(desk, visit))) == (shop,)

        plain = read_demo_case("fruit", desk.clock.now()).picture("front").read_bytes()
        kept = take(desk, visit, holding(plain, code_of(visit.record.id).text), "front")
        searched(desk, kept)
        searched(desk, kept)  # once more changes nothing
        home = take(desk, visit, plain[:-2] + b"\xff\xd9", "home")
        searched(desk, home)
        found = {one.place: one for one in by_place(judged(desk, visit))}
        assert found[PlaceOfShot.SHOP].verdict is Verdict.PASS
        assert found[PlaceOfShot.HOME].verdict is Verdict.LOOK_CLOSER


def test_a_live_picture_with_the_code_stops_nobody_and_says_so_in_the_dossier(
    furnished: Furnished, tmp_path: Path
) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        case = furnished.cases["salon"]
        visit = visits.resume_visit(desk, visits.visits_of(desk, case)[-1].id)
        plain = read_demo_case("salon", desk.clock.now()).picture("inside").read_bytes()
        kept = take(desk, visit, holding(plain, code_of(visit.record.id).text), "inside")
        searched(desk, kept)
        findings = findings_of(desk, case, visit)
        (photo,) = (one for one in findings.photos if one.record.id == kept.id)
        assert photo.code is CodeSeen.THIS
        raised = {one.code for one in photo.findings if one.verdict in (Verdict.STOP, Verdict.LOOK_CLOSER)}
        assert raised <= {FindingCode.SIMILAR_PHOTO}
        part = frozen_parts(findings, (), (Picture(photo, "店里全景", b"x"),), {})["photos.json"]
        assert b'"source":"phone"' in part
        assert b'"visit_code":"this"' in part


def test_the_code_of_another_visit_is_a_contradiction(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        case = furnished.cases["salon"]
        visit = visits.resume_visit(desk, visits.visits_of(desk, case)[-1].id)
        plain = read_demo_case("salon", desk.clock.now()).picture("inside").read_bytes()
        kept = take(desk, visit, holding(plain, code_of(VisitId("c" * 32)).text), "inside", Source.CARD)
        searched(desk, kept)
        found = findings_of(desk, case, visit).contradictions
        (one,) = (one for one in found if one.key == "PHOTO_VISIT_CODE")
        assert one.standing is Standing.OPEN
        assert one.photos == (kept.id,)


def test_a_picture_is_filed_and_put_back(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        case = furnished.cases["fruit"]
        visit = visits.resume_visit(desk, visits.visits_of(desk, case)[-1].id)
        record = judged(desk, visit)[0].record
        moved = photos.file_photo(desk, record.id, ref="", shot="")
        assert (moved.ref, moved.shot) == ("", "")
        again = photos.file_photo(desk, record.id, ref=record.ref, shot=record.shot)
        assert again == record
