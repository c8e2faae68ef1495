"""Every widget in every state: nothing cut off, nothing too small, nothing without a name, no word astray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.words import LANGUAGES, PSEUDO
from officer_app.desktop.kit.screenshot import grab
from officer_app.desktop.kit.speech import Speech
from tests.desktop.gallery import PANES, fit
from tests.support.layout import clipped, nameless, too_small
from tests.support.pseudo import untranslated


@pytest.fixture
def pane(qtbot: QtBot, request: pytest.FixtureRequest, speech: Speech) -> Iterator[QWidget]:
    name, language = request.param
    speech.set_language(language)
    shown = PANES[name](speech)
    qtbot.addWidget(shown)
    fit(shown)
    return shown


@pytest.mark.parametrize("pane", [(name, language) for name in PANES for language in LANGUAGES], indirect=True)
def test_a_careful_eye_finds_nothing(pane: QWidget) -> None:
    assert clipped(pane) == []
    assert too_small(pane) == []
    assert nameless(pane) == []


@pytest.mark.parametrize("pane", [(name, PSEUDO) for name in PANES], indirect=True)
def test_no_word_is_outside_the_catalogues(pane: QWidget) -> None:
    assert untranslated(pane) == []


@pytest.mark.parametrize("pane", [("buttons", "en")], indirect=True)
def test_a_picture_of_a_window_is_kept(pane: QWidget, tmp_path: Path) -> None:
    picture = QImage(str(grab(pane, tmp_path / "pane.png")))
    assert picture.width() == pane.width()
    assert QApplication.activePopupWidget() is None


def test_the_careful_eye_sees(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    label, line, button = (
        QLabel("a long text that does not fit", window),
        QLineEdit(window),
        QPushButton("wide", window),
    )
    label.setGeometry(0, 0, 30, 20)
    line.setGeometry(0, 40, 100, 40)
    button.setGeometry(250, 100, 90, 20)
    window.show()
    assert len(clipped(window)) == 2
    assert [text.split(":")[-1] for text in too_small(window)] == [" 20 px high"]
    assert nameless(window) == ["QLineEdit in QWidget"]
