"""Two hands at a window: keys, clicks, the wheel, and what an input method commits. Nothing else reaches it.

Keys go where a keyboard would send them: to the list that has popped up, else to the widget in focus.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

# What one notch of a wheel turns, and how far a page goes by it.
_NOTCH: Final = 120
_PIXELS_A_NOTCH: Final = 60
_MOST_TURNS: Final = 40
# A new height travels from a row to its page one layout at a time, each asked for by the one inside it.
_PASSES: Final = 6
_LOOK_MS: Final = 50
_PLAIN: Final = Qt.KeyboardModifier.NoModifier


class OutOfReachError(RuntimeError):
    """Something that a person at this window could not have done; says what and why."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what = what
        self.why = why


class Hands:
    """Hands at one window. `events` counts strokes: a key, a click, a turn of the wheel, a committed character."""

    def __init__(self, window: QWidget) -> None:
        """Take the window that is worked at; it must be shown."""
        self.window = window
        self.events = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN, times: int = 1) -> None:
        """A key, or the same one several times."""
        for _ in range(times):
            self.events += 1
            QTest.keyClick(self._keyboard(), key, modifiers)

    def type_text(self, text: str) -> None:
        """Type at the keyboard; what has no key there is committed as an input method does."""
        for sign in text:
            if sign == "\n":
                self.press(Qt.Key.Key_Return)
            elif sign.isascii():
                self.events += 1
                QTest.keyClicks(self._keyboard(), sign)
            else:
                self.commit_text(sign)

    def commit_text(self, text: str) -> None:
        """What an input method hands over, character by character.

        WORKAROUND: QTest.keyClicks with a Chinese character aborts the interpreter in PySide6 6.11.3.
        """
        for sign in text:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            self.events += 1
            QApplication.sendEvent(self.focused(), event)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click into a widget, in its middle or at a point of it.

        Errors: OutOfReachError when it is not to be seen, not enabled, or something lies over it.
        """
        self.scroll_to(widget)
        point = widget.rect().center() if at is None else at
        self._wake()
        self._must_be_there(widget, point)
        self.events += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _PLAIN, point)

    def fill(self, editor: QWidget, text: str) -> None:
        """Click into a line or an area and put a text in place of what stands there."""
        self.click(editor)
        self.replace(text)

    def replace(self, text: str) -> None:
        """Mark what stands in the field that has the keyboard, and type over it."""
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text:
            self.type_text(text)
        else:
            self.press(Qt.Key.Key_Delete)

    def answer_dialog(self, text: str) -> None:
        """Type a text into the dialog that comes next, and confirm it; it holds everything else up until then."""
        timer = QTimer(self.window)
        timer.setInterval(_LOOK_MS)

        def answer() -> None:
            dialog: QWidget | None = QApplication.activeModalWidget()
            focus: QWidget | None = QApplication.focusWidget()
            if dialog is not None and focus is not None and dialog.isAncestorOf(focus):
                timer.stop()
                timer.deleteLater()
                self.replace(text)
                self.press(Qt.Key.Key_Return)

        timer.timeout.connect(answer)
        timer.start()

    def scroll_to(self, widget: QWidget) -> None:
        """Turn the wheel until the widget is to be seen on its page; nothing to do where no page scrolls."""
        area = _scroll_area(widget)
        if area is None:
            return
        for _ in range(_MOST_TURNS):
            distance = _out_of_view(area, widget)
            if not distance:
                return
            self._turn(area, distance)
        raise OutOfReachError(_name(widget), "the page does not scroll to it")

    def settle(self) -> None:
        """Let the window do what it has put off: lay out, paint, answer timers that are due."""
        for _ in range(_PASSES):
            QApplication.processEvents()

    def wait_until(self, holds: Callable[[], bool], seconds: float = 10.0, what: str = "the window") -> None:
        """Wait for work in the background. Errors: OutOfReachError when it does not come in time."""
        since = QElapsedTimer()
        since.start()
        while not holds():
            if since.elapsed() > seconds * 1000:
                raise OutOfReachError(what, f"not there after {seconds:g} s")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def focused(self) -> QWidget:
        """The widget that has the keyboard. Errors: OutOfReachError when none has."""
        if QApplication.focusWidget() is None:
            self._wake()
        widget = QApplication.focusWidget()
        if widget is None:
            raise OutOfReachError(_name(self.window), "nothing in it has the keyboard")
        return widget

    def _wake(self) -> None:
        """Bring the window to the front again.

        WORKAROUND: without a screen a list that pops up becomes the active window and stays so when it has gone.
        """
        active: QWidget | None = QApplication.activeWindow()
        if active is None or not active.isVisible():
            self.window.activateWindow()
            self.settle()

    def _keyboard(self) -> QWidget:
        self._wake()
        popup: QWidget | None = QApplication.activePopupWidget()
        focus: QWidget | None = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        return next(widget for widget in (focus, popup, self.window) if widget is not None)

    def _must_be_there(self, widget: QWidget, point: QPoint) -> None:
        if not widget.isVisible() or not widget.isEnabled():
            raise OutOfReachError(_name(widget), "it is not there to be clicked")
        window = widget.window()
        hit = window.childAt(widget.mapTo(window, point))
        if hit is not widget and not (hit is not None and widget.isAncestorOf(hit)):
            raise OutOfReachError(_name(widget), f"{_name(hit) if hit is not None else 'the edge'} lies over it")

    def _turn(self, area: QScrollArea, distance: int) -> None:
        page = area.viewport()
        middle = QPointF(page.rect().center())
        notches = -(distance * _NOTCH) // _PIXELS_A_NOTCH
        event = QWheelEvent(
            middle,
            page.mapToGlobal(middle),
            QPoint(),
            QPoint(0, notches),
            Qt.MouseButton.NoButton,
            _PLAIN,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        self.events += 1
        QApplication.sendEvent(page, event)
        self.settle()


def _scroll_area(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def _out_of_view(area: QScrollArea, widget: QWidget) -> int:
    """By how many pixels a widget lies below (above: negative) what its page shows."""
    page = area.viewport()
    top = widget.mapTo(page, QPoint(0, 0)).y()
    height = min(widget.height(), page.height())
    if top < 0:
        return top
    return max(0, top + height - page.height())


def _name(widget: QWidget) -> str:
    return widget.objectName() or type(widget).__name__
