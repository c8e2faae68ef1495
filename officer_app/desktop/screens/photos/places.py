"""The map of the visit that is open, and of any day on which this officer took pictures."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Signal

from officer_app.base.clock import local_date
from officer_app.base.words import N_, message
from officer_app.casework import facts
from officer_app.casework.days import Day, day_of_officer, day_of_visit, days_of_officer
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.day_sheet import DaySheet

VISIT, DAY, BEFORE, AFTER = "visit", "day", "before", "after"
_VIEWS: Final = (
    (VISIT, message(N_("This visit")), "V"),
    (DAY, message(N_("My day")), "T"),
    (BEFORE, message(N_("Day before")), "B"),
    (AFTER, message(N_("Day after")), "N"),
)


class Places(QObject):
    """`shown()` when a map can be looked at; its sheet says the rest."""

    shown = Signal()

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._days: tuple[date, ...] = ()
        self._on: date | None = None
        self.sheet = DaySheet(work.speech, message(N_("Back to the sheet")), _VIEWS)
        self.sheet.asked.connect(self._turn)

    def open(self) -> None:
        """Begin with the visit that is open."""
        self._turn(VISIT)

    def _turn(self, which: str) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        if which == VISIT:
            self._show(None)
        elif which == DAY:
            self._show(self._on or local_date(opened.visit.record.started))
        else:
            self._show(self._neighbour(-1 if which == BEFORE else 1))

    def _neighbour(self, step: int) -> date | None:
        """The nearest day with pictures, before or after the one that is shown."""
        here = self._on
        if here is None:
            return None
        found = [day for day in self._days if (day < here if step < 0 else day > here)]
        return (found[-1] if step < 0 else found[0]) if found else here

    def _show(self, on: date | None) -> None:
        opened, desk = self._work.open_case, self._work.desk
        if opened is None:
            return
        visit, judged, premises = opened.visit.record, opened.findings.photos, facts.premises(opened.findings.tree)

        def read(_progress: object, _cancelled: object) -> tuple[Day, tuple[date, ...], date | None]:
            if on is None:
                return day_of_visit(desk, visit, judged, premises), days_of_officer(desk), None
            return day_of_officer(desk, on, judged, premises), days_of_officer(desk), on

        self._work.run(read, self._came, owner=self)

    def _came(self, found: tuple[Day, tuple[date, ...], date | None]) -> None:
        day, self._days, self._on = found
        self.sheet.show_day(day)
        on = self._on
        self.sheet.offer(VISIT, on=on is not None)
        self.sheet.offer(DAY, on=on is None)
        self.sheet.offer(BEFORE, on=on is not None and any(each < on for each in self._days))
        self.sheet.offer(AFTER, on=on is not None and any(each > on for each in self._days))
        self.shown.emit()
