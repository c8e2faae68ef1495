"""The checklist on paper, from the visit that it is for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.files import write_whole
from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.kit.dialogs import save_file
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State


class PaperButton(Button):
    """Asks where to put the sheet and writes it there, in both languages. `told(News)` when it is there."""

    told = Signal(object)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(work.speech, message(N_("Paper")), Look.QUIET, parent=parent)
        self._work = work
        work.speech.tip(self, message(N_("Print this checklist for pen and paper")))
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        opened = self._work.open_case
        if opened is None:
            return
        name = f"{opened.case.number}-{opened.visit.record.form}.pdf"
        file = save_file(self, self._work.speech, message(N_("Save the field sheet")), name)
        if file is not None:
            self.save_sheet(file)

    def save_sheet(self, file: Path) -> None:
        """Write the sheet of the open visit's checklist."""
        opened = self._work.open_case
        if opened is None:
            return
        desk, record = self._work.desk, opened.visit.record

        def write(_progress: object, _cancelled: object) -> None:
            # Only whoever prints needs what lays out pages.
            from officer_app.casework.fieldsheets import sheet_of

            write_whole(file, sheet_of(desk, record, "both"))

        self._work.run(write, lambda _nothing: self._tell_saved(file), owner=self)

    def _tell_saved(self, file: Path) -> None:
        words = message(N_("Saved as {file}"), file=Verbatim(str(file)))
        self.told.emit(News("field_sheet", State.PASSED, words))
