"""What else can be done with a visit: its paper sheet, the entry from it, the second signature, its export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from officer_app.base.files import write_whole
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.interchange import Instance, instance_of
from officer_app.casework.visits import Visit
from officer_app.desktop.kit.dialogs import save_file
from officer_app.desktop.kit.shortcuts import shown
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.visit.cosigning import KEYS as COSIGN_KEYS
from officer_app.desktop.screens.visit.evening import KEYS as EVENING_KEYS
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State


class MoreButton(Button):
    """A menu. `told(News)` when a file is written, `evening_wanted()`, `cosign_wanted()`.

    `shown_visit()` gives the visit that is on the page, an earlier one too.
    """

    told = Signal(object)
    evening_wanted = Signal()
    cosign_wanted = Signal()

    def __init__(
        self, work: Workplace, shown_visit: Callable[[], Visit | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(work.speech, message(N_("More …")), Look.QUIET, parent=parent)
        self._work = work
        self._shown_visit = shown_visit
        work.speech.tip(self, message(N_("Paper sheet, entry from paper, second signature, export")))
        self.clicked.connect(self._offer)

    def menu_of(self) -> QMenu:
        """The menu as it stands now; its words are in the language of the moment."""
        menu, opened = QMenu(self), self._work.open_case
        entries: tuple[tuple[Sayable, str, Callable[[], object], bool], ...] = (
            (message(N_("Print the paper field sheet")), "", self._ask_sheet, False),
            (message(N_("Enter from paper")), EVENING_KEYS, self.evening_wanted.emit, True),
            (message(N_("Signature of the second officer")), COSIGN_KEYS, self.cosign_wanted.emit, False),
            (message(N_("Export this visit (XML)")), "", self._ask_export, False),
        )
        for words, keys, action, changes in entries:
            entry = menu.addAction(self._work.speech.say(words) + (f"\t{shown(keys)}" if keys else ""))
            entry.triggered.connect(action)
            entry.setEnabled(opened is not None and (not changes or may_change(opened)))
        return menu

    def _offer(self) -> None:
        menu = self.menu_of()
        menu.exec(self.mapToGlobal(self.rect().topLeft() - menu.rect().bottomLeft()))
        menu.deleteLater()

    # --- the sheet --------------------------------------------------------------------------------------------------

    def _ask_sheet(self) -> None:
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

        self._work.run(write, lambda _nothing: self._tell_saved("field_sheet", file, None), owner=self)

    # --- the instance -----------------------------------------------------------------------------------------------

    def _ask_export(self) -> None:
        opened, visit = self._work.open_case, self._shown_visit()
        if opened is None or visit is None:
            return
        number = len(visit.earlier) + 1
        name = f"{opened.case.number}-{visit.record.form}-{number}.xml"
        file = save_file(self, self._work.speech, message(N_("Export this visit")), name)
        if file is not None:
            self.save_instance(file)

    def save_instance(self, file: Path) -> None:
        """Write the visit on the page as instance XML, and its log beside it where somebody sat at it."""
        opened, visit = self._work.open_case, self._shown_visit()
        if opened is None or visit is None:
            return
        if not opened.is_saved and not self._work.runner.is_busy:
            opened.save_again()
        desk, identity = self._work.desk, visit.record.id

        def write(_progress: object, _cancelled: object) -> Instance:
            instance = instance_of(desk, identity)
            for name, content in instance.files:
                write_whole(file if name.endswith(".xml") else file.with_name(f"{file.stem}-{name}"), content)
            return instance

        hint = message(N_("A copy outside is no longer encrypted: it is yours to guard."))
        self._work.run(write, lambda _instance: self._tell_saved("visit_exported", file, hint), owner=self)

    def _tell_saved(self, key: str, file: Path, hint: Sayable | None) -> None:
        words = message(N_("Saved as {file}"), file=Verbatim(str(file)))
        self.told.emit(News(key, State.PASSED, words, detail=hint))
