"""Widgets do what they say, by keyboard, with names for those who hear the screen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL
from officer_app.desktop.widgets.banner import BannerArea
from officer_app.desktop.widgets.buttons import Button, Look, icon_button
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.contradictions import ContradictionItem
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.findings import AskNext, FindingsPanel, Recommendation, Tally
from officer_app.desktop.widgets.labels import ElidedText, Text
from officer_app.desktop.widgets.photos import ContactSheet, Frame
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.desktop.widgets.press_cards import PressCard
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.rail import Rail, RailItem
from officer_app.desktop.widgets.sections import SectionList, SectionRow
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row, TableModel
from officer_app.desktop.widgets.topbar import Chip, TopBar
from officer_app.desktop.widgets.viewer import PhotoViewer
from officer_app.plots import primitives as p
from tests.desktop.gallery import picture
from tests.support.typing import focused, press
from tests.support.windows import in_window


def words(text: str) -> Verbatim:
    return Verbatim(text)


# --- buttons, states, texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_keyboard(qtbot: QtBot, speech: Speech, key: Qt.Key) -> None:
    button = Button(speech, words("下一题"), Look.PRIMARY, keys="F2")
    in_window(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        press(button, key)


def test_buttons_are_large_enough_and_have_names(qtbot: QtBot, speech: Speech) -> None:
    button = icon_button(speech, Icon.CLOSE, message("Close"))
    in_window(qtbot, button)
    assert min(button.width(), button.height()) >= CONTROL
    interface = QAccessible.queryAccessibleInterface(button)
    assert interface.text(QAccessible.Text.Name) == "关闭"
    assert interface.role() == QAccessible.Role.PushButton
    speech.set_language(ENGLISH)
    assert button.toolTip() == "Close"


def test_a_button_grows_with_its_words_and_its_key(qtbot: QtBot, speech: Speech) -> None:
    short, long = Button(speech, words("好")), Button(speech, words("输入口令并签名"))
    for button in (short, long):
        qtbot.addWidget(button)
    assert long.sizeHint().width() > short.sizeHint().width()
    before = short.sizeHint().width()
    short.set_keys("Ctrl+N")
    assert short.sizeHint().width() > before


@pytest.mark.parametrize("state", [State.PASSED, State.LOOK, State.STOP, State.CANNOT_TELL])
def test_a_state_differs_in_shape_and_word_not_in_colour_alone(qtbot: QtBot, speech: Speech, state: State) -> None:
    pill = Pill(speech, state)
    qtbot.addWidget(pill)
    others = [other for other in State if other is not state]
    assert state.shape is not None
    assert state.shape not in [other.shape for other in others]
    assert pill.text() == speech.say(state.word)
    assert pill.text() not in [speech.say(other.word) for other in others]


def test_what_does_not_fit_ends_in_dots_and_stands_in_the_tooltip(qtbot: QtBot, speech: Speech) -> None:
    text = ElidedText(speech, words("一个非常非常长的店名" * 5))
    in_window(qtbot, text, 200, 40)
    assert text.toolTip() == text.text()
    assert text.property("verbatim_tip") is True
    text.window().resize(2000, 40)
    qtbot.waitUntil(lambda: text.toolTip() == "")


def test_silence_takes_no_room(qtbot: QtBot, speech: Speech) -> None:
    text = Text(speech, words("甲"))
    in_window(qtbot, text)
    text.set_text(None)
    assert text.isHidden()
    text.set_text(words("乙"))
    assert not text.isHidden()


# --- rail, bar, banners, progress, empty -------------------------------------------------------------------------


def test_the_rail_asks_and_does_not_move_by_itself(qtbot: QtBot, speech: Speech) -> None:
    rail = Rail(speech)
    rail.show_items(
        (RailItem("today", Icon.TODAY, words("今日"), "Alt+1"), RailItem("cases", Icon.CASES, words("案卷"))),
        (RailItem("lock", Icon.LOCK, words("锁定")),),
    )
    in_window(qtbot, rail)
    rail.set_current("today")
    rail.button("today").setFocus()
    press(focused(), Qt.Key.Key_Down)
    with qtbot.waitSignal(rail.chosen) as chosen:
        press(focused(), Qt.Key.Key_Space)
    assert chosen.args == ["cases"]
    assert rail.button("today").isChecked()
    assert not rail.button("cases").isChecked()
    press(focused(), Qt.Key.Key_Down)
    assert focused() is rail.button("lock")
    rail.set_badge("cases", 3)
    assert rail.button("cases").accessibleDescription() == "3"


def test_actions_are_lent_to_the_bar_and_given_back(qtbot: QtBot, speech: Speech) -> None:
    bar, home = TopBar(speech), QLabel()
    qtbot.addWidget(home)
    in_window(qtbot, bar)
    first, second = Button(speech, words("甲"), parent=home), Button(speech, words("乙"), parent=home)
    bar.set_actions((first,))
    assert first.isVisible()
    bar.set_actions((second,))
    assert first.parent() is home
    assert first.isHidden()
    assert second.isVisible()


def test_chips_change_in_place(qtbot: QtBot, speech: Speech) -> None:
    bar = TopBar(speech)
    in_window(qtbot, bar)
    bar.set_status((Chip(State.NEUTRAL, words("离线")), Chip(State.LOOK, words("待发 3"))))
    bar.set_status((Chip(State.PASSED, words("已签收")),))
    pills = [pill for pill in bar.findChildren(Pill) if pill.isVisible()]
    assert [(pill.state, pill.text()) for pill in pills] == [(State.PASSED, "已签收")]


def test_the_same_news_is_told_once_and_can_be_closed(qtbot: QtBot, speech: Speech) -> None:
    banners = BannerArea(speech)
    in_window(qtbot, banners)
    banners.tell("usb", State.LOOK, words("U 盘拔出了"), action=words("再试"))
    banners.tell("usb", State.LOOK, words("U 盘拔出了，还差 2 件"), action=words("再试"))
    assert banners.keys() == ("usb",)
    retry, close = banners.findChildren(Button)[-2:]
    with qtbot.waitSignal(banners.acted) as acted:
        press(retry, Qt.Key.Key_Return)
    assert acted.args == ["usb"]
    with qtbot.waitSignal(banners.closed):
        press(close, Qt.Key.Key_Return)
    assert banners.keys() == ()
    assert banners.isHidden()


def test_a_fault_tells_what_and_what_to_do(qtbot: QtBot, speech: Speech) -> None:
    banners = BannerArea(speech)
    in_window(qtbot, banners)
    fault = Fault(Code.DISK_FULL, needed_mb=12)
    banners.tell_fault("disk", fault)
    texts = [label.text() for label in banners.findChildren(QLabel)]
    assert texts == [speech.say(fault.sentence), speech.say(fault.remedy)]


def test_progress_appears_only_when_there_is_something_to_wait_for(qtbot: QtBot, speech: Speech) -> None:
    strip = ProgressStrip(speech, delay_ms=30)
    in_window(qtbot, strip)
    strip.hide()
    strip.start(words("发送"))
    assert strip.isHidden()
    strip.finish()
    strip.start(words("发送"))
    qtbot.waitUntil(strip.isVisible)
    strip.tick(2, 3)
    assert "2 / 3" in [label.text() for label in strip.findChildren(QLabel)]
    button = strip.findChild(Button)
    with qtbot.waitSignal(strip.cancelled):
        press(button, Qt.Key.Key_Return)
    assert not button.isEnabled()
    strip.finish()
    assert strip.isHidden()


def test_an_empty_place_gives_one_next_action(qtbot: QtBot, speech: Speech) -> None:
    empty = EmptyState(speech)
    empty.show_empty(Icon.CASES, words("这里是您的案卷。"), words("新案卷"), keys="Ctrl+N")
    in_window(qtbot, empty)
    with qtbot.waitSignal(empty.acted):
        press(empty.findChild(Button), Qt.Key.Key_Return)


# --- findings ----------------------------------------------------------------------------------------------------


def _texts(panel: FindingsPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel) and label.text()]


def test_the_panel_tells_amount_movement_and_tally(qtbot: QtBot, speech: Speech) -> None:
    panel = FindingsPanel(speech)
    in_window(qtbot, panel, 304, 700)
    assert "—" in _texts(panel)
    panel.show_recommendation(Recommendation(Decimal(55000), Decimal(41000), Decimal(52000), words("改用最低途径")))
    panel.show_tally(Tally(4, 1, 3, 0))
    texts = _texts(panel)
    assert "41,000" in texts
    assert "申请 55,000" in texts
    assert "↓ 刚才 52,000：改用最低途径" in texts
    assert [text for text in texts if text in ("通过 4", "再看 1", "不符 3", "待查 0")] == [
        "通过 4",
        "再看 1",
        "不符 3",
    ]


def test_a_contradiction_has_three_exits_by_keyboard(qtbot: QtBot, speech: Speech) -> None:
    panel = FindingsPanel(speech)
    in_window(qtbot, panel, 304, 700)
    item = ContradictionItem("sales", State.STOP, words("自述 82,000；查到 55,350。"), words("销售额虚高"))
    panel.show_contradictions((item,))
    taken: list[tuple[str, str]] = []
    panel.exit_chosen.connect(lambda key, way: taken.append((key, way)))
    for button in panel.findChildren(Button):
        press(button, Qt.Key.Key_Return)
    assert taken == [("sales", "explained"), ("sales", "corrected"), ("sales", "unexplained")]


def test_unchanged_cards_stay_and_keep_the_keyboard(qtbot: QtBot, speech: Speech) -> None:
    panel = FindingsPanel(speech)
    in_window(qtbot, panel, 304, 700)
    bill, wife = AskNext("bill", words("看电费单")), AskNext("wife", words("问配偶"))
    panel.show_next((bill, wife))
    card = panel.findChildren(PressCard)[1]
    card.setFocus()
    panel.show_next((wife, AskNext("rent", words("看租约"))))
    assert focused() is card
    with qtbot.waitSignal(panel.next_chosen) as chosen:
        press(card, Qt.Key.Key_Return)
    assert chosen.args == ["wife"]


# --- lists and tables --------------------------------------------------------------------------------------------

COLUMNS = (
    Column("who", words("谁"), stretch=True),
    Column("asked", words("申请"), ColumnKind.MONEY, 100),
    Column("state", words("状态"), width=120),
)
ROWS = tuple(
    Row(key, (Cell(words(name)), Cell(number=Decimal(asked)), Cell(state=State.LOOK)))
    for key, name, asked in (("1", "张桂芬", "55000"), ("2", "陈国强", "180000.50"), ("3", "罗秀芳", "30000"))
)


def test_the_table_model_keeps_qts_rules(speech: Speech, qtmodeltester) -> None:
    model = TableModel(speech)
    model.set_columns(COLUMNS)
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    watcher = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_rows(ROWS[:1])
    model.set_rows(())
    model.set_columns(COLUMNS[:2])
    watcher.deleteLater()
    model.deleteLater()


def test_a_table_is_walked_opened_and_copied(qtbot: QtBot, speech: Speech) -> None:
    table = DataTable(speech)
    table.set_columns(COLUMNS)
    table.show_rows(ROWS)
    in_window(qtbot, table)
    table.selectRow(0)
    with qtbot.waitSignal(table.chosen) as chosen:
        press(table, Qt.Key.Key_Down)
    assert chosen.args == ["2"]
    with qtbot.waitSignal(table.opened) as opened:
        press(table, Qt.Key.Key_Return)
    assert opened.args == ["2"]
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "陈国强\t180000.5\t再看看\n罗秀芳\t30000\t再看看"


def test_the_current_row_stays_when_rows_come_and_go(qtbot: QtBot, speech: Speech) -> None:
    table = DataTable(speech)
    table.set_columns(COLUMNS)
    table.show_rows(ROWS)
    in_window(qtbot, table)
    table.selectRow(2)
    table.show_rows((ROWS[0], ROWS[2]))
    assert table.current_key() == "3"
    table.set_widths({"asked": 222, "gone": 5})
    assert table.widths()["asked"] == 222


def test_tab_leaves_a_table(qtbot: QtBot, speech: Speech) -> None:
    table = DataTable(speech)
    table.set_columns(COLUMNS)
    table.show_rows(ROWS)
    window = in_window(qtbot, table)
    after = Button(speech, words("后"), parent=window)
    window.layout().addWidget(after)
    after.show()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert focused() is after


def test_sections_are_walked_and_opened(qtbot: QtBot, speech: Speech) -> None:
    listing = SectionList(speech)
    rows = (
        SectionRow("a", words("借款人"), State.PASSED, 3, 3),
        SectionRow("b", words("销售额"), State.LOOK, 1, 4),
    )
    listing.show_sections(rows)
    in_window(qtbot, listing, 212, 300)
    listing.set_current("a")
    press(listing, Qt.Key.Key_Down)
    with qtbot.waitSignal(listing.chosen) as chosen:
        press(listing, Qt.Key.Key_Return)
    assert chosen.args == ["b"]
    listing.show_sections((rows[0], SectionRow("b", words("销售额"), State.PASSED, 4, 4)))
    assert listing.current_key() == "b"
    told = listing.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "销售额 4/4 通过"


# --- pictures and plots ------------------------------------------------------------------------------------------


def test_missing_shots_are_asked_for_and_taken_ones_open(qtbot: QtBot, speech: Speech) -> None:
    sheet = ContactSheet(speech)
    sheet.show_frames((Frame("front", words("门头"), picture(0), State.PASSED), Frame("meter", words("电表"))))
    in_window(qtbot, sheet)
    sheet.setCurrentIndex(sheet.model().index(0, 0))
    with qtbot.waitSignal(sheet.opened) as opened:
        press(sheet, Qt.Key.Key_Return)
    assert opened.args == ["front"]
    press(sheet, Qt.Key.Key_Right)
    with qtbot.waitSignal(sheet.wanted) as wanted:
        press(sheet, Qt.Key.Key_Return)
    assert wanted.args == ["meter"]


def test_files_can_be_dropped_on_the_sheet(qtbot: QtBot, speech: Speech, tmp_path) -> None:
    sheet = ContactSheet(speech)
    in_window(qtbot, sheet)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg")), QUrl("https://example.org/b.jpg")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(sheet.dropped) as dropped:
        sheet.dropEvent(drop)
    assert dropped.args == [[tmp_path / "a.jpg"]]


def test_a_photo_is_looked_at_by_keyboard(qtbot: QtBot, speech: Speech) -> None:
    viewer = PhotoViewer(speech)
    in_window(qtbot, viewer)
    viewer.show_photo(picture(1), words("门头"), (Chip(State.LOOK, words("320 米")),))
    press(viewer, Qt.Key.Key_Plus)
    assert viewer.zoom() > 1
    press(viewer, Qt.Key.Key_0)
    assert viewer.zoom() == 1
    with qtbot.waitSignal(viewer.turned) as turned:
        press(viewer, Qt.Key.Key_Left)
    assert turned.args == [-1]
    with qtbot.waitSignal(viewer.closed):
        press(viewer, Qt.Key.Key_Escape)


def _drawing(width: float, em: float) -> p.Drawing:
    return p.Drawing(
        width,
        100,
        em,
        (
            p.Band(10, 10, 80, 80, p.Role.PASSED_SOFT),
            p.Line(0, 50, width, 50, p.Role.LINE),
            p.Bar(20, 20, 60, 10, p.Role.STOP, "cap"),
            p.Dot(150, 60, 10, p.Role.LOOK, p.Marker.HALF, "check"),
            p.Text(200, 60, em, words("55,350"), p.Role.INK, p.Anchor.START, width=60, source="figure"),
        ),
        words("上限"),
        words("还款能力最低"),
    )


def test_a_plot_tells_where_its_parts_come_from(qtbot: QtBot, speech: Speech) -> None:
    canvas = PlotCanvas(speech)
    in_window(qtbot, canvas, 400, 200)
    canvas.show_plot(_drawing)
    assert canvas.height() == 100
    assert canvas.accessibleName() == "上限"
    sources: list[str] = []
    canvas.source_chosen.connect(sources.append)
    for where in (QPoint(30, 25), QPoint(152, 62), QPoint(210, 60), QPoint(380, 10)):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert sources == ["cap", "check", "figure"]


def test_a_plot_without_its_figures_says_so(qtbot: QtBot, speech: Speech) -> None:
    canvas = PlotCanvas(speech)
    in_window(qtbot, canvas, 400, 200)
    canvas.show_plot(lambda _width, _em: None)
    assert not canvas.grab().isNull()


def test_a_pdf_is_shown_and_rubbish_refused(qtbot: QtBot, speech: Speech) -> None:
    from reportlab.pdfgen.canvas import Canvas

    from officer_app.desktop.widgets.pdf import PdfView

    paper = Canvas("unused.pdf")
    paper.drawString(50, 800, "1")
    paper.showPage()
    paper.drawString(50, 800, "2")
    view = PdfView(speech)
    in_window(qtbot, view)
    view.show_pdf(paper.getpdfdata())
    assert view.page_count() == 2
    with pytest.raises(Fault) as refused:
        view.show_pdf(b"no pdf at all")
    assert refused.value.code is Code.FILE_UNREADABLE


# --- endurance ---------------------------------------------------------------------------------------------------


def test_three_thousand_signals_survive(qtbot: QtBot, speech: Speech) -> None:
    rail, panel, table = Rail(speech), FindingsPanel(speech), DataTable(speech)
    rail.show_items((RailItem("today", Icon.TODAY, words("今日")),))
    for widget in (rail, panel, table):
        qtbot.addWidget(widget)
    heard: list[object] = []
    rail.chosen.connect(heard.append)
    panel.exit_chosen.connect(lambda key, way: heard.append((key, way)))
    table.opened.connect(heard.append)
    for number in range(1000):
        rail.chosen.emit(str(number))
        panel.exit_chosen.emit("k", str(number))
        table.opened.emit("r")
    assert len(heard) == 3000


def test_a_hundred_changes_of_language_and_cards_leave_nothing_behind(qtbot: QtBot, speech: Speech) -> None:
    panel = FindingsPanel(speech)
    in_window(qtbot, panel, 304, 700)
    before = len(QApplication.allWidgets())
    for number in range(100):
        panel.show_next((AskNext(str(number), words(f"问 {number}")),))
        speech.set_language(ENGLISH if number % 2 else "zh_CN")
        QApplication.processEvents()
    qtbot.waitUntil(lambda: len(QApplication.allWidgets()) <= before + 12)
