"""Choosing a norm of the trade for a sales route, in the real window, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, PSEUDO
from officer_app.casework import packs
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import Visit, add_repeat, answer, begin_visit
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.norms import NormPanel, NormStrip
from officer_app.desktop.tour.typist import Typist
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import ElidedText, Text
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.table import DataTable
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, too_small
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

ROUTE = "/data/sales/route[{}]/route_block/"
FIGURE = ROUTE.format(1) + "route_output_per_unit"
OWN = b'[[norms]]\nid = "noodle_shop.flour"\nvalue = 165\nlow = 140\n'


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


def begun(desk: Desk, trade: str = "面馆") -> Visit:
    """A visit with two routes: by flour, which takes a norm, and by the till's QR code, which takes none."""
    visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳")).id)
    ref = next(
        question.ref
        for section in visit.session.sections("en")
        for item in section.items
        for question in getattr(item, "questions", ())
        if question.fact == "business.trade"
    )
    answer(desk, visit, ref, trade)
    add_repeat(desk, visit, "/data/sales/route", 2)
    answer(desk, visit, ROUTE.format(1) + "route_kind", "output_proxy")
    answer(desk, visit, ROUTE.format(2) + "route_kind", "cashless")
    return visit


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk) -> Iterator[VisitWindow]:
    visit = begun(desk)
    made = shown(qtbot, VisitWindow(desk, speech), (1366, 768))
    made.show_visit(visit.case)
    Typist(made).question(FIGURE)
    yield made
    made.close()


def part(window: QWidget, kind: type[NormPanel | NormStrip]) -> NormPanel | NormStrip:
    return window.findChild(kind)


def told(window: QWidget) -> str:
    return part(window, NormStrip).findChild(ElidedText).text()


def offered(window: QWidget) -> list[str]:
    table = part(window, NormPanel).findChild(DataTable)
    model = table.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def answers(window: VisitWindow, *names: str) -> list[str]:
    opened = window.work.open_case
    assert opened is not None
    stored = opened.session.answers()
    return [stored.get(ROUTE.format(1) + name, "") for name in names]


def test_a_norm_is_chosen_and_taken_back_by_keys_alone(window: VisitWindow) -> None:
    typist = Typist(window)
    assert told(window) == "这条途径还没有选行业定额。"
    press(focused(), Qt.Key.Key_F6)
    assert isinstance(focused(), SearchBox)
    assert not part(window, NormStrip).isVisible()
    assert offered(window) == ["面粉 → 面条"]
    type_text(focused(), "naicha")
    press(focused(), Qt.Key.Key_Return)
    assert isinstance(focused(), DataTable)
    assert len(offered(window)) > 1, "another trade than the customer's"
    chosen = ("route_norm", "route_norm_low", "route_norm_high", "route_norm_source", "route_output_per_unit")
    assert answers(window, *chosen) == [""] * 5
    names = offered(window)
    for _ in range(names.index("茶叶 → 售出杯数")):
        press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Return)
    assert answers(window, *chosen) == ["milk_tea.tea", "80", "150", "本地经验值", ""]
    assert told(window) == "茶叶 → 售出杯数：常见 80 至 150（本地经验值）"
    assert not part(window, NormPanel).isVisible()
    figure = next(row for row in window.findChild(SectionView).rows() if row.question.ref == FIGURE)
    typist.wait_until(lambda: not figure.visibleRegion().isEmpty(), what="the figure that the norm bounds")
    assert figure.isAncestorOf(focused())
    press(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answers(window, *chosen) == [""] * 5
    assert told(window) == "这条途径还没有选行业定额。"


def test_the_check_speaks_of_what_was_measured(window: VisitWindow) -> None:
    """250 bowls from a bag: more than 185, whatever the tolerance."""
    opened = window.work.open_case
    assert opened is not None
    Typist(window).answer(FIGURE, "250")
    press(focused(), Qt.Key.Key_F6)
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Return)
    assert answers(window, "route_output_per_unit") == ["250"]
    checks = [check for check in opened.findings.assessment.checks if check.id.startswith("NORM_")]
    assert [(check.verdict.value, check.found) for check in checks] == [("failed", Decimal(250))]


def test_escape_and_the_key_again_leave_everything_as_it_was(window: VisitWindow) -> None:
    opened = window.work.open_case
    assert opened is not None
    before = opened.session.answers()
    for leave in (Qt.Key.Key_Escape, Qt.Key.Key_F6):
        press(focused(), Qt.Key.Key_F6)
        assert part(window, NormPanel).isVisible()
        press(focused(), leave)
        assert not part(window, NormPanel).isVisible()
        assert part(window, NormStrip).isVisible()
    assert opened.session.answers() == before


def test_a_route_without_a_norm_offers_none(window: VisitWindow) -> None:
    typist = Typist(window)
    typist.question(ROUTE.format(2) + "route_name")
    assert not part(window, NormStrip).isVisible()
    press(focused(), Qt.Key.Key_F6)
    assert not part(window, NormPanel).isVisible()
    typist.question(FIGURE)
    assert part(window, NormStrip).isVisible()


def test_a_norm_is_chosen_by_mouse(window: VisitWindow) -> None:
    QTest.mouseClick(part(window, NormStrip).findChild(Button), Qt.MouseButton.LeftButton)
    panel = part(window, NormPanel)
    table = panel.findChild(DataTable)
    where = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    use = next(button for button in panel.findChildren(Button) if button.text() == "用这条定额")
    QTest.mouseClick(use, Qt.MouseButton.LeftButton)
    assert answers(window, "route_norm") != [""]


def test_what_head_office_changed_is_told(window: VisitWindow, desk: Desk) -> None:
    with desk.vault.writing() as tx:
        packs.add(tx, packs.NORMS, packs.OWN_NORMS, 3, OWN)
    window.show_visit(window.work.open_case.case_id)  # type: ignore[union-attr]  the fixture opened it
    Typist(window).question(FIGURE)
    press(focused(), Qt.Key.Key_F6)
    type_text(focused(), "面馆 面粉")
    press(focused(), Qt.Key.Key_Return)
    assert offered(window) == ["面粉 → 面条"]
    words = [text.text() for text in part(window, NormPanel).findChildren(Text) if text.isVisible()]
    assert "出处：本地经验值。总部第 3 版改动：常见值由 155 改为 165；下限由 120 改为 140。" in words


@pytest.mark.parametrize("language", ["zh_CN", ENGLISH])
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
def test_nothing_is_cut_off(window: VisitWindow, speech: Speech, size: QSize, language: str) -> None:
    speech.set_language(language)
    window.resize(size)
    assert clipped(part(window, NormStrip)) == []
    press(focused(), Qt.Key.Key_F6)
    panel = part(window, NormPanel)
    assert panel.isVisible()
    assert (clipped(panel), too_small(panel)) == ([], [])


def test_every_text_is_translated(window: VisitWindow, speech: Speech) -> None:
    speech.set_language(PSEUDO)
    assert untranslated(part(window, NormStrip)) == []
    press(focused(), Qt.Key.Key_F6)
    assert untranslated(part(window, NormPanel)) == []
