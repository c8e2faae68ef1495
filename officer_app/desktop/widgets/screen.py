"""What a screen is to the window that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip


@dataclass(frozen=True, slots=True)
class Head:
    """What the line above the screen says, and the screen's own buttons in it."""

    title: Sayable
    sub: Sayable | None = None
    chips: tuple[Chip, ...] = ()
    saved: Sayable | None = None
    actions: tuple[QWidget, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell in a banner; the same key renews it."""

    key: str
    state: State
    words: Sayable
    detail: Sayable | None = None
    action: Sayable | None = None
    closable: bool = True


class Screen(QWidget):
    """A place in the window. It knows no other screen: it asks the window to go there.

    `go(key, what)` asks for another place; `told(News)`, `taken_back(key)` and `faulted(Fault)` make banners;
    `head_changed()` lets the window read `head()` again.
    """

    go = Signal(str, object)
    told = Signal(object)
    taken_back = Signal(str)
    faulted = Signal(object)
    head_changed = Signal()

    def head(self) -> Head:
        """Title, chips and buttons."""
        raise NotImplementedError

    def side(self) -> QWidget | None:
        """The panel on the right, if this screen has one; asked once."""
        return None

    def entered(self, what: object) -> None:
        """The screen has come up; `what` is what the asker handed over, or None."""

    def acted(self, key: str) -> None:
        """The button of a banner that this screen told was pressed."""

    def finish(self) -> None:
        """Keep what is being typed: the screen goes down, or the window closes."""
