"""Capacity: what the figures carry, where they come from, and what a half-finished visit still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.base.words import PSEUDO
from officer_app.casework.desk import Desk
from officer_app.credit.assess import assess
from officer_app.credit.figures import known
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.capacity.limits import break_even_percent
from officer_app.desktop.screens.capacity.offer import OfferCard
from officer_app.desktop.screens.capacity.screen import CapacityScreen
from officer_app.desktop.screens.capacity.stress import MixFields
from officer_app.desktop.widgets.blocks import Block
from officer_app.desktop.widgets.counter_offer import CounterOffer
from officer_app.desktop.widgets.labels import Text
from officer_app.desktop.widgets.links import FactLinks
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


def opened(window: CaseWindow) -> CapacityScreen:
    screen = window.open(Place.CAPACITY.value)
    QTest.qWait(0)
    assert isinstance(screen, CapacityScreen)
    return screen


def words(widget: QWidget) -> str:
    texts = [label.text() for label in widget.findChildren(Text) if label.isVisibleTo(widget)]
    for table in widget.findChildren(QTableView):
        model = table.model()
        texts += [
            str(model.index(row, column).data() or "")
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
    return "\n".join(texts)


def half_done(desk: Desk, furnished: Furnished) -> CaseId:
    case = read_demo_case("salon", desk.clock.now())
    record, visit = seeding.open_demo_case(desk, case)
    steps = seeding.steps_of(case, visit.session.form, furnished.clock)
    seeding.fill(desk, visit, steps[: len(steps) // 2])
    return record.id


def test_the_amount_is_shown_with_its_cap_and_who_pays_the_rest(window: CaseWindow) -> None:
    screen = opened(window)
    text = words(screen)
    for part in ("180,000", "75,000", "还款能力", "人民币柒万伍仟元整", "比申请少 105,000 元", "最低"):
        assert part in text
    assert "盈亏平衡" in text


def test_every_figure_tells_how_it_is_made(window: CaseWindow) -> None:
    screen = opened(window)
    silent = []
    for block in screen.findChildren(Block):
        model = block.table.model()
        for row in range(model.rowCount()):
            for column in range(1, model.columnCount()):
                index = model.index(row, column)
                if index.data() and not index.data(Qt.ItemDataRole.ToolTipRole):
                    silent.append(f"{model.index(row, 0).data()}: {index.data()}")
    assert not silent


def test_a_row_leads_to_its_question(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    table = next(table for table in screen.findChildren(Statement) if "库存现金" in words_of(table))
    table.setFocus()
    table.selectRow(0)
    with qtbot.waitSignal(screen.go) as going:
        press(table, Qt.Key.Key_Return)
    assert going.args == [Place.VISIT.value, "/data/stock/liquid/cash_on_hand"]


def words_of(table: Statement) -> str:
    model = table.model()
    return " ".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))


def test_what_is_missing_is_named_and_leads_to_its_question(
    qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished
) -> None:
    window = shown(qtbot, CaseWindow(desk, speech, half_done(desk, furnished)))
    screen = opened(window)
    assert "尚不清楚" in words(screen)
    links = next(links for links in screen.findChildren(FactLinks) if links.isVisible())
    assert links.buttons
    with qtbot.waitSignal(screen.go) as going:
        links.buttons[0].click()
    assert going.args[0] == Place.VISIT.value
    assert str(going.args[1]).startswith("/data/")


def test_the_break_even_lies_where_the_stressed_income_is_the_instalment(window: CaseWindow) -> None:
    case = window.work.open_case
    assert case is not None
    it = case.findings.assessment
    found = break_even_percent(it)
    assert found is not None
    values = {**it.policy.values, "stress_sales_drop_percent": found}
    at_it = assess(case.findings.facts, replace(it.policy, values=values))
    left, instalment = known(at_it.stress.disposable_income), known(it.capacity.instalment)
    assert left is not None
    assert instalment is not None
    assert abs(left - instalment) < Decimal("0.000001")


def test_both_conclusions_stand_with_their_reasons(window: CaseWindow) -> None:
    text = words(opened(window))
    for part in ("还得起吗？", "愿意还吗？", "有条件", "欠弟弟 60,000"):
        assert part in text


def test_a_counter_offer_is_tried_out_by_keys_alone(window: CaseWindow) -> None:
    """The supported 75,000 over twelve months; a longer term by the arrow keys lifts what capacity carries."""
    screen = opened(window)
    terms = screen.findChild(CounterOffer)
    assert isinstance(terms, CounterOffer)
    assert (terms.money(), terms.months()) == (Decimal(75_000), 12)
    assert terms.found is not None
    before = terms.found
    terms.term_slider.setFocus(Qt.FocusReason.TabFocusReason)
    assert focused() is terms.term_slider
    for _ in range(6):
        press(focused(), Qt.Key.Key_Right)
    assert terms.months() == 18
    assert terms.found.most is not None
    assert before.most is not None
    assert terms.found.most > before.most
    terms.amount.line.setFocus()
    terms.amount.line.selectAll()
    type_text(terms.amount.line, "160000")
    assert terms.amount_slider.value() == 160
    assert terms.found.above
    assert "超出可支持额" in words(terms)


def test_a_counter_offer_stays_while_its_case_changes_and_goes_with_it(window: CaseWindow) -> None:
    screen = opened(window)
    card, case = screen.findChild(OfferCard), window.work.open_case
    assert isinstance(card, OfferCard)
    assert case is not None
    card.terms.term.turn_to("24")
    card.terms.tell()
    card.show_assessment(case.case.id, case.findings.assessment)
    assert card.terms.months() == 24
    card.show_assessment(CaseId(UUID(int=7)), case.findings.assessment)
    assert card.terms.months() == 12


def test_a_mix_of_ones_own_is_worked_out_as_it_is_typed(window: CaseWindow) -> None:
    screen = opened(window)
    mix = screen.findChild(MixFields)
    assert isinstance(mix, MixFields)
    assert "自定组合" not in "\n".join(words_of(table) for table in screen.findChildren(Statement))
    field = mix.fields["sales_drop_percent"].line
    field.setFocus()
    type_text(field, "10")
    table = next(table for table in screen.findChildren(Statement) if "自定组合" in words_of(table))
    model = table.model()
    rows = {str(model.index(row, 0).data()): row for row in range(model.rowCount())}
    same = [
        [model.index(rows[name], column).data() for column in (1, 2, 4)] for name in ("销售额下降 10%", "自定组合")
    ]
    assert same[0] == same[1]
    field.selectAll()
    type_text(field, "200")
    assert mix.mix() is None


def test_the_statements_add_up_on_the_screen(window: CaseWindow) -> None:
    """Business + household = together, in every row that has all three."""
    table = next(table for table in opened(window).findChildren(Statement) if "查实净资产" in words_of(table))
    model, seen = table.model(), 0
    for row in range(model.rowCount()):
        figures = [str(model.index(row, column).data() or "") for column in (2, 3, 4)]
        if all(figures):
            business, household, together = (Decimal(text.replace(",", "").replace("−", "-")) for text in figures)
            assert business + household == together
            seen += 1
    assert seen > 10


def test_the_keys_lead_on_to_the_security(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    with qtbot.waitSignal(screen.go) as going:
        press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert going.args == [Place.SECURITY.value, None]


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
def test_nothing_sticks_out_of_the_page(window: CaseWindow, size: QSize) -> None:
    window.resize(size)
    for place in (Place.CHECKS, Place.CAPACITY, Place.SECURITY, Place.SCHEDULE, Place.MEMO):
        screen = window.open(place.value)
        QTest.qWait(10)
        QApplication.processEvents()
        assert window.width() <= size.width()
        wide = [
            f"{type(part).__name__} {part.width()}"
            for part in screen.findChildren(QWidget)
            if part.isVisible() and part.mapTo(screen, part.rect().topRight()).x() > screen.width()
        ]
        assert not wide, place


def test_no_text_is_outside_the_catalogues(qtbot: QtBot, desk: Desk, furnished: Furnished) -> None:
    for case in (furnished.cases["fruit"], half_done(desk, furnished)):
        window = shown(qtbot, CaseWindow(desk, Speech(PSEUDO), case))
        assert untranslated(opened(window)) == []
        window.close()
