"""Another list of products has come: told over the visit, looked at, taken; and told to whoever decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import Bilingual, message
from officer_app.casework import packs
from officer_app.casework.cases import NewCase, open_case, read_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import answer, begin_visit
from officer_app.credit.policy import read_policy
from officer_app.credit.productlist import products_text
from officer_app.credit.products import PRODUCTS, Product, Span
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.review.talk import TermsCard
from officer_app.desktop.screens.visit.terms import TermsLine
from officer_app.desktop.widgets.labels import Text
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, too_small
from tests.support.visit_window import VisitWindow
from tests.support.worked import SHIPPED_POLICY

SHIPPED = read_policy(SHIPPED_POLICY.read_text(encoding="utf-8"))[PRODUCTS]


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


def window_with(qtbot: QtBot, speech: Speech, desk: Desk, products: tuple[Product, ...]) -> VisitWindow:
    """A draft that asks for working capital, begun before this list came."""
    visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳")).id)
    answer(desk, visit, "/data/application/more_application", "timing")
    answer(desk, visit, "/data/application/timing/loan_product", "流动资金贷款")
    with desk.vault.writing() as tx:
        packs.add(tx, packs.PRODUCTS, packs.OWN_PRODUCTS, 3, products_text(products).encode())
    made = VisitWindow(desk, speech)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitActive(made)
    made.show_visit(visit.case)
    return made


def line_of(window: VisitWindow) -> TermsLine:
    found = window.findChild(TermsLine)
    assert found is not None
    return found


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
def test_new_terms_are_told_looked_at_and_taken(qtbot: QtBot, speech: Speech, desk: Desk, size: QSize) -> None:
    dearer = replace(SHIPPED[0], rate=Span(Decimal(9), Decimal(18)), prices={})
    window = window_with(qtbot, speech, desk, (dearer, *SHIPPED[1:]))
    window.resize(size)
    for _ in range(4):  # the first question takes the focus once the visit stands
        QApplication.processEvents()
    line = line_of(window)
    assert line.isVisible()
    assert line.words.text() == "“流动资金贷款”的条款有变（产品目录第 3 版）。本案仍按原来的条款。"
    assert not line.take.isVisible()
    line.look.click()
    QApplication.processEvents()
    assert line.take.isVisible()
    assert window.focusWidget() is line.take
    assert "年利率：8%至20% → 9%至18%" in line.changes.text()
    assert not clipped(window)
    assert not too_small(window)
    line.take.click()
    qtbot.waitUntil(lambda: not line.isVisible())
    opened = window.work.open_case
    assert opened is not None
    assert read_case(desk, opened.case_id).products_pack is not None
    assert opened.findings.products is not None
    window.close()


def test_a_withdrawn_product_is_told_and_nothing_is_offered(qtbot: QtBot, speech: Speech, desk: Desk) -> None:
    window = window_with(qtbot, speech, desk, SHIPPED[1:])
    line = line_of(window)
    assert line.words.text() == "“流动资金贷款”已停办（产品目录第 3 版）。本案仍按开始时的条款。"
    assert not line.look.isVisible()
    assert not line.take.isVisible()
    window.close()


def test_a_list_that_says_the_same_is_not_told(qtbot: QtBot, speech: Speech, desk: Desk) -> None:
    window = window_with(qtbot, speech, desk, (*SHIPPED, replace(SHIPPED[0], id="more", name=Bilingual("M", "更多"))))
    assert not line_of(window).isVisible()
    window.close()


def test_whoever_decides_reads_it_on_a_card(qtbot: QtBot, speech: Speech) -> None:
    card = TermsCard(speech, message("{what}", what=Bilingual("Changed", "条款有变")))
    qtbot.addWidget(card)
    card.show()
    assert "条款有变" in [one.text() for one in card.findChildren(Text)]
