"""The ways into the window. Nothing heavy is imported before it is on the screen."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from officer_app.base.clock import SystemClock
from officer_app.base.paths import default_data_folder, resource_folder, settings_folder
from officer_app.base.words import N_, message
from officer_app.desktop.app.application import Application
from officer_app.desktop.app.single import Single, bring_to_front
from officer_app.desktop.kit import theme
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.preferences import Preferences

_PREFERENCES: Final = "window.json"
_LET_PYTHON_RUN_MS: Final = 500
ALREADY_OPEN: Final = message(N_("The program is open already: its window has been brought to the front."))


def open_window(argv: Sequence[str] = ()) -> int:
    """The window on this person's own data folder; gives the exit code."""
    qt, folder = _application(argv), default_data_folder()
    appearance = _appearance(qt)
    single = Single(folder, settings_folder())
    if _is_open_already(single, appearance):
        return 0
    application = Application(qt, folder, SystemClock(), appearance)
    application.start()
    return _run(qt, application, single)


def open_demo(folder: Path | None = None, language: str = "") -> int:
    """The window on a throw-away institution; gives the exit code."""
    from officer_app.desktop.app.demo_mode import DemoMode, demo_folder

    qt = _application(())
    appearance = _appearance(qt)
    if language:
        appearance.set_language(language)
    where = folder or demo_folder()
    single = Single(where, settings_folder())
    if _is_open_already(single, appearance):
        return 0
    application = Application(qt, where / "nobody", SystemClock(), appearance)
    application.demo = DemoMode(application, where)
    application.demo.begin()
    application.show()
    return _run(qt, application, single)


def demo_command(words: Sequence[str]) -> int:
    """`officer-app demo [--dir D]`."""
    parser = argparse.ArgumentParser(
        prog="officer-app demo",
        description="Open the window on a throw-away institution with an officer, a manager and head office.",
    )
    parser.add_argument("--dir", type=Path, metavar="D", help="where it lies; founded there if it is not yet")
    parser.add_argument("--lang", choices=("zh_CN", "en"), default="", help="the language to begin with")
    asked = parser.parse_args(words)
    return open_demo(asked.dir, asked.lang)


def _application(argv: Sequence[str]) -> QApplication:
    qt = theme.application(("officer-app", *argv))
    qt.setApplicationName("Firsthand")
    qt.setDesktopFileName("officer-app")
    qt.setWindowIcon(QIcon(str(resource_folder() / "icons" / "app.png")))
    return qt


def _appearance(qt: QApplication) -> Appearance:
    return Appearance(qt, Preferences(settings_folder() / _PREFERENCES))


def _is_open_already(single: Single, appearance: Appearance) -> bool:
    """Whether another window has the folder; it has come to the front then, and this start is done."""
    if single.claim() or not single.ring():
        return False
    sys.stdout.write(appearance.speech.say(ALREADY_OPEN) + "\n")
    return True


def _run(qt: QApplication, application: Application, single: Single) -> int:
    """Until the window closes. A signal to end closes it the same way, so that nothing is lost then either."""
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: application.shell.close())
    single.rung.connect(partial(bring_to_front, application.shell))
    QTimer.singleShot(0, single, single.listen)
    pulse = QTimer()
    pulse.timeout.connect(lambda: None)
    pulse.start(_LET_PYTHON_RUN_MS)
    code = qt.exec()
    single.release()
    sys.stdout.flush()
    return code
