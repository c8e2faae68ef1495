"""The running program: who is signed in, what the window shows them, and that nothing is lost on the way out."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QDeadlineTimer, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import told_apart
from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.app.helping import Helping
from officer_app.desktop.app.idle import Idleness
from officer_app.desktop.app.session import Session, Way, by_creation, by_passphrase, by_recovery
from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.memory import Sweeper
from officer_app.desktop.kit.tasks import Lane, Runner, ThreadRunner
from officer_app.desktop.screens.signin.entrance import Entrance

if TYPE_CHECKING:
    from officer_app.casework.delivery import Status
    from officer_app.casework.desk import Desk
    from officer_app.desktop.app.demo_mode import DemoMode
    from officer_app.desktop.kit.workplace import Workplace
    from officer_app.desktop.screens.signin.beginning import Beginning
    from officer_app.desktop.screens.signin.setup import Newcomer

IDLE_SECONDS: Final = 300
_GEOMETRY: Final = "geometry"
_LAST: Final = "last_exchange"
_POLICY: Final = "policy"
_BEGUN: Final = "first_run"  # how far somebody came before there is a vault; no password, no code
# How long closing waits for what was begun: a picture being read, an answer on its way to the disk.
_PATIENCE_MS: Final = 8_000
# How long the first picture and the first key have the processor for themselves.
_FIRST_PICTURE_MS: Final = 150


class Application(QObject):
    """One window, one person at a time. `start()` shows it; everything else follows from what the person does."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        clock: Clock,
        appearance: Appearance,
        *,
        runner: Runner | None = None,
        idle_seconds: int = IDLE_SECONDS,
    ) -> None:
        super().__init__()
        self.folder = folder
        self.clock = clock
        self.appearance = appearance
        self.runner: Runner = runner or ThreadRunner(self._faulted)
        self.shell = Shell(appearance.speech, message(N_("Firsthand")))
        self.helping = Helping(self.shell, appearance.speech)
        self.session = Session(self.runner, clock)
        self._sweeper = Sweeper(self)
        self.work: Workplace | None = None
        self.demo: DemoMode | None = None
        self._entrance: Entrance | None = None
        self._locked = False
        self._had_focus: QWidget | None = None
        self._closed = False
        self._former_hook = sys.excepthook
        self.idle = Idleness(app, clock, idle_seconds)
        self.idle.over.connect(self.lock)
        self.shell.closing.connect(self._close)
        self.shell.foot_chosen.connect(self._foot)
        self._place_window()

    # --- beginning ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window with the sign-in sheet; what is heavy is loaded once it is up."""
        self.show_entrance()
        self.show()

    def show(self) -> None:
        """Put the window on the screen and take care of what nobody else catches."""
        sys.excepthook = self._unexpected
        self.shell.show()
        QTimer.singleShot(_FIRST_PICTURE_MS, self, self._warm_up)

    def show_entrance(self) -> None:
        """Ask who it is; the names are read beside the window."""
        self._close_work()
        entrance = Entrance(self.appearance, message(N_("Sign in")))
        entrance.show_sub(None)
        entrance.set_foot(self._remark())
        entrance.entered.connect(self._sign_in)
        entrance.again_wanted.connect(self.show_entrance)
        entrance.recovery_wanted.connect(self._show_recovery)
        self._entrance = entrance
        self._cover(entrance)
        folder = self.folder

        def read(_progress: object, _cancelled: object) -> tuple[str, ...]:
            from officer_app.vault.keyfile import logins

            return logins(folder)

        self.runner.run(Lane.FREE, read, entrance.show_people, failed=self._no_people, owner=entrance)

    def _no_people(self, fault: Fault) -> None:
        if fault.code is Code.VAULT_MISSING:
            self._show_welcome()
        elif self._entrance is not None:
            self._entrance.show_unusable(fault)

    def _sign_in(self, login: str, passphrase: str) -> None:
        entrance = self._entrance
        if entrance is not None:
            entrance.show_busy()
            way = by_passphrase(self.folder, login, passphrase, self.clock)
            self.enter(way, entrance.show_fault)

    def enter(self, way: Way, failed: Callable[[Fault], None], store: str = "") -> None:
        """Open a desk and show its window; the desk that was open is closed first."""
        self.session.enter(way, lambda desk: self._entered(desk, store), failed)

    # --- the first run --------------------------------------------------------------------------------------------

    def _show_welcome(self) -> None:
        if self.appearance.preferences.get(_BEGUN):
            self._show_setup()
            return
        self._welcome()

    def _welcome(self) -> None:
        from officer_app.desktop.screens.signin.setup import Welcome

        welcome = Welcome(self.appearance)
        welcome.setup_wanted.connect(self._show_setup)
        welcome.demo_wanted.connect(self._try_demo)
        self._cover(welcome)

    def _try_demo(self) -> None:
        from officer_app.desktop.app.demo_mode import DemoMode, demo_folder

        self.demo = DemoMode(self, demo_folder())
        self.demo.begin()

    def _show_setup(self) -> None:
        from officer_app.desktop.screens.signin.beginning import Beginning
        from officer_app.vault.keyring import new_recovery_code

        kept = self.appearance.preferences.get(_BEGUN)
        words = {key: str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}
        sheet = Beginning(self.appearance, new_recovery_code(), words)
        sheet.back.connect(self._forget_setup)
        sheet.reached.connect(lambda reached: self.appearance.preferences.put(_BEGUN, dict(reached)))
        sheet.made.connect(lambda newcomer: self._make(newcomer, sheet))
        self._cover(sheet)

    def _forget_setup(self) -> None:
        self.appearance.preferences.put(_BEGUN, None)
        self._welcome()

    def _make(self, newcomer: Newcomer, sheet: Beginning) -> None:
        folder, clock = self.folder, self.clock

        def way() -> Desk:
            with told_apart(folder):
                folder.parent.mkdir(parents=True, exist_ok=True)
            return by_creation(folder, newcomer, clock)()

        self.enter(way, sheet.show_fault)

    def _show_recovery(self) -> None:
        folder, clock = self.folder, self.clock

        def read(_progress: object, _cancelled: object) -> tuple[str, ...]:
            from officer_app.vault.keyfile import logins

            return logins(folder)

        def ask(logins: tuple[str, ...]) -> None:
            from officer_app.desktop.screens.signin.setup import Recovery

            sheet = Recovery(self.appearance, logins)
            sheet.back.connect(self.show_entrance)
            sheet.given.connect(
                lambda login, code, new: self.enter(by_recovery(folder, login, code, new, clock), sheet.show_fault)
            )
            self._cover(sheet)

        self.runner.run(Lane.FREE, read, ask, failed=self._no_people, owner=self)

    # --- at work --------------------------------------------------------------------------------------------------

    def _entered(self, desk: Desk, store: str) -> None:
        from officer_app.desktop.app.places import Around, first_place, foot, places_of
        from officer_app.desktop.kit.workplace import Place, Workplace

        self._close_work()
        work = Workplace(desk, self.appearance.speech, self.runner, store)
        work.faulted.connect(self._faulted)
        work.changed.connect(self._look_at_delivery)
        self.work = work
        demo = self.demo.demo if self.demo is not None else None
        around = Around(work, self.appearance, self.shell.shortcuts, demo)
        self.shell.register(places_of(desk.roles, around), foot())
        self._bind_keys(desk)
        self._show_capture(work)
        self.uncover()
        self.idle.start()
        self._look_at_delivery()
        self._look_at_pictures(work)
        if self.demo is not None:
            self.demo.show_person(work)
        first = first_place(desk.roles) if desk.identity is not None else Place.SETTINGS
        self.shell.open(first.value)
        if self.demo is not None:
            self.demo.go_on(work)
        self._go_on_joining(work)

    def _go_on_joining(self, work: Workplace) -> None:
        """The first run goes on where it was left, over the window."""
        from officer_app.casework.firstrun import Stage

        kept = self.session.first_run
        if kept is None or kept[0] is Stage.DONE:
            return
        from officer_app.desktop.screens.signin.joining import Joining

        self.appearance.preferences.put(_BEGUN, None)
        sheet = Joining(self.appearance, work, kept)
        sheet.back.connect(self.leave)
        sheet.later.connect(self.uncover)
        sheet.finished.connect(self._joined)
        self._cover(sheet)

    def _joined(self) -> None:
        from officer_app.desktop.app.places import first_place

        self.uncover()
        self.idle.start()
        if self.work is not None:
            self.shell.open(first_place(self.work.desk.roles).value)
            self.work.changed.emit()

    def _bind_keys(self, desk: Desk) -> None:
        from officer_app.desktop.kit.workplace import Place
        from officer_app.trust.certificates import Role

        keys = self.shell.shortcuts
        keys.add("Ctrl+L", message(N_("Lock")), self.lock)
        keys.add("Ctrl+,", message(N_("Settings")), partial(self.shell.open, Place.SETTINGS.value))
        if desk.roles & {Role.OFFICER, Role.MANAGER}:
            keys.add("Ctrl+F", message(N_("Find a case")), partial(self.shell.open, Place.CASES.value, "search"))
        if Role.OFFICER in desk.roles:
            keys.add("Ctrl+N", message(N_("New case")), partial(self.shell.open, Place.NEW_CASE.value))

    def _show_capture(self, work: Workplace) -> None:
        """The line of quick captures, over every step of an officer's case."""
        from officer_app.desktop.app.capture import Capture
        from officer_app.desktop.widgets.capture_line import KEYS
        from officer_app.trust.certificates import Role

        if Role.OFFICER not in work.desk.roles:
            return
        capture = Capture(work, self.shell)
        work.destroyed.connect(capture.line.deleteLater)
        self.shell.shortcuts.add(KEYS, message(N_("Quick capture")), capture.toggle)

    def _look_at_pictures(self, work: Workplace) -> None:
        """An officer's open cases against head office's lists of photos, when these have grown."""
        from officer_app.desktop.app.relooking import LookingAgain
        from officer_app.trust.certificates import Role

        if Role.OFFICER in work.desk.roles:
            LookingAgain(work, self.shell).begin()

    def _look_at_delivery(self) -> None:
        work = self.work
        if work is None:
            return
        desk = work.desk

        def read(_progress: object, _cancelled: object) -> tuple[Status, str]:
            from officer_app.casework.approvals import lapse
            from officer_app.casework.delivery import status
            from officer_app.casework.permissions import WORKING
            from officer_app.casework.today import policy_version

            if desk.roles & WORKING:
                lapse(desk)
            return status(desk), policy_version(desk)

        work.run(read, self._show_delivery, owner=work)
        if self.demo is not None:
            self.demo.look(work)

    def _show_delivery(self, found: tuple[Status, str]) -> None:
        from officer_app.desktop.kit.workplace import Place
        from officer_app.desktop.widgets.states import State
        from officer_app.desktop.widgets.topbar import Chip

        status, policy = found
        waiting = len(status.waiting)
        chips = (Chip(State.LOOK, message(N_("{count:count} to send"), count=waiting)),) if waiting else ()
        self.shell.set_status(chips)
        self.shell.rail.set_badge(Place.EXCHANGE.value, waiting)
        self.appearance.preferences.put(_LAST, status.last)
        self.appearance.preferences.put(_POLICY, policy)

    def _foot(self, key: str) -> None:
        from officer_app.desktop.app.places import HELP, LANGUAGE, LOCK

        if key == HELP:
            self.helping.open()
        elif key == LANGUAGE:
            self.appearance.other_language()
        elif key == LOCK:
            self.lock()

    # --- the lock -------------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Cover the work; it stays as it is underneath, what was being typed is kept."""
        work = self.work
        if work is None or self._locked:
            return
        self._locked = True
        self.helping.leave()
        self._had_focus = QApplication.focusWidget()
        sheet = Entrance(self.appearance, message(N_("Locked")))
        sheet.show_sub(message(N_("Your work is kept as you left it.")))
        sheet.show_person(work.desk.user.full_name)
        sheet.set_foot(self._remark())
        sheet.entered.connect(lambda _login, passphrase: self._unlock(sheet, passphrase))
        sheet.again_wanted.connect(sheet.show_ready)
        sheet.other_wanted.connect(self.leave)
        self._entrance = sheet
        self._cover(sheet)
        if self.demo is not None:
            self.demo.covered(sheet)

    def _unlock(self, sheet: Entrance, passphrase: str) -> None:
        work = self.work
        if work is None:
            return
        desk = work.desk
        sheet.show_busy()

        def ask(_progress: object, _cancelled: object) -> None:
            from officer_app.casework.keeping import confirm_person

            confirm_person(desk, passphrase)

        def opened(_nothing: None) -> None:
            self.uncover()
            if self._had_focus is not None and isValid(self._had_focus):
                self._had_focus.setFocus()
            self.idle.start()

        work.run(ask, opened, failed=sheet.show_fault, owner=sheet)

    def leave(self) -> None:
        """Sign out: everything is saved, the desk is closed, and the window asks who it is."""
        from officer_app.desktop.screens.signin.busy import Busy

        if self.work is not None:
            self.work.close_case()
        self._cover(Busy(self.appearance, message(N_("Saving …"))))
        self.session.leave(self.show_entrance)

    def _cover(self, sheet: QWidget) -> None:
        self.idle.stop()
        self.helping.leave()
        self.shell.shortcuts.set_enabled(False)
        self.shell.uncover()
        self.shell.cover(sheet)
        sheet.setFocus()

    def cover(self, sheet: QWidget) -> None:
        """Put a sheet over the window."""
        self._cover(sheet)

    def uncover(self) -> None:
        """Back to work."""
        self._locked = False
        self._entrance = None
        self.helping.leave()
        self.shell.shortcuts.set_enabled(True)
        self.shell.uncover()

    def _remark(self) -> Sayable | None:
        from officer_app.desktop.app.remark import remark

        kept = self.appearance.preferences
        return remark(kept.text(_LAST), kept.text(_POLICY))

    # --- when something fails -------------------------------------------------------------------------------------

    def _faulted(self, fault: Fault) -> None:
        if fault.code is Code.CANCELLED:
            return
        if fault.code is Code.UNEXPECTED:
            self._report(fault)
        self.shell.tell_fault(fault)

    def _unexpected(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A bug in the window itself: what is typed is kept, a report is written, and the work goes on."""
        if not isinstance(error, Exception):
            self._former_hook(kind, error, trace)
            return
        screen = self.shell.current() if isValid(self.shell) else None
        if screen is not None and not isinstance(error, RecursionError):
            screen.finish()
        fault = error if isinstance(error, Fault) else Fault(Code.UNEXPECTED, what=kind.__name__)
        if not isinstance(error, Fault):
            fault.__cause__ = error
        self._faulted(fault)

    def _report(self, fault: Fault) -> None:
        from officer_app.desktop.app.reports import write_report

        try:
            write_report(self._report_folder(), fault.__cause__ or fault, self.clock)
        except (Fault, OSError):
            # The banner below tells of the bug itself; a disk that refuses the report has its own banner elsewhere.
            return

    def _report_folder(self) -> Path:
        """The data folder of whoever is at work; before that, where the window's own settings lie."""
        work = self.work
        return work.desk.vault.folder if work is not None else self.appearance.preferences.folder

    # --- the end --------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        """The window goes: everything on its way reaches the disk first."""
        if self._closed:
            return
        self._closed = True
        self.idle.stop()
        if self.work is not None:
            self.work.close_case()
        geometry = bytes(self.shell.saveGeometry().data())
        self.appearance.preferences.put(_GEOMETRY, base64.b64encode(geometry).decode())
        patience = QDeadlineTimer(_PATIENCE_MS)
        while self.runner.is_busy and not patience.hasExpired():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
        self.runner.shutdown()
        self.session.shut()
        self._sweeper.stop()
        if sys.excepthook == self._unexpected:
            sys.excepthook = self._former_hook

    def _close_work(self) -> None:
        former, self.work = self.work, None
        self.idle.stop()
        if former is not None:
            self.shell.register(())
            former.deleteLater()

    def _place_window(self) -> None:
        kept = self.appearance.preferences.text(_GEOMETRY)
        if kept:
            self.shell.restoreGeometry(QByteArray(base64.b64decode(kept)))

    def _warm_up(self) -> None:
        """Load what signing in will need while the passphrase is typed."""
        if self.runner.is_over:
            return

        def load(_progress: object, _cancelled: object) -> None:
            import importlib

            for name in ("officer_app.casework.desk", "officer_app.casework.today"):
                importlib.import_module(name)

        self.runner.run(Lane.FREE, load, lambda _nothing: None)
