"""Memo and hand-over of the open case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import CHINESE, N_, Language, Message, Verbatim, message
from officer_app.casework import bundles, papers, submission
from officer_app.casework.approvals import refresh_case
from officer_app.casework.correspondence import Question, answer_question, questions_of, withdraw_case
from officer_app.casework.findings import Findings
from officer_app.casework.gate import Gap, Lacking
from officer_app.casework.handed import HandedOver, handed_over
from officer_app.casework.sheets import sheet_of
from officer_app.casework.shots import OWN
from officer_app.casework.visits import resume_visit
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.memo.after import AfterPanel
from officer_app.desktop.screens.memo.hand_over import HandOver
from officer_app.desktop.screens.memo.outcome import OutcomePanel
from officer_app.desktop.screens.memo.preview import Preview
from officer_app.desktop.widgets.case_screen import CaseScreen
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State
from officer_app.vault.records import CaseRecord, CaseState, Delivery, DossierRecord

_RENDERED = "memo:copy"
_SEALED = "memo:sealed"


class MemoScreen(CaseScreen):
    """The paper in the middle; beside it what is missing and the signature, or what became of it."""

    place = Place.MEMO

    def __init__(self, work: Workplace) -> None:
        super().__init__(work)
        speech = work.speech
        self._language: Language = CHINESE
        self._drawn: tuple[Findings, CaseRecord, Language] | None = None
        self._drawing: Job | None = None
        self._signing: Job | None = None
        self._handed: HandedOver | None = None
        self.preview = Preview(speech)
        self.hand_over = HandOver(speech)
        self.outcome = OutcomePanel(speech)
        self.after = AfterPanel(speech)
        self.after.hide()
        self._side = Page(surface=True)
        self._arrange()
        self._connect()
        self.stand(self.preview)

    # --- CaseScreen ------------------------------------------------------------------------------------------------

    def side(self) -> QWidget:
        return self._side

    def entered(self, what: object) -> None:
        if self.opened is not None:
            self.opened.reread()
        super().entered(what)
        QTimer.singleShot(0, self, self._begin)

    def finish(self) -> None:
        self.hand_over.statement.finish()

    def left_case(self) -> None:
        self._drawn, self._handed = None, None
        self.after.hide()
        self.hand_over.statement.turn_to("")
        self.hand_over.box.clear()

    def go_on(self) -> None:
        if self.is_editable:
            self.hand_over.try_signing()
        elif self.outcome.next is not None:
            self.go.emit(Place.EXCHANGE.value, None)

    def show_case(self, opened: OpenCase) -> None:
        self.hand_over.setVisible(self.is_editable)
        self.outcome.setVisible(not self.is_editable)
        if self.is_editable:
            self._show_draft(opened)
        if not self.is_editable or opened.case.version > 1:
            self._read_handed(opened)

    # --- the draft -------------------------------------------------------------------------------------------------

    def _show_draft(self, opened: OpenCase) -> None:
        supported = opened.findings.supported
        what = message(
            N_("Version {version:count}, recommending {amount:money}, with {photos:count} pictures, will be sealed."),
            version=opened.case.version,
            amount=supported,
            photos=len(opened.findings.photos),
        )
        if supported is None:
            what = message(N_("The amount is not known yet."))
        self.hand_over.show_case(opened.gaps(), opened.case.note, what)
        self._draw(opened)

    def _draw(self, opened: OpenCase) -> None:
        """Render what the disk holds now: a visit of its own crosses to the lane, the open one stays here."""
        if self.work.desk.institution is None or self.work.desk.identity is None:
            fault = Fault(Code.NOT_ENROLLED)
            words = message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy)
            self.preview.show_nothing(words, message(N_("Go to the settings")))
            return
        wanted = (opened.findings, opened.case, self._language)
        if self._drawn is not None and all(new is old for new, old in zip(wanted, self._drawn, strict=True)):
            return
        self._drawn = wanted
        if self._drawing is not None:
            self._drawing.cancel()
        desk, visit, findings, language = self.work.desk, opened.visit.record.id, opened.findings, self._language
        self.preview.progress.start(message(N_("Setting the memo")))
        self._drawing = self.work.run(
            lambda _progress, _cancelled: papers.preview(desk, resume_visit(desk, visit), findings, language),
            partial(self._show_drawn, wanted),
            failed=partial(self._not_drawn, wanted),
            owner=self,
        )

    def _show_drawn(self, wanted: tuple[Findings, CaseRecord, Language], data: bytes) -> None:
        if self._drawn is wanted:
            self.preview.progress.finish()
            self.preview.show_paper(data, wanted[2])

    def _not_drawn(self, wanted: tuple[Findings, CaseRecord, Language], fault: Fault) -> None:
        if self._drawn is not wanted:
            return
        self._drawn = None
        self.preview.progress.finish()
        self.preview.show_nothing(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))

    # --- handing over ----------------------------------------------------------------------------------------------

    def _sign(self, passphrase: str) -> None:
        opened = self.opened
        if opened is None or self._signing is not None:
            return
        if not opened.is_saved and not self.work.runner.is_busy:
            opened.save_again()
        desk, visit = self.work.desk, opened.visit.record.id

        def seal(progress: Progress, cancelled: Cancelled) -> DossierRecord:
            return submission.submit(desk, resume_visit(desk, visit), passphrase, progress, cancelled)

        self.hand_over.begin()
        job = self.work.run(
            seal, self._sealed, failed=self._refused, progress=self.hand_over.progress.tick, owner=self
        )
        self._signing = job if job.is_running else None

    def _sealed(self, record: DossierRecord) -> None:
        self._signing = None
        self.hand_over.over()
        self.told.emit(
            News(
                _SEALED,
                State.PASSED,
                message(N_("Version {version:count} is signed and sealed."), version=record.version),
                detail=message(N_("It waits for the next exchange; until then it is here, encrypted.")),
            )
        )
        if self.opened is not None:
            self.opened.reread()

    def _refused(self, fault: Fault) -> None:
        self._signing = None
        if fault.code is Code.CANCELLED:
            self.hand_over.over()
            return
        self.hand_over.refuse(fault)
        if fault.code is not Code.WRONG_PASSPHRASE:
            self.refresh()

    def _cancel(self) -> None:
        if self._signing is not None:
            self._signing.cancel()

    def _gap(self, gap: Gap) -> None:
        if gap.kind is Lacking.CONTRADICTION:
            self.go.emit(Place.CHECKS.value, (gap.ref, ""))
        elif gap.kind is Lacking.CAPTURE:
            self.work.capture_wanted.emit()
        elif gap.ref.startswith(OWN):
            self.go.emit(Place.PHOTOS.value, gap.ref)
        elif gap.ref:
            self.ask(gap.ref)

    # --- what became of it -----------------------------------------------------------------------------------------

    def _read_handed(self, opened: OpenCase) -> None:
        desk, case = self.work.desk, opened.case_id

        def read(_progress: object, _cancelled: object) -> tuple[HandedOver | None, tuple[Question, ...]]:
            return handed_over(desk, case), questions_of(desk, case)

        self.work.run(read, self._show_handed, owner=self)

    def _show_handed(self, found: tuple[HandedOver | None, tuple[Question, ...]]) -> None:
        (handed, questions), opened = found, self.opened
        if handed is None or opened is None or handed.case.id != opened.case_id:
            return
        self._handed = handed
        editable = self.is_editable
        self.outcome.show_handed(handed, whole=not editable)
        self.outcome.setVisible(not editable or handed.decision is not None)
        self.after.show_handed(handed, questions)
        self.after.show()
        if handed.case.delivery is not Delivery.QUEUED or handed.case.state is not CaseState.SUBMITTED:
            self.taken_back.emit(_SEALED)
        if not editable:
            self._drawn = None
            self._show_sealed_paper()

    def _answer(self, question: Question, words: str) -> None:
        opened = self.opened
        if opened is not None:
            desk, case = self.work.desk, opened.case_id
            told = message(N_("The answer is signed and waits for the next exchange."))
            self._act(lambda: answer_question(desk, case, question, words), told)

    def _withdraw(self, reason: str) -> None:
        opened = self.opened
        if opened is not None:
            desk, case = self.work.desk, opened.case_id
            told = message(N_("The case is withdrawn; everybody who has it hears of it with the next exchange."))
            self._act(lambda: withdraw_case(desk, case, reason), told)

    def _open_again(self) -> None:
        opened = self.opened
        if opened is not None:
            desk, case = self.work.desk, opened.case_id
            told = message(N_("The file is open as the next version: look at what changed, then hand it over anew."))
            self._act(lambda: refresh_case(desk, case), told)

    def _act(self, verb: Callable[[], object], told: Message) -> None:
        """Do one thing to the case and show it as it is afterwards."""

        def done(_result: object) -> None:
            self.taken_back.emit(_SEALED)
            self.told.emit(News("memo:after", State.PASSED, told))
            self.work.changed.emit()
            if self.opened is not None:
                self.opened.reread()
                self._read_handed(self.opened)

        self.work.run(lambda _progress, _cancelled: verb(), done, owner=self)

    def _show_sheet(self) -> None:
        """The decision on one page, in place of the memo until the language is chosen anew."""
        handed, language = self._handed, self._language
        if handed is not None:
            desk, dossier = self.work.desk, handed.dossier
            self.work.run(
                lambda _progress, _cancelled: sheet_of(desk, dossier, language),
                lambda data: self.preview.show_paper(data, language),
                owner=self,
            )

    def _show_sealed_paper(self) -> None:
        if self._handed is not None:
            paper = self._handed.memo if self._language == CHINESE else self._handed.translation
            self.preview.show_paper(paper, self._language)

    def _choose_language(self, language: Language) -> None:
        self._language = language
        if self.opened is None:
            return
        if self.is_editable:
            self._draw(self.opened)
        else:
            self._show_sealed_paper()

    # --- copies ----------------------------------------------------------------------------------------------------

    def save_copy(self, file: Path) -> None:
        """Write the paper that is shown."""
        data = self.preview.paper()
        self.work.run(
            lambda _progress, _cancelled: write_whole(file, data),
            lambda _nothing: self._tell_saved(file),
            owner=self,
            lane=Lane.FREE,
        )

    def save_bundle(self, folder: Path) -> None:
        """Write everything that a stranger needs to verify the decision, into a new folder inside this one."""
        handed = self._handed
        if handed is None:
            return
        desk, dossier = self.work.desk, handed.dossier.id
        target = folder / f"{handed.case.number}-v{handed.dossier.version}"
        self.work.run(
            lambda _progress, _cancelled: bundles.export_bundle(desk, dossier, target),
            lambda _nothing: self._tell_saved(target),
            owner=self,
        )

    def _tell_saved(self, file: Path) -> None:
        words = message(N_("Saved as {file}"), file=Verbatim(str(file)))
        hint = message(N_("A copy outside is no longer encrypted: it is yours to guard."))
        self.told.emit(News(_RENDERED, State.PASSED, words, detail=hint))

    def _ask_copy(self) -> None:
        opened = self.opened
        if opened is None or not self.preview.is_shown():
            return
        title = self.work.speech.say(message(N_("Save a copy")))
        name, _ = QFileDialog.getSaveFileName(self, title, f"{opened.case.number}.pdf", "PDF (*.pdf)")
        if name:
            self.save_copy(Path(name))

    def _ask_bundle(self) -> None:
        title = self.work.speech.say(message(N_("Export the evidence bundle")))
        folder = QFileDialog.getExistingDirectory(self, title)
        if folder:
            self.save_bundle(Path(folder))

    # --- building --------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The keyboard begins at what is missing, else at a question, at the password, at the paper."""
        if not self.isVisible():
            return
        if self.hand_over.missing.table.isVisible():
            self.hand_over.missing.table.setFocus()
        elif self.after.isVisible() and self.after.fields:
            self.after.fields[0].text.setFocus()
        elif self.hand_over.box.isVisible():
            self.hand_over.box.setFocus()
        else:
            self.preview.pdf.setFocus()

    def _note(self, words: str) -> None:
        if self.opened is not None and self.is_editable:
            self.opened.set_note(words)

    def _connect(self) -> None:
        self.preview.language_chosen.connect(self._choose_language)
        self.preview.copy_wanted.connect(self._ask_copy)
        self.preview.acted.connect(lambda: self.go.emit(Place.SETTINGS.value, None))
        self.hand_over.noted.connect(self._note)
        self.hand_over.signed.connect(self._sign)
        self.hand_over.gap_chosen.connect(self._gap)
        self.hand_over.cancelled.connect(self._cancel)
        self.outcome.exchange_wanted.connect(lambda: self.go.emit(Place.EXCHANGE.value, None))
        self.outcome.bundle_wanted.connect(self._ask_bundle)
        self.after.answered.connect(self._answer)
        self.after.withdrawn.connect(self._withdraw)
        self.after.refreshed.connect(self._open_again)
        self.after.sheet_wanted.connect(self._show_sheet)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self._ask_copy)

    def _arrange(self) -> None:
        column = self._side.body
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addWidget(self.outcome)
        column.addWidget(self.after)
        column.addWidget(self.hand_over, 1)
