"""Pictures of every widget in every state, both languages, light and dark: `python tests/desktop/gallery.py FOLDER`.

For the eye of whoever changes the theme; the same panes are what the tests walk through.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by itself, it finds tests.support too

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import SystemClock
from officer_app.base.errors import Code, Fault
from officer_app.base.paths import forms_folder
from officer_app.base.words import LANGUAGES, Verbatim
from officer_app.checklists.compile import compile_form
from officer_app.checklists.form import Form, read_form
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Section
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.desktop.app.shell import Place, Shell
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.screenshot import grab
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.questions.kinds import Surroundings
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.widgets.banner import BannerArea
from officer_app.desktop.widgets.buttons import Button, Look, icon_button
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList, MultiChoice
from officer_app.desktop.widgets.contradictions import ContradictionItem
from officer_app.desktop.widgets.date_field import DateField
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.findings import WIDTH, AskNext, FindingsPanel, Recommendation, Tally
from officer_app.desktop.widgets.labels import KeyCap, Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.photos import ContactSheet, Frame
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.rail import Rail, RailItem
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.screen import Head, Screen
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.sections import SectionList, SectionRow
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.desktop.widgets.text_field import LineField, TextArea
from officer_app.desktop.widgets.topbar import Chip, TopBar
from officer_app.desktop.widgets.viewer import PhotoViewer
from officer_app.plots.balance import balance
from officer_app.plots.caps import caps
from officer_app.plots.cashflow import cash_flow
from officer_app.plots.deviations import sales_deviations
from officer_app.plots.riskindex import risk_index
from tests.support.memo_cases import assessed

Pane = Callable[[Speech], QWidget]
TODAY = date(2026, 10, 8)


def given(text: str) -> Verbatim:
    """A text of the sample's people."""
    return Verbatim(text)


def buttons(speech: Speech) -> QWidget:
    pane = column()
    for enabled in (True, False):
        row = QHBoxLayout()
        for look in Look:
            button = Button(speech, given("下一题 Next"), look, icon=Icon.NEXT, keys="Ctrl+N", parent=pane)
            button.setEnabled(enabled)
            row.addWidget(button)
        checked = Button(speech, given("附条件同意"), parent=pane)
        checked.setCheckable(True)
        checked.setChecked(True)
        checked.setEnabled(enabled)
        row.addWidget(checked)
        row.addWidget(icon_button(speech, Icon.SEARCH, given("找"), pane))
        row.addStretch(1)
        nest(pane.body, row)
    nest(pane.body, _states(speech, pane))
    caps = QHBoxLayout()
    for keys in ("Ctrl+K", "F4", "Enter"):
        caps.addWidget(KeyCap(keys, pane))
    caps.addStretch(1)
    nest(pane.body, caps)
    return pane


def _states(speech: Speech, parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for state in State:
        row.addWidget(Pill(speech, state, None, parent))
    row.addStretch(1)
    return row


def texts(speech: Speech) -> QWidget:
    pane = column()
    for kind in Kind:
        pane.body.addWidget(
            Text(speech, given(f"{kind.value} · 木炭用量 55,350 元 Charcoal per month"), kind, parent=pane)
        )
    return pane


def fields(speech: Speech) -> QWidget:
    pane = column()
    pane.resize(720, 100)
    card = Card(parent=pane)
    money = NumberField(speech, NumberKind.MONEY, unit=given("元/月"))
    money.line.setText("12*30+5.5万")
    money.line.textEdited.emit(money.line.text())
    wrong = NumberField(speech, NumberKind.INTEGER)
    wrong.line.setText("三百")
    day = DateField(speech, TODAY)
    day.show_value("2026-10-08")
    line = LineField(speech, given("看到的招牌"))
    area = TextArea(speech, given("条件与理由"))
    few = ChoiceList(speech)
    few.show_options(tuple(Option(key, given(word)) for key, word in _SEEN))
    few.show_value("seen")
    many = MultiChoice(speech)
    many.show_options(tuple(Option(key, given(word)) for key, word in _SEEN))
    many.show_value("seen paper")
    long = ChoiceCombo(speech)
    rows = (
        ("月销售额", money, "看进货单和灶旁的炭袋，不要只听他说。", False),
        ("雇工人数（旺季，包括家里人）", wrong, None, True),
        ("哪天开张", day, None, True),
        ("店名", line, None, False),
        ("怎么看到的", few, None, True),
        ("看到了什么", many, None, False),
        ("行业", long, None, False),
        ("理由", area, None, False),
    )
    for label, field, hint, required in rows:
        row = FieldRow(speech, field, card)
        row.show_words(given(label), given(hint) if hint else None, required=required)
        card.body.addWidget(row)
    wrong.finish()
    pane.body.addWidget(card)
    box = PassphraseBox(speech, given("口令"), pane)
    box.line.setText("口令")
    pane.body.addWidget(box)
    pane.body.addWidget(SearchBox(speech, given("姓名、拼音、电话尾号、证件尾号"), pane))
    return pane


_SEEN = (("seen", "亲眼看见"), ("paper", "看到凭证"), ("told", "只是听说"), ("none", "没有看到"))


def narrow_fields(speech: Speech) -> QWidget:
    pane = fields(speech)
    pane.resize(400, 100)
    return pane


def findings(speech: Speech) -> QWidget:
    pane = _panel(speech)
    pane.resize(WIDTH, 720)
    return pane


def _panel(speech: Speech) -> FindingsPanel:
    panel = FindingsPanel(speech)
    panel.show_recommendation(
        Recommendation(Decimal(55000), Decimal(41000), Decimal(52000), given("销售额改用最低途径"))
    )
    panel.show_next(
        (
            AskNext("a", given("看 10 月电费单"), given("可能改变建议额 ±18,000")),
            AskNext("b", given("问配偶：弟弟的 6 万何时还"), given("可能改变建议额 −12,000")),
        )
    )
    panel.show_contradictions(
        (
            ContradictionItem(
                "s", State.STOP, given("自述 82,000；三条看得见的途径 55,350–57,100。"), given("销售额虚高")
            ),
            ContradictionItem("p", State.LOOK, given("两张 · 10:05"), given("门头照距登记地址 320 米"), "explained"),
        )
    )
    panel.show_tally(Tally(4, 1, 3, 7))
    return panel


def chrome(speech: Speech) -> QWidget:
    pane = QWidget()
    pane.resize(1093, 614)
    rail = Rail(speech, pane)
    rail.show_items(RAIL, FOOT)
    rail.set_current("cases")
    rail.set_badge("exchange", 3)
    right = QVBoxLayout()
    right.setSpacing(0)
    bar = TopBar(speech)
    bar.set_title(given("周记烧烤 · 实地调查"), given("张桂芬 3701••••••••2046"))
    bar.set_chips((Chip(State.INFO, given("标准通道")), Chip(State.NEUTRAL, given("首访 · A 李慧"))))
    bar.set_saved(given("已保存 10:42"))
    bar.set_actions((Button(speech, given("还缺什么 12"), Look.PRIMARY),))
    banners = BannerArea(speech)
    banners.tell(
        "offline",
        State.LOOK,
        given("U 盘拔出了：3 件没有发完。"),
        detail=given("插回去会接着发。"),
        action=given("再试"),
    )
    banners.tell_fault("disk", Fault(Code.DISK_FULL, needed_mb=120))
    banners.tell("bug", State.STOP, given("程序内部出错。"), detail=given("已经保存。"))
    progress = ProgressStrip(speech, delay_ms=0)
    progress.start(given("发送 3 件"))
    progress.tick(2, 3)
    progress.show()
    empty = EmptyState(speech)
    empty.show_empty(
        Icon.CASES, given("这里是您的案卷。还没有案卷：从今天的第一户开始。"), given("新案卷"), keys="Ctrl+N"
    )
    for part in (bar, banners, progress, empty):
        right.addWidget(part, 1 if part is empty else 0)
    row = QHBoxLayout(pane)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(rail)
    nest(row, right, 1)
    return pane


RAIL = (
    RailItem("today", Icon.TODAY, given("今日"), "Alt+1"),
    RailItem("cases", Icon.CASES, given("案卷"), "Alt+2"),
    RailItem("decide", Icon.DECIDE, given("审批"), "Alt+3"),
    RailItem("exchange", Icon.EXCHANGE, given("交换"), "Alt+4"),
)
FOOT = (RailItem("language", Icon.LANGUAGE, given("EN")), RailItem("lock", Icon.LOCK, given("锁定"), "Ctrl+L"))


def tables(speech: Speech) -> QWidget:
    pane = column()
    pane.resize(880, 100)
    visits = DataTable(speech, pane)
    visits.set_columns(
        (
            Column("time", given("时间"), width=72),
            Column("who", given("谁，哪里"), stretch=True),
            Column("what", given("要做什么"), width=200),
            Column("asked", given("申请"), ColumnKind.MONEY, 110),
            Column("state", given("状态"), width=150),
        )
    )
    visits.show_rows(tuple(_visit(*visit) for visit in _VISITS))
    visits.fit_height()
    visits.selectRow(1)
    checks = DataTable(speech, pane)
    checks.set_columns(
        (
            Column("check", given("检验"), stretch=True),
            Column("told", given("自述"), ColumnKind.MONEY, 110),
            Column("found", given("查到"), ColumnKind.MONEY, 110),
            Column("off", given("偏差"), ColumnKind.PERCENT, 100),
            Column("state", given("结论"), width=130),
        )
    )
    checks.show_rows(tuple(_check(*check) for check in _CHECKS))
    checks.fit_height()
    pane.body.addWidget(visits)
    pane.body.addWidget(checks)
    return pane


_VISITS = (
    ("09:40", "周记烧烤 张桂芬", "人民路 27 号 · 1.2 公里", "首访 · 标准通道", 55000, State.LOOK, "调查中 46%"),
    ("14:00", "兴达石材 陈国强", "工业园 3 号 · 6.8 公里", "二访 · 补问 4 项", 180000, State.STOP, "矛盾 3"),
    ("16:30", "阿芳理发 罗秀芳", "解放街 5 号 · 0.8 公里", "老客户 · 只问变化", 30000, State.CANNOT_TELL, "未开始"),
)
_CHECKS = (
    ("销售额（取最低完整途径 · 木炭）", 82000, 55350, "-32.5", State.STOP),
    ("权益：前两年的利润去了哪里", 143000, 131500, "-8.04", State.PASSED),
    ("门头照片与登记地址", None, 320, None, State.LOOK),
)


def _visit(time: str, who: str, where: str, what: str, asked: int, state: State, word: str) -> Row:
    return Row(
        time,
        (
            Cell(given(time)),
            Cell(given(who), below=given(where), strong=True),
            Cell(given(what)),
            Cell(number=Decimal(asked)),
            Cell(given(word), state=state),
        ),
    )


def _check(title: str, told: int | None, found: int, off: str | None, state: State) -> Row:
    return Row(
        title,
        (
            Cell(given(title)),
            Cell(number=Decimal(told) if told else None),
            Cell(number=Decimal(found)),
            Cell(number=Decimal(off) if off else None),
            Cell(state=state),
        ),
    )


def sections(speech: Speech) -> QWidget:
    pane = QWidget()
    pane.resize(212, 300)
    rows = (
        ("a", "借款人与家庭", State.PASSED, 14, 14),
        ("b", "销售额核实", State.LOOK, 6, 11),
        ("c", "成本与毛利", State.CANNOT_TELL, 0, 9),
        ("d", "负债（三个来源都要问）", State.STOP, 3, 7),
    )
    listing = SectionList(speech, pane)
    listing.resize(212, 300)
    listing.show_sections(
        tuple(SectionRow(key, given(title), state, done, of) for key, title, state, done, of in rows)
    )
    listing.set_current("b")
    return pane


def photos(speech: Speech) -> QWidget:
    pane = column()
    pane.resize(800, 100)
    sheet = ContactSheet(speech, pane)
    sheet.setFixedHeight(400)
    sheet.show_frames(
        (
            Frame("front", given("门头，带招牌"), picture(0), State.LOOK, given("10:05 · 320 米"), required=True),
            Frame("stock", given("货架全景"), picture(1), State.PASSED, given("10:12 · 12 米"), required=True),
            Frame("meter", given("电表读数"), required=True),
            Frame("home", given("住所门口")),
            Frame("book", given("账本内页"), picture(2), State.CANNOT_TELL),
        )
    )
    viewer = PhotoViewer(speech, pane)
    viewer.setFixedHeight(300)
    viewer.show_photo(
        picture(0),
        given("门头，带招牌"),
        (Chip(State.LOOK, given("距登记地址 320 米")), Chip(State.NEUTRAL, given("10:05"))),
    )
    pane.body.addWidget(sheet)
    pane.body.addWidget(viewer)
    return pane


def picture(seed: int) -> QImage:
    """A small landscape that is nobody's shop."""
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, 240)
    sky.setColorAt(0, QColor.fromHsv(190 + 20 * seed, 60, 150))
    sky.setColorAt(1, QColor.fromHsv(30 + 30 * seed, 90, 120))
    painter.fillRect(image.rect(), sky)
    painter.fillRect(40, 90, 240, 50, QColor("#b3261e"))
    painter.end()
    return image


def plots(speech: Speech) -> QWidget:
    """The plots of a case that is worked out in the tests of the memo."""
    assessment = assessed()
    pane = column()
    pane.resize(640, 100)
    for make in (sales_deviations, caps, cash_flow, risk_index, balance):
        card = Card(parent=pane)
        canvas = PlotCanvas(speech, card)
        canvas.show_plot(lambda width, em, make=make: make(assessment, width=width, em=em))
        card.body.addWidget(Text(speech, given(make.__name__), Kind.SECTION, parent=card))
        card.body.addWidget(canvas)
        pane.body.addWidget(card)
    return pane


@cache
def _business_visit() -> Form:
    source = (forms_folder() / "business_visit.md").read_bytes()
    return read_form(compile_form(source, "business_visit.md", VOCABULARY).xml)


class _Visit(Screen):
    """The shipped checklist with its sections and the panel: what an officer looks at most."""

    def __init__(self, speech: Speech, section: str) -> None:
        super().__init__()
        session = FormSession(_business_visit(), SystemClock(), random.Random(1))  # noqa: S311  no secret
        session.add_repeat("/data/debts/debt")
        for ref, text in _ANSWERS:
            session.set(ref, text)
        self._speech = speech
        listing = SectionList(speech, self)
        listing.setFixedWidth(196)
        listing.show_sections(tuple(_section_row(part) for part in session.sections(speech.language)))
        listing.set_current(section)
        view = SectionView(speech, Surroundings(TODAY, _is_money), self)
        view.show_section(session.section(section, speech.language))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 0, 0)
        row.addWidget(listing)
        row.addWidget(view, 1)
        self.panel = _panel(speech)

    def head(self) -> Head:
        button = Button(self._speech, given("还缺什么 12"), Look.PRIMARY, keys="F3", parent=self)
        chips = (Chip(State.INFO, given("标准通道")),)
        return Head(given("周记烧烤"), given("张桂芬 3701••••••••2046"), chips, given("已保存 10:42"), (button,))

    def side(self) -> QWidget:
        return self.panel


_ANSWERS = (
    ("/data/application/request/requested_amount", "55000"),
    ("/data/application/request/term_months", "12"),
    ("/data/application/request/annual_rate_percent", "13.2"),
    ("/data/application/request/repayment_method", "equal_instalment"),
    ("/data/application/request/first_payment_month", "2026-11-01"),
    ("/data/application/purpose/purpose_declared", "添两台冰柜，旺季备货"),
    ("/data/debts/has_debts", "yes"),
    ("/data/debts/debt[1]/debt_creditor", "农村信用社"),
    ("/data/debts/debt[1]/debt_told", "yes"),
    ("/data/debts/debt[1]/debt_kind", "institution"),
    ("/data/debts/debt[1]/debt_balance", "42000"),
    ("/data/debts/debt[1]/debt_payment", "1800"),
    ("/data/debts/debt[2]/debt_creditor", "弟弟"),
    ("/data/debts/debt[2]/debt_told", "no"),
    ("/data/debts/debt[2]/debt_balance", "60000"),
)


def _is_money(path: str) -> bool:
    spec = VOCABULARY.get(path)
    return spec is not None and spec.kind.value == "money"


def _section_row(section: Section) -> SectionRow:
    counts = section.counts
    state = State.PASSED if not counts.missing else State.LOOK if counts.answered else State.CANNOT_TELL
    return SectionRow(section.ref, given(section.label), state, counts.answered, counts.total)


def visit(speech: Speech) -> QWidget:
    return _visit_window(speech, "/data/application", QSize(1366, 768))


def _visit_window(speech: Speech, section: str, size: QSize) -> QWidget:
    shell = Shell(speech, given("眼见"))
    shell.register((Place("cases", lambda: _Visit(speech, section), RAIL[1]),), FOOT)
    shell.rail.show_items(RAIL, FOOT)
    shell.open("cases")
    shell.resize(size)
    return shell


def debts(speech: Speech) -> QWidget:
    return _visit_window(speech, "/data/debts", QSize(1366, 900))


def small_visit(speech: Speech) -> QWidget:
    return _visit_window(speech, "/data/sales", QSize(1093, 614))


class _Column(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.resize(860, 100)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)


def column() -> _Column:
    return _Column()


PANES: dict[str, Pane] = {
    "buttons": buttons,
    "texts": texts,
    "fields": fields,
    "narrow": narrow_fields,
    "findings": findings,
    "chrome": chrome,
    "tables": tables,
    "sections": sections,
    "photos": photos,
    "plots": plots,
    "visit": visit,
    "small": small_visit,
    "debts": debts,
}


def paint_all(folder: Path, only: tuple[str, ...] = ()) -> int:
    """Write every pane in both languages, light and dark; gives how many pictures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    count = 0
    for mode in Mode:
        theme.apply(app, mode, bundled_fonts=True)
        for language in LANGUAGES:
            for name, make in PANES.items():
                if only and name not in only:
                    continue
                pane = make(Speech(language))
                fit(pane)
                grab(pane, folder / f"{name}-{language}-{mode.value}.png")
                pane.deleteLater()
                count += 1
    return count


def fit(pane: QWidget) -> None:
    """Show it, as tall as its content wants."""
    pane.show()
    QApplication.processEvents()
    layout = pane.layout()
    if isinstance(pane, _Column) and layout is not None:
        wanted = layout.totalHeightForWidth(pane.width()) if layout.hasHeightForWidth() else pane.sizeHint().height()
        pane.resize(pane.width(), wanted)
    QApplication.processEvents()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(paint_all(target, tuple(sys.argv[2:])), "pictures in", target)
