"""An officer's day over several cases: an honest one has no flag, and what does not match is told by name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from officer_app.base.ids import CaseId
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.casework import photos
from officer_app.casework.days import Day, day_of_officer, day_of_visit, days_of_officer
from officer_app.casework.desk import Desk, sign_in
from officer_app.casework.photos import JudgedPhoto
from officer_app.casework.visits import visits_of
from officer_app.cli.main import run
from officer_app.evidence.findings import FindingCode, Verdict
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import cases as kept
from officer_app.vault.store import NewUser
from tests.support.demo import HandClock, desk_of, founded
from tests.support.walks import HONEST, Shot, Walker

MORNING = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)  # 9:00 in China
OF_THE_DAY = date(2026, 10, 9)
ACROSS = {FindingCode.IMPOSSIBLE_SPEED, FindingCode.SHARED_PLACE, FindingCode.DEVICE_UNKNOWN}
COLLEAGUE = NewUser("sunli", "孙莉", frozenset({Role.OFFICER.value}))


@dataclass(frozen=True)
class Walked:
    folder: Path
    time: datetime
    cases: dict[str, CaseId]

    @contextmanager
    def again(self, to: Path) -> Iterator[tuple[Walker, Demo]]:
        """The same day in a folder of the test's own, to be gone on with."""
        shutil.copytree(self.folder, to / "demo")
        demo, clock = Demo(to / "demo"), HandClock(self.time)
        with desk_of(demo, Role.OFFICER, clock) as desk:
            yield Walker(desk, clock, seed=500), demo


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """Three shops of a town in one day, by motorcycle; two of them next door to one another in a market."""
    clock = HandClock()
    demo = founded(tmp_path_factory.mktemp("walked"), clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        walker = Walker(desk, clock)
        found = {
            name: walker.visit(name, MORNING + timedelta(minutes=after), east, north, HONEST[:3]).case
            for name, after, east, north in (("老罗", 0, 0, 0), ("阿芳", 50, 30, 0), ("小赵", 240, -1200, 900))
        }
    return Walked(demo.folder, clock.time, found)


def judged(desk: Desk, case: CaseId) -> tuple[JudgedPhoto, ...]:
    return photos.photos_of(desk, case, None)


def raised(desk: Desk, case: CaseId) -> dict[FindingCode, set[Verdict]]:
    found: dict[FindingCode, set[Verdict]] = {}
    for photo in judged(desk, case):
        for one in photo.findings:
            if one.code in ACROSS and one.verdict in (Verdict.STOP, Verdict.LOOK_CLOSER):
                found.setdefault(one.code, set()).add(one.verdict)
    return found


def said(day: Day, language: str = ENGLISH) -> list[str]:
    return [say(one.sentence, language) for one in day.told]


def test_an_honest_day_stays_without_a_flag(walked: Walked, tmp_path: Path) -> None:
    with walked.again(tmp_path) as (walker, _demo):
        for case in walked.cases.values():
            assert raised(walker.desk, case) == {}
            assert {photo.verdict for photo in judged(walker.desk, case)} == {Verdict.PASS}
        day = day_of_officer(walker.desk, OF_THE_DAY)
        assert say(day.title, CHINESE) == "2026年10月9日：3 户，9 张照片"
        assert {entry.verdict for entry in day.entries} == {Verdict.PASS}
        assert said(day) == ["The ways between the pictures match their times."]
        assert [entry.number for entry in day.entries] == list(range(1, 10))
        assert not day.ground.jumps
        assert len(day.ground.windows) == 3
        assert days_of_officer(walker.desk) == (OF_THE_DAY,)
        assert day_of_officer(walker.desk, OF_THE_DAY + timedelta(days=1)).entries == ()


def test_one_visit_alone(walked: Walked, tmp_path: Path) -> None:
    with walked.again(tmp_path) as (walker, _demo):
        case = walked.cases["小赵"]
        day = day_of_visit(walker.desk, visits_of(walker.desk, case)[0], judged(walker.desk, case))
        assert [say(entry.taken.words, CHINESE) for entry in day.entries] == ["店面正面", "门牌", "店里全景"]
        assert 5 < max(leg.metres for leg in day.ground.legs) < 20
        assert day.ground.near_m == 100


def test_nobody_is_in_two_towns_at_once(walked: Walked, tmp_path: Path) -> None:
    """A picture for another case, half an hour after, 160 km away: both files say so, each naming the other."""
    with walked.again(tmp_path) as (walker, _demo):
        far = walker.visit("远客", MORNING + timedelta(minutes=30), 160_000, 0, (Shot(3),)).case
        assert raised(walker.desk, far)[FindingCode.IMPOSSIBLE_SPEED] == {Verdict.STOP}
        told = [
            say(one.sentence, ENGLISH)
            for photo in judged(walker.desk, far)
            for one in photo.findings
            if one.code is FindingCode.IMPOSSIBLE_SPEED
        ]
        assert "老罗的店" in told[0] or "阿芳的店" in told[0]
        day = day_of_officer(walker.desk, OF_THE_DAY, judged(walker.desk, far))
        assert [leg.odd for leg in day.ground.legs].count(True) == 2
        assert "160" in said(day)[0]
        assert said(day)[0].endswith("does not match.")
        assert next(say(one.taken.words, ENGLISH) for one in day.entries if one.verdict is Verdict.STOP).endswith(
            "远客的店"
        )


def test_a_clock_that_jumps_shows_on_the_line(walked: Walked, tmp_path: Path) -> None:
    with walked.again(tmp_path) as (walker, _demo):
        visit = walker.visit("钟快", MORNING + timedelta(hours=7), 500, 500, (Shot(2), Shot(4, clock_ahead=47)))
        day = day_of_visit(walker.desk, visit.record, judged(walker.desk, visit.case))
        assert [jump.minutes for jump in day.ground.jumps] == [47]
        assert any("47" in words for words in said(day))


def test_another_borrower_at_the_very_same_place(walked: Walked, tmp_path: Path) -> None:
    with walked.again(tmp_path) as (walker, _demo):
        near = walker.visit("挨着", MORNING + timedelta(days=3), -4, 3, (Shot(2, 1, 1),)).case
        assert raised(walker.desk, near) == {FindingCode.SHARED_PLACE: {Verdict.LOOK_CLOSER}}
        same = walker.visit("借店", MORNING + timedelta(days=4), -1200, 900, HONEST[:1]).case
        assert raised(walker.desk, same) == {FindingCode.SHARED_PLACE: {Verdict.STOP}}
        words = [
            say(one.sentence, CHINESE)
            for one in judged(walker.desk, same)[0].findings
            if one.code is FindingCode.SHARED_PLACE
        ]
        assert "小赵的店" in words[0]
        assert raised(walker.desk, walked.cases["小赵"]) == {FindingCode.SHARED_PLACE: {Verdict.STOP}}


def test_another_file_of_the_same_person_is_no_other_borrower(walked: Walked, tmp_path: Path) -> None:
    with walked.again(tmp_path) as (walker, _demo):
        again = walker.visit("小赵", MORNING + timedelta(days=9), -1200, 900, HONEST[:1]).case
        assert raised(walker.desk, again) == {}


def test_a_case_beyond_reach_is_a_point_without_a_name(walked: Walked, tmp_path: Path) -> None:
    """The case went to a colleague: its pictures stay on the officer's map, its name does not."""
    with walked.again(tmp_path) as (walker, demo):
        walker.desk.vault.add_user(COLLEAGUE, PASSPHRASE)
        clock = walker.clock
    colleague = sign_in(demo.data(Role.OFFICER), COLLEAGUE.login, PASSPHRASE, clock)
    try:
        assert day_of_officer(colleague, OF_THE_DAY).entries == ()
        with colleague.vault.writing() as tx:
            given = kept.get(tx, walked.cases["阿芳"])
            kept.save(tx, replace(given, officer=colleague.user.id))
    finally:
        colleague.close()
    with desk_of(demo, Role.OFFICER, clock) as desk:
        day = day_of_officer(desk, OF_THE_DAY)
        hidden = [entry for entry in day.entries if not entry.taken.named]
        assert [entry.number for entry in hidden] == [4, 5, 6]
        assert {say(entry.taken.words, ENGLISH) for entry in hidden} == {"a case of another officer"}
        assert {spot.source for spot in day.ground.spots if not spot.named} == {""}
        assert "阿芳" not in "".join(said(day)) + "".join(say(one.words, CHINESE) for one in day.ground.windows)


def test_the_same_phone_in_anothers_hands(walked: Walked, tmp_path: Path) -> None:
    """By its serial number; the sentence does not say whose."""
    with walked.again(tmp_path) as (walker, demo):
        walker.desk.vault.add_user(COLLEAGUE, PASSPHRASE)
        clock = walker.clock
    colleague = sign_in(demo.data(Role.OFFICER), COLLEAGUE.login, PASSPHRASE, clock)
    try:
        other = Walker(colleague, clock, seed=800)
        case = other.visit("同机", MORNING + timedelta(days=2), 4000, 0, (Shot(2), Shot(3, 5, serial="SN-9"))).case
        assert raised(colleague, case) == {FindingCode.DEVICE_UNKNOWN: {Verdict.STOP}}
        found = [one for photo in judged(colleague, case) for one in photo.findings if one.verdict is Verdict.STOP]
        assert len(found) == 1
        assert "李慧" not in say(found[0].sentence, CHINESE)
    finally:
        colleague.close()


def test_the_command_tells_the_same(walked: Walked, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with walked.again(tmp_path) as (walker, demo):
        walker.visit("远客", MORNING + timedelta(minutes=30), 160_000, 0, (Shot(3),))
        login = walker.desk.user.login
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    access = ["--data", str(demo.data(Role.OFFICER)), "--user", login]
    access += ["--passphrase-file", str(tmp_path / "passphrase")]
    assert run(["visit", "places", "--case", "2026-0003", "--json", *access]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["what"] for one in told["pictures"]] == ["Front", "Door plate", "Inside"]
    assert [one["verdict"] for one in told["told"]] == ["pass"]
    assert told["pictures"][1]["kmh"] is not None
    assert run(["visit", "places", "--day", "2026-10-09", *access]) == 1, "something does not match"
    assert "160" in capsys.readouterr().out
    assert run(["visit", "places", "--day", "yesterday", *access]) == 2
    assert run(["visit", "places", *access]) == 2
    assert run(["visit", "places", "--case", "2026-0003", "--visit", "2", *access]) == 2
