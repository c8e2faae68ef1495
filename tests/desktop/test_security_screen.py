"""Security: what stands behind the loan, each figure with its source, and a place that says what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, LANGUAGES, PSEUDO
from officer_app.casework.desk import Desk
from officer_app.credit.reading import FactTree
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE, Type, font
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.security.cards import Rings, SecurityCard
from officer_app.desktop.screens.security.screen import SecurityScreen
from officer_app.desktop.widgets.cells import CELL_ROLE, Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Text
from officer_app.desktop.widgets.pills import pill_width
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.desktop.widgets.statement import Statement
from officer_app.desktop.widgets.states import State
from tests.support.case_window import CaseWindow
from tests.support.furnished import Furnished
from tests.support.pseudo import untranslated
from tests.support.secured import SECURITY, secured
from tests.support.typing import focused, press

NOTHING: FactTree = {"collateral": "", "guarantors": ""}


@pytest.fixture
def desk(furnished: Furnished, tmp_path: Path) -> Iterator[Desk]:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        yield desk


def opened(
    qtbot: QtBot, desk: Desk, furnished: Furnished, speech: Speech, security: FactTree | None = SECURITY
) -> tuple[CaseWindow, SecurityScreen]:
    """The window on the security of the fruit dealer; None leaves the demo's own."""
    window = CaseWindow(desk, speech, furnished.cases["fruit"])
    case = window.work.open_case
    assert case is not None
    if security is not None:
        case.findings = secured(case.findings, security=security)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    screen = window.open(Place.SECURITY.value)
    QTest.qWait(0)
    assert isinstance(screen, SecurityScreen)
    return window, screen


def words(widget: QWidget) -> str:
    texts = [label.text() for label in widget.findChildren(Text) if label.isVisibleTo(widget)]
    for table in widget.findChildren(QTableView):
        if table.isVisibleTo(widget):
            model = table.model()
            rows, columns = range(model.rowCount()), range(model.columnCount())
            texts += [str(model.index(row, column).data() or "") for row in rows for column in columns]
    return "\n".join(texts)


def cards(screen: SecurityScreen) -> list[SecurityCard]:
    return [card for card in screen.findChildren(SecurityCard) if card.isVisible()]


def test_each_pledge_shows_its_methods_and_what_may_hinder_a_sale(
    qtbot: QtBot, desk: Desk, furnished: Furnished
) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH))
    truck, house, flat, neighbour, cousin, friend = (words(card) for card in cards(screen))
    # truck: the lower of 82 000 twice; 50 % are 41 000; in haste 82 000 less 20 %
    assert all(
        part in truck for part in ("market comparison, lowest", "82,000", "41,000", "65,600", "ends too early")
    )
    assert all(part in house for part in ("barred", "Civil Code 399", "not all agree", "hardly at all", "too old"))
    # flat: 5 000 × 80 = 400 000 by market, 1 500 × 12 ÷ 5 % = 360 000 by income; 70 % less the lien of 110 000
    assert all(part in flat for part in ("400,000", "360,000", "252,000", "−110,000", "142,000", "县农商行, rank 2"))
    assert "five to eight years of rent" in flat
    # 19 000 − 5 600 − 1 200 = 12 200; 420 000 − 80 000 = 340 000
    assert all(part in neighbour for part in ("12,200", "340,000", "joint guarantee", "36 months after due"))
    assert all(part in cousin for part in ("ordinary, by law", "6 months, by law", "did not sign", "50,000"))
    assert "Carries nothing" in friend


def test_circles_and_the_group_are_shown(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH))
    rings = screen.findChild(Rings)
    assert rings is not None
    assert "张桂芳 → 李四海 → 赵六 → 张桂芳" in words(rings)
    assert "罗建民 → 罗建国 → 罗建民" in words(rings)
    text = words(screen)
    # four people; three of four sell fruit; 4 000 + 2 500 + 3 000 = 9 500 are left to the others
    assert all(part in text for part in ("≥ 3", "75%", "≤ 60%", "180,000", "broken", "东门水果联保三组"))


def test_every_figure_tells_how_it_is_made(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH))
    silent = []
    for table in screen.findChildren(Statement):
        model = table.model()
        for row in range(model.rowCount()):
            for column in range(1, model.columnCount()):
                index = model.index(row, column)
                cell = index.data(CELL_ROLE)
                assert isinstance(cell, Cell)
                if index.data() and cell.state is None and not index.data(Qt.ItemDataRole.ToolTipRole):
                    silent.append(f"{model.index(row, 0).data()}: {index.data()}")
    assert not silent


def test_a_row_leads_to_its_question(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH), None)
    table = cards(screen)[0].left
    names = [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]
    table.setFocus()
    table.selectRow(names.index("Prior lien"))
    with qtbot.waitSignal(screen.go) as going:
        press(table, Qt.Key.Key_Return)
    assert going.args[0] == Place.VISIT.value
    assert str(going.args[1]).endswith("collateral_prior_lien")


def test_the_bars_lead_to_their_questions(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH), None)
    canvas = screen.findChild(PlotCanvas)
    assert canvas is not None
    with qtbot.waitSignal(screen.go) as going:
        canvas.source_chosen.emit("application.requested_amount")
    assert going.args[0] == Place.VISIT.value


def test_what_nobody_said_is_not_judged(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH), None)
    table = cards(screen)[0].right
    model = table.model()
    states = {
        str(model.index(row, 0).data()): model.index(row, 2).data(CELL_ROLE).state for row in range(model.rowCount())
    }
    assert states["How quickly it sells"] is State.CANNOT_TELL
    assert states["Before the law"] is State.PASSED
    assert states["Insured until"] is State.CANNOT_TELL
    assert states["Prior lien and rank"] is State.PASSED


def test_without_security_the_place_says_what_it_is_for(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH), NOTHING)
    empty = screen.findChild(EmptyState)
    assert empty is not None
    assert empty.isVisible()
    assert "falls back on" in words(empty)
    with qtbot.waitSignal(screen.go) as going:
        press(focused(), Qt.Key.Key_Space)
    assert going.args[0] == Place.VISIT.value
    assert "collateral" in str(going.args[1])


def test_cards_come_and_go_with_the_answers(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    window, screen = opened(qtbot, desk, furnished, Speech(ENGLISH))
    assert len(cards(screen)) == 6
    case = window.work.open_case
    assert case is not None
    one = {**SECURITY, "collateral": SECURITY["collateral"][:1], "guarantors": ""}  # type: ignore[index]  # a list
    case.findings = secured(case.findings, security=one)
    case.findings_changed.emit()
    QTest.qWait(0)
    assert len(cards(screen)) == 1
    assert "No guarantor in this case." in words(screen)


def test_the_keyboard_reaches_every_table_and_goes_on(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    _, screen = opened(qtbot, desk, furnished, Speech(ENGLISH))
    tables = [table for table in screen.findChildren(Statement) if table.isVisible()]
    reached = set()
    for _ in range(4 * len(tables)):
        reached.add(focused())
        press(focused(), Qt.Key.Key_Tab)
    assert set(tables) <= reached
    with qtbot.waitSignal(screen.go) as going:
        press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert going.args == [Place.MEMO.value, None]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
def test_nothing_sticks_out_and_no_verdict_is_cut(
    qtbot: QtBot, desk: Desk, furnished: Furnished, size: QSize, language: str
) -> None:
    window, screen = opened(qtbot, desk, furnished, Speech(language))
    window.resize(size)
    QTest.qWait(10)
    QApplication.processEvents()
    assert window.width() <= size.width()
    wide = [
        f"{type(part).__name__} {part.width()}"
        for part in screen.findChildren(QWidget)
        if part.isVisible() and part.mapTo(screen, part.rect().topRight()).x() > screen.width()
    ]
    assert not wide
    assert not [text for table in screen.findChildren(Statement) for text in cut_pills(table)]


def cut_pills(table: Statement) -> Iterator[str]:
    model, metrics = table.model(), QFontMetrics(font(Type.SMALL))
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            cell, text = index.data(CELL_ROLE), str(index.data() or "")
            room = table.columnWidth(column) - 2 * SPACE
            if cell.state is not None and pill_width(metrics, cell.state, text) > room:
                yield text


def test_no_text_is_outside_the_catalogues(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    for security in (SECURITY, NOTHING, None):
        window, screen = opened(qtbot, desk, furnished, Speech(PSEUDO), security)
        assert untranslated(screen) == []
        window.close()
