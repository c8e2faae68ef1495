"""A layout nested in another leaves no wrapper behind of what C++ deletes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from officer_app.desktop.kit.nesting import lay_out, nest, nest_at
from officer_app.desktop.widgets.clearing import clear
from tests.support.wrappers import stray_items

ROOT = Path(__file__).resolve().parents[2]

# Parts of a row are deleted while the page lives, and small objects of ours take their places in memory.
_CROWD = """
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from officer_app.desktop.kit.nesting import nest

class Small(QObject):
    pass

def sweep():
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

application = QApplication(["crowd", "-platform", "offscreen"])
for _ in range(300):
    page = QWidget()
    column, row, words = QVBoxLayout(page), QHBoxLayout(), QVBoxLayout()
    nest(row, words)
    for _ in range(6):
        row.addWidget(QLabel("one"))
        words.addWidget(QLabel("two"))
    row.addStretch(1)
    nest(column, row)
    for label in page.findChildren(QLabel):
        label.deleteLater()
    del label
    sweep()
    crowd = QWidget(page)
    for _ in range(60):
        Small(crowd)
    crowd.deleteLater()
    del crowd
    sweep()
"""


def _filled() -> QHBoxLayout:
    row, words = QHBoxLayout(), QVBoxLayout()
    words.addWidget(QLabel("two"))
    words.addStretch(1)
    row.addWidget(QLabel("one"))
    nest(row, words, 1)
    return row


def test_nothing_of_a_nested_layout_is_remembered(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    nest(column, _filled())
    grid = QGridLayout()
    nest_at(grid, _filled(), 1, 2)
    nest(column, grid)
    beside = QWidget(page)
    lay_out(beside, _filled())
    column.addWidget(beside)
    assert len(page.findChildren(QLabel)) == 6
    assert stray_items() == set()


def test_a_cleared_layout_is_empty_and_its_widgets_are_gone(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    nest(column, _filled())
    column.addWidget(QLabel("three"))
    column.addStretch(1)
    clear(column)
    assert column.count() == 0
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.findChildren(QLabel) == []
    assert stray_items() == set()


def test_a_crowd_that_moves_in_where_items_were_does_no_harm() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _CROWD], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
