"""The laptop's clock is moved during a visit and before signing: seen, recorded, asked about, told in the memo."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from officer_app.base.clock import SystemClock, local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.numerals import show
from officer_app.base.words import CHINESE, LANGUAGES, say
from officer_app.casework import decisions, delivery, explanations, review, sheets, submission, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.clockjumps import CLOCK_JUMPED
from officer_app.casework.confirmed import note_time
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Contradiction, findings_of
from officer_app.casework.gate import Lacking, gaps
from officer_app.dossier import auditlog
from officer_app.dossier.records import Outcome, parse_decision
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit
from officer_app.vault import decisions as kept
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage, approval

FORWARD, BACK, ZONE = {"days": 365}, {"days": -1}, {"hours": 7}
CASH = "/data/stock/liquid/cash_on_hand"


def _jumps(desk: Desk, visit: visits.Visit) -> list[Contradiction]:
    found = findings_of(desk, visit.case, visit).contradictions
    return [one for one in found if one.key.startswith(CLOCK_JUMPED)]


@pytest.mark.parametrize("moved", [FORWARD, BACK, ZONE], ids=["a year on", "a day back", "another zone"])
def test_a_jump_during_a_visit_is_recorded_and_waits_for_a_word(
    demo: Demo, clock: HandClock, moved: dict[str, int]
) -> None:
    """What was answered keeps its order, by its number and by the count that the clock does not bend."""
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.begin_visit(desk, open_case(desk, NewCase("周德旺")).id)
        visits.answer(desk, visit, CASH, "100")
        clock.move(minutes=25)
        visits.answer(desk, visit, CASH, "200")
        assert _jumps(desk, visit) == [], "an answer that takes its time is no jump"
        before = clock.time
        clock.set(**moved)
        visits.answer(desk, visit, CASH, "300")
        (found,) = _jumps(desk, visit)
        assert found.severe
        for language in LANGUAGES:
            told = say(found.sentence, language)
            for moment in (before, before + timedelta(**moved)):
                assert show(local_time(moment), "moment", language) in told
        kinds = [gap.kind for gap in gaps(desk, visit, findings_of(desk, visit.case, visit)) if gap.ref == found.key]
        assert kinds == [Lacking.CONTRADICTION]
        with desk.vault.reading() as tx:
            written = [event.new for event in answers.history(tx, visit.record.id) if event.ref == CASH]
            log = audit.events(tx, limit=1_000)[::-1]
            assert audit.first_broken(tx) is None
        assert written == ["100", "200", "300"]
        since = max(place for place, event in enumerate(log) if event.kind == audit.OPENED)
        counts = [event.elapsed for event in log[since:]]
        assert counts == sorted(counts), "the count begins anew when the vault is opened, and then only grows"
        assert sum(event.kind == audit.JUMPED for event in log) == 1


def test_closed_for_a_night_or_a_month_is_no_jump_and_set_back_meanwhile_is(demo: Demo, clock: HandClock) -> None:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = visits.begin_visit(desk, open_case(desk, NewCase("周德旺")).id)
    for days in (1, 30):
        clock.set(days=days)
        with desk_of(demo, Role.OFFICER, clock) as desk:
            assert _jumps(desk, visits.resume_visit(desk, visit.record.id)) == []
    clock.set(days=-2)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        again = visits.resume_visit(desk, visit.record.id)
        assert len(_jumps(desk, again)) == 1
        later = open_case(desk, NewCase("后来的"))
        assert _jumps(desk, visits.begin_visit(desk, later.id)) == [], "it was before this case was opened"


def test_it_keeps_from_signing_until_a_reason_stands_and_the_memo_tells(ready_once: Stage, tmp_path: Path) -> None:
    """A day back just before signing: refused, then signed with the reason, which the memo and the log carry."""
    stage = ready_once.copy(tmp_path / "demo")
    clock = stage.clock
    with desk_of(stage.demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, stage.visit)
        before = clock.time
        clock.set(**BACK)
        visits.answer(desk, visit, visits.ref_of_fact(visit.session, "borrower.role") or "", "老板娘")
        with pytest.raises(Fault) as refused:
            submission.submit(desk, visit, PASSPHRASE)
        assert refused.value.code is Code.CASE_INCOMPLETE
        (found,) = _jumps(desk, visit)
        reason = "电池没电，开机后时间退回一天"
        explanations.explain(desk, stage.case, found, reason)
        for one in findings_of(desk, stage.case, visit).open:
            explanations.let_stand(desk, stage.case, one, "客户答不上来")
        record = submission.submit(desk, visit, PASSPHRASE)
        parts = {part.path: desk.vault.read_blob(part.blob) for part in record.parts}
        delivery.sync(desk, stage.demo.store)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(parts["memo.pdf"])).pages)
    flat = "".join(text.split())
    assert reason in flat
    assert "".join(show(local_time(before), "moment", CHINESE).split()) in flat
    piece = auditlog.parse(parts[auditlog.AUDIT])
    assert audit.JUMPED in {entry["kind"] for entry in piece.entries}


# --- while the program is closed ------------------------------------------------------------------------------------


def _opened_again(demo: Demo, clock: HandClock, visit: visits.Visit) -> list[Contradiction]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        return _jumps(desk, visits.resume_visit(desk, visit.record.id))


def _begun(demo: Demo, clock: HandClock) -> visits.Visit:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        return visits.begin_visit(desk, open_case(desk, NewCase("周德旺")).id)


def test_set_forward_while_closed_is_seen_as_long_as_the_machine_runs_on(demo: Demo, clock: HandClock) -> None:
    """The machine goes on counting, asleep or awake: a night is a night, and a year in a night is none."""
    clock.started = "one start"
    visit = _begun(demo, clock)
    clock.move(hours=14)
    assert _opened_again(demo, clock, visit) == []
    before = clock.time
    clock.set(**FORWARD)
    (found,) = _opened_again(demo, clock, visit)
    told = say(found.sentence, CHINESE)
    for moment in (before, before + timedelta(**FORWARD)):
        assert show(local_time(moment), "moment", CHINESE) in told
    assert [one.key for one in _opened_again(demo, clock, visit)] == [found.key], "once"


def test_after_a_new_start_a_month_is_believed_and_a_year_wants_a_word(demo: Demo, clock: HandClock) -> None:
    """Nobody counted: only so long a time is told, and no more once head office has signed one as late."""
    clock.started = "one start"
    visit = _begun(demo, clock)
    clock.started, clock.looks = "another", 0.0
    clock.set(days=30)
    assert _opened_again(demo, clock, visit) == []
    clock.started, clock.looks = "a third", 0.0
    clock.set(**FORWARD)
    (found,) = _opened_again(demo, clock, visit)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        kinds = [gap.kind for gap in gaps(desk, visit, findings_of(desk, visit.case, visit)) if gap.ref == found.key]
        assert kinds == [Lacking.CONTRADICTION], "it cannot be signed without a word"
        with desk.vault.writing() as tx:
            note_time(tx, clock.time - timedelta(days=1))
        assert len(_jumps(desk, visit)) == 1, "a day before is no proof of that day"
        with desk.vault.writing() as tx:
            note_time(tx, clock.time)
        assert _jumps(desk, visit) == []


def test_a_start_with_the_same_name_and_a_smaller_count_is_not_the_same(demo: Demo, clock: HandClock) -> None:
    clock.started, clock.looks = "a copy of a machine", 5e6
    visit = _begun(demo, clock)
    clock.looks = 0.0
    clock.set(days=2)
    assert _opened_again(demo, clock, visit) == []


def test_the_real_clock_names_its_start_alike_in_every_process() -> None:
    ask = "from officer_app.base.clock import SystemClock; print(SystemClock().boot(), SystemClock().elapsed())"
    told = [subprocess.check_output([sys.executable, "-c", ask], text=True).split() for _ in range(2)]
    assert told[0][0] == told[1][0] == SystemClock().boot()
    assert re.fullmatch("[0-9a-f]{16}", told[0][0])
    assert float(told[0][1]) <= float(told[1][1]) <= SystemClock().elapsed()


# --- by what others signed ------------------------------------------------------------------------------------------


@pytest.fixture
def handed_over_ahead(ready_once: Stage, tmp_path: Path) -> Stage:
    """The officer's clock is three days ahead while the case is handed over; everybody else's is right."""
    stage = ready_once.copy(tmp_path / "demo")
    ahead = HandClock(stage.time)
    ahead.set(days=3)
    with desk_of(stage.demo, Role.OFFICER, ahead) as desk:
        record = submission.submit(desk, visits.resume_visit(desk, stage.visit), PASSPHRASE)
        delivery.sync(desk, stage.demo.store)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        assert delivery.sync(manager, stage.demo.store).dossiers == 1
    return replace(stage, dossier=record.id)


def test_a_file_from_the_future_wants_the_deciders_word_and_the_answer_the_officers(handed_over_ahead: Stage) -> None:
    stage = handed_over_ahead
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        assert view.clock is not None
        choice = replace(approval(view), outcome=Outcome.RETURN, questions=("几号去的？",))
        with pytest.raises(Fault) as refused:
            decisions.decide(manager, view, choice, PASSPHRASE)
        assert refused.value.code is Code.CLOCK_WORD_NEEDED
        decisions.decide(manager, view, replace(choice, clock="我的电脑时间没错"), PASSPHRASE)
        delivery.sync(manager, stage.demo.store)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        assert delivery.sync(officer, stage.demo.store).decisions == 1
        found = _jumps(officer, visits.resume_visit(officer, stage.visit))
        assert len(found) == 1, "the next version cannot be signed without the officer's word either"


# --- the decider's own clock ----------------------------------------------------------------------------------------


def test_whoever_decides_is_asked_about_the_own_clock_and_the_record_and_the_sheet_tell(
    fetched_once: Stage, tmp_path: Path
) -> None:
    stage = fetched_once.copy(tmp_path / "demo")
    clock = stage.clock
    assert stage.dossier is not None
    with desk_of(stage.demo, Role.MANAGER, clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        assert view.clock is None
        clock.set(**BACK)
        with pytest.raises(Fault) as refused:
            decisions.decide(manager, view, replace(approval(view), clock="写在前面的不算"), PASSPHRASE)
        assert refused.value.code is Code.CLOCK_WORD_NEEDED, "a word on nothing is none on what happened since"
        view = review.open_dossier(manager, stage.dossier)
        assert view.clock is not None
        word = "换了主板电池，时间退回了一天"
        record = decisions.decide(manager, view, replace(approval(view), clock=word), PASSPHRASE)
        told = parse_decision(record.record).clock
        assert told is not None
        assert (told.reason, told.before, told.after) == (word, view.clock.before, view.clock.after)
        sheet = sheets.sheet_of(manager, view.record, CHINESE)
    flat = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(sheet)).pages)
    assert word in flat
    assert "".join(show(local_time(told.before), "moment", CHINESE).split()) in flat


def test_a_decision_without_a_jump_is_written_as_it_was_before(decided_once: Stage, tmp_path: Path) -> None:
    """Programs of before the word on the clock read it."""
    stage = decided_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager, manager.vault.reading() as tx:
        (made,) = kept.of_case(tx, stage.case)
    assert b"clock" not in made.record
