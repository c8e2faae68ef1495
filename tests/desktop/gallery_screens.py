"""Pictures of the first screens with the demo's real data: `python tests/desktop/gallery_screens.py FOLDER [names]`.

Both languages, light and dark, at the two sizes the window is made for. For the eye of whoever changes a screen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QSize
from PySide6.QtWidgets import QApplication

from officer_app.base.clock import SystemClock
from officer_app.base.errors import Code, Fault
from officer_app.base.words import LANGUAGES, N_, message
from officer_app.desktop.app.application import Application
from officer_app.desktop.app.demo_mode import DemoMode
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.kit.screenshot import grab
from officer_app.desktop.kit.theme import Mode
from officer_app.desktop.screens.new_case.screen import NewCaseScreen
from officer_app.desktop.screens.signin.beginning import Beginning
from officer_app.desktop.screens.signin.entrance import Entrance
from officer_app.desktop.screens.signin.setup import Recovery, Welcome

SIZES = (QSize(1366, 768), QSize(1093, 614))
_CODE = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"


class Gallery:
    """One running demo, photographed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.qt = QApplication.instance() or QApplication([])
        assert isinstance(self.qt, QApplication)
        place = Path(tempfile.mkdtemp())
        self.appearance = Appearance(self.qt, Preferences(place / "window.json"), bundled_fonts=True)
        self.application = Application(self.qt, place / "none", SystemClock(), self.appearance)
        self.application.demo = DemoMode(self.application, place / "demo")
        self.application.show()
        self.application.demo.begin()
        self.until(lambda: self.application.work is not None)
        self.settle()

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the window live until it is so."""
        patience = QDeadlineTimer(120_000)
        while not ready():
            self.qt.processEvents()
            assert not patience.hasExpired()

    def settle(self) -> None:
        """Until nothing is under way and the layouts have come to rest."""
        for _ in range(5):
            self.qt.processEvents()
        self.until(lambda: not self.application.runner.is_busy)
        for _ in range(5):
            self.qt.processEvents()

    def today(self) -> None:
        self.application.shell.open("today")

    def cases(self) -> None:
        self.application.shell.open("cases")

    def cases_nothing(self) -> None:
        self.application.shell.open("cases", "zzz")

    def new_case(self) -> None:
        screen = self.application.shell.open("new_case")
        assert isinstance(screen, NewCaseScreen)
        self.settle()
        for key, text in (
            ("applicant", "罗秀芳"),
            ("resident_id", "990101198811110025"),
            ("amount", "120000"),
            ("term", "12"),
        ):
            screen.fields[key].show_value(text)
        screen._judge_identity("990101198811110025")

    def new_case_wrong(self) -> None:
        screen = self.application.shell.open("new_case")
        assert isinstance(screen, NewCaseScreen)
        self.settle()
        screen._judge_identity("990101198811110024")

    def settings(self) -> None:
        self.application.shell.open("settings")

    def lock(self) -> None:
        self.application.lock()

    def sign_in(self) -> None:
        sheet = Entrance(self.appearance, message(N_("Sign in")))
        sheet.show_people(("lihui", "chenguodong"))
        self.application.cover(sheet)

    def sign_in_wait(self) -> None:
        sheet = Entrance(self.appearance, message(N_("Sign in")))
        sheet.show_people(("lihui",))
        sheet.box.line.setText("qingshi")
        sheet.show_fault(Fault(Code.PASSPHRASE_WAIT, seconds=20))
        self.application.cover(sheet)

    def sign_in_broken(self) -> None:
        sheet = Entrance(self.appearance, message(N_("Sign in")))
        sheet.show_unusable(Fault(Code.VAULT_BROKEN, file="keyring.json"))
        self.application.cover(sheet)

    def welcome(self) -> None:
        self.application.cover(Welcome(self.appearance))

    def set_up(self) -> None:
        self.application.cover(Beginning(self.appearance, _CODE, {"step": "role", "role": "manager"}))

    def set_up_code(self) -> None:
        kept = {"step": "password", "role": "officer", "name": "李慧", "login": "lihui"}
        sheet = Beginning(self.appearance, _CODE, kept)
        for box in (sheet.first, sheet.second):
            box.line.setText("an honest day")
        sheet.go_on.click()
        self.application.cover(sheet)

    def recovery(self) -> None:
        self.application.cover(Recovery(self.appearance, ("lihui",)))


PANES = (
    Gallery.today,
    Gallery.cases,
    Gallery.cases_nothing,
    Gallery.new_case,
    Gallery.new_case_wrong,
    Gallery.settings,
    Gallery.lock,
    Gallery.sign_in,
    Gallery.sign_in_wait,
    Gallery.sign_in_broken,
    Gallery.welcome,
    Gallery.set_up,
    Gallery.set_up_code,
    Gallery.recovery,
)


def paint_all(folder: Path, only: tuple[str, ...] = ()) -> int:
    """Write every pane; gives how many pictures."""
    gallery = Gallery(folder)
    count = 0
    for pane in PANES:
        if only and pane.__name__ not in only:
            continue
        for mode in Mode:
            gallery.appearance.set_mode(mode)
            for language in LANGUAGES:
                gallery.appearance.set_language(language)
                for size in SIZES:
                    gallery.application.shell.resize(size)
                    pane(gallery)
                    gallery.settle()
                    name = f"{pane.__name__}-{language}-{mode.value}-{size.width()}.png"
                    grab(gallery.application.shell, folder / name)
                    gallery.application.uncover()
                    count += 1
    gallery.application.shell.close()
    return count


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(paint_all(target, tuple(sys.argv[2:])), "pictures in", target)
