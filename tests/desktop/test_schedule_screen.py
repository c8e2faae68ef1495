"""The schedule: laid out as the case asks or otherwise, beside another way, paid early, and its sheet on paper."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, PSEUDO
from officer_app.casework.desk import Desk
from officer_app.desktop.kit.case_words import CASE_TABS
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.schedule.screen import ScheduleScreen
from officer_app.desktop.widgets.statement import Statement
from officer_app.training import seeding
from officer_app.training.demo_cases import read_demo_case
from tests.support.case_window import CaseWindow
from tests.support.furnished import Furnished
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.windows import shown


@pytest.fixture
def desk(furnished: Furnished, tmp_path: Path) -> Iterator[Desk]:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished) -> CaseWindow:
    return shown(qtbot, CaseWindow(desk, speech, furnished.cases["fruit"]))


def opened(window: CaseWindow) -> ScheduleScreen:
    screen = window.open(Place.SCHEDULE.value)
    QTest.qWait(0)
    assert isinstance(screen, ScheduleScreen)
    return screen


def rows_of(table: Statement) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def type_in(field: object, text: str) -> None:
    """As at the keyboard: over what stands there, then on with Enter."""
    line = getattr(field, "line")  # noqa: B009  every field here has one
    line.setFocus()
    line.selectAll()
    type_text(line, text)
    press(line, Qt.Key.Key_Return)


def begun(desk: Desk, furnished: Furnished) -> CaseId:
    """A case with its first answers only."""
    case = read_demo_case("salon", desk.clock.now())
    record, visit = seeding.open_demo_case(desk, case)
    seeding.fill(desk, visit, seeding.steps_of(case, visit.session.form, furnished.clock)[:1])
    return record.id


def test_the_supported_loan_is_laid_out_beside_another_way(window: CaseWindow) -> None:
    """75000 over 12 months at 12 %: 1 % a month. Equal principal: 6250 and 750 first, 750 × 13 / 2 in all."""
    screen = opened(window)
    figures = {row[0]: row[1:] for row in rows_of(screen.figures)}
    assert figures["还款方式"] == ["等额本息", "等额本金"]
    assert figures["首期还款"] == ["6,663.66", "7,000"]
    assert figures["利息合计"] == ["4,963.91", "4,875"]
    payments = rows_of(screen.payments)
    assert len(payments) == 12
    assert payments[0][2:] == ["5,913.66", "750.00", "6,663.66", "69,086.34"]
    assert payments[-1][-1] == "0.00"


def test_both_limits_stand_beside_the_rate(window: CaseWindow) -> None:
    limits = rows_of(opened(window).limits)
    assert [row[1:] for row in limits] == [["24%", "在限值内"], ["12%", "超出限值"]]


def test_other_terms_are_tried_by_keyboard_and_the_case_keeps_its_own(window: CaseWindow) -> None:
    screen = opened(window)
    type_in(screen.terms.amount, "24000")
    type_in(screen.terms.months, "24")
    type_in(screen.terms.way, "等额本金")
    type_in(screen.terms.beside, "等本等息（按原始本金计息）")
    payments = rows_of(screen.payments)
    assert len(payments) == 24
    assert {row[2] for row in payments} == {"1,000.00"}
    figures = {row[0]: row[1:] for row in rows_of(screen.figures)}
    # Flat: 24 months of 1 % on all of it.
    assert figures["利息合计"] == ["3,000", "5,760"]
    case = window.work.open_case
    assert case is not None
    assert case.findings.facts.application.term_months == 12


def test_what_settling_takes_is_said_for_the_day_typed(window: CaseWindow) -> None:
    """On the sixth due day nothing has grown since: the balance alone."""
    screen = opened(window)
    balance = rows_of(screen.payments)[5][-1]
    type_in(screen.early.day, rows_of(screen.payments)[5][1])
    assert balance in screen.early.quote.text()
    assert not screen.early.keep.isVisible()
    type_in(screen.early.amount, "10000")
    assert screen.early.keep.isVisible()
    assert "10,000" in screen.early.quote.text()
    assert "6 期" in screen.early.after.text()
    type_in(screen.early.keep, "每期不变，提前还清")
    assert "5 期" in screen.early.after.text()
    type_in(screen.early.amount, "9999999")
    assert "余额" in screen.early.quote.text()


def test_the_schedule_is_copied_as_excel_takes_it(window: CaseWindow) -> None:
    screen = opened(window)
    screen.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 12
    assert lines[0].split("\t")[2:] == ["5913.66", "750", "6663.66", "69086.34"]


@pytest.mark.parametrize(("language", "title"), [(CHINESE, "贷款信息披露表"), (ENGLISH, "Whatthisloancosts")])
def test_the_sheet_is_saved_as_it_is_laid_out(window: CaseWindow, tmp_path: Path, language: str, title: str) -> None:
    screen = opened(window)
    type_in(screen.terms.amount, "24000")
    file = tmp_path / "sheet.pdf"
    screen.save_sheet(file, language)
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(file.read_bytes())).pages)
    assert title in text
    assert "24,000" in text
    assert "9901**********0016" in text


def test_a_case_without_its_terms_says_what_is_missing_and_leads_there(
    qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished
) -> None:
    window = shown(qtbot, CaseWindow(desk, speech, begun(desk, furnished)))
    screen = opened(window)
    assert screen.empty.isVisible()
    assert not screen.payments.isVisible()
    assert not screen.sheet.isEnabled()
    with qtbot.waitSignal(screen.go) as going:
        screen.empty.acted.emit()
    assert going.args[0] == Place.VISIT.value
    assert str(going.args[1]).startswith("/data/application")


def test_the_keys_lead_on_to_the_memo(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    with qtbot.waitSignal(screen.go) as going:
        press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert going.args == [Place.MEMO.value, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_is_whole_in_the_small_window(
    qtbot: QtBot, desk: Desk, furnished: Furnished, language: str
) -> None:
    window = shown(qtbot, CaseWindow(desk, Speech(language), furnished.cases["fruit"]))
    window.resize(QSize(1093, 614))
    screen = opened(window)
    QTest.qWait(10)
    for key, _ in CASE_TABS:
        tab = screen.tabs.button(key)
        assert tab.width() >= tab.sizeHint().width()
        assert tab.geometry().right() <= screen.tabs.width()


def test_no_text_is_outside_the_catalogues(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    for case in (furnished.cases["fruit"], begun(desk, furnished)):
        window = shown(qtbot, CaseWindow(desk, Speech(PSEUDO), case))
        assert untranslated(opened(window)) == []
        window.close()
