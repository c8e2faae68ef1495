"""F1 anywhere: help lies over the window and leaves the work under it as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit.speech import Speech

if TYPE_CHECKING:
    from officer_app.desktop.screens.help.sheet import HelpSheet

KEYS: Final = "F1"
_FIRST: Final = "visit"
PAGE: Final = "help"
# Which page is nearest to a place, by the key that navigation uses.
_NEAREST: Final = {
    "photos": "photos",
    "exchange": "stores",
    "decide": "decision",
    "review": "decision",
    "intake": "head_office",
    "policy": "head_office",
    "audit": "auditing",
}


class Helping(QObject):
    """Opens help and closes it again; the pages are read when it is first asked for, not before."""

    def __init__(self, shell: Shell, speech: Speech) -> None:
        super().__init__(shell)
        self._shell = shell
        self._speech = speech
        self._had_focus: tuple[QWidget, ...] = ()
        self.sheet: HelpSheet | None = None
        key = QShortcut(QKeySequence(KEYS), shell)
        key.activated.connect(self.turn)

    def turn(self) -> None:
        """Open it, or go back."""
        if self.sheet is None:
            self.open()
        else:
            self.leave()

    def open(self, page: str = "") -> None:
        """Show a page, or the one nearest to where we are."""
        from officer_app.desktop.screens.help.sheet import HelpSheet

        cover = self._shell.covering()
        # A sheet over the window says itself which page is nearest; below it lies a screen nobody sees.
        nearest = str(cover.property(PAGE) or "") if cover is not None else ""
        wanted = page or nearest or _NEAREST.get(self._shell.current_key(), _FIRST)
        if self.sheet is not None:
            self.sheet.turn_to(wanted)
            return
        self._had_focus = tuple(_upwards(QApplication.focusWidget()))
        sheet = self.sheet = HelpSheet(self._speech)
        sheet.closed.connect(self.leave)
        self._shell.lay_over(sheet)
        sheet.turn_to(wanted)
        sheet.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Back to what was up, the keyboard where it was."""
        if self.sheet is None:
            return
        self.sheet = None
        self._shell.lift()
        had, self._had_focus = self._had_focus, ()
        # A cell's editor ends when the keyboard leaves it: then its table has the keyboard again.
        takes = (one for one in had if isValid(one) and one.focusPolicy() is not Qt.FocusPolicy.NoFocus)
        former = next(takes, None)
        if former is not None:
            former.setFocus(Qt.FocusReason.OtherFocusReason)


def _upwards(widget: QWidget | None) -> Iterator[QWidget]:
    """A widget and what it stands in."""
    while widget is not None:
        yield widget
        widget = widget.parentWidget()
