"""The running program as a test sees it: a page object over the real window and a real data folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.clock import Clock
from officer_app.base.words import CHINESE
from officer_app.desktop.app.application import Application
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.screens.signin.entrance import Entrance
from officer_app.desktop.widgets.screen import Screen

_S = TypeVar("_S", bound=QWidget)
PATIENCE = 20_000


class Window:
    """One start of the program. Close it, and make another, to see what was kept."""

    def __init__(self, qtbot: QtBot, folder: Path, clock: Clock, *, language: str = CHINESE, idle: int = 300) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._bot = qtbot
        self._closed = False
        preferences = Preferences(folder.parent / "window.json")
        preferences.put("language", language)
        preferences.put("look", "light")
        self.appearance = Appearance(app, preferences, bundled_fonts=True)
        self.application = Application(app, folder, clock, self.appearance, idle_seconds=idle)
        self.shell = self.application.shell
        self.application.start()
        self.settle()

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the window live until it is so."""
        self._bot.waitUntil(ready, timeout=PATIENCE)

    def settle(self) -> None:
        """Until nothing is under way."""
        QApplication.processEvents()
        self.until(lambda: not self.application.runner.is_busy)
        QApplication.processEvents()

    def sheet(self, kind: type[_S]) -> _S:
        """The sheet that covers the window."""
        found = [sheet for sheet in self.shell.findChildren(kind) if sheet.isVisible()]
        assert found, f"no {kind.__name__} covers the window"
        return found[0]

    def entrance(self) -> Entrance:
        """Where the password is asked for."""
        return self.sheet(Entrance)

    def give(self, password: str) -> None:
        """Type a password and press the button."""
        entrance = self.entrance()
        entrance.box.line.setText(password)
        entrance.button.click()
        self.settle()

    def sign_in(self, password: str) -> None:
        """In, through the sheet."""
        self.give(password)
        self.until(lambda: not self.shell.is_covered())
        self.settle()

    def open(self, key: str, kind: type[_S], what: object = None) -> _S:
        """Go to a place."""
        screen = self.shell.open(key, what)
        self.settle()
        assert isinstance(screen, kind)
        return screen

    def screen(self) -> Screen:
        """What is up."""
        current = self.shell.current()
        assert current is not None
        return current

    def told(self, key: str) -> bool:
        """Whether a banner with this key is up."""
        return key in self.shell.banners.keys()  # noqa: SIM118  a method of ours, no mapping

    def close(self) -> None:
        """As a person closes it; once."""
        if self._closed:
            return
        self._closed = True
        self.shell.close()
        self.shell.deleteLater()
        QApplication.processEvents()
