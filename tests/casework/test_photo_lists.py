"""A photo that came in from one branch is known on the laptops of the others: by its fingerprint alone."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, say
from officer_app.casework import delivery, enrolment, photos, relooking, reuse, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk, seat
from officer_app.casework.findings import findings_of
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.visits import Visit
from officer_app.dossier.photolist import parse
from officer_app.dossier.records import PackKind
from officer_app.evidence.findings import FindingCode, Verdict
from officer_app.evidence.fingerprints import decode_fingerprint
from officer_app.headoffice import photolists
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.photolists import publish_photos
from officer_app.headoffice.publishing import kept_packs, send_waiting
from officer_app.headoffice.tables import PHOTOS
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import packs as kept
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.records import PhotoRecord
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of
from tests.support.drawn import EDITS, jpeg, scene
from tests.support.stages import Stage

AWAY = "城西支行"


@pytest.fixture
def sent(submitted_once: Stage, tmp_path: Path) -> Stage:
    """One branch has handed a case in, and head office has it in its warehouse."""
    stage = submitted_once.copy(tmp_path / "demo")
    clock = stage.clock
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, stage.demo.store)
    office = open_desk(stage.demo.head_office, PASSPHRASE, issuing=False)
    assert ingest(office, stage.demo.store, stage.demo.warehouse, clock=clock).dossiers == 1
    return Stage(stage.demo, clock.time, stage.case, stage.visit, stage.dossier)


def _elsewhere(demo: Demo, clock: HandClock) -> Desk:
    """An officer of another branch, on a laptop of their own that has met this institution's packs once."""
    person = NewUser("wuyue", "吴越", frozenset({Role.OFFICER.value}))
    vault = Vault.create(demo.folder / "away", person, PASSPHRASE, clock, recovery_code=new_recovery_code())
    desk, office = seat(vault, clock), open_desk(demo.head_office, PASSPHRASE)
    asked = enrolment.request(desk, branch=AWAY, role=Role.OFFICER)
    enrolment.accept(
        desk, enrol(office, asked, role=Role.OFFICER, branch=AWAY, approval_limit=Decimal(0), clock=clock)
    )
    send_waiting(office, demo.store, clock=clock)
    delivery.sync(desk, demo.store)
    return desk


def _publish(demo: Demo, clock: HandClock) -> dict[str, int]:
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    versions = publish_photos(office, demo.warehouse, clock)
    send_waiting(office, demo.store, clock=clock)
    return versions


def _take(desk: Desk, visit: Visit, data: bytes, name: str) -> PhotoRecord:
    return photos.attach_photo(desk, visit.record, data, photos.read_picture(desk, data, name), name=name)


def _compressed(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        return jpeg(EDITS["q30"](picture.convert("RGB")))


def _reuse(desk: Desk, visit: Visit, record: PhotoRecord) -> list[tuple[FindingCode, Verdict, str]]:
    judged: JudgedPhoto = next(
        one for one in findings_of(desk, visit.case, visit).photos if one.record.id == record.id
    )
    wanted = (FindingCode.SAME_FILE, FindingCode.SIMILAR_PHOTO)
    return [(one.code, one.verdict, say(one.sentence, CHINESE)) for one in judged.findings if one.code in wanted]


def test_another_branchs_photo_is_found_and_nobody_is_told_of_the_own(sent: Stage) -> None:
    demo, clock = sent.demo, sent.clock
    with desk_of(demo, Role.OFFICER, clock) as officer:
        theirs = photos.photos_of(officer, sent.case, None)
        data = [photos.original(officer, one.record) for one in theirs[:2]]
    away = _elsewhere(demo, clock)
    try:
        visit = visits.begin_visit(away, open_case(away, NewCase("测试丁")).id)
        early = _take(away, visit, data[0], "early.jpg")
        assert _reuse(away, visit, early) == []
        assert _publish(demo, clock) == {"warehouse_0001": 1}
        assert delivery.sync(away, demo.store).packs == 1
        number = f"{theirs[0].record.sha256[:8]}"
        ((code, verdict, words),) = _reuse(away, visit, early)  # taken in before the list came
        assert (code, verdict) == (FindingCode.SAME_FILE, Verdict.STOP)
        assert number in words
        assert "2026-0001" in words
        edited = _take(away, visit, _compressed(data[1]), "edited.jpg")
        ((code, verdict, words),) = _reuse(away, visit, edited)
        assert (code, verdict) == (FindingCode.SIMILAR_PHOTO, Verdict.LOOK_CLOSER)
        assert theirs[1].record.sha256[:8] in words
    finally:
        away.close()
    with desk_of(demo, Role.OFFICER, clock) as officer:
        assert delivery.sync(officer, demo.store).packs == 2  # the list, and who has joined
        visit = visits.resume_visit(officer, sent.visit)
        assert all(_reuse(officer, visit, one.record) == [] for one in theirs), "a picture is no copy of itself"
        copied = visits.begin_visit(officer, open_case(officer, NewCase("测试戊")).id)
        own = _take(officer, copied, data[0], "again.jpg")
        assert [(code, verdict) for code, verdict, _ in _reuse(officer, copied, own)] == [
            (FindingCode.SAME_FILE, Verdict.STOP)
        ], "the picture that is here is told of once, and not its line on the list as well"


def test_the_list_holds_fingerprints_and_numbers_and_nothing_more(sent: Stage) -> None:
    demo, clock = sent.demo, sent.clock
    _publish(demo, clock)
    (pack,) = kept_packs(
        open_desk(demo.head_office, PASSPHRASE, issuing=False), PackKind.FINGERPRINTS, "warehouse_0001"
    )
    listed = parse(pack.content)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        ours = {one.record.sha256: one.record for one in photos.photos_of(officer, sent.case, None)}
        applicant = findings_of(officer, sent.case).facts.borrower.name
    assert {one.sha256 for one in listed} == set(ours)
    assert {one.case for one in listed} == {sent.case}
    assert all(one.fingerprint == ours[one.sha256].fingerprints for one in listed)
    assert str(applicant) not in pack.content.decode()
    assert set(json.loads(pack.content)) == {"format", "photos"}


def test_lists_are_cut_and_only_the_newest_version_is_kept(sent: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    demo, clock = sent.demo, sent.clock
    monkeypatch.setattr(photolists, "_IN_ONE", 4)
    first = _publish(demo, clock)
    assert len(first) > 1
    assert set(first.values()) == {1}
    assert _publish(demo, clock) == first, "what has not changed is not sent again"
    away = _elsewhere(demo, clock)
    try:
        known = len(reuse.library(away))
        with desk_of(demo, Role.OFFICER, clock) as officer:
            assert known == len(photos.photos_of(officer, sent.case, None))
        with Warehouse(demo.warehouse) as there, there.transaction() as connection:
            connection.execute(update(PHOTOS).values(fingerprint="99"))  # as a program not known here would write
        assert set(_publish(demo, clock).values()) == {2}
        assert delivery.sync(away, demo.store).packs == len(first)
        assert len(reuse.library(away)) == known
        with away.vault.reading() as tx:
            versions = kept.all_of(tx, "fingerprints", "warehouse_0001")
        assert [(one.version, bool(one.body)) for one in versions] == [(2, True), (1, False)]
        assert all(decode_fingerprint(one.fingerprint).blank for one in parse(versions[0].body))
    finally:
        away.close()


def test_open_cases_are_looked_at_again_when_a_list_came(sent: Stage) -> None:
    """Once for each list: what was told is not told again, and a pass that was stopped is due until it is done."""
    demo, clock = sent.demo, sent.clock
    with desk_of(demo, Role.OFFICER, clock) as officer:
        theirs = [photos.original(officer, one.record) for one in photos.photos_of(officer, sent.case, None)[:2]]
    away = _elsewhere(demo, clock)
    try:
        visit = visits.begin_visit(away, open_case(away, NewCase("测试丁")).id)
        _take(away, visit, theirs[0], "one.jpg")
        _take(away, visit, jpeg(scene(40)), "other.jpg")
        assert relooking.due(away) == (), "no list came yet"
        _publish(demo, clock)
        delivery.sync(away, demo.store)
        assert len(relooking.due(away)) == 2
        with pytest.raises(Fault) as stopped:
            relooking.look_at_all(away, cancelled=lambda: True)
        assert stopped.value.code is Code.CANCELLED
        assert len(relooking.due(away)) == 2
        ticks: list[tuple[int, int]] = []
        (seen,) = relooking.look_at_all(away, lambda done, total: ticks.append((done, total)))
        assert (seen.case.id, seen.photos) == (visit.case, 1)
        assert ticks == [(0, 2), (1, 2)]
        assert relooking.due(away) == ()
        assert relooking.look_at_all(away) == ()
        with Warehouse(demo.warehouse) as there, there.transaction() as connection:
            connection.execute(update(PHOTOS).where(PHOTOS.c.sha256 != digest(theirs[0])).values(fingerprint=None))
        _publish(demo, clock)
        delivery.sync(away, demo.store)
        assert len(relooking.due(away)) == 2
        assert relooking.look_at_all(away) == (), "what was told before is not told again"
    finally:
        away.close()
