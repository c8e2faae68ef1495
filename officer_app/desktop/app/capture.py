"""Quick capture in the window: one key opens the line over any step of an open case."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from officer_app.base.clock import local_date
from officer_app.base.errors import Fault
from officer_app.base.spoken.converting import DAY_CHOICES, DAYS_PER_MONTH
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.captures import proposed, waiting
from officer_app.checklists.capturing.proposing import Proposal
from officer_app.checklists.capturing.several import Part
from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit import capture_words, case_words
from officer_app.desktop.kit.open_case import Filing, OpenCase
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.capture_line import CaptureLine
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.table import Row
from officer_app.vault.records import CaptureRecord, CaptureState

_STEPS: Final = frozenset(str(place) for place, _ in case_words.CASE_TABS)


class Capture(QObject):
    """Puts lines where they belong. Everything is in memory at once; the disk follows in the vault's lane."""

    def __init__(self, work: Workplace, shell: Shell) -> None:
        super().__init__(work)
        self._work = work
        self._shell = shell
        self.line = CaptureLine(work.speech)
        self.line.hide()
        self._days = DAYS_PER_MONTH
        self._parts: tuple[Part, ...] = ()
        self._chosen: list[int] = []
        self._sought = ""
        self._taken: CaptureRecord | None = None
        self._settled: CaptureRecord | None = None
        self._last = ""
        self._before: QWidget | None = None
        line = self.line
        for signal, act in (
            (line.sought, self._seek),
            (line.filed, self._file),
            (line.place_wanted, self._choose),
            (line.kept, self._keep),
            (line.taken, self._take),
            (line.dropped, lambda key: self._settle(key, CaptureState.DROPPED)),
            (line.noted, lambda key: self._settle(key, CaptureState.NOTED)),
            (line.undone, self._undo),
            (line.days_turned, self._turn_days),
            (line.left, self.close),
        ):
            signal.connect(act)
        work.case_opened.connect(self._other_case)
        work.capture_wanted.connect(self.open)
        work.speech.changed.connect(self._again)
        shell.under_top.addWidget(self.line)
        shell.opened.connect(self._gone_to)

    @property
    def is_open(self) -> bool:
        """Whether the line is up."""
        return not self.line.isHidden()

    def toggle(self) -> None:
        """Open, or leave."""
        if self.is_open and self.line.line.hasFocus():
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Over the step that is up, when a case is open that may still change."""
        opened = self._work.open_case
        if opened is None or not may_change(opened) or self._shell.current_key() not in _STEPS:
            return
        self._shell.finish()
        if not self.is_open:
            self._before = QApplication.focusWidget()
            self.line.tell(None)
            self.line.line.clear()
        self.line.show()
        self._again()
        self.line.line.setFocus()

    def close(self) -> None:
        """Back to where one was."""
        self.line.hide()
        self._taken = None
        before, self._before = self._before, None
        if before is not None and _is_alive(before):
            before.setFocus()

    # --- what the line reports -------------------------------------------------------------------------------------

    def _seek(self, text: str) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        if not text:
            self._show_tray(opened)
            return
        if text != self._sought:
            self._sought, self._chosen = text, []
        self._show_parts(opened, text)

    def _show_parts(self, opened: OpenCase, text: str, marked: int = 0) -> None:
        today = local_date(self._work.desk.clock.now())
        language = self._work.speech.language
        self._parts = proposed(
            opened.visit, text, today, language, last=self._last, days=self._days, chosen=self._chosen
        )
        rows = self._rows()
        nothing = None if rows else message(N_("No question has these words. It can wait in the tray."))
        several = len(self._parts) > 1
        self.line.show_rows(rows, tray=False, several=several, marked=marked, nothing=nothing)
        if rows:
            self.line.tell(None)
        self._show_days()

    def _rows(self) -> tuple[Row, ...]:
        """The parts of a line, or the places of its only one."""
        if len(self._parts) > 1:
            return tuple(
                _row(str(at), part.proposal, part.text)
                for at, part in enumerate(self._parts)
                if part.proposal is not None
            )
        return tuple(_row(str(at), one, part.text) for part in self._parts for at, one in enumerate(part.offered))

    def _choose(self, key: str, by: int) -> None:
        """The place of a part that is `by` further on; 0 leads back to the first."""
        opened = self._work.open_case
        if opened is None or not key.isdigit() or int(key) >= len(self._parts):
            return
        at, offered = int(key), len(self._parts[int(key)].offered)
        self._chosen = [part.chosen for part in self._parts[: at + 1]]
        self._chosen[at] = (self._chosen[at] + by) % offered if by else 0
        self._show_parts(opened, self._sought, marked=at)

    def _show_tray(self, opened: OpenCase) -> None:
        self._parts = ()
        self._taken = None
        rows = tuple(Row(one.id, (Cell(Verbatim(one.words)), Cell(Verbatim(" ")))) for one in waiting(opened.visit))
        self.line.show_rows(rows, tray=True)
        self._show_days()

    def _show_days(self) -> None:
        offered = [one for part in self._parts for one in part.offered]
        used = any(one.converted is not None and one.converted.days is not None for one in offered)
        words = message(N_("A month of {days} days"), days=self._days)
        self.line.show_days(words if used else None)

    def _file(self, key: str) -> None:
        opened = self._work.open_case
        meant = self._meant(key)
        if opened is None or not meant:
            return
        filings = [
            Filing(self._line_of(opened, one, first=at == 0), one, capture_words.kept(self._read(one)))
            for at, one in enumerate(meant)
        ]
        try:
            opened.file(filings)
        except Fault as fault:
            self._work.faulted.emit(fault)
            return
        self._last, self._settled, self._taken = meant[-1].ref, None, None
        self.line.line.clear()
        self._show_tray(opened)
        self.line.tell(capture_words.filed(meant[0]) if len(meant) == 1 else capture_words.filed_all(meant))

    def _meant(self, key: str) -> tuple[Proposal, ...]:
        """What Enter files: every part of a line, or the place that is marked."""
        if len(self._parts) > 1:
            return tuple(part.proposal for part in self._parts if part.proposal is not None)
        offered = self._parts[0].offered if self._parts else ()
        return offered[int(key) : int(key) + 1] if key.isdigit() else ()

    def _line_of(self, opened: OpenCase, one: Proposal, *, first: bool) -> CaptureRecord:
        """The line as it was said: letters have become words, the parts of a line are lines of their own."""
        if self._taken is not None and first:
            return replace(self._taken, words=one.words)
        return opened.capture(one.words)

    def _keep(self, text: str) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        if self._taken is None or self._taken.words != text:
            opened.capture(text)
        self.line.line.clear()
        self._show_tray(opened)
        count = len(waiting(opened.visit))
        self.line.tell(message(N_("Kept in the tray: {count:count} there now."), count=count))

    def _take(self, key: str) -> None:
        line = self._line(key)
        if line is not None:
            self.line.put(line.words)
            self._taken = line

    def _settle(self, key: str, state: CaptureState) -> None:
        opened, line = self._work.open_case, self._line(key)
        if opened is None or line is None:
            return
        opened.put_line(line, state)
        self._settled = line
        self._show_tray(opened)
        dropped = state is CaptureState.DROPPED
        text = N_("Dropped: {words}. Undo: Ctrl+Z") if dropped else N_("Kept as a note: {words}. Undo: Ctrl+Z")
        self.line.tell(message(text, words=Verbatim(line.words)))

    def _undo(self) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        if self._settled is not None:
            opened.put_line(self._settled, CaptureState.WAITING)
            self._settled = None
        elif opened.session.can_undo:
            opened.undo()
        self._show_tray(opened)
        self.line.tell(message(N_("Taken back.")))

    def _turn_days(self) -> None:
        place = DAY_CHOICES.index(self._days)
        self._days = DAY_CHOICES[(place + 1) % len(DAY_CHOICES)]
        self._again()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _line(self, key: str) -> CaptureRecord | None:
        opened = self._work.open_case
        return next((one for one in waiting(opened.visit) if one.id == key), None) if opened is not None else None

    def _again(self) -> None:
        if self.is_open:
            taken = self._taken
            self._seek(self.line.line.text().strip())
            self._taken = taken

    def _gone_to(self, key: str) -> None:
        """The line stays over the steps of the case, and nowhere else."""
        if self.is_open and key not in _STEPS:
            self.close()

    def _other_case(self) -> None:
        self._last, self._taken, self._settled = "", None, None
        self.line.line.clear()
        self.line.hide()

    @staticmethod
    def _read(one: Proposal) -> Sayable | None:
        return capture_words.read_as(one.amount, one.converted, one.value)


def _row(key: str, one: Proposal, typed: str) -> Row:
    read = capture_words.read_from(one, typed)
    where = Cell(capture_words.place_of(one), below=capture_words.entry_of(one))
    return Row(key, (where, Cell(capture_words.value_of(one), below=read, strong=True)))


def _is_alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return bool(isValid(widget)) and widget.isVisible()
