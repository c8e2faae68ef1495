"""Who is at work: opening, closing and changing the desk, always in the vault's lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from officer_app.base.clock import Clock
from officer_app.base.errors import Fault
from officer_app.desktop.kit.tasks import Lane, Runner

if TYPE_CHECKING:
    from officer_app.casework.desk import Desk
    from officer_app.casework.firstrun import Stage
    from officer_app.desktop.screens.signin.setup import Newcomer

_LOOK_AGAIN_MS = 20
Way = Callable[[], "Desk"]


class Session(QObject):
    """At most one open desk. What is still on its way to the disk is waited for before a desk is closed."""

    def __init__(self, runner: Runner, clock: Clock) -> None:
        super().__init__()
        self._runner = runner
        self._clock = clock
        self.desk: Desk | None = None
        # How far the first run of whoever entered last has come: read with the entering, so nothing waits for it.
        self.first_run: tuple[Stage, Mapping[str, str]] | None = None

    def enter(self, way: Way, done: Callable[[Desk], None], failed: Callable[[Fault], None]) -> None:
        """Open a desk, after closing the one that is open."""
        self.when_idle(lambda: self._enter(way, done, failed))

    def leave(self, then: Callable[[], None]) -> None:
        """Close the desk, then go on."""

        def close() -> None:
            former, self.desk = self.desk, None
            self._runner.run(
                Lane.VAULT, lambda _p, _c: former.close() if former is not None else None, lambda _none: then()
            )

        self.when_idle(close)

    def when_idle(self, then: Callable[[], None]) -> None:
        """Go on as soon as nothing is under way any more."""
        if self._runner.is_busy:
            QTimer.singleShot(_LOOK_AGAIN_MS, self, lambda: self.when_idle(then))
        else:
            then()

    def shut(self) -> None:
        """The end: the runner has been shut down already, so nobody else is at the desk."""
        former, self.desk = self.desk, None
        if former is not None:
            former.close()

    def _enter(self, way: Way, done: Callable[[Desk], None], failed: Callable[[Fault], None]) -> None:
        former, self.desk = self.desk, None

        def work(_progress: object, _cancelled: object) -> Desk:
            from officer_app.casework import firstrun

            if former is not None:
                former.close()
            desk = way()
            self.first_run = firstrun.where(desk)
            return desk

        def entered(desk: Desk) -> None:
            self.desk = desk
            done(desk)

        self._runner.run(Lane.VAULT, work, entered, failed=failed)


# The ways in. Each imports what it needs in the lane: the window is up long before.


def by_passphrase(folder: Path, login: str, passphrase: str, clock: Clock) -> Way:
    """The usual one."""

    def way() -> Desk:
        from officer_app.casework.desk import sign_in

        return sign_in(folder, login, passphrase, clock)

    return way


def by_recovery(folder: Path, login: str, code: str, passphrase: str, clock: Clock) -> Way:
    """With the recovery code and a new passphrase."""

    def way() -> Desk:
        from officer_app.casework.desk import seat
        from officer_app.vault.store import Vault

        return seat(Vault.recover(folder, code, login, passphrase, clock), clock)

    return way


def by_creation(folder: Path, newcomer: Newcomer, clock: Clock) -> Way:
    """The first one on this laptop."""

    def way() -> Desk:
        from officer_app.casework import firstrun
        from officer_app.casework.desk import seat
        from officer_app.vault.store import NewUser, Vault

        first = NewUser(newcomer.login, newcomer.name, frozenset({newcomer.role}))
        vault = Vault.create(folder, first, newcomer.passphrase, clock, recovery_code=newcomer.recovery_code)
        desk = seat(vault, clock)
        firstrun.begin(desk)
        return desk

    return way
