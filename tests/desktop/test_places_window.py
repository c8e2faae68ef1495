"""The map by keys: the visit, the day, a picture from its line; and the officer's day for the manager."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, PSEUDO, say
from officer_app.casework import delivery, submission, visits
from officer_app.casework.desk import Desk
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.photos.screen import PhotosScreen
from officer_app.desktop.widgets.day_sheet import DaySheet
from officer_app.dossier.records import Outcome
from officer_app.plots.primitives import Dot
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.demo import HandClock, desk_of, founded, visited
from tests.support.files import settle
from tests.support.manager_window import ManagerWindow
from tests.support.pseudo import untranslated
from tests.support.walks import HONEST, Shot, Walker

CTRL = Qt.KeyboardModifier.ControlModifier
MORNING = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)


def press(
    window: CaseWindow | ManagerWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key, where the keyboard is."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    QApplication.processEvents()


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, tmp_path: Path) -> Iterator[CaseWindow]:
    """Two shops in a morning, one the day before; the second one is open, with a picture from another town."""
    speech.set_language(ENGLISH)
    clock = HandClock()
    demo = founded(tmp_path, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        walker = Walker(desk, clock)
        walker.visit("昨天", MORNING - timedelta(days=1), 900, 0, HONEST[:1])
        walker.visit("老罗", MORNING, 0, 0, HONEST[:2])
        shots = (*HONEST[:2], Shot(12, 46_000, 9_000, "inside"))
        case = walker.visit("阿芳", MORNING + timedelta(hours=2), 640, -300, shots).case
        shown = CaseWindow(desk, speech, case)
        qtbot.addWidget(shown)
        shown.resize(1093, 614)
        shown.show()
        qtbot.waitActive(shown)
        shown.open(Place.PHOTOS.value)
        QApplication.processEvents()
        yield shown


def screen_of(window: CaseWindow) -> PhotosScreen:
    found = window.current()
    assert isinstance(found, PhotosScreen)
    return found


def numbers(sheet: DaySheet) -> list[str]:
    model = sheet.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_the_visit_and_the_day_by_keys(window: CaseWindow) -> None:
    screen = screen_of(window)
    sheet = screen.places.sheet
    press(window, Qt.Key.Key_M, CTRL)
    assert sheet.isVisible()
    assert sheet.title.text() == "Visit of 9 Oct 2026"
    assert numbers(sheet) == ["1", "2", "3"]
    assert sheet.table.hasFocus()
    press(window, Qt.Key.Key_T)
    assert sheet.title.text() == "9 Oct 2026: 5 pictures of 2 cases"
    assert numbers(sheet) == ["1", "2", "3", "4", "5"]
    assert not sheet.views["after"].isEnabled()
    press(window, Qt.Key.Key_N)
    assert sheet.title.text() == "9 Oct 2026: 5 pictures of 2 cases"
    press(window, Qt.Key.Key_B)
    assert sheet.title.text() == "8 Oct 2026: 1 pictures of 1 cases"
    press(window, Qt.Key.Key_N)
    press(window, Qt.Key.Key_V)
    assert sheet.title.text() == "Visit of 9 Oct 2026"
    press(window, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert screen.page.isVisible()


def test_a_line_opens_its_picture_and_a_mark_finds_its_line(window: CaseWindow) -> None:
    screen = screen_of(window)
    sheet = screen.places.sheet
    press(window, Qt.Key.Key_M, CTRL)
    drawing = sheet.canvas._drawing
    assert drawing is not None
    odd = next(item for item in drawing.items if isinstance(item, Dot) and item.source and item.role.value == "stop")
    QTest.mouseClick(sheet.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(odd.x), round(odd.y)))
    assert sheet.table.current_key() == odd.source
    press(window, Qt.Key.Key_Return)
    assert screen._viewer.isVisible()
    assert screen._shown == odd.source


def test_a_picture_of_another_case_is_not_opened_here(window: CaseWindow) -> None:
    screen = screen_of(window)
    press(window, Qt.Key.Key_M, CTRL)
    press(window, Qt.Key.Key_T)
    sheet = screen.places.sheet
    sheet.table.setCurrentIndex(sheet.table.model().index(0, 0))
    press(window, Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert not screen._viewer.isVisible()


@pytest.mark.parametrize("size", [(1093, 614), (1366, 768)])
def test_the_sketch_takes_the_room_there_is(window: CaseWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    press(window, Qt.Key.Key_M, CTRL)
    QApplication.processEvents()
    sheet = screen_of(window).places.sheet
    drawing = sheet.canvas._drawing
    assert drawing is not None
    assert sheet.canvas.geometry().bottom() <= sheet._ground.height()
    assert drawing.height >= sheet._ground.height() - 4


def test_every_word_of_the_map_is_translated(window: CaseWindow, speech: Speech) -> None:
    press(window, Qt.Key.Key_M, CTRL)
    speech.set_language(PSEUDO)
    QApplication.processEvents()
    sheet = screen_of(window).places.sheet
    assert not untranslated(sheet)
    drawing = sheet.canvas._drawing
    assert drawing is not None
    assert say(drawing.title, PSEUDO) != say(drawing.title, ENGLISH)


@pytest.fixture
def manager(qtbot: QtBot, speech: Speech, tmp_path: Path) -> Iterator[tuple[ManagerWindow, Desk]]:
    """Both customers of the demo handed over on one day; the manager reads the second file."""
    speech.set_language(ENGLISH)
    clock = HandClock()
    demo = founded(tmp_path, clock)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        for name in ("fruit", "salon"):
            visit = visited(officer, name, clock)[1]
            settle(officer, visit)
            record = submission.submit(officer, visits.resume_visit(officer, visit.record.id), PASSPHRASE)
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as desk:
        assert delivery.sync(desk, demo.store).dossiers == 2
        shown = ManagerWindow(desk, speech)
        qtbot.addWidget(shown)
        shown.resize(1093, 614)
        shown.show()
        qtbot.waitActive(shown)
        shown.open(Place.REVIEW.value, record.id)
        QApplication.processEvents()
        yield shown, desk


def test_the_officers_day_and_a_picture_asked_for_again(manager: tuple[ManagerWindow, Desk]) -> None:
    window, _desk = manager
    screen = window.review()
    assert screen.review is not None
    press(window, Qt.Key.Key_M, CTRL)
    assert screen.day.isVisible()
    assert screen.day.title.text() == "李慧, 8 Oct 2026: 18 pictures of 2 cases"
    assert len(numbers(screen.day)) == 18
    assert [say(one.words, ENGLISH) for one in screen.day._day.ground.addresses] == ["阿芳理发", "老罗果行"]  # type: ignore[union-attr]  # shown above
    assert screen._looked_into == ["day"]
    press(window, Qt.Key.Key_Escape)
    assert screen.page.isVisible()
    press(window, Qt.Key.Key_R, CTRL)
    shot = say(screen.panel.sample.photos()[0].shot, ENGLISH)
    assert screen.panel.choice().outcome is Outcome.RETURN
    assert screen.panel.choice().questions == (f"Photograph again: {shot}",)
    press(window, Qt.Key.Key_R, CTRL)
    assert len(screen.panel.choice().questions) == 1
