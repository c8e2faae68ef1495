"""The first screens over a real vault: the day, finding, a new case, settings; and that closing loses nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, PSEUDO, say
from officer_app.casework import cases, explanations, visits
from officer_app.casework.findings import findings_of
from officer_app.casework.today import progress_of
from officer_app.desktop.app.demo_mode import DemoMode
from officer_app.desktop.app.reports import FOLDER, write_report
from officer_app.desktop.screens.cases.model import PAGE
from officer_app.desktop.screens.cases.screen import CasesScreen, case_row
from officer_app.desktop.screens.new_case.screen import NewCaseScreen
from officer_app.desktop.screens.settings.screen import SettingsScreen
from officer_app.desktop.screens.today.screen import TodayScreen
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.training.institution import BRANCH, Demo
from officer_app.training.institution import PASSPHRASE as DEMO_PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault.records import CaseQuery, Delivery
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.vaults import PASSPHRASE, StillClock, opened, vault_folder
from tests.support.window import Window

ID = "11010119900307123X"
OTHER_ID = "990101198811110025"


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock]:
    """Founded once, with one half-done visit whose contradictions wait."""
    clock = HandClock()
    folder = tmp_path_factory.mktemp("window-demo")
    demo = founded(folder, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visited(desk, "fruit", clock, photos=False)
    return folder / "demo", clock


@pytest.fixture
def clock(demo_once: tuple[Path, HandClock]) -> HandClock:
    return HandClock(demo_once[1].time)


@pytest.fixture
def demo(demo_once: tuple[Path, HandClock], tmp_path: Path) -> Demo:
    shutil.copytree(demo_once[0], tmp_path / "demo")
    return Demo(tmp_path / "demo")


@pytest.fixture
def start(qtbot: QtBot, clock: HandClock, demo: Demo) -> Iterator[Callable[..., Window]]:
    """Opens the officer's window of the demo; closed at the end of the test at the latest."""
    windows: list[Window] = []

    def begin(language: str = "zh_CN") -> Window:
        window = Window(qtbot, demo.data(Role.OFFICER), clock, language=language)
        windows.append(window)
        window.sign_in(DEMO_PASSPHRASE)
        return window

    yield begin
    for window in windows:
        window.close()


def texts_of(table: object) -> list[list[str]]:
    model = table.model()  # type: ignore[attr-defined]  # a DataTable
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_today_shows_the_open_visit_with_its_contradictions(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.screen()
    assert isinstance(screen, TodayScreen)
    window.settle()
    (row,) = texts_of(screen._in_work)
    assert row[0] == "老罗果行 罗建民"
    assert row[2].startswith("180,000 → ")
    assert row[3].startswith("矛盾 ")
    assert int(row[3].split()[1]) > 0
    assert "还没有做过备份。" in [label.text() for label in screen._reminders.findChildren(type(screen._more))]


def test_a_case_opens_from_today_by_enter(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.screen()
    assert isinstance(screen, TodayScreen)
    window.settle()
    screen._in_work.setFocus()
    press(screen._in_work, Qt.Key.Key_Return)
    window.until(lambda: window.shell.current_key() == "visit")


def test_every_screen_is_translated_to_the_last_word(start: Callable[..., Window]) -> None:
    window = start()
    window.appearance.speech.set_language(PSEUDO)
    for key in ("today", "cases", "new_case", "settings"):
        window.shell.open(key)
        window.settle()
        assert untranslated(window.shell) == [], key
    window.application.lock()
    assert untranslated(window.shell) == []


def test_the_language_changes_without_a_restart_and_is_remembered(start: Callable[..., Window]) -> None:
    window = start()
    window.shell.rail.button("language").click()
    assert window.appearance.speech.language == ENGLISH
    assert window.shell.rail.button("today").text() == "Today"
    kept = json.loads((window.application.folder.parent / "window.json").read_text())
    assert kept["language"] == ENGLISH
    assert not any(DEMO_PASSPHRASE in str(value) or "李慧" in str(value) for value in kept.values())


def test_a_new_case_checks_the_number_and_opens_its_visit(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("new_case", NewCaseScreen)
    window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    type_text(focused(), "周明")
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), OTHER_ID[:-1] + "4")
    assert screen.rows["resident_id"].error() == "号码有误：校验位不符，可能有一位输错。"
    assert screen.person.verdict() == "号码无效"
    press(focused(), Qt.Key.Key_Backspace)
    type_text(focused(), OTHER_ID[-1])
    assert screen.rows["resident_id"].error() == ""
    assert screen.person.verdict() == "号码有效"
    window.settle()
    assert screen.person.other_count() == 0
    for _ in range(7):
        press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "5.5万")
    press(focused(), Qt.Key.Key_Return)
    screen.go_on.click()
    window.until(lambda: window.shell.current_key() == "visit")
    work = window.application.work
    assert work is not None
    assert work.open_case is not None
    record = work.open_case.case
    assert (record.applicant, record.resident_id) == ("周明", OTHER_ID)


def test_amount_and_name_reach_the_case(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("new_case", NewCaseScreen)
    screen.fields["applicant"].show_value("周明")
    screen.fields["amount"].show_value("55000")
    screen.fields["term"].show_value("12")
    screen.go_on.click()
    window.until(lambda: window.shell.current_key() == "visit")
    opened_case = window.application.work.open_case  # type: ignore[union-attr]  # somebody is at work
    assert opened_case is not None
    assert (opened_case.case.requested_amount, opened_case.case.term_months) == (Decimal(55_000), 12)


def test_a_missing_name_is_said_under_its_field(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("new_case", NewCaseScreen)
    screen.go_on.click()
    window.settle()
    fault = Fault(Code.NAME_NEEDED)
    assert screen.rows["applicant"].error().startswith(say(fault.sentence, CHINESE))
    assert window.shell.current_key() == "new_case"


def test_the_same_person_is_shown_at_once(start: Callable[..., Window]) -> None:
    window = start()
    work = window.application.work
    assert work is not None
    known = cases.read_case(work.desk, cases.find_cases(work.desk, cases.CaseQuery()).items[0].id)
    screen = window.open("new_case", NewCaseScreen)
    screen.fields["resident_id"].setFocus()
    type_text(focused(), known.resident_id)
    window.settle()
    assert screen.person.other_count() == 1


def test_closing_keeps_a_half_typed_new_case(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("new_case", NewCaseScreen)
    window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    type_text(focused(), "周")
    window.close()
    again = start()
    screen = again.open("new_case", NewCaseScreen)
    assert screen.fields["applicant"].value() == "周"


def test_closing_in_the_middle_of_an_answer_keeps_it(
    start: Callable[..., Window], demo: Demo, clock: HandClock
) -> None:
    window = start()
    work = window.application.work
    assert work is not None
    case = cases.find_cases(work.desk, cases.CaseQuery()).items[0].id
    window.settle()
    work.open(case, lambda: None)
    window.settle()
    assert work.open_case is not None
    ref = visits.ref_of_fact(work.open_case.session, "borrower.role") or ""
    window.shell.open("visit", ref)
    window.until(lambda: focused().property("text") == "老板")
    type_text(focused(), "兼司机")
    visit = work.open_case.visit.record.id
    window.close()
    with desk_of(demo, Role.OFFICER, clock) as desk:
        assert "兼司机" in visits.resume_visit(desk, visit).session.question(ref, "zh_CN").value


def test_cases_are_found_by_pinyin_and_open_by_enter(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("cases", CasesScreen)
    screen.search.setFocus()
    type_text(screen.search, "ljm")
    press(screen.search, Qt.Key.Key_Return)
    window.settle()
    assert [row[1] for row in texts_of(screen.table)] == ["罗建民"]
    assert all("990103197304120016" not in text for row in texts_of(screen.table) for text in row)
    press(screen.search, Qt.Key.Key_Down)
    press(screen.table, Qt.Key.Key_Return)
    window.until(lambda: window.shell.current_key() == "visit")


def test_the_list_says_how_far_a_case_file_got(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("cases", CasesScreen)
    window.until(lambda: screen.model.total == 1)
    window.settle()
    (item,) = cases.find_cases(window.application.work.desk, CaseQuery()).items
    assert case_row(item).cells[5].below is None, "it was never handed over"
    for delivery, words in ((Delivery.QUEUED, "待发送"), (Delivery.SENT, "已发送，未签收")):
        below = case_row(replace(item, delivery=delivery)).cells[5].below
        assert below is not None
        assert say(below, CHINESE) == words


def test_settings_fit_the_smallest_window_in_both_languages(start: Callable[..., Window]) -> None:
    for language in (CHINESE, ENGLISH):
        window = start(language)
        window.shell.resize(1093, 614)
        screen = window.open("settings", SettingsScreen)
        page = screen.findChild(QScrollArea)
        assert page is not None
        window.until(lambda page=page: page.widget().width() == page.viewport().width())
        assert page.widget().minimumSizeHint().width() <= page.viewport().width(), language
        window.close()


def test_nothing_found_offers_the_way_back(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("cases", CasesScreen, "没有这个人")
    assert screen._pages.currentWidget() is screen._nothing
    screen._nothing.acted.emit()
    window.settle()
    assert screen.model.total == 1


def test_pages_are_fetched_as_they_are_scrolled_to(qtbot: QtBot, tmp_path: Path) -> None:
    clock = StillClock()
    folder = vault_folder(tmp_path)
    vault = opened(folder, clock)
    from officer_app.casework.desk import seat

    desk = seat(vault, clock)
    for number in range(3 * PAGE + 7):
        clock.pass_time(1)
        cases.open_case(desk, cases.NewCase(applicant=f"客户{number:03d}"))
    desk.close()
    window = Window(qtbot, folder, clock)
    try:
        window.sign_in(PASSPHRASE)
        screen = window.open("cases", CasesScreen)
        assert screen.model.rowCount() == 3 * PAGE + 7
        assert set(screen.model._pages) <= {0, 1}, "only what is seen is fetched"
        screen.table.scrollToBottom()
        last = screen.model.index(3 * PAGE + 6, 1)
        window.until(lambda: last.data() == "客户000")
        screen.table.sort_asked.emit("number")
        window.settle()
        screen.table.sort_asked.emit("number")
        window.settle()
        assert screen.model.index(0, 1).data() == "客户000"
    finally:
        window.close()


def test_password_backup_and_check_work_from_settings(start: Callable[..., Window], tmp_path: Path) -> None:
    window = start()
    screen = window.open("settings", SettingsScreen)
    card = screen.password
    card.old.line.setText("not the password")
    for box in (card.first, card.second):
        box.line.setText("another honest day")
    card.change.click()
    window.settle()
    assert card.error()
    card.old.line.setText(DEMO_PASSPHRASE)
    card.change.click()
    window.settle()
    assert card.error() == ""
    assert window.told("password")
    screen.backup.start_backup(tmp_path / "stick")
    window.settle()
    assert window.told("backup")
    assert list((tmp_path / "stick").glob("*/backup.json"))
    screen.backup.start_check()
    window.settle()
    assert window.told("check")
    window.application.lock()
    window.give("another honest day")
    window.until(lambda: not window.shell.is_covered())


def test_enrolment_by_two_files(qtbot: QtBot, demo: Demo, clock: HandClock, tmp_path: Path) -> None:
    window = Window(qtbot, vault_folder(tmp_path / "fresh"), clock)
    try:
        window.sign_in(PASSPHRASE)
        screen = window.screen()
        assert isinstance(screen, SettingsScreen)
        request, answer = tmp_path / "request.pem", tmp_path / "answer.json"
        screen.enrolment.save_request(request, BRANCH)
        window.settle()
        answer.write_bytes(b"not an answer")
        screen.enrolment.load_answer(answer)
        window.settle()
        assert window.told("fault:ANSWER_UNREADABLE")
        office = open_desk(demo.head_office, DEMO_PASSPHRASE)
        answer.write_bytes(
            enrol(
                office,
                request.read_bytes(),
                role=Role.OFFICER,
                branch=BRANCH,
                approval_limit=Decimal(0),
                clock=clock,
            )
        )
        screen.enrolment.load_answer(answer)
        window.settle()
        work = window.application.work
        assert work is not None
        assert work.desk.identity is not None
        assert work.desk.identity.person.branch == BRANCH
    finally:
        window.close()


def test_a_bug_is_reported_without_a_word_of_anybody(tmp_path: Path, clock: HandClock) -> None:
    try:
        progress_of("罗建民 990103197304120016", "x")  # type: ignore[arg-type]  # a bug, on purpose
    except AttributeError as error:
        report = write_report(tmp_path, error, clock)
    text = report.read_text()
    assert "罗建民" not in text
    assert "99010319" not in text
    assert json.loads(text)["type"] == "AttributeError"
    assert any("casework/permissions.py" in line for line in json.loads(text)["stack"])
    assert report.parent.name == FOLDER


def test_a_bug_in_the_window_keeps_the_work_and_goes_on(start: Callable[..., Window], demo: Demo) -> None:
    window = start()
    screen = window.open("new_case", NewCaseScreen)
    window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    type_text(focused(), "周")
    error = ValueError("罗建民")
    window.application._unexpected(ValueError, error, None)
    window.settle()
    assert screen.fields["applicant"].value() == "周"
    assert window.told("fault:UNEXPECTED")
    assert list((demo.data(Role.OFFICER) / FOLDER).glob("*.json"))


@pytest.fixture
def playing(qtbot: QtBot, demo: Demo, clock: HandClock) -> Iterator[Window]:
    window = Window(qtbot, demo.folder / "nobody", clock)
    window.application.demo = DemoMode(window.application, demo.folder)
    window.application.demo.begin()
    window.until(lambda: window.application.work is not None and not window.shell.is_covered())
    window.settle()
    yield window
    window.close()


def test_the_demo_signs_in_by_itself_on_today(playing: Window) -> None:
    assert isinstance(playing.screen(), TodayScreen)
    mode = playing.application.demo
    assert mode is not None
    assert mode.strip is not None
    assert mode.strip.isVisible()
    assert not any(mode.strip.is_done(key) for key in ("see", "settle", "hand_over", "decide", "arrive"))


def test_ticks_follow_what_was_really_done(playing: Window) -> None:
    mode, work = playing.application.demo, playing.application.work
    assert mode is not None
    assert mode.guide is not None
    assert mode.strip is not None
    assert work is not None
    case = mode.guide.case
    assert case is not None
    visit = visits.resume_visit(work.desk, visits.visits_of(work.desk, case)[-1].id)
    found = findings_of(work.desk, case, visit)
    explanations.record(work.desk, case, found)
    work.changed.emit()
    playing.settle()
    assert mode.strip.is_done("see")
    assert not mode.strip.is_done("settle")
    on_file = findings_of(work.desk, case, visit)
    explanations.let_stand(work.desk, case, on_file.open[0], "客户说不清")
    work.changed.emit()
    playing.settle()
    assert mode.strip.is_done("settle")
    assert not mode.strip.is_done("hand_over")


def test_the_role_switch_signs_in_to_the_other_laptop(playing: Window, demo: Demo) -> None:
    mode = playing.application.demo
    assert mode is not None
    assert mode.switch is not None
    mode.switch.button(Role.MANAGER).click()
    playing.until(lambda: playing.shell.current_key() == "decide")
    work = playing.application.work
    assert work is not None
    assert work.desk.vault.folder == demo.data(Role.MANAGER)
    mode.switch.button(Role.OFFICER).click()
    playing.until(lambda: playing.shell.current_key() == "today")


def test_light_and_dark_change_while_it_runs(start: Callable[..., Window]) -> None:
    window = start()
    screen = window.open("settings", SettingsScreen)
    before: QImage = window.shell.grab().toImage()
    screen.looks.look.buttons()[2].click()
    window.settle()
    after = window.shell.grab().toImage()
    centre = before.rect().center()
    assert before.pixelColor(before.width() - 20, centre.y()).lightness() > 200
    assert after.pixelColor(after.width() - 20, centre.y()).lightness() < 60
    screen.looks.look.buttons()[1].click()
