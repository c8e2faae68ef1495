"""How long one has sat at the checklist: in this sitting, and on the visit altogether."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from officer_app.base.words import N_, message
from officer_app.casework.visitlog import milliseconds_before
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip

_MINUTE: Final = 60_000


class Elapsed(QObject):
    """Reads the visit's log once a minute; `changed()` when there is another minute to show."""

    changed = Signal()

    def __init__(self, work: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._before = 0
        self._shown: tuple[int, int] | None = None
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self._look)

    def follow(self, opened: OpenCase | None) -> None:
        """Another case is open, or none."""
        self._before, self._shown = 0, None
        if opened is None or opened.visit.log is None:
            self._minute.stop()
            return
        desk, visit, began = self._work.desk, opened.visit.record.id, opened.visit.log.began

        def show(before: int) -> None:
            self._before = before
            self._look()

        self._work.run(lambda _progress, _cancelled: milliseconds_before(desk, visit, began), show, owner=self)
        self._minute.start()

    def chips(self) -> tuple[Chip, ...]:
        """The minutes as a small remark; none while nobody sits at a checklist."""
        if self._shown is None:
            return ()
        sitting, whole = self._shown
        if sitting == whole:
            return (Chip(State.NEUTRAL, message(N_("{n:count} min"), n=sitting)),)
        return (Chip(State.NEUTRAL, message(N_("{n:count} min, visit {all:count} min"), n=sitting, all=whole)),)

    def _look(self) -> None:
        opened = self._work.open_case
        log = opened.visit.log if opened is not None else None
        if log is None:
            return
        now = log.elapsed()
        shown = now // _MINUTE, (self._before + now) // _MINUTE
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()
