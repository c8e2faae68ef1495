"""From an empty data folder to the first useful screen, for every role; left and resumed at every step."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.qr import series_of
from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, message
from officer_app.casework.firstrun import Stage
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.audit.screen import AuditScreen
from officer_app.desktop.screens.decide.screen import DecideScreen
from officer_app.desktop.screens.exchange.screen import ExchangeScreen
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.desktop.screens.signin.beginning import Beginning
from officer_app.desktop.screens.signin.joining import Joining
from officer_app.desktop.screens.signin.setup import Welcome
from officer_app.desktop.screens.today.screen import TodayScreen
from officer_app.desktop.widgets.confirm import Confirm
from officer_app.desktop.widgets.screen import Screen
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import read_request
from officer_app.vault.keyfile import logins
from tests.support.demo import HandClock
from tests.support.layout import clipped, nameless, too_small
from tests.support.newcomer import PASSWORD, answered, begin, vault
from tests.support.screened import screened
from tests.support.typing import focused, press, type_text
from tests.support.window import Window

FIRST: dict[Role, type[Screen]] = {
    Role.OFFICER: TodayScreen,
    Role.SECOND_OFFICER: ExchangeScreen,
    Role.MANAGER: DecideScreen,
    Role.REVIEWER: DecideScreen,
    Role.AUDITOR: AuditScreen,
}
Open = Callable[[Path], Window]


@pytest.fixture
def demo(founded_once: tuple[Path, HandClock], tmp_path: Path) -> Demo:
    shutil.copytree(founded_once[0], tmp_path / "demo")
    return Demo(tmp_path / "demo")


@pytest.fixture
def start(qtbot: QtBot, clock: HandClock) -> Iterator[Open]:
    opened: list[Window] = []

    def opens(folder: Path) -> Window:
        opened.append(Window(qtbot, folder, clock))
        return opened[-1]

    yield opens
    for window in opened:
        window.close()


@pytest.mark.parametrize("role", FIRST)
def test_each_role_comes_to_its_first_screen_by_two_files(
    start: Open, demo: Demo, clock: HandClock, tmp_path: Path, role: Role
) -> None:
    window = start(tmp_path / "data")
    sheet = vault(window, role)
    assert sheet.step == Stage.REQUEST
    press(sheet.go_on, Qt.Key.Key_Return)
    assert sheet.fault.words(), "a branch is needed"
    type_text(sheet.branch.line, "城关网点")
    sheet.save_request(tmp_path / "request.pem")
    window.settle()
    asked = (tmp_path / "request.pem").read_bytes()
    assert (read_request(asked).role, read_request(asked).name) == (role, "李新")
    press(sheet.go_on, Qt.Key.Key_Return)
    window.settle()
    assert sheet.step == Stage.ANSWER
    press(sheet.go_on, Qt.Key.Key_Return)
    assert sheet.fault.words(), "there is no answer yet"
    (tmp_path / "answer.json").write_bytes(answered(demo, asked, clock))
    sheet.load_answer(tmp_path / "answer.json")
    window.until(lambda: sheet.step == Stage.FINGERPRINT)
    window.settle()
    press(sheet.go_on, Qt.Key.Key_Return)
    assert sheet.step == Stage.FINGERPRINT, "not before it was compared"
    sheet.same.click()
    press(sheet.go_on, Qt.Key.Key_Return)
    window.settle()
    type_text(sheet.placing.store.line, demo.store)
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: sheet.step == Stage.READY)
    window.settle()
    sheet.exchange.click()
    window.settle()
    assert "收到" in sheet.fault.words()
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: not window.shell.is_covered())
    window.settle()
    assert isinstance(window.screen(), FIRST[role])
    window.close()
    again = start(tmp_path / "data")
    again.sign_in(PASSWORD)
    assert isinstance(again.screen(), FIRST[role]), "the first run is over"


def test_by_codes_from_screen_to_screen(start: Open, demo: Demo, clock: HandClock, tmp_path: Path) -> None:
    """What a camera would take is the only thing made up: every picture is decoded for real."""
    window = start(tmp_path / "data")
    sheet = vault(window, Role.OFFICER)
    type_text(sheet.branch.line, "城关网点")
    sheet.show_codes.click()
    window.settle()
    assert sheet.codes.isVisible()
    texts = sheet.codes.texts
    assert 2 <= len(texts) <= 4
    from officer_app.base.qr import Gathered

    seen = Gathered()
    for text in texts:
        seen.take(text)
    press(sheet.go_on, Qt.Key.Key_Return)
    window.settle()
    answer = answered(demo, seen.whole(), clock, small=True)
    codes = series_of(answer)
    files = []
    for place, text in enumerate(codes):
        files.append(tmp_path / f"{place}.jpg")
        files[-1].write_bytes(screened(text))
    sheet.reader.read(tuple(files[:-1]))
    window.settle()
    assert str(len(codes)) in sheet.reader.said.text(), "it says which one is missing"
    assert sheet.step == Stage.ANSWER
    sheet.reader.read(tuple(files[-1:]))
    window.until(lambda: sheet.step == Stage.FINGERPRINT)
    desk = window.application.work
    assert desk is not None
    assert desk.desk.identity is not None


def test_head_office_founds_an_institution(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    sheet = vault(window, Role.HEAD_OFFICE)
    assert sheet.step == Stage.INSTITUTION
    founding = sheet.founding
    press(sheet.go_on, Qt.Key.Key_Return)
    assert sheet.fault.words()
    type_text(founding.name.line, "安信村镇银行")
    type_text(founding.folder.line, str(tmp_path / "office"))
    for box in (founding.first, founding.second):
        type_text(box.line, "another honest sentence")
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: sheet.step == Stage.STORE)
    window.settle()
    (tmp_path / "exchange").mkdir()
    type_text(sheet.placing.store.line, str(tmp_path / "exchange"))
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: sheet.step == Stage.READY)
    window.settle()
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: not window.shell.is_covered())
    window.settle()
    screen = window.screen()
    assert isinstance(screen, IntakeScreen)
    assert screen.packs.table.model().rowCount() > 3
    assert screen.people.table.model().rowCount() == 2
    assert screen.where.line.text() == str(tmp_path / "exchange")


def test_nothing_is_made_before_the_code_is_written_down(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    sheet = begin(window, Role.OFFICER)
    press(sheet.go_on, Qt.Key.Key_Return)
    assert sheet.step == "code"
    assert sheet.fault.words()
    assert not (tmp_path / "data").exists()
    kept = (tmp_path / "window.json").read_text()
    assert PASSWORD not in kept
    press(sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert sheet.step == "password"
    assert sheet.first.passphrase() == PASSWORD, "back keeps what was typed"
    sheet.second.line.setText("something else")
    press(sheet.go_on, Qt.Key.Key_Return)
    assert sheet.step == "password"
    assert sheet.fault.words()


def test_left_before_there_is_a_vault_it_goes_on_where_it_was(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    begin(window, Role.MANAGER, "王芳")
    window.close()
    window = start(tmp_path / "data")
    sheet = window.sheet(Beginning)
    assert sheet.step == "password", "what was never kept is asked again"
    assert (sheet.role.value(), sheet.name.line.text(), sheet.login.line.text()) == ("manager", "王芳", "lixin")
    assert sheet.first.passphrase() == ""
    for _ in range(4):
        sheet.backward()
    window.settle()
    assert window.sheet(Welcome).demo.isVisible()


@pytest.mark.parametrize("stage", [Stage.REQUEST, Stage.ANSWER, Stage.FINGERPRINT, Stage.STORE, Stage.READY])
def test_left_at_any_step_it_goes_on_there(
    start: Open, demo: Demo, clock: HandClock, tmp_path: Path, stage: Stage
) -> None:
    window = start(tmp_path / "data")
    sheet = vault(window, Role.OFFICER)
    type_text(sheet.branch.line, "城关网点")
    if stage is not Stage.REQUEST:
        sheet.save_request(tmp_path / "request.pem")
        window.settle()
        sheet.forward()
    if stage in {Stage.FINGERPRINT, Stage.STORE, Stage.READY}:
        sheet.take_answer(answered(demo, (tmp_path / "request.pem").read_bytes(), clock))
        window.until(lambda: sheet.step == Stage.FINGERPRINT)
    if stage in {Stage.STORE, Stage.READY}:
        sheet.same.click()
        sheet.forward()
    if stage is Stage.READY:
        window.settle()
        sheet.placing.store.turn_to(demo.store)
        sheet.try_store()
        window.until(lambda: sheet.step == Stage.READY)
    window.settle()
    window.close()
    window = start(tmp_path / "data")
    window.give(PASSWORD)
    window.until(lambda: bool([one for one in window.shell.findChildren(Joining) if one.isVisible()]))
    again = window.sheet(Joining)
    assert again.step == stage
    if stage is not Stage.REQUEST:
        assert again.branch.value() == "城关网点"
    window.settle()
    if stage is not Stage.READY:
        again.wait.click()
        assert not window.shell.is_covered(), "one may also look around first"


def test_a_broken_answer_says_so_and_nothing_is_lost(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    sheet = vault(window, Role.REVIEWER)
    type_text(sheet.branch.line, "城关网点")
    sheet.forward()
    window.settle()
    (tmp_path / "answer.json").write_bytes(b"{}")
    sheet.load_answer(tmp_path / "answer.json")
    window.settle()
    assert sheet.fault.words()
    assert sheet.step == Stage.ANSWER
    assert logins(tmp_path / "data") == ("lixin",)
    window.shell.resize(1093, 614)
    window.appearance.set_language(ENGLISH)
    window.settle()
    assert sheet.fault.words()
    assert clipped(sheet) == [], "another language takes another number of lines"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(1366, 768), (1093, 614)])
def test_a_careful_eye_finds_nothing(start: Open, tmp_path: Path, language: str, size: tuple[int, int]) -> None:
    window = start(tmp_path / "data")
    window.appearance.set_language(ENGLISH if language == ENGLISH else CHINESE)
    window.shell.resize(*size)
    sheet = begin(window, Role.HEAD_OFFICE)
    for step in sheet.path():
        sheet.turn_to(step)
        window.settle()
        assert (clipped(sheet), too_small(sheet), nameless(sheet)) == ([], [], []), step
    sheet.written.click()
    sheet.turn_to("code")
    sheet.over()
    window.until(lambda: bool([one for one in window.shell.findChildren(Joining) if one.isVisible()]))
    window.settle()
    joining = window.sheet(Joining)
    for step in Stage:
        if step is Stage.DONE:
            continue
        joining.founding.way.show_value("join")
        joining.founding._fit()
        joining.turn_to(step.value)
        window.settle()
        assert (clipped(joining), too_small(joining), nameless(joining)) == ([], [], []), step


def _tabs(sheet: QWidget) -> list[str]:
    """What Tab comes to, once round; nothing outside the sheet."""
    first, met = focused(), []
    for _ in range(40):
        here = focused()
        assert sheet.isAncestorOf(here), "the keyboard has left the sheet"
        name = here.accessibleName() or (here.text() if isinstance(here, QAbstractButton) else "")
        assert name, f"a stop without a name: {type(here).__name__}"
        met.append(name)
        press(here, Qt.Key.Key_Tab)
        if focused() is first:
            return met
    raise AssertionError(met)


def test_tab_goes_as_the_eye_does_and_round_again(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    assert focused() is window.sheet(Welcome).demo
    sheet = vault(window, Role.OFFICER)
    foot = ["继续", "以后继续", "返回", "中文 / English", "深色"]
    assert _tabs(sheet) == ["网点", "保存申请文件", "显示成二维码", *foot]
    press(focused(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    press(focused(), Qt.Key.Key_Tab)
    assert focused() is sheet.branch.line, "there and back"


def test_enter_in_a_password_goes_on_once(start: Open, tmp_path: Path) -> None:
    """Not on to the next field and, for the second it is empty, to a refusal."""
    window = start(tmp_path / "data")
    sheet = begin(window, Role.MANAGER)
    assert sheet.fault.words() == "", "the code has only just come up"
    press(sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert sheet.step == "password"
    assert focused() is sheet.first.line
    sheet.second.clear()
    press(focused(), Qt.Key.Key_Return)
    assert focused() is sheet.second.line
    assert sheet.fault.words() == ""


def test_enter_keeps_the_language_and_the_work_that_were_chosen(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    window.appearance.set_language(ENGLISH)
    window.sheet(Welcome).setup.click()
    window.settle()
    sheet = window.sheet(Beginning)
    assert focused() is sheet.language.buttons()[1]
    press(focused(), Qt.Key.Key_Return)
    assert window.appearance.speech.language == ENGLISH
    press(focused(), Qt.Key.Key_3)
    press(focused(), Qt.Key.Key_Return)
    assert sheet.step == "who"
    sheet.backward()
    assert focused() is sheet.role.buttons()[2]


def test_head_office_that_joins_goes_on_where_it_was(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    sheet = vault(window, Role.HEAD_OFFICE)
    press(focused(), Qt.Key.Key_2)
    press(focused(), Qt.Key.Key_Return)
    assert sheet.step == Stage.REQUEST
    type_text(sheet.branch.line, "总部")
    sheet.save_request(tmp_path / "request.pem")
    window.settle()
    assert focused() is sheet.go_on
    press(focused(), Qt.Key.Key_Return)
    window.settle()
    window.close()
    window = start(tmp_path / "data")
    window.give(PASSWORD)
    window.until(lambda: bool([one for one in window.shell.findChildren(Joining) if one.isVisible()]))
    assert window.sheet(Joining).step == Stage.ANSWER


def test_a_confirmation_opens_no_window_of_its_own(qtbot: QtBot, speech: Speech) -> None:
    shown: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    app = QApplication.instance()
    assert app is not None
    watch = Watch()
    app.installEventFilter(watch)
    asking = Confirm(speech, date(2026, 10, 8), knows=message("x"), does=message("y"), dated=True)
    qtbot.addWidget(asking)
    app.removeEventFilter(watch)
    assert shown == []
    assert not asking._day_row.isHidden()


def test_f1_tells_of_the_step_that_is_up(start: Open, tmp_path: Path) -> None:
    """What a refusal sends one to is one key away, and the keyboard comes back to where it was."""
    window = start(tmp_path / "data")
    assert _help(window) == "first_run"
    joining = vault(window, Role.OFFICER)
    had = focused()
    assert _help(window) == "first_run"
    assert focused() is had
    joining.turn_to(Stage.STORE.value)
    window.settle()
    assert _help(window) == "stores"
    assert joining.isAncestorOf(focused())


def _help(window: Window) -> str:
    """The page that F1 opens; it is put away again."""
    helping = window.application.helping
    helping.turn()
    assert helping.sheet is not None
    page = helping.sheet.reader.page()
    helping.turn()
    return page.name if page is not None else ""
