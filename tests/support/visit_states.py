"""The visit window in each of its states, the same to the pixel whenever it is drawn."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from officer_app.base.ids import CaseId
from officer_app.base.words import LANGUAGES
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.visits import begin_visit
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.questions.entry_table import EntryGrid
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.photos import phone, sheetpage
from officer_app.desktop.screens.photos.phone_page import PhonePage
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.exchange.phone import PhoneCamera
from officer_app.training import seeding
from officer_app.training.demo_cases import read_demo_case
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.colleague import join
from tests.support.demo import HandClock, desk_of
from tests.support.furnished import Furnished
from tests.support.typing import focused, press, type_text

# A laptop's screen at 100 and at 125 per cent.
SIZES: Final = {"1366": QSize(1366, 768), "1093": QSize(1093, 614)}


@dataclass(frozen=True)
class VisitState:
    """How the window comes into a state: with whose case, and what is done then."""

    name: str
    case: str
    put: Callable[[CaseWindow], None]


def page(window: CaseWindow) -> SectionView:
    """The page of the checklist."""
    found = window.findChild(SectionView)
    assert found is not None
    return found


def opened(window: CaseWindow) -> OpenCase:
    """The case that is open."""
    assert window.work.open_case is not None
    return window.work.open_case


def _half_then_costs(window: CaseWindow) -> None:
    window.open(Place.VISIT.value, "/data/person/family/marital_status")


def _errors(window: CaseWindow) -> None:
    """What was typed and is none, an answer outside what the form allows, and what is missing."""
    press(_focus(), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    opened(window).answer("/data/application/request/term_months", "999")
    window.open(Place.VISIT.value, "/data/application/request/requested_amount")
    _calm()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    type_text(line, "不知道")
    page(window).finish()


def _missing(_window: CaseWindow) -> None:
    press(_focus(), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)


def _table(window: CaseWindow) -> None:
    """A list as a table: one cell that is no answer, one with a note."""
    window.open(Place.VISIT.value, "/data/costs/operating_cost[1]/cost_amount")
    opened(window).note("/data/costs/operating_cost[2]/cost_amount", "租约在房东手里", not_seen=True)
    press(_focus(), Qt.Key.Key_F7)
    grid = _grid(window)
    grid.setCurrentIndex(grid.model().index(2, 1))
    grid.take(grid.currentIndex(), "两三千")
    grid.setCurrentIndex(grid.model().index(1, 1))
    grid.setFocus()


def _long_list(window: CaseWindow) -> None:
    """The cell of a choice among many, opened by its pinyin."""
    window.open(Place.VISIT.value, "/data/debts/debt[1]/debt_creditor")
    press(_focus(), Qt.Key.Key_F7)
    grid = _grid(window)
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 2))
    press(grid, Qt.Key.Key_F2)
    press(focused(), Qt.Key.Key_Down)


def _customer(window: CaseWindow) -> None:
    window.open(Place.VISIT.value, "/data/costs/operating_cost[1]/cost_amount")
    press(_focus(), Qt.Key.Key_F9)


def _evening(_window: CaseWindow) -> None:
    press(_focus(), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)


def _cosign(_window: CaseWindow) -> None:
    press(_focus(), Qt.Key.Key_F10)


def _fresh(window: CaseWindow) -> None:
    window.open(Place.VISIT.value)


def without_network(window: CaseWindow) -> None:
    """The phone's page of a laptop that has joined no network."""
    screen = window.open(Place.PHOTOS.value)
    assert isinstance(screen, PhotosScreen)
    with patch.object(phone, "own_addresses", tuple):  # the machine that draws may have any number
        screen._way(sheetpage.PHONE)


def waiting_for_phone(window: CaseWindow) -> None:
    """The phone's page as it waits, without a server behind it."""
    without_network(window)
    sheet = window.findChild(phone.PhoneSheet)
    assert sheet is not None
    camera = PhoneCamera(PhonePage("zh_CN"), lambda _offered: None, lambda: 0.0)
    camera.token = "2d0cW1x0aT8kQ9v3Zs7Lmw"
    sheet._address, sheet._camera = "192.168.43.17", camera
    sheet._show_way(40321, ":".join(f"{number * 7 % 256:02X}" for number in range(32)))


STATES: Final = (
    VisitState("fresh", "fresh", _fresh),
    VisitState("half", "half", _half_then_costs),
    VisitState("errors", "half", _errors),
    VisitState("missing", "half", _missing),
    VisitState("table", "salon", _table),
    VisitState("list", "salon", _long_list),
    VisitState("customer", "salon", _customer),
    VisitState("evening", "half", _evening),
    VisitState("cosign", "salon", _cosign),
    VisitState("phone", "salon", waiting_for_phone),
    VisitState("nonetwork", "salon", without_network),
)


@dataclass(frozen=True)
class Wanted:
    """One picture: which state, in which language, how large, light or dark."""

    state: VisitState
    language: str
    size: str
    mode: Mode

    @property
    def name(self) -> str:
        """Its file's name, without the ending."""
        return f"{self.state.name}_{self.language}_{self.size}_{self.mode.value}"


# The states go round fastest, so that every eighth picture is of another state and another look.
EVERY: Final = tuple(
    Wanted(state, language, size, mode)
    for mode in Mode
    for size in SIZES
    for language in LANGUAGES
    for state in STATES
)


@dataclass(frozen=True)
class Cases:
    """Where the demo lies that the states are of, the time when it was left, and its cases by what they are for."""

    folder: Path
    time: datetime
    cases: Mapping[str, CaseId]


def furnish_states(furnished: Furnished, folder: Path) -> Cases:
    """A customer whose visit is done, one half done, one just begun, and a colleague on the same laptop."""
    shutil.copytree(furnished.folder, folder / "demo")
    demo, clock = Demo(folder / "demo"), HandClock(furnished.clock.time)
    join(demo, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        case = read_demo_case("fruit", clock.now())
        half, visit = seeding.open_demo_case(desk, case)
        steps = seeding.steps_of(case, visit.session.form, clock)
        seeding.fill(desk, visit, steps[: len(steps) // 2])
        fresh = open_case(desk, NewCase("罗秀芳", resident_id="990103197304120016"))
        begin_visit(desk, fresh.id)
    cases = {"salon": furnished.cases["salon"], "half": half.id, "fresh": fresh.id}
    return Cases(demo.folder, clock.time, cases)


def draw(app: QApplication, where: Cases, wanted: Wanted, scratch: Path) -> QImage:
    """The picture that is wanted, in a copy of the demo; the look is light again afterwards."""
    shutil.copytree(where.folder, scratch / wanted.name)
    app.setCursorFlashTime(0)
    theme.apply(app, wanted.mode, bundled_fonts=True)
    speech = Speech(wanted.language)
    try:
        with desk_of(Demo(scratch / wanted.name), Role.OFFICER, HandClock(where.time)) as desk:
            window = CaseWindow(desk, speech, where.cases[wanted.state.case])
            try:
                return _shown(window, wanted)
            finally:
                window.close()
                window.deleteLater()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        speech.deleteLater()
        theme.apply(app, Mode.LIGHT, bundled_fonts=True)


def _shown(window: CaseWindow, wanted: Wanted) -> QImage:
    """The window in a state, with whatever has popped up over it."""
    window.resize(SIZES[wanted.size])
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    window.open(Place.VISIT.value)
    _calm()
    # From here on no pause lets the panel ask anew: what is shown hangs on no time that passes.
    opened(window)._soon.blockSignals(True)
    wanted.state.put(window)
    _calm()
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    for popup in QApplication.topLevelWidgets():
        if popup.isVisible() and popup is not window and isinstance(popup, QListView):
            painter.drawImage(window.mapFromGlobal(popup.mapToGlobal(QPoint(0, 0))), popup.grab().toImage())
    painter.end()
    return picture


def _calm() -> None:
    """Until what the window put off to the next moment is done."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def _focus() -> QWidget:
    _calm()
    return focused()


def _grid(window: CaseWindow) -> EntryGrid:
    grid = page(window).findChild(EntryGrid)
    assert grid is not None
    return grid
