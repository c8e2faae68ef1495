"""One window for one data folder: a second start brings the first one to the front, and ends.

Who is first is decided by a lock that goes with its process, however it goes. The bell is a local socket, or a named
pipe on Windows, that only the same person may open. It carries one short line and no data: whoever rings learns that
a window is open, and the window unlocks nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

# Under Wayland a window comes to the front only with the token that the second start was given by the shell.
_ACTIVATION: Final = "XDG_ACTIVATION_TOKEN"
_RING: Final = re.compile(rb"firsthand raise ([!-~]{0,200})\n")
LONGEST: Final = 256
_LONGEST_PATH: Final = 100  # bytes: 103 on macOS, 107 on Linux
_ANSWER: Final = b"raised\n"
_MOST_CALLERS: Final = 4
_CALLER_MS: Final = 2_000
# How long a second start waits for the first one, which may be starting itself. Then it opens a window of its own.
PATIENCE_MS: Final = 3_000
_TRY_AGAIN_S: Final = 0.05


def identity(folder: Path) -> str:
    """The name under which starts on one data folder find each other: the same by whatever way it is named."""
    return hashlib.sha256(os.path.normcase(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def token_of(line: bytes) -> str | None:
    """The shell's token in what a caller sent, which may be empty; None where it is anything else than one ring."""
    found = _RING.fullmatch(line) if len(line) <= LONGEST else None
    return found[1].decode("ascii") if found else None


def ring_with(token: str) -> bytes:
    """The line of one ring; a token that no shell would give is left out."""
    line = b"firsthand raise " + token.encode("utf-8", "surrogateescape") + b"\n"
    return line if token_of(line) is not None else b"firsthand raise \n"


class Single(QObject):
    """The claim of this start on a data folder. `rung` tells of another start, with the token that its shell gave it.

    `keep` is this person's own folder, in which the lock and the socket lie. Where neither can be made there, each
    start opens its window, and the lock of the data folder keeps them apart as it does any two processes.
    """

    rung = Signal(str)

    def __init__(self, folder: Path, keep: Path) -> None:
        super().__init__()
        self._keep = keep
        self._known_as = identity(folder)
        self._lock = QLockFile(str(keep / f"{self._known_as}.lock"))
        self._lock.setStaleLockTime(0)  # a window may be open for weeks: only the end of its process frees the folder
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether this start is the first one, as far as can be told here."""
        try:
            self._keep.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True  # a home that takes nothing: nobody can tell
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Hear other starts from now on. What a killed window left is taken away: the lock says that it is dead."""
        from PySide6.QtNetwork import QLocalServer

        if not self._lock.isLocked():
            return
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(self._called)
        self._server.listen(self._name)

    def ring(self, patience_ms: int = PATIENCE_MS) -> bool:
        """Ask the first window to come to the front; whether it answered."""
        _let_others_come_to_the_front()
        patience = QDeadlineTimer(patience_ms)
        while not patience.hasExpired():
            if self._ring_once(patience):
                return True
            time.sleep(_TRY_AGAIN_S)  # a process without a window, at its end: nobody waits for it but a person
        return False

    def release(self) -> None:
        """The window is closed: the next start is the first one."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    @property
    def _name(self) -> str:
        """A file in the person's own folder; Windows keeps the names of all pipes in one place.

        A socket's whole path has some hundred bytes at most: in a longer home Qt's own place for sockets has it.
        """
        own = self._keep / f"{self._known_as}.bell"
        if sys.platform == "win32" or len(os.fsencode(own)) > _LONGEST_PATH:
            return f"firsthand-{self._known_as}"
        return str(own)

    def _ring_once(self, patience: QDeadlineTimer) -> bool:
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(patience.remainingTime()):
            return False
        socket.write(ring_with(os.environ.get(_ACTIVATION, "")))
        heard = b""
        while len(heard) < len(_ANSWER) and socket.waitForReadyRead(patience.remainingTime()):
            heard += bytes(socket.read(len(_ANSWER)).data())
        return heard == _ANSWER

    def _called(self) -> None:
        """Somebody is at the bell: heard for two seconds, and no more than one line of it."""
        caller = self._server.nextPendingConnection() if self._server is not None else None
        if caller is None:
            return
        caller.setReadBufferSize(LONGEST + 1)
        caller.readyRead.connect(lambda: self._hear(caller))
        caller.disconnected.connect(caller.deleteLater)
        QTimer.singleShot(_CALLER_MS, caller, caller.abort)
        self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        line = bytes(caller.peek(LONGEST + 1).data())
        if len(line) <= LONGEST and not line.endswith(b"\n"):
            return  # the rest is on its way, or time runs out
        token = token_of(line)
        if token is None:
            caller.abort()
            return
        caller.read(len(line))
        caller.write(_ANSWER)
        caller.disconnectFromServer()
        self.rung.emit(token)


def bring_to_front(window: QWidget, token: str) -> None:
    """Put a window before all others as it is: what covers it, and what is asked in it, stays."""
    if token:
        os.environ[_ACTIVATION] = token  # where Qt's Wayland part looks for it
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    for each in filter(None, (window, QApplication.activeModalWidget())):
        each.raise_()
        each.activateWindow()


if sys.platform == "win32":
    import ctypes

    _ANY_PROCESS: Final = -1

    def _let_others_come_to_the_front() -> None:
        """Windows lets only the process that a person has just started give the front away."""
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
else:

    def _let_others_come_to_the_front() -> None:
        """X11, Wayland and macOS need no leave of this process beyond the token."""
