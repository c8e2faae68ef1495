"""What the window logs while somebody fills the checklist by hand."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from officer_app.base.words import say
from officer_app.casework import visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.visitlog import milliseconds_before
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.visit.elapsed import Elapsed
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault import visitlog as kept
from tests.desktop.test_cases_through_the_window import at_the_window
from tests.support.demo import HandClock, desk_of


def test_every_stop_and_answer_is_on_file_in_order(
    qtbot: QtBot, demo: Demo, clock: HandClock, speech: Speech
) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试甲"))
        visit = visits.begin_visit(officer, case.id)
        with at_the_window(qtbot, officer, speech, case.id) as (typist, window):
            opened = window.work.open_case
            assert opened is not None
            amount = visits.ref_of_fact(opened.session, "application.requested_amount") or ""
            months = visits.ref_of_fact(opened.session, "application.term_months") or ""
            typist.answer(amount, "60000")
            typist.answer(months, "500")  # refused: at most 120
            typist.answer(months, "12")
            opened.jump_to(amount)
            opened.end_sitting()
        with officer.vault.reading() as tx:
            events = kept.of_visit(tx, visit.record.id)
            assert kept.first_changed(tx) is None
    told = [
        (event.event, event.ref, event.new) for event in events if event.event != "question" or event.old != event.new
    ]
    assert told == [
        ("form resume", "", ""),
        ("question", amount, "60000"),
        ("question", months, "500"),
        ("constraint error", months, ""),
        ("question", months, "12"),
        ("jump", amount, ""),
        ("form exit", "", ""),
    ]
    stops = [event for event in events if event.event == "question"]
    assert all(event.shown > 0 and event.start <= event.end for event in stops)
    assert all(one.number < other.number for one, other in pairwise(events))


def test_the_minutes_of_the_sitting_and_of_the_visit_stand_in_the_head(
    qtbot: QtBot, demo: Demo, clock: HandClock, speech: Speech
) -> None:
    def minutes(elapsed: Elapsed) -> str:
        elapsed.findChild(QTimer).timeout.emit()
        return say(elapsed.chips()[0].words, speech.language)

    with desk_of(demo, Role.OFFICER, clock) as officer:
        case = open_case(officer, NewCase("测试甲"))
        visit = visits.begin_visit(officer, case.id)
        with at_the_window(qtbot, officer, speech, case.id) as (_typist, window):
            clock.looks += 12 * 60
            assert minutes(window.findChild(Elapsed)) == "12 分钟"
            assert window.work.open_case is not None
            window.work.open_case.end_sitting()
        with at_the_window(qtbot, officer, speech, case.id) as (_typist, window):
            clock.looks += 5 * 60
            assert minutes(window.findChild(Elapsed)) == "这次 5 分钟，调查共 17 分钟"
            assert window.work.open_case is not None
            log = window.work.open_case.visit.log
            assert log is not None
            assert milliseconds_before(officer, visit.record.id, log.began) // 60_000 == 12
