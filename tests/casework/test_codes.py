"""The visit code across a visit: at least one picture for each place, else somebody looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from officer_app.base.ids import VisitId
from officer_app.base.words import say
from officer_app.casework import codes, explanations, packs, photos, visits
from officer_app.casework.codes import by_place
from officer_app.casework.desk import Desk
from officer_app.casework.dossiers import Picture, frozen_parts
from officer_app.casework.findings import Standing, findings_of
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.visits import Visit
from officer_app.credit.photolimits import CodeRule, code_rule
from officer_app.credit.policy import read_policy
from officer_app.credit.policytext import replaced
from officer_app.evidence.findings import FindingCode, Verdict
from officer_app.evidence.shotlists import PlaceOfShot
from officer_app.evidence.sources import Source
from officer_app.evidence.visitcode import CodeSeen, code_of
from officer_app.training.demo_cases import read_demo_case
from officer_app.vault.records import PhotoRecord
from tests.support.coded import holding
from tests.support.furnished import Furnished, furnish
from tests.support.worked import SHIPPED_POLICY


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("furnished"))


SHOWN = CodeRule()


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
        (shop,) = by_place(judged(desk, visit), SHOWN)
        assert (shop.place, shop.verdict) == (PlaceOfShot.SHOP, Verdict.CANNOT_TELL)
        for photo in judged(desk, visit):
            searched(desk, photo.record)
        (shop,) = by_place(judged(desk, visit), SHOWN)
        assert (shop.showing, shop.verdict) == (0, Verdict.LOOK_CLOSER)
        assert say(shop.sentence, "en") == (
            f"None of the {shop.pictures} pictures of the premises shows the visit code."
        )
        assert codes.raised(by_place(judged(desk, visit), SHOWN)) == (shop,)

        plain = read_demo_case("fruit", desk.clock.now()).picture("front").read_bytes()
        kept = take(desk, visit, holding(plain, code_of(visit.record.id).text), "front")
        searched(desk, kept)
        searched(desk, kept)  # once more changes nothing
        home = take(desk, visit, plain[:-2] + b"\xff\xd9", "home")
        searched(desk, home)
        found = {one.place: one for one in by_place(judged(desk, visit), SHOWN)}
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


def test_the_policy_says_how_many_pictures_and_how_soon(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = visits.resume_visit(desk, visits.visits_of(desk, furnished.cases["fruit"])[-1].id)
        for photo in judged(desk, visit):
            searched(desk, photo.record)
        plain = read_demo_case("fruit", desk.clock.now()).picture("front").read_bytes()
        code = code_of(visit.record.id).text
        searched(desk, take(desk, visit, holding(plain, code), "front", Source.PHONE))
        seen = judged(desk, visit)

        def shop(rule: CodeRule) -> tuple[Verdict, str]:
            one = next(one for one in by_place(seen, rule) if one.place is PlaceOfShot.SHOP)
            return one.verdict, say(one.sentence, "en")

        assert shop(SHOWN)[0] is Verdict.PASS
        verdict, words = shop(CodeRule(least=2))
        assert (verdict, "2 are asked for" in words) == (Verdict.LOOK_CLOSER, True)
        assert shop(CodeRule(hours=24))[0] is Verdict.PASS
        begun = next(one.begun for one in seen if one.begun is not None)
        late = [replace(one, record=replace(one.record, taken=begun + timedelta(hours=25))) for one in seen]
        (one,) = (one for one in by_place(late, CodeRule(hours=24)) if one.place is PlaceOfShot.SHOP)
        assert one.verdict is Verdict.LOOK_CLOSER
        assert "more than 24 hours after the visit began" in say(one.sentence, "en")
        assert by_place(seen, CodeRule(shown=False)) == ()


@pytest.mark.parametrize(
    ("how", "start", "asked"), [("explained", 0, True), ("explained", 10**7, False), ("shown", 0, False)]
)
def test_a_place_without_the_code_is_explained_where_the_policy_says_so(
    furnished: Furnished, tmp_path: Path, how: str, start: int, asked: bool
) -> None:
    """It wants one of the three exits, and goes by itself once a picture shows the code."""
    text = replaced(SHIPPED_POLICY.read_text(encoding="utf-8"), "photo_visit_code", f'"{how}"')
    text = replaced(text, "photo_visit_code_amount_from", str(start))
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        with desk.vault.writing() as tx:
            packs.add(tx, packs.POLICY, packs.DEFAULT_POLICY, 9, text.encode())
        visit = visits.resume_visit(desk, visits.visits_of(desk, furnished.cases["fruit"])[-1].id)
        for photo in judged(desk, visit):
            searched(desk, photo.record)

        def open_ones() -> list[str]:
            return [one.key for one in findings_of(desk, visit.case, visit).open if "VISIT_CODE" in one.key]

        assert open_ones() == ([f"PHOTO_VISIT_CODE:{visit.record.id}:shop"] if asked else [])
        if not asked:
            return
        (found,) = (one for one in findings_of(desk, visit.case, visit).open if "VISIT_CODE" in one.key)
        explanations.explain(desk, visit.case, found, "店主手机没电，二维码没拍上")
        assert open_ones() == []
        plain = read_demo_case("fruit", desk.clock.now()).picture("front").read_bytes()
        searched(desk, take(desk, visit, holding(plain, code_of(visit.record.id).text), "front"))
        every = findings_of(desk, visit.case, visit).contradictions
        assert [one.found for one in every if "VISIT_CODE" in one.key] == [False]


def test_a_policy_that_says_nothing_has_the_code_shown_and_asks_for_nothing() -> None:
    lines = SHIPPED_POLICY.read_text(encoding="utf-8").splitlines()
    bare = "\n".join(line for line in lines if not line.startswith("photo_visit_code"))
    assert code_rule(read_policy(bare)) == SHOWN
