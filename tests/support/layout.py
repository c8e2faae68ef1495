"""Looks at a window as a careful eye does: what is cut off, what is too small for a finger, what has no name."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from officer_app.desktop.kit.theme import CONTROL
from officer_app.desktop.widgets.labels import ElidedText

_TOUCHED = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)


def _visible(window: QWidget) -> list[QWidget]:
    QApplication.processEvents()
    return [widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window)]


def clipped(window: QWidget) -> list[str]:
    """Texts and buttons that have less room than they need, and whatever is squeezed out of its parent."""
    found = []
    for widget in _visible(window):
        if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, ElidedText):
            found += _cut_label(widget)
        button = isinstance(widget, QAbstractButton) and not _is_qts_own(widget)
        if button and widget.width() < widget.minimumSizeHint().width():
            found.append(f"button {widget.text() or widget.accessibleName()}: {widget.width()} px wide")
        if _sticks_out(widget):
            found.append(
                f"{type(widget).__name__} {_told(widget)} sticks out of its {type(widget.parent()).__name__}"
            )
    return found


def too_small(window: QWidget) -> list[str]:
    """Controls that a finger would miss."""
    return [
        f"{type(widget).__name__} {_told(widget)}: {widget.height()} px high"
        for widget in _visible(window)
        if isinstance(widget, _TOUCHED) and widget.height() < CONTROL and not _is_qts_own(widget)
    ]


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader could not tell apart."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in _visible(window)
        if isinstance(widget, _TOUCHED)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not _told(widget)
        and not _is_qts_own(widget)
    ]


def _cut_label(label: QLabel) -> list[str]:
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        return [f"text {label.text()!r}: {label.height()} of {needed} px high"] if label.height() < needed else []
    needed = label.sizeHint().width()
    return [f"text {label.text()!r}: {label.width()} of {needed} px wide"] if label.width() < needed else []


def _sticks_out(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or isinstance(parent.parent(), QAbstractScrollArea) or isinstance(parent, QScrollArea):
        return False
    return (
        not parent.rect().adjusted(-1, -1, 1, 1).contains(QRect(widget.pos(), widget.size())) and widget.width() > 0
    )


def _is_qts_own(widget: QWidget) -> bool:
    """The small parts inside Qt's own widgets: the glass in a search box, the corner of a table."""
    return isinstance(widget.parent(), QLineEdit | QTableView)


def _told(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    hint = widget.placeholderText() if isinstance(widget, QLineEdit | QPlainTextEdit) else ""
    return widget.accessibleName() or text or hint
