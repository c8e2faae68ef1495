"""The window: places, banners, panel, cover; small laptops; the pseudo-language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.words import PSEUDO, Verbatim, message
from officer_app.desktop.app.shell import SMALLEST, Place, Shell
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.findings import FindingsPanel, Recommendation, Tally
from officer_app.desktop.widgets.labels import Text
from officer_app.desktop.widgets.rail import RailItem
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.sections import SectionList
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press


class _Desk(Screen):
    """A small screen as wave after wave will write them."""

    def __init__(self, speech: Speech, name: str, *, with_side: bool = False) -> None:
        super().__init__()
        self.speech = speech
        self.name = name
        self.entries: list[object] = []
        self.finished = 0
        self.pressed: list[str] = []
        self.panel = FindingsPanel(speech) if with_side else None
        self.action = Button(speech, message("Close"), Look.PRIMARY, parent=self)
        self.line = QLineEdit()
        row = QHBoxLayout(self)
        row.addWidget(SectionList(speech))
        row.addWidget(self.line)

    def head(self) -> Head:
        return Head(
            Verbatim(self.name), Verbatim("张桂芬"), (Chip(State.INFO, message("Passed")),), None, (self.action,)
        )

    def side(self) -> QWidget | None:
        return self.panel

    def entered(self, what: object) -> None:
        self.entries.append(what)

    def acted(self, key: str) -> None:
        self.pressed.append(key)

    def finish(self) -> None:
        self.finished += 1


@pytest.fixture
def screens() -> dict[str, _Desk]:
    return {}


@pytest.fixture
def shell(qtbot: QtBot, speech: Speech, screens: dict[str, _Desk]) -> Iterator[Shell]:
    window = Shell(speech, message("Passed"))
    qtbot.addWidget(window)

    def make(key: str, *, with_side: bool) -> Screen:
        screens[key] = _Desk(speech, key, with_side=with_side)
        return screens[key]

    window.register(
        (
            Place(
                "today",
                lambda: make("today", with_side=False),
                RailItem("today", Icon.TODAY, message("Passed"), "Alt+1"),
            ),
            Place(
                "visit",
                lambda: make("visit", with_side=True),
                RailItem("visit", Icon.CASES, message("Stop"), "Alt+2"),
            ),
            Place("memo", lambda: make("memo", with_side=False)),
        ),
        (RailItem("lock", Icon.LOCK, message("Cancel")),),
    )
    window.show()
    window.open("today")
    qtbot.waitActive(window)
    return window


def test_screens_are_made_when_they_are_opened(shell: Shell, screens: dict[str, _Desk]) -> None:
    assert set(screens) == {"today"}
    shell.open("visit", 7)
    shell.open("today")
    shell.open("visit", 8)
    assert set(screens) == {"today", "visit"}
    assert screens["visit"].entries == [7, 8]
    assert screens["today"].finished == 2


def test_places_have_keys_and_the_rail_shows_where_we_are(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.opened) as opened:
        press(focused() if shell.focusWidget() else shell, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert opened.args == ["visit"]
    assert shell.rail.button("visit").isChecked()
    assert [keys for keys, _what in shell.shortcuts.listed()] == ["Alt+1", "Alt+2"]


def test_the_foot_of_the_rail_is_the_windows_own(qtbot: QtBot, shell: Shell) -> None:
    with qtbot.waitSignal(shell.foot_chosen) as chosen:
        shell.rail.button("lock").click()
    assert chosen.args == ["lock"]
    assert shell.current_key() == "today"


def test_a_screen_goes_elsewhere_by_asking(shell: Shell, screens: dict[str, _Desk]) -> None:
    screens["today"].go.emit("memo", "case-1")
    assert shell.current_key() == "memo"
    assert screens["memo"].entries == ["case-1"]


def test_the_panel_stands_beside_its_own_screen_only(shell: Shell, screens: dict[str, _Desk]) -> None:
    shell.open("visit")
    panel = screens["visit"].panel
    assert panel is not None
    assert panel.isVisible()
    shell.open("today")
    assert not panel.isVisible()


def test_the_button_of_a_banner_comes_back_to_its_screen(shell: Shell, screens: dict[str, _Desk]) -> None:
    screens["today"].told.emit(News("usb", State.LOOK, message("Stop"), action=message("Cancel")))
    shell.open("memo")
    shell.banners.acted.emit("usb")
    assert screens["today"].pressed == ["usb"]
    screens["today"].taken_back.emit("usb")
    assert shell.banners.keys() == ()


def test_the_same_fault_is_told_once(shell: Shell, screens: dict[str, _Desk]) -> None:
    for _ in range(3):
        screens["today"].faulted.emit(Fault(Code.DISK_FULL, needed_mb=1))
    assert shell.banners.keys() == ("fault:DISK_FULL",)


def test_a_cover_keeps_the_work_underneath(shell: Shell, screens: dict[str, _Desk], speech: Speech) -> None:
    screens["today"].line.setText("半句话")
    shell.cover(Text(speech, message("Stop")))
    assert shell.is_covered()
    assert not screens["today"].isVisible()
    shell.uncover()
    assert not shell.is_covered()
    assert screens["today"].line.text() == "半句话"


def test_somebody_else_signs_in(qtbot: QtBot, shell: Shell, screens: dict[str, _Desk], speech: Speech) -> None:
    old = screens["today"]
    shell.register((Place("queue", lambda: _Desk(speech, "queue"), RailItem("queue", Icon.DECIDE, message("Stop"))),))
    shell.open("queue")
    qtbot.waitUntil(lambda: not shiboken6.isValid(old))
    assert shell.shortcuts.listed() == ()
    assert shell.current_key() == "queue"


def test_closing_keeps_what_is_being_typed(qtbot: QtBot, shell: Shell, screens: dict[str, _Desk]) -> None:
    with qtbot.waitSignal(shell.closing):
        shell.close()
    assert screens["today"].finished == 1


@pytest.mark.parametrize("size", [SMALLEST, QSize(1366, 768), QSize(1920, 1080)])
def test_nothing_is_out_of_reach(qtbot: QtBot, shell: Shell, screens: dict[str, _Desk], size: QSize) -> None:
    shell.open("visit")
    panel = screens["visit"].panel
    assert panel is not None
    panel.show_recommendation(Recommendation(None, None))
    panel.show_tally(Tally(4, 1, 3, 7))
    shell.resize(size)
    parts = (shell.rail, shell.top, screens["visit"], panel, screens["visit"].action)

    def all_inside() -> bool:
        corners = [part.mapTo(shell, part.rect().bottomRight()) for part in parts]
        return all(0 <= corner.x() < size.width() and 0 <= corner.y() < size.height() for corner in corners)

    qtbot.waitUntil(all_inside)
    assert screens["visit"].width() >= 640


def test_every_word_of_the_window_comes_from_a_catalogue(shell: Shell, speech: Speech) -> None:
    shell.open("visit")
    shell.banners.tell_fault("disk", Fault(Code.DISK_FULL, needed_mb=1))
    shell.set_status((Chip(State.LOOK, message("Cancel")),))
    speech.set_language(PSEUDO)
    assert untranslated(shell) == []


def test_a_word_that_escaped_would_be_seen(shell: Shell, speech: Speech) -> None:
    speech.set_language(PSEUDO)
    stray = QLineEdit(shell)
    stray.setPlaceholderText("stray")
    stray.show()
    assert untranslated(shell) == ["QLineEdit: stray"]
