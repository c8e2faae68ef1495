"""Nobody at the laptop for a while: time to lock."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from officer_app.base.clock import Clock

_LOOK_EVERY_MS: Final = 5_000
_SIGNS_OF_LIFE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
        QEvent.Type.Drop,
    }
)


class Idleness(QObject):
    """`over()` once nothing was touched for so many seconds, a closed lid counted in.

    Both the wall clock and the count that no clock change bends are asked: a laptop that slept stood still for the
    one, and a clock that was set back stands still for the other.
    """

    over = Signal()

    def __init__(self, app: QApplication, clock: Clock, seconds: int) -> None:
        super().__init__()
        self._app = app
        self._clock = clock
        self._seconds = seconds
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_EVERY_MS)
        self._watch.timeout.connect(self.look)
        self.touch()

    def start(self) -> None:
        """Watch from now on."""
        self.touch()
        self._watch.start()
        # Only while somebody can be missed: every event of the program passes through, and the first of each kind
        # costs time that signing in should not wait for.
        self._app.installEventFilter(self)

    def stop(self) -> None:
        """Nobody is signed in, or it is locked already."""
        self._watch.stop()
        self._app.removeEventFilter(self)

    def touch(self) -> None:
        """Somebody is there."""
        self._since = (self._clock.now(), self._clock.elapsed())

    def look(self) -> None:
        """Has it been long enough?"""
        then, counted = self._since
        gone = max((self._clock.now() - then).total_seconds(), self._clock.elapsed() - counted)
        if gone >= self._seconds:
            self.over.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt's signature
        if event.type() in _SIGNS_OF_LIFE:
            self.touch()
        return False
