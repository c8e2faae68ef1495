"""The second officer signs in the window: who has signed is seen, a wrong passphrase is told, a change asks again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, PSEUDO
from officer_app.casework.desk import Desk
from officer_app.casework.gate import COSIGN
from officer_app.casework.visits import resume_visit
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.visit.cosigning import CosignPanel
from officer_app.desktop.widgets.pills import Pill
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.case_window import CaseWindow
from tests.support.colleague import OWN_PASSPHRASE, join
from tests.support.demo import HandClock, desk_of
from tests.support.furnished import Furnished
from tests.support.layout import clipped, nameless, too_small
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text


@pytest.fixture
def desk(furnished: Furnished, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(furnished.folder, tmp_path / "demo")
    demo, clock = Demo(tmp_path / "demo"), HandClock(furnished.clock.time)
    join(demo, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished) -> Iterator[CaseWindow]:
    made = CaseWindow(desk, speech, furnished.cases["salon"])
    qtbot.addWidget(made)
    made.resize(1093, 614)
    made.show()
    qtbot.waitActive(made)
    made.open(Place.VISIT.value)
    QApplication.processEvents()
    press(focused(), Qt.Key.Key_F10)
    yield made
    made.close()


def panel(window: CaseWindow) -> CosignPanel:
    found = window.findChild(CosignPanel)
    assert found is not None
    return found


def standing(window: CaseWindow) -> list[str]:
    QApplication.processEvents()  # lines that were made just now are shown with the next event
    return [pill.text() for pill in panel(window).findChildren(Pill) if pill.isVisible()]


def test_the_second_officer_signs_by_the_keyboard(window: CaseWindow, desk: Desk) -> None:
    assert panel(window).isVisible()
    assert standing(window) == ["没有填协办人"]
    assert focused() is panel(window).box.line  # the only colleague is chosen already
    type_text(focused(), "wrong passphrase")
    press(focused(), Qt.Key.Key_Return)
    assert "密码不正确" in panel(window).error()
    assert panel(window).box.passphrase() == ""
    type_text(focused(), OWN_PASSPHRASE)
    press(focused(), Qt.Key.Key_Return)
    assert panel(window).error() == ""
    assert standing(window)[0].startswith("周敏已签")
    opened = window.work.open_case
    assert opened is not None
    assert len(resume_visit(desk, opened.visit.record.id).cosigns) == 1
    opened.answer("/data/person/identity/borrower_role", "另一个人")
    press(focused(), Qt.Key.Key_Escape)
    window.open(Place.VISIT.value, COSIGN)
    assert standing(window) == ["周敏签后又改过，要重签"]


def test_nothing_is_clipped_and_every_word_is_translated(window: CaseWindow, speech: Speech) -> None:
    for language in ("zh_CN", ENGLISH):
        speech.set_language(language)
        QApplication.processEvents()
        assert clipped(panel(window)) == []
        assert too_small(panel(window)) == []
        assert nameless(panel(window)) == []
    speech.set_language(PSEUDO)
    assert untranslated(panel(window)) == []
