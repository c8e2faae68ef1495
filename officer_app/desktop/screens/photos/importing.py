"""Pictures on their way into the visit: one after the other beside the window, with progress, stop and go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.workplace import Workplace
from officer_app.evidence.kinds import MAX_BYTES
from officer_app.evidence.sources import Source
from officer_app.vault.records import PhotoRecord


@dataclass(frozen=True, slots=True)
class Coming:
    """One picture to take in: a file to be read, or bytes that are here; `ref` and `shot` where it belongs.

    `settled(fault or None)` tells whoever handed it in what became of it.
    """

    name: str
    source: Source
    file: Path | None = None
    data: bytes = field(default=b"", repr=False)
    ref: str = ""
    shot: str = ""
    settled: Callable[[Fault | None], None] | None = None


class Importer(QObject):
    """`moved(done, total)` after every picture, `over()` at the end, `refused(Fault)` for one that is not taken in.

    Stopped, it keeps what is left: `go_on` takes that up again. The same bytes twice are one picture, so a folder
    chosen again after a crash only adds what is missing.
    """

    moved = Signal(int, int)
    over = Signal()
    stopped = Signal(int)
    refused = Signal(object)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._waiting: deque[Coming] = deque()
        self._case: OpenCase | None = None
        self._done = 0
        self._total = 0
        self._busy = False
        self._looping = False
        self._stopped = False

    @property
    def is_busy(self) -> bool:
        """Whether one is under way."""
        return self._busy

    @property
    def left(self) -> int:
        """How many still wait."""
        return len(self._waiting)

    def take(self, some: Iterable[Coming]) -> None:
        """Take these in after those that wait already."""
        if self._work.open_case is not self._case:
            self.forget()
            self._case = self._work.open_case
        arriving = tuple(some)
        self._waiting.extend(arriving)
        self._total += len(arriving)
        self._stopped = False
        self.moved.emit(self._done, self._total)
        self._next()

    def stop(self) -> None:
        """Let the one under way finish, keep the others for later."""
        self._stopped = True
        if not self._busy:
            self.stopped.emit(self.left)

    def go_on(self) -> None:
        """Take up what was left."""
        self._stopped = False
        self._next()

    def forget(self) -> None:
        """Another case is open: what waited belonged to the former."""
        for one in self._waiting:
            if one.settled is not None:
                one.settled(Fault(Code.CANCELLED))
        self._waiting.clear()
        self._done = self._total = 0

    def _next(self) -> None:
        """Take in one after the other; where everything happens on the spot, in a loop and not ever deeper."""
        if self._looping:
            return
        self._looping = True
        while not self._busy and self._waiting and not self._stopped:
            self._busy = True
            self._read(self._waiting.popleft())
        self._looping = False
        if self._busy:
            return
        if self._waiting:
            self.stopped.emit(self.left)
        elif self._total:
            self._done = self._total = 0
            self.over.emit()

    def _read(self, coming: Coming) -> None:
        file = coming.file
        if file is None:
            self._attach(coming, coming.data)
            return
        self._work.run(
            lambda _progress, _cancelled: read_limited(file, MAX_BYTES),
            lambda data: self._attach(coming, data),
            failed=lambda fault: self._finish(coming, fault),
            owner=self,
            lane=Lane.FREE,
        )

    def _attach(self, coming: Coming, data: bytes) -> None:
        opened = self._case
        if opened is None or opened is not self._work.open_case:
            self._finish(coming, Fault(Code.CANCELLED))
            return

        def done(_record: PhotoRecord) -> None:
            self._finish(coming, None)

        def failed(fault: Fault) -> None:
            self._finish(coming, fault)

        opened.attach(coming.name, data, coming.ref, coming.shot, source=coming.source, done=done, failed=failed)

    def _finish(self, coming: Coming, fault: Fault | None) -> None:
        self._busy = False
        self._done += 1
        if coming.settled is not None:
            coming.settled(fault)
        if fault is not None and fault.code is not Code.CANCELLED:
            self.refused.emit(fault)
        self.moved.emit(self._done, self._total)
        self._next()
