"""The auditor at work: reads, draws samples, opens evidence. Whatever is opened or taken out is logged first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from officer_app import __version__
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.delivery import last_store
from officer_app.casework.keeping import keep_unfinished, unfinished
from officer_app.desktop.kit.dialogs import choose_folder, save_file
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.audit.cases import Cases
from officer_app.desktop.screens.audit.evidence import EvidenceView
from officer_app.desktop.screens.audit.filters import Known
from officer_app.desktop.screens.audit.opening import Opening, Where
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.case_tabs import CaseTabs
from officer_app.desktop.widgets.errands import Errands
from officer_app.desktop.widgets.office_logs import ExportLog, Journal, LaptopLogs
from officer_app.desktop.widgets.outcome import OutcomeLine
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.register import Register
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.desktop.widgets.topbar import Chip
from officer_app.headoffice import exports
from officer_app.headoffice.auditing import AuditDesk, open_audit
from officer_app.headoffice.devicelogs import LogState, logs
from officer_app.headoffice.exceptions import Exceptions
from officer_app.headoffice.exporting import Exporter
from officer_app.headoffice.exports import Exported, exports_made
from officer_app.headoffice.journal import Noted, journal
from officer_app.headoffice.sampling import Drawn, Evidence, Filter, cases_of, draw, evidence_of
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.rows import ExceptionRow

_KEPT: Final = "audit"
_TABS: Final = (
    ("cases", message(N_("Cases"))),
    ("exceptions", message(N_("Exceptions"))),
    ("laptops", message(N_("Logs of the laptops"))),
    ("exports", message(N_("Log of exports"))),
    ("journal", message(N_("Journal of the desk"))),
)


@dataclass(frozen=True, slots=True)
class Everything:
    """All that the pages show."""

    cases: tuple[Any, ...]
    known: Known
    register: tuple[ExceptionRow, ...]
    logs: tuple[LogState, ...]
    exports: tuple[Exported, ...]
    journal: tuple[Noted, ...]


class AuditScreen(Screen):
    """All goes through a database that refuses to be written; only the log of exports gets its lines."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._desk: AuditDesk | None = None
        self._where: Where | None = None
        self._asked = False
        speech, today = work.speech, local_date(work.desk.clock.now())
        self.opening = Opening(speech)
        why = message(N_("What this audit is for: it stands beside everything you open or take out"))
        self.why = LineField(speech, why)
        speech.name(self.why.line, why)
        self.progress = ProgressStrip(speech)
        self.errands = Errands(work, self.progress)
        self._result = OutcomeLine(speech)
        self.tabs = CaseTabs(speech)
        self.cases, self.evidence = Cases(speech, today), EvidenceView(work)
        self.register, self.laptops = Register(speech), LaptopLogs(speech)
        self.exports, self.journal = ExportLog(speech), Journal(speech)
        self._pages, self._stack = QStackedWidget(), QStackedWidget()
        self._arrange()
        self._connect()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        sub = Verbatim(self._desk.institution) if self._desk is not None else None
        chips = (Chip(State.INFO, message(N_("Read only"))),)
        return Head(message(N_("Auditing")), sub, chips=chips)

    def entered(self, what: object) -> None:
        del what
        if self._desk is not None:
            self._read()
            return
        own = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: (unfinished(own, _KEPT), last_store(own)),
            lambda found: self._begin(*found),
            owner=self,
        )

    def finish(self) -> None:
        self.why.finish()

    # --- opening ---------------------------------------------------------------------------------------------------

    def _begin(self, kept: dict[str, str], store: str) -> None:
        self.opening.begin(kept, self._work.store or store)
        if kept.get("folder") and not self._asked:
            self._asked = True
            self.open(Where(Path(kept["folder"]), kept.get("warehouse", ""), kept.get("store", "")))

    def open(self, where: Where) -> None:
        """Open head office's folder with the own key."""
        own = self._work.desk

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[AuditDesk, bool]:
            if own.identity is None:
                raise Fault(Code.NOT_ENROLLED)
            with Warehouse(where.warehouse, reading=True) as there:
                return open_audit(where.folder, own.identity, own.clock), there.may_write()

        self.errands.run(None, work, lambda found: self._opened(where, *found), self.opening.show_fault)

    def _opened(self, where: Where, desk: AuditDesk, may_write: bool) -> None:
        own = self._work.desk
        if may_write:
            words = N_("This role of the database could also write, though nothing here does.")
            detail = N_("Ask whoever runs it for a role that may only read: F1, “Auditing”, tells how.")
            self.told.emit(News("audit:rights", State.LOOK, message(words), message(detail)))
        self._desk, self._where = desk, where
        self.opening.set_busy(busy=False)
        self._stack.setCurrentIndex(1)
        self.head_changed.emit()
        self._work.run(lambda _p, _c: keep_unfinished(own, _KEPT, where.kept()), lambda _n: None, owner=self)
        self._read()
        self.cases.table.setFocus()

    # --- looking ---------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Everything that is shown, anew."""
        desk, where = self._desk, self._where
        if desk is None or where is None:
            return
        which = self.cases.filters.which()

        def read(_progress: Progress, _cancelled: Cancelled) -> Everything:
            with Warehouse(where.warehouse, reading=True) as there:
                every, left = tuple(cases_of(there, Filter())), tuple(cases_of(there, which))
                passed = sorted(Exceptions(there), key=lambda row: row.decided_at, reverse=True)
                made, told = exports_made(there), logs(there)
            return Everything(left, _known(every), tuple(passed), told, made, journal(desk.folder))

        self.errands.run(None, read, self._show)

    def _show(self, found: Everything) -> None:
        self.cases.filters.show_known(found.known)
        self.cases.show_cases(found.cases)
        self.register.show_register(found.register)
        self.laptops.show_logs(found.logs)
        self.exports.show_exports(found.exports)
        self.journal.show_journal(found.journal)

    def draw(self, seed: str, count: int) -> None:
        """Draw a sample of the cases that the filters leave, and show it: nothing is taken out yet."""
        where, which = self._where, self.cases.filters.which()
        if where is None:
            return

        def work(_progress: Progress, _cancelled: Cancelled) -> tuple[tuple[Drawn, ...], int]:
            with Warehouse(where.warehouse, reading=True) as there:
                return draw(there, seed, count, which)

        self.errands.run(None, work, lambda found: self.cases.show_sample(*found, seed))

    # --- what is logged ---------------------------------------------------------------------------------------------

    def look(self, case_id: str) -> None:
        """Open one case's evidence: logged, fetched from the store, verified again."""
        opened = self._ready()
        if opened is None:
            return
        desk, where, by = opened

        def work(_progress: Progress, cancelled: Cancelled) -> Evidence:
            with Warehouse(where.warehouse, reading=True) as there:
                case = next(one for one in cases_of(there, Filter()) if one.case_id == case_id)
                exports.note_look(there, by, case.number, case.dossier)
                return evidence_of(desk, where.store, there, case_id, cancelled)

        self.errands.run(message(N_("Fetching and verifying")), work, self._looked)

    def _looked(self, found: Evidence) -> None:
        self.evidence.show_evidence(found)
        self._pages.setCurrentWidget(self.evidence)
        self.evidence.table.setFocus()

    def _ask_list(self) -> None:
        file = save_file(self, self._work.speech, message(N_("Take out the list")), "cases.csv")
        if file is not None:
            self.write_list(file)

    def write_list(self, file: Path) -> None:
        """The list of the cases that the filters leave, as CSV."""
        opened, which = self._ready(), self.cases.filters.which()
        if opened is None:
            return
        _desk, where, by = opened

        def work(_progress: Progress, _cancelled: Cancelled) -> int:
            with Warehouse(where.warehouse, reading=True) as there:
                return exports.export_list(there, by, file, which)

        words = N_("The list is in {file}: {count:count} cases.")
        self._take_out(message(N_("Writing the list")), work, words, file)

    def _ask_sample(self, seed: str, count: int) -> None:
        folder = choose_folder(self, self._work.speech, message(N_("An empty folder for the sample")))
        if folder is not None:
            self.write_sample(seed, count, folder)

    def write_sample(self, seed: str, count: int, folder: Path) -> None:
        """The sample with each case's whole evidence, into an empty folder."""
        opened, which = self._ready(), self.cases.filters.which()
        if opened is None:
            return
        desk, where, by = opened

        def work(progress: Progress, cancelled: Cancelled) -> int:
            with Warehouse(where.warehouse, reading=True) as there:
                return exports.export_sample(
                    desk,
                    where.store,
                    there,
                    by,
                    folder,
                    seed=seed,
                    count=count,
                    which=which,
                    progress=progress,
                    cancelled=cancelled,
                )

        words = N_("Cases with their evidence in {file}: {count:count}.")
        self._take_out(message(N_("Drawing the sample")), work, words, folder)

    def _take_out(self, what: Message, work: Callable[[Progress, Cancelled], int], words: str, place: Path) -> None:
        def done(count: int) -> None:
            self._result.say(State.PASSED, message(words, count=count, file=Verbatim(place.name)))
            self._read()

        self.errands.run(what, work, done)

    def _ready(self) -> tuple[AuditDesk, Where, Exporter] | None:
        """Nothing is opened or taken out without a reason."""
        why = self.why.line.text().strip()
        self.why.set_wrong(not why)
        if not why:
            self.why.setFocus()
            self._result.say(State.LOOK, message(N_("Say first what this audit is for.")))
        if not why or self._desk is None or self._where is None:
            return None
        own = self._work.desk
        by = Exporter(self._desk.institution, own.user.full_name, own.clock.now(), __version__, why)
        return self._desk, self._where, by

    # --- building --------------------------------------------------------------------------------------------------

    def show_tab(self, key: str) -> None:
        """One of the pages: cases, exceptions, the laptops' logs, exports, the journal."""
        self.tabs.show_tabs(_TABS, key)
        self._pages.setCurrentIndex([name for name, _ in _TABS].index(key))

    def _connect(self) -> None:
        self.opening.given.connect(self.open)
        self.errands.said.connect(self._result.say)
        self.errands.faulted.connect(self.faulted)
        self.tabs.chosen.connect(self.show_tab)
        self.cases.filters.changed.connect(self._read)
        self.cases.opened.connect(self.look)
        self.cases.listed.connect(self._ask_list)
        self.cases.drawn.connect(self.draw)
        self.cases.written.connect(self._ask_sample)
        self.cases.undrawn.connect(self._read)
        self.evidence.left.connect(self._back)

    def _back(self) -> None:
        self.show_tab("cases")
        self._read()
        self.cases.table.setFocus()

    def _arrange(self) -> None:
        for page in (self.cases, self.register, self.laptops, self.exports, self.journal, self.evidence):
            self._pages.addWidget(page)
        self.show_tab("cases")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        card = Card(margin=SPACE + HALF)
        card.body.addWidget(self.why)
        card.body.addWidget(self.progress)
        card.body.addWidget(self._result)
        column.addWidget(card)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)
        self._stack.addWidget(self.opening)
        self._stack.addWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)


def _known(cases: tuple[Any, ...]) -> Known:
    return Known(
        tuple(sorted({case.branch for case in cases})),
        tuple(sorted({case.officer for case in cases})),
        tuple(sorted({case.product for case in cases})),
    )
