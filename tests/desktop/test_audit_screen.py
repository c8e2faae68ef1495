"""The auditor's window over the demo's real folder, store and database, with an own vault and certificate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import LANGUAGES, PSEUDO, Language
from officer_app.casework.desk import Desk
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.audit.opening import Where
from officer_app.desktop.screens.audit.screen import AuditScreen
from officer_app.desktop.widgets.screen import News
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import revoke
from officer_app.headoffice.exports import exports_made
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from tests.support.auditor import auditor_of
from tests.support.demo import HandClock
from tests.support.layout import clipped, nameless, too_small
from tests.support.manager_window import ManagerWindow
from tests.support.postgres import Postgres
from tests.support.pseudo import untranslated
from tests.support.typing import press, type_text


@pytest.fixture
def clock(handed_over: tuple[Path, HandClock]) -> HandClock:
    return HandClock(handed_over[1].time)


@pytest.fixture
def demo(handed_over: tuple[Path, HandClock], tmp_path: Path, clock: HandClock) -> Demo:
    shutil.copytree(handed_over[0], tmp_path / "demo")
    demo = Demo(tmp_path / "demo")
    ingest(open_desk(demo.head_office, PASSPHRASE, issuing=False), demo.store, demo.warehouse, clock=clock)
    return demo


@pytest.fixture
def desk(demo: Demo, clock: HandClock, tmp_path: Path) -> Iterator[Desk]:
    with auditor_of(demo, tmp_path / "auditor", clock) as auditor:
        yield auditor


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, speech: Speech) -> AuditScreen:
    window = ManagerWindow(desk, speech)
    qtbot.addWidget(window)
    window.resize(1093, 614)
    window.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    found = window.open("audit")
    assert isinstance(found, AuditScreen)
    return found


def where(demo: Demo) -> Where:
    return Where(demo.head_office, demo.warehouse, demo.store)


def _rows(screen: AuditScreen) -> int:
    return screen.cases.table.model().rowCount()


def test_the_own_key_opens_the_folder_and_it_is_remembered(screen: AuditScreen, demo: Demo, desk: Desk) -> None:
    opening = screen.opening
    for field, text in (
        (opening.folder, str(demo.head_office)),
        (opening.database, demo.warehouse),
        (opening.store, demo.store),
    ):
        type_text(field.line, text)
        press(field.line, Qt.Key.Key_Return)
    assert _rows(screen) == 2
    again = AuditScreen(screen._work)
    again.entered(None)
    assert _rows(again) == 2, "the next day nothing is typed"
    again.deleteLater()
    assert desk.identity is not None


def test_a_withdrawn_auditor_is_told_so(screen: AuditScreen, demo: Demo, desk: Desk, clock: HandClock) -> None:
    assert desk.identity is not None
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    revoke(office, desk.identity.person.key_id, clock=clock)
    screen.open(where(demo))
    assert screen.opening.isVisible()
    assert screen.opening._error.text()


def test_filters_leave_what_is_asked_for(screen: AuditScreen, demo: Demo) -> None:
    screen.open(where(demo))
    filters = screen.cases.filters
    assert {option.key for option in filters.officer.options()} == {"李慧"}
    filters.found.buttons()[1].click()
    assert _rows(screen) == 1
    filters.state.turn_to("approved")
    filters.changed.emit()
    assert _rows(screen) == 0
    assert not screen.cases.open.isEnabled()
    filters.clear.click()
    assert _rows(screen) == 2


def test_nothing_is_opened_without_a_reason_and_everything_is_logged(
    screen: AuditScreen, demo: Demo, tmp_path: Path
) -> None:
    screen.open(where(demo))
    screen.cases.table.setFocus()
    press(screen.cases.table, Qt.Key.Key_Return)
    assert screen.why.line.hasFocus()
    with Warehouse(demo.warehouse) as warehouse:
        assert exports_made(warehouse) == ()
    type_text(screen.why.line, "三季度检查")
    press(screen.cases.open, Qt.Key.Key_Space)
    assert screen.evidence.isVisible()
    assert screen.evidence.paper.page_count() > 3
    model = screen.evidence.table.model()
    assert model.rowCount() > 4
    for place in range(model.rowCount()):
        screen.evidence.table.setCurrentIndex(model.index(place, 0))
    assert screen.evidence.picture.isVisible()
    press(screen.evidence.table, Qt.Key.Key_Escape)
    assert screen.cases.isVisible()
    screen.write_list(tmp_path / "cases.csv")
    screen.write_sample("october", 1, tmp_path / "sample")
    assert "1 份案卷" in screen._result.text()
    with Warehouse(demo.warehouse) as warehouse:
        told = [(one.person, one.kind, one.rows, one.asked["why"]) for one in exports_made(warehouse)]
    assert told == [("周审计", kind, rows, "三季度检查") for kind, rows in (("sample", 1), ("list", 2), ("look", 1))]
    screen.show_tab("exports")
    assert screen.exports.table.model().rowCount() == 3


def test_on_postgresql_each_look_is_logged_and_a_role_that_could_write_is_told(
    screen: AuditScreen, demo: Demo, clock: HandClock, postgres: Postgres
) -> None:
    url = postgres.new()
    ingest(open_desk(demo.head_office, PASSPHRASE, issuing=False), demo.store, url, clock=clock)
    told: list[News] = []
    screen.told.connect(told.append)
    screen.open(Where(demo.head_office, url, demo.store))
    assert [news.key for news in told] == ["audit:rights"], "the address is the owner's"
    assert _rows(screen) == 2
    type_text(screen.why.line, "三季度检查")
    press(screen.cases.open, Qt.Key.Key_Space)
    assert screen.evidence.isVisible()
    assert screen.evidence.paper.page_count() > 3
    with Warehouse(url, reading=True) as warehouse:
        assert [(one.person, one.kind) for one in exports_made(warehouse)] == [("周审计", "look")]


def test_the_same_seed_draws_the_same(screen: AuditScreen, demo: Demo) -> None:
    screen.open(where(demo))
    cases = screen.cases
    press(cases.draw, Qt.Key.Key_Space)
    assert cases.seed.line.hasFocus(), "without a seed nothing is drawn"
    type_text(cases.seed.line, "october")
    cases.count.turn_to("1")
    press(cases.draw, Qt.Key.Key_Space)
    first = cases.chosen()
    assert _rows(screen) == 1
    cases.all.click()
    assert _rows(screen) == 2
    press(cases.draw, Qt.Key.Key_Space)
    assert cases.chosen() == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_careful_eye_finds_nothing(screen: AuditScreen, speech: Speech, demo: Demo, language: Language) -> None:
    speech.set_language(language)
    window = screen.window()
    for scene in _scenes(screen, demo):
        assert clipped(window) == [], scene
        assert too_small(window) == [], scene
        assert nameless(window) == [], scene


def test_no_word_is_outside_the_catalogues(screen: AuditScreen, speech: Speech, demo: Demo) -> None:
    speech.set_language(PSEUDO)
    for scene in _scenes(screen, demo):
        assert untranslated(screen.window()) == [], scene


def _scenes(screen: AuditScreen, demo: Demo) -> Iterator[str]:
    _calm()
    yield "opening"
    screen.open(where(demo))
    screen.why.turn_to("x")
    screen.why.line.setText("三季度检查")
    for scene in ("cases", "exceptions", "laptops", "exports", "journal", "evidence"):
        if scene == "evidence":
            screen.show_tab("cases")
            screen.look(screen.cases.chosen())
        else:
            screen.show_tab(scene)
        _calm()
        yield scene


def _calm() -> None:
    """Until another language has found its room."""
    for _turn in range(5):
        QApplication.processEvents()
