"""Links in the window: what is shared with other cases stands there, masked, and leads to its question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.base.words import PSEUDO
from officer_app.casework import packs, screening
from officer_app.casework.cases import NewCase, open_case, read_case
from officer_app.casework.desk import Desk
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.links.screen import LinksScreen
from officer_app.desktop.widgets.statement import Statement
from officer_app.headoffice.peoplelists import hashed
from tests.support.case_window import CaseWindow
from tests.support.furnished import Furnished
from tests.support.pseudo import untranslated
from tests.support.typing import press


@pytest.fixture
def desk(furnished: Furnished, tmp_path: Path) -> Iterator[Desk]:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        yield desk


@pytest.fixture
def linked(desk: Desk, furnished: Furnished) -> CaseId:
    """The fruit dealer's number stands in another running case under another name, and on the watch list."""
    case = furnished.cases["fruit"]
    number = read_case(desk, case).resident_id
    other = open_case(desk, NewCase("钱小七")).id
    screening.looked_up(desk, other, {"borrower": {"name": "钱小七", "resident_id": number}})
    table = f"kind,number,list,reason,since,until\nresident_id,{number},grey,多头借贷,2026-01-05,\n"
    with desk.vault.writing() as tx:
        packs.add(tx, packs.PEOPLE, packs.PEOPLE_LIST, 1, hashed(table.encode()))
    return case


def shown(qtbot: QtBot, desk: Desk, speech: Speech, case: CaseId) -> tuple[CaseWindow, LinksScreen]:
    window = CaseWindow(desk, speech, case)
    qtbot.addWidget(window)
    window.show()
    screen = window.open(Place.LINKS.value)
    QTest.qWait(20)
    assert isinstance(screen, LinksScreen)
    return window, screen


def texts(screen: LinksScreen) -> list[str]:
    tables = [table for table in screen.findChildren(Statement) if table.isVisible()]
    return [
        str(table.model().index(row, column).data() or "")
        for table in tables
        for row in range(table.model().rowCount())
        for column in range(table.model().columnCount())
    ]


def test_a_link_a_listing_and_the_numbers_stand_there(
    qtbot: QtBot, desk: Desk, speech: Speech, linked: CaseId
) -> None:
    _, screen = shown(qtbot, desk, speech, linked)
    found = texts(screen)
    assert "钱**" in found
    assert "钱小七" not in found
    assert "多头借贷" in found
    assert "关注名单" in found
    assert "校验无误" in found
    assert any("另一个姓名" in text for text in found), found


def test_enter_leads_to_the_question_of_the_number(qtbot: QtBot, desk: Desk, speech: Speech, linked: CaseId) -> None:
    window, screen = shown(qtbot, desk, speech, linked)
    went: list[tuple[str, object]] = []
    screen.go.connect(lambda place, what: went.append((place, what)))
    table = next(table for table in screen.findChildren(Statement) if table.isVisible())
    assert QApplication.focusWidget() is table
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    assert went
    assert went[0][0] == Place.VISIT.value
    assert "resident_id" in str(went[0][1])
    assert window.isVisible()


def test_without_a_link_the_screen_says_so(qtbot: QtBot, desk: Desk, speech: Speech, furnished: Furnished) -> None:
    _, screen = shown(qtbot, desk, speech, furnished.cases["salon"])
    assert {"校验无误"} <= set(texts(screen))


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
def test_no_text_is_left_untranslated(qtbot: QtBot, desk: Desk, linked: CaseId, size: QSize) -> None:
    window, screen = shown(qtbot, desk, Speech(PSEUDO), linked)
    window.resize(size)
    QTest.qWait(20)
    assert untranslated(screen) == []
