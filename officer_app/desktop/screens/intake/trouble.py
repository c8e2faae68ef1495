"""What did not hold when it came in: why, and what to do with it; and what is still on its way."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date, local_time
from officer_app.base.errors import Fault
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework import reasons
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.intake.office import Office
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.confirm import Confirm
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row
from officer_app.desktop.widgets.text_field import LineField
from officer_app.headoffice import asides
from officer_app.headoffice.asides import Aside
from officer_app.headoffice.overview import Overview, PutAside

COLUMNS: Final = (
    Column("why", message(N_("Reason for it")), stretch=True),
    Column("sender", message(N_("Sender")), width=150),
    Column("when", message(N_("When")), width=170),
    Column("code", message(N_("Code")), width=200),
)


class Trouble(QWidget):
    """A row for each delivery in quarantine: fetched and judged again, exported for support, or given up."""

    def __init__(self, errands: Office, store: LineField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech = errands.work.speech
        self._errands = errands
        self._store = store
        self._shown: tuple[PutAside, ...] = ()
        self._rest = Text(speech, kind=Kind.MUTED, wrap=True)
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Put aside")))
        self._empty = EmptyState(speech)
        self._empty.show_empty(
            Icon.SHIELD, message(N_("Everything that came in so far held: nothing was put aside."))
        )
        self.again = Button(speech, message(N_("Try again")), icon=Icon.SYNC)
        self.export = Button(speech, message(N_("Export for support")), icon=Icon.SEND)
        self.give_up = Button(speech, message(N_("Give up")), Look.DANGER, icon=Icon.REMOVE, keys="Del")
        knows = message(N_("I know that this delivery is not asked for again"))
        today = local_date(errands.work.desk.clock.now())
        self.giving_up = Confirm(speech, today, knows=knows, does=message(N_("Give up")))
        self._stack = QStackedWidget()
        self._arrange()
        self.again.clicked.connect(self.ask_again)
        self.export.clicked.connect(self._ask_where)
        self.give_up.clicked.connect(self.ask_give_up)
        self.giving_up.confirmed.connect(lambda why, _day: self.drop(why))
        self.giving_up.left.connect(self._list_again)
        shortcut = QShortcut(QKeySequence("Del"), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.ask_give_up)

    def show_overview(self, found: Overview, senders: dict[str, str]) -> None:
        """Show these; `senders` names people by device."""
        self._shown = found.aside
        self._rest.set_text(_waiting(found))
        self.table.show_rows(tuple(_row(one, senders) for one in found.aside))
        if self.table.current_key() is None and found.aside:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self.table.setVisible(bool(found.aside))
        self._empty.setVisible(not found.aside)
        for button in (self.again, self.export, self.give_up):
            button.setVisible(bool(found.aside))

    # --- what is done -----------------------------------------------------------------------------------------------

    def ask_again(self) -> None:
        """Fetch the chosen one and judge it once more."""
        opened, one, store = self._errands.open(), self._chosen(), self._store.line.text().strip()
        if opened is None or one is None:
            return
        (desk, access), clock, said = opened, self._errands.work.desk.clock, self._errands.person()
        aside = Aside(one.device, one.counter)

        def work(_progress: Progress, cancelled: Cancelled) -> bool:
            return asides.ask_again(desk, store, access.warehouse, aside, clock=clock, said=said, cancelled=cancelled)

        self._errands.run(message(N_("Trying again")), work, self._asked_again)

    def _asked_again(self, held: object) -> None:
        if held:
            self._said(State.PASSED, message(N_("It holds now and is taken in.")))
        else:
            self._said(State.STOP, message(N_("It still does not hold; the reason in the list is the newest one.")))

    def _ask_where(self) -> None:
        folder = choose_folder(self, self._errands.work.speech, message(N_("A folder for support")))
        if folder is not None:
            self.write(folder)

    def write(self, folder: Path) -> None:
        """Write what support needs of the chosen one."""
        opened, one = self._errands.open(), self._chosen()
        if opened is None or one is None:
            return
        access, aside = opened[1], Aside(one.device, one.counter)

        def done(files: tuple[Path, ...]) -> None:
            words = N_("{count:count} files for support are in {folder}; nothing about a customer is in them.")
            self._said(State.PASSED, message(words, count=len(files), folder=Verbatim(folder.name)))

        self._errands.run(None, lambda _p, _c: asides.export_aside(access.warehouse, aside, folder), done)

    def ask_give_up(self) -> None:
        """Before the chosen one is given up."""
        one = self._chosen()
        if one is None:
            return
        head = message(N_("Give this delivery up"))
        self._stack.setCurrentWidget(self.giving_up)
        self.giving_up.ask(head, _reason(one).sentence)

    def drop(self, why: str) -> None:
        """Give the chosen one up."""
        opened, one = self._errands.open(), self._chosen()
        if opened is None or one is None:
            return
        (desk, access), clock, said = opened, self._errands.work.desk.clock, self._errands.person(why)
        aside = Aside(one.device, one.counter)

        def work(_progress: Progress, _cancelled: Cancelled) -> None:
            asides.give_up(desk, access.warehouse, aside, clock=clock, said=said)

        def done(_nothing: None) -> None:
            self._list_again()
            self._said(State.PASSED, message(N_("The delivery is given up; the journal tells why.")))

        self._errands.run(None, work, done, self._not_given_up)

    def _not_given_up(self, fault: Fault) -> None:
        self._list_again()
        self._errands.faulted.emit(fault)
        self._errands.read.emit()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _chosen(self) -> PutAside | None:
        key = self.table.current_key()
        return next((one for one in self._shown if _key(one) == key), None)

    def _list_again(self) -> None:
        self._stack.setCurrentIndex(0)
        self.table.setFocus()

    def _said(self, state: State, words: Sayable) -> None:
        self._errands.said.emit(state, words)
        self._errands.read.emit()

    def _arrange(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        for button in (self.again, self.export, self.give_up):
            foot.addWidget(button)
        foot.addStretch(1)
        column.addWidget(self._rest)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        nest(column, foot)
        self._stack.addWidget(page)
        self._stack.addWidget(self.giving_up)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)


def _waiting(found: Overview) -> Sayable | None:
    if not found.missing and not found.waiting:
        return None
    words = N_(
        "{missing:count} deliveries have not come whole yet; {waiting:count} decisions wait for their case file."
    )
    return message(words, missing=found.missing, waiting=found.waiting)


def _key(one: PutAside) -> str:
    return f"{one.device}:{one.counter}"


def _reason(one: PutAside) -> reasons.Reason:
    return reasons.read(f"{one.code} {one.place}".strip())


def _row(one: PutAside, senders: dict[str, str]) -> Row:
    why = _reason(one)
    return Row(
        _key(one),
        (
            Cell(why.sentence, below=why.remedy, strong=True),
            Cell(Verbatim(senders.get(one.device, one.device[:8]))),
            Cell(message("{at:moment}", at=local_time(one.received_at))),
            Cell(Verbatim(one.code), below=Verbatim(one.place), muted=True),
        ),
    )
