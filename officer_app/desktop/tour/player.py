"""Plays the tour: one window after the other, by input events alone, each step timed and pictured."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.app.application import Application
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.screenshot import grab
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.signin.entrance import Entrance
from officer_app.desktop.tour.album import Album, Step
from officer_app.desktop.tour.hands import OutOfReachError
from officer_app.desktop.tour.typist import Typist
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.photos import ContactSheet
from officer_app.desktop.widgets.screen import Screen
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.training.story import StoryClock
from officer_app.trust.certificates import Role

S = TypeVar("S", bound=QWidget)
# Nobody is idle in a story whose clock jumps.
_NEVER_IDLE: Final = 10**9
_COPY: Final = Qt.DropAction.CopyAction
_WIDTH, _HEIGHT = 1366, 768


class Player(Typist):
    """Hands and eyes at the window of whoever is on stage."""

    def __init__(self, qt: QApplication, appearance: Appearance, demo: Demo, clock: StoryClock, album: Album) -> None:
        """Take the stage; `come_in` brings the first person on."""
        self._qt = qt
        self._appearance = appearance
        self.demo = demo
        self.clock = clock
        self.album = album
        self.application: Application | None = None
        super().__init__(QWidget())

    # --- the stage ------------------------------------------------------------------------------------------------

    def come_in(self, role: Role) -> None:
        """Somebody opens the program on their own laptop and signs in with their passphrase."""
        self.leave()
        folder = self.demo.data(role)
        application = Application(self._qt, folder, self.clock, self._appearance, idle_seconds=_NEVER_IDLE)
        self.application, self.window = application, application.shell
        application.start()
        application.shell.resize(_WIDTH, _HEIGHT)
        application.shell.activateWindow()
        self.wait_until(lambda: self._ready_to_sign_in() is not None, what="the sign-in sheet")
        entrance = self._ready_to_sign_in()
        if entrance is not None:
            self.fill(entrance.box.line, PASSPHRASE)
            self.press(Qt.Key.Key_Return)
        self.wait_until(lambda: application.work is not None and not self.is_busy(), 30, "signing in")

    def leave(self) -> None:
        """Close the window that is open."""
        if self.application is not None:
            self.application.shell.close()
            self.settle()
            self.application = None

    def _ready_to_sign_in(self) -> Entrance | None:
        sheet = self.window.findChild(Entrance)
        return sheet if sheet is not None and sheet.box.line.isVisible() and sheet.box.line.isEnabled() else None

    # --- eyes -----------------------------------------------------------------------------------------------------

    @property
    def work(self) -> Workplace:
        """What the signed-in person works with."""
        if self.application is None or self.application.work is None:
            raise OutOfReachError("the window", "nobody is signed in")
        return self.application.work

    @property
    def case(self) -> OpenCase:
        """The case that is open."""
        opened = self.work.open_case
        if opened is None:
            raise OutOfReachError("the window", "no case is open")
        return opened

    def is_busy(self) -> bool:
        """Whether something is still on its way to or from the background."""
        return self.application is not None and bool(getattr(self.application.runner, "is_busy", False))

    def quiet(self, seconds: float = 60.0) -> None:
        """Wait until everything handed to the background has come back."""
        self.settle()
        self.wait_until(lambda: not self.is_busy(), seconds, "work in the background")
        self.settle()

    def screen(self, kind: type[S]) -> S:
        """The screen that is up, which must be of this kind."""
        found = self.current()
        if not isinstance(found, kind):
            raise OutOfReachError(kind.__name__, f"{type(found).__name__} is up")
        return found

    def current(self) -> Screen | None:
        """The screen that is up."""
        return self.application.shell.current() if self.application is not None else None

    # --- moving ---------------------------------------------------------------------------------------------------

    def rail(self, place: Place) -> None:
        """Go to a place by the rail."""
        if self.application is not None:
            self.click(self.application.shell.rail.button(place.value))
        self.quiet()

    def tab(self, place: Place) -> None:
        """Go to a step of the case by its tab."""
        current = self.current()
        tabs = current.findChild(CaseTabs) if current is not None else None
        if tabs is None:
            raise OutOfReachError(place.value, "no tabs on this screen")
        self.click(tabs.button(place.value))
        self.quiet()

    def drop(self, sheet: ContactSheet, file: Path) -> None:
        """Drag a file onto the contact sheet and let go."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        where = QPointF(sheet.viewport().rect().center())
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(sheet.viewport(), QDragEnterEvent(where.toPoint(), _COPY, mime, left, plain))
        QApplication.sendEvent(sheet.viewport(), QDropEvent(where, _COPY, mime, left, plain))
        self.events += 1
        self.quiet()

    # --- the album ------------------------------------------------------------------------------------------------

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step and count its events."""
        began, before = time.perf_counter(), self.events
        yield
        self.album.steps.append(Step(name, time.perf_counter() - began, self.events - before))

    def picture(self, name: str, caption: Sayable) -> None:
        """Take a picture of the window as it stands."""
        self.quiet()
        file = self.album.next_file(name)
        grab(self.window, file)
        self.album.add_picture(file, caption)

    def until(self, holds: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
        """Wait for something on the screen."""
        self.wait_until(holds, seconds, what)
        self.settle()
