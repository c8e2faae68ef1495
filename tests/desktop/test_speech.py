"""Words change with the language, without a restart."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from officer_app.base.words import CHINESE, ENGLISH, PSEUDO, Bilingual, Verbatim, message
from officer_app.desktop.kit.speech import Speech


def test_words_follow_the_language(qtbot, speech: Speech) -> None:
    label, button = QLabel(), QPushButton()
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    speech.put(label, message("Passed"))
    speech.put(button, message("Cancel"), "setToolTip")
    assert label.text() == "通过"
    with qtbot.waitSignal(speech.changed):
        speech.set_language(ENGLISH)
    assert label.text() == "Passed"
    assert button.toolTip() == "Cancel"
    speech.set_language(PSEUDO)
    assert label.text().startswith("⟦Passed")


def test_a_text_put_later_replaces_the_earlier_one(qtbot, speech: Speech) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    speech.put(label, message("Passed"))
    speech.put(label, message("Stop"))
    assert len(label.findChildren(QObject)) == 1
    speech.set_language(ENGLISH)
    assert label.text() == "Stop"


def test_given_texts_are_marked(qtbot, speech: Speech) -> None:
    line, label = QLineEdit(), QLabel()
    qtbot.addWidget(line)
    qtbot.addWidget(label)
    speech.put(label, Bilingual("Shop", "店"))
    assert label.text() == "店"
    assert label.property("verbatim") is True
    speech.put(label, message("Stop"))
    assert label.property("verbatim") is False
    speech.put(line, Verbatim("招牌"), "setPlaceholderText")
    assert line.property("verbatim_hint") is True


def test_dead_widgets_are_forgotten(qtbot, speech: Speech) -> None:
    for _ in range(50):
        label = QLabel()
        qtbot.addWidget(label)
        speech.put(label, message("Stop"))
        label.deleteLater()
    qtbot.wait(0)
    speech.set_language(ENGLISH)
    assert speech.language == ENGLISH
    assert speech.locale().name() == "en_GB"
    speech.set_language(CHINESE)
    assert speech.locale().name() == "zh_CN"
