"""One work at a time beside the window: said what it is, with a way to stop, and how it came out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Message, message
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.states import State

T = TypeVar("T")


class Errands(QObject):
    """`busy(bool)` while a work runs; `said(State, words)` how it came out; `read()` when all is to be read again."""

    busy = Signal(bool)
    said = Signal(object, object)
    read = Signal()
    faulted = Signal(object)

    def __init__(self, work: Workplace, progress: ProgressStrip) -> None:
        super().__init__()
        self.work = work
        self._progress = progress
        self._job: Job | None = None
        progress.cancelled.connect(self.stop)

    def run(
        self,
        what: Message | None,
        work: Callable[[Progress, Cancelled], T],
        done: Callable[[T], None],
        failed: Callable[[Fault], None] | None = None,
    ) -> None:
        """One work at a time, in the free lane; `what` is told while it lasts."""
        if self._job is not None:
            return
        self.busy.emit(True)
        if what is not None:
            self.said.emit(State.INFO, None)
            self._progress.start(what)

        def over(result: T) -> None:
            self._over()
            done(result)

        def wrong(fault: Fault) -> None:
            self._over()
            (failed or self._failed)(fault)

        job = self.work.run(work, over, failed=wrong, progress=self._progress.tick, owner=self, lane=Lane.FREE)
        self._job = job if job.is_running else None

    def stop(self) -> None:
        """Ask the work to stop; what it did before stays."""
        if self._job is not None:
            self._job.cancel()

    def _over(self) -> None:
        self._job = None
        self._progress.finish()
        self.busy.emit(False)

    def _failed(self, fault: Fault) -> None:
        if fault.code is Code.CANCELLED:
            self.said.emit(State.LOOK, message(N_("Stopped. What was taken in before stays.")))
        else:
            self.said.emit(State.STOP, fault.sentence)
            self.faulted.emit(fault)
        self.read.emit()
