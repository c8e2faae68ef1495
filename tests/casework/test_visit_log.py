"""Sittings at a checklist: kept, chained, exported, and read for signs of a visit that was not made."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from officer_app.base.ids import UserId, VisitId
from officer_app.casework import visitlog, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.visits import Visit
from officer_app.checklists.visitlog import Event, VisitLog
from officer_app.cli.main import run
from officer_app.credit.figures import known
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import visitlog as kept
from officer_app.vault.records import VisitEvent
from officer_app.vault.verify import verify
from tests.support.demo import HandClock, desk_of

MORNING = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
ASKED = ("sales.declared_monthly_sales", "household.persons", "application.requested_amount")


class Count:
    """Elapsed seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _sat(desk: Desk, seconds: float) -> Visit:
    """A visit of three answers, each after so many seconds on its question."""
    count = Count()
    visit = visits.begin_visit(desk, open_case(desk, NewCase("测试甲")).id)
    visit.log = VisitLog(desk.clock.now(), count)
    for number, path in enumerate(ASKED):
        ref = visits.ref_of_fact(visit.session, path) or ""
        old = visit.session.value(ref)
        visit.log.entered(ref, old, 12)
        count.now += seconds
        changes = visit.session.set(ref, str(20 + number))
        visit.log.answered(ref, old, visit.session.value(ref))
        visits.save(desk, visits.pending(visit, changes))
    return visit


def test_events_go_down_with_their_answers_and_are_chained(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = _sat(officer, 9)
        visitlog.finish(officer, visit, Event.EXIT)
        with officer.vault.reading() as tx:
            events = kept.of_visit(tx, visit.record.id)
            assert kept.first_changed(tx) is None
        assert events[0].event == "form start"
        assert events[-1].event == "form exit"
        changed = [event for event in events if event.old != event.new]
        assert [event.new for event in changed] == ["20", "21", "22"]
        assert [event.end - event.start for event in changed] == [9000, 9000, 9000]
        assert verify(officer.vault).ok


def test_a_changed_log_is_found(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = _sat(officer, 9)
        officer.vault.database.run("DROP TRIGGER visit_event_no_update")
        officer.vault.database.run("UPDATE visit_event SET start = 0, end = 90000 WHERE new = '20'")
        found = verify(officer.vault).problems
        assert [(one.kind, one.where) for one in found] == [("VISIT_LOG_CHANGED", visit.record.id)]


def test_the_guard_lets_nobody_rewrite_it(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        _sat(officer, 9)
        with pytest.raises(Exception, match="only ever added to"):
            officer.vault.database.run("DELETE FROM visit_event")


def test_the_flat_table_of_all_visits(
    demo: Demo, clock: HandClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = _sat(officer, 9)
        login = officer.user.login
        name = officer.user.full_name
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    out = tmp_path / "log.csv"
    access = ["--data", str(demo.data(Role.OFFICER)), "--user", login]
    access += ["--passphrase-file", str(tmp_path / "passphrase"), "--json"]
    assert run(["vault", "log", "--out", str(out), *access]) == 0
    told = json.loads(capsys.readouterr().out)
    lines = out.read_text(encoding="utf-8").splitlines()
    assert told["events"] == len(lines) - 1
    assert lines[0] == "case,visit,event,node,start,end,old-value,new-value,user"
    assert all(visit.record.id in line and line.endswith(name) for line in lines[1:])


# --- signs ------------------------------------------------------------------------------------------------------


def _event(number: int, start: int, end: int, *, ref: str = "", shown: int = 12, new: str = "x") -> VisitEvent:
    ref = ref or f"/data/q{number}"
    return VisitEvent(number, VisitId("v"), UserId("u"), MORNING, "question", ref, start, end, "", new, shown)


def test_pace_is_judged_on_first_answers_alone() -> None:
    events = (
        _event(1, 0, 4000),  # 4 s, 12 characters: 3 a second
        _event(2, 4000, 5000, new=""),  # only looked at: waits for its answer
        _event(3, 5000, 11000, ref="/data/q2"),  # 1 s + 6 s = 7 s
        _event(4, 11000, 11000),  # a calculation: nobody stood there
        _event(5, 11000, 12000, ref="/data/q1"),  # a correction: not the first answer
        _event(6, 12000, 13000, shown=0),  # 1 s on a picture: nothing to read
    )
    found = visitlog.pace(events, ())
    # (4 + 7 + 1) / 3 = 4.0 s; speeds 12/4 = 3 and 12/7 = 1.7, the middle of two: 2.36
    assert found == {"answers": "3", "seconds_per_answer": "4.0", "characters_per_second": "2.4"}


def test_answers_far_from_the_pictures_are_measured_from_the_nearest_one() -> None:
    events = tuple(_event(number, number * 1000, number * 1000 + 500) for number in range(5))
    before, after = MORNING - timedelta(minutes=50), MORNING + timedelta(minutes=30)
    # The middle answer ended 2.5 s after the start of the sitting: 29 min 57 s before the later picture.
    assert visitlog.pace(events, (before, after))["minutes_from_pictures"] == "30.0"
    assert visitlog.pace(events, (before,))["minutes_from_pictures"] == "50.0"


def test_a_checklist_nobody_sat_at_has_no_pace(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试乙"))
        visit = visits.begin_visit(officer, case.id)
        visits.answer(officer, visit, visits.ref_of_fact(visit.session, "household.persons") or "", "3")
        assert findings_of(officer, case.id, visit).facts.visit_pace is None


def test_the_pace_of_a_sitting_becomes_facts(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        visit = _sat(officer, 0.2)
        pace = findings_of(officer, visit.case, visit).facts.visit_pace
        assert pace is not None
        assert (known(pace.answers), str(known(pace.seconds_per_answer))) == (3, "0.2")
        assert str(known(pace.characters_per_second)) == "60.0"
