"""Head office at work: taking in, looking at the loans, exporting, publishing, enrolling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.meanings import Kind as Refusal
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.delivery import last_store
from officer_app.casework.desk import Desk as OwnDesk
from officer_app.casework.stores import credentials
from officer_app.desktop.kit.dialogs import choose_folder, save_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Lane
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import OfficeAccess, Workplace
from officer_app.desktop.screens.intake.audit import Audit, Exports
from officer_app.desktop.screens.intake.connect import Connect
from officer_app.desktop.screens.intake.keeping import Kept
from officer_app.desktop.screens.intake.loans import Loans
from officer_app.desktop.screens.intake.office import Office
from officer_app.desktop.screens.intake.packs import Packs
from officer_app.desktop.screens.intake.people import People
from officer_app.desktop.screens.intake.places import Places
from officer_app.desktop.screens.intake.staff import Staff
from officer_app.desktop.screens.intake.trouble import Trouble
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.office_logs import Journal, kind_label
from officer_app.desktop.widgets.outcome import OutcomeLine
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.register import Register
from officer_app.desktop.widgets.screen import Head, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.store_setup import kind_of
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import Credentials, read_address
from officer_app.headoffice.desk import Desk, open_desk
from officer_app.headoffice.devicelogs import LogState, logs
from officer_app.headoffice.exceptions import exceptions
from officer_app.headoffice.exports import (
    Exported,
    ExportKind,
    export_report,
    export_sample,
    export_workbook,
    exports_made,
)
from officer_app.headoffice.ingesting import Ingested, ingest
from officer_app.headoffice.journal import Noted, journal
from officer_app.headoffice.keeping import Keeping, keeping
from officer_app.headoffice.overview import Enrolled, Overview, overview, people
from officer_app.headoffice.publishing import Pack, newest_packs, send_waiting
from officer_app.headoffice.sampling import Filter
from officer_app.headoffice.stores import KnownStore, known_stores
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.rows import ExceptionRow

T = TypeVar("T")
SHOWN: Final = 500
_LARGEST_REQUEST: Final = 1_000_000
_TABS: Final = (
    ("loans", message(N_("Loans"))),
    ("people", message(N_("People"))),
    ("trouble", message(N_("Put aside"))),
    ("exceptions", message(N_("Exceptions"))),
    ("packs", message(N_("Packs"))),
    ("exports", message(N_("Exports"))),
    ("audit", message(N_("Auditing"))),
    ("places", message(N_("Stores"))),
    ("keeping", message(N_("Keeping"))),
    ("journal", message(N_("Journal"))),
)
_DRAWN: Final = 20  # cases of an audit sample


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the pages show."""

    overview: Overview
    people: tuple[Enrolled, ...]
    register: tuple[ExceptionRow, ...]
    exports: tuple[Exported, ...]
    logs: tuple[LogState, ...]
    packs: tuple[Pack, ...]
    stores: tuple[KnownStore, ...]
    journal: tuple[Noted, ...]
    keeping: Keeping | Fault


class IntakeScreen(Screen):
    """One work at a time, each with progress and a way to stop. The window's own vault is not touched by any."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        speech = work.speech
        self.connect_card = Connect(speech)
        place = message(N_("Folder or address"))
        self.where = LineField(speech, place)
        speech.name(self.where.line, place)
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.take = Button(speech, message(N_("Take in")), Look.PRIMARY, icon=Icon.RECEIVE, keys="Ctrl+Return")
        self.publish = Button(speech, message(N_("Publish")), icon=Icon.SEND)
        self.export = Button(speech, message(N_("Export workbook")), icon=Icon.EXCEL)
        self.progress = ProgressStrip(speech)
        self.errands = Office(work, self.progress)
        self._result = OutcomeLine(speech)
        self._tabs = CaseTabs(speech)
        self.loans, self.people = Loans(speech), People(work)
        self.trouble, self.places = Trouble(self.errands, self.where), Places(self.errands)
        self.register, self.packs = Register(speech), Packs(self.errands)
        self.exports, self.audit, self.journal = Exports(speech), Audit(speech), Journal(speech)
        self.kept = Kept(self.errands, self.where)
        self.staff = Staff(self.errands, self.people, self.where)
        self._pages = QStackedWidget()
        self._stack = QStackedWidget()
        self._arrange()
        self._connect()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        if self.errands.desk is None:
            return Head(message(N_("Intake")))
        return Head(
            message(N_("Intake")), Verbatim(self.errands.desk.institution), actions=(self.publish, self.export)
        )

    def entered(self, what: object) -> None:
        del what
        if self.errands.desk is not None:
            self._read()
            self.take.setFocus()
        elif self._work.office is not None:
            self.open(self._work.office)
        else:
            self.connect_card.folder.setFocus()

    def finish(self) -> None:
        self.where.finish()

    # --- opening ---------------------------------------------------------------------------------------------------

    def open(self, access: OfficeAccess) -> None:
        """Open head office's folder; the root key stays locked until somebody is enrolled."""
        self.connect_card.set_busy(busy=True)
        self.errands.run(
            None,
            lambda _progress, _cancelled: open_desk(access.folder, access.passphrase, issuing=False),
            lambda desk: self._opened(access, desk),
            self.connect_card.show_fault,
        )

    def _opened(self, access: OfficeAccess, desk: Desk) -> None:
        self.connect_card.set_busy(busy=False)
        self.connect_card.passphrase.clear()
        self._work.office = self.errands.access = access
        self.errands.desk = desk
        self._stack.setCurrentIndex(1)
        self.head_changed.emit()
        self._read()
        self.take.setFocus()

    def _read(self) -> None:
        """Everything that is shown, anew."""
        desk, access, own = self.errands.desk, self.errands.access, self._work.desk
        if desk is None or access is None:
            return
        by, now = self.errands.exporter(desk), own.clock.now()

        def read(_progress: Progress, _cancelled: Cancelled) -> Everything:
            found, register = overview(access.warehouse, by, most=SHOWN), exceptions(access.warehouse)
            with Warehouse(access.warehouse) as there:
                made, told = exports_made(there), logs(there)
                stand = _keeping(desk, there, now)
            kept = tuple(newest_packs(desk)), known_stores(desk), journal(desk.folder)
            return Everything(found, people(desk, now), register, made, told, *kept, stand)

        self._work.run(read, self._show, owner=self, lane=Lane.FREE)
        if not self.where.line.text().strip():
            chosen = self._work.store
            # The vault is read in its own lane alone.
            self._work.run(lambda _progress, _cancelled: _own_store(own, chosen), self._show_store, owner=self)

    def _show_store(self, found: tuple[str, Credentials | None]) -> None:
        store, known = found
        if not self.where.line.text().strip():
            self.where.turn_to(store)
        if known is not None:
            self.places.adopt(store, known)

    def _show(self, everything: Everything) -> None:
        senders = {one.person.device: one.person.name for one in everything.people}
        self.register.show_register(everything.register)
        self.loans.show_overview(everything.overview)
        self.people.show_people(everything.people)
        self.trouble.show_overview(everything.overview, senders)
        self.packs.show_packs(everything.packs)
        self.exports.show_exports(everything.exports)
        self.audit.show_logs(everything.logs)
        self.places.show_stores(everything.stores)
        if everything.stores and not self.where.line.text().strip() and not self._work.store:
            self.where.turn_to(everything.stores[0].address)
        self.journal.show_journal(everything.journal)
        self.kept.show_keeping(everything.keeping)

    # --- work ------------------------------------------------------------------------------------------------------

    def take_in(self) -> None:
        """Take in everything new, and send what is owed."""
        store = self._store()
        desk, access, clock = self.errands.desk, self.errands.access, self._work.desk.clock
        if not store or desk is None or access is None:
            return
        self.errands.run(
            message(N_("Taking in")),
            lambda progress, cancelled: ingest(
                desk, store, access.warehouse, clock=clock, progress=progress, cancelled=cancelled
            ),
            self._taken,
        )

    def _taken(self, done: Ingested) -> None:
        state = State.STOP if done.quarantined else State.PASSED
        self._say(state, _sentence(done))
        self._read()
        self._work.changed.emit()
        self.take.setFocus()

    def send(self) -> None:
        """Send everybody the roster, policy and checklists that they lack."""
        store, desk, clock = self._store(), self.errands.desk, self._work.desk.clock
        if not store or desk is None:
            return
        self.errands.run(
            message(N_("Publishing")),
            lambda progress, cancelled: send_waiting(
                desk, store, clock=clock, progress=progress, cancelled=cancelled
            ),
            self._sent,
        )

    def _sent(self, deliveries: int) -> None:
        nothing = N_("Everybody has the newest policy, checklists and list of people.")
        words = N_("Policy, checklists and people sent in {count:count} deliveries.")
        self._say(State.PASSED, message(words, count=deliveries) if deliveries else message(nothing))
        self.publish.setFocus()

    def _ask_where(self) -> None:
        file = save_file(self, self._work.speech, message(N_("Export workbook")), "firsthand.xlsx")
        if file is not None:
            self.write(file)

    def write(self, file: Path) -> None:
        """Write the workbook; a file that was there is replaced only by a whole one."""
        desk, access = self.errands.desk, self.errands.access
        if desk is None or access is None:
            return
        by, language = self.errands.exporter(desk, self._why()), self._work.speech.language

        def work(progress: Progress, cancelled: Cancelled) -> bool:
            with Warehouse(access.warehouse) as there:
                return export_workbook(there, by, file, language, progress=progress, cancelled=cancelled)

        self.errands.run(message(N_("Writing the workbook")), work, lambda agree: self._written(file, agree=agree))

    def _written(self, file: Path, *, agree: bool) -> None:
        if agree:
            words = N_("The workbook is in {file}; its totals agree with the database.")
            self._say(State.PASSED, message(words, file=Verbatim(file.name)))
        else:
            words = N_("The workbook is in {file}, but its totals differ from the database: see its first sheets.")
            self._say(State.STOP, message(words, file=Verbatim(file.name)))
        self._read()

    # --- reports and samples ---------------------------------------------------------------------------------------

    def _ask_report(self, kind: str) -> None:
        file = save_file(self, self._work.speech, kind_label(kind), f"{kind}.xlsx")
        if file is not None:
            self.report(ExportKind(kind), file)

    def report(self, kind: ExportKind, file: Path) -> None:
        """Write a report; a file that was there is replaced only by a whole one."""
        desk, access = self.errands.desk, self.errands.access
        if desk is None or access is None:
            return
        by, language = self.errands.exporter(desk, self._why()), self._work.speech.language

        def work(_progress: Progress, _cancelled: Cancelled) -> int:
            with Warehouse(access.warehouse) as there:
                return export_report(there, by, kind, file, language)

        self.errands.run(message(N_("Writing the report")), work, lambda rows: self._reported(file, rows))

    def _reported(self, file: Path, rows: int) -> None:
        words = N_("The report is in {file}: {rows:count} rows.")
        self._say(State.PASSED, message(words, file=Verbatim(file.name), rows=rows))
        self._read()

    def _ask_sample(self, seed: str) -> None:
        folder = choose_folder(self, self._work.speech, message(N_("An empty folder for the sample")))
        if folder is not None:
            self.sample(seed, folder)

    def sample(self, seed: str, folder: Path) -> None:
        """Draw cases by this seed and write each one's whole evidence."""
        store, desk, access = self._store(), self.errands.desk, self.errands.access
        if not store or desk is None or access is None:
            return
        by = self.errands.exporter(desk, self._why())

        def work(progress: Progress, cancelled: Cancelled) -> int:
            with Warehouse(access.warehouse) as there:
                return export_sample(
                    desk,
                    store,
                    there,
                    by,
                    folder,
                    seed=seed,
                    count=_DRAWN,
                    which=Filter(),
                    progress=progress,
                    cancelled=cancelled,
                )

        self.errands.run(message(N_("Drawing the sample")), work, lambda cases: self._sampled(folder, cases))

    def _sampled(self, folder: Path, cases: int) -> None:
        words = N_("Cases with their evidence in {folder}: {cases:count}.")
        self._say(State.PASSED, message(words, cases=cases, folder=Verbatim(folder.name)))
        self._read()

    # --- running ---------------------------------------------------------------------------------------------------

    def _set_busy(self, *, busy: bool) -> None:
        more = (*self.exports.buttons.values(), self.audit.draw, self.packs.photos, self.kept.delete)
        people = (self.people.enrol, self.people.form.save, self.people.form.show_codes, self.people.going.do)
        for button in (self.take, self.publish, self.export, self.packs.form.save, *people, *more):
            button.setEnabled(not busy)

    def _say(self, state: State, words: Sayable | None) -> None:
        self._result.say(state, words)

    def _store(self) -> str:
        store = self.where.line.text().strip()
        self.where.set_wrong(not store)
        if not store:
            self.where.setFocus()
        return store

    def _why(self) -> str:
        return self.exports.why.line.text().strip()

    def _choose(self) -> None:
        folder = choose_folder(self, self._work.speech, message(N_("Folder or stick for the exchange")))
        if folder is not None:
            self.where.turn_to(str(folder))

    # --- building --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.connect_card.given.connect(self.open)
        self.browse.clicked.connect(self._choose)
        self.take.clicked.connect(self.take_in)
        self.where.left.connect(self.take_in)
        self.publish.clicked.connect(self.send)
        self.export.clicked.connect(self._ask_where)
        self.errands.busy.connect(lambda busy: self._set_busy(busy=busy))
        self.errands.said.connect(self._say)
        self.errands.read.connect(self._read)
        self.errands.faulted.connect(self.faulted)
        self.staff.told.connect(self.told)
        self.places.used.connect(self.where.turn_to)
        self.exports.wanted.connect(self._ask_report)
        self.audit.drawn.connect(self._ask_sample)
        self._tabs.chosen.connect(self.show_tab)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take_in)

    def show_tab(self, key: str) -> None:
        """One of the pages, by its key in `_TABS`."""
        self._tabs.show_tabs(_TABS, key)
        self._pages.setCurrentIndex([name for name, _ in _TABS].index(key))

    def _arrange(self) -> None:
        for page in (
            *(self.loans, self.people, self.trouble, self.register),
            *(self.packs, self.exports, self.audit, self.places, self.kept, self.journal),
        ):
            self._pages.addWidget(page)
        self.show_tab("loans")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._place())
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        self._stack.addWidget(self.connect_card)
        self._stack.addWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)

    def _place(self) -> Card:
        card = Card(margin=SPACE + HALF)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for part, stretch in ((self.where, 1), (self.browse, 0), (self.take, 0)):
            row.addWidget(part, stretch)
        nest(card.body, row)
        card.body.addWidget(self.progress)
        card.body.addWidget(self._result)
        return card


def _keeping(desk: Desk, warehouse: Warehouse, now: datetime) -> Keeping | Fault:
    """How it stands; a policy that this program cannot judge by is told on that page alone."""
    try:
        return keeping(desk, warehouse, now)
    except Fault as fault:
        if fault.code.value.kind is not Refusal.REFUSAL:
            raise
        return fault


def _own_store(desk: OwnDesk, chosen: str) -> tuple[str, Credentials | None]:
    """Where the person at the desk exchanges, and for a server what lets one in there."""
    store = chosen or last_store(desk)
    place = read_address(store) if kind_of(store) is not None else None
    return store, credentials(desk, place) if place is not None else None


def _sentence(done: Ingested) -> Message:
    if done.quarantined:
        return message(
            N_("Taken in: case files {files:count}, decisions {decisions:count}. Put aside: {aside:count}."),
            files=done.dossiers,
            decisions=done.decisions,
            aside=done.quarantined,
        )
    if not (done.dossiers or done.decisions or done.receipts):
        return message(N_("Nothing new has come."))
    return message(
        N_("Taken in: case files {files:count}, decisions {decisions:count}. Receipts sent: {receipts:count}."),
        files=done.dossiers,
        decisions=done.decisions,
        receipts=done.receipts,
    )
