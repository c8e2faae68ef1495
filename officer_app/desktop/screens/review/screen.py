"""Reading one file and deciding on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.errors import Fault
from officer_app.base.ids import DossierId
from officer_app.base.words import CHINESE, N_, Sayable, Verbatim, message
from officer_app.casework.decisions import OUTCOMES, decide
from officer_app.casework.review import Review, open_dossier
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.review.page import DecisionPage
from officer_app.desktop.screens.review.verdict import VerdictPanel
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.pdf import PdfView
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.topbar import Chip
from officer_app.dossier.records import Outcome
from officer_app.vault.records import DecisionRecord


class ReviewScreen(Screen):
    """Handed a dossier's id: verified first, shown only when it holds."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._review: Review | None = None
        self._opened_at: datetime | None = None
        speech = work.speech
        self._page = DecisionPage(speech)
        self._memo = PdfView(speech)
        self.panel = VerdictPanel(speech)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._memo)
        self._swap = Button(speech, message(N_("Whole memo")), keys="Ctrl+P")
        self._back = Button(speech, message(N_("Back to the queue")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.addWidget(self._stack)
        self._swap.clicked.connect(self._turn)
        self._back.clicked.connect(lambda: self.go.emit(Place.DECIDE.value, None))
        self.panel.signed.connect(self._sign)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._turn)
        speech.changed.connect(self._show)

    def head(self) -> Head:
        review = self._review
        if review is None:
            return Head(message(N_("Decide")), actions=(self._back,))
        manifest = review.manifest
        return Head(
            title=Verbatim(manifest.applicant),
            sub=message(
                N_("Case {number}, version {version:count}"), number=manifest.case_number, version=manifest.version
            ),
            chips=(
                Chip(State.PASSED, message(N_("Signature and contents agree"))),
                Chip(
                    State.NEUTRAL,
                    message(
                        N_("{officer}, {at:moment}"), officer=manifest.officer.name, at=local_time(manifest.frozen_at)
                    ),
                ),
            ),
            actions=(self._back, self._swap),
        )

    def side(self) -> QWidget:
        return self.panel

    def entered(self, what: object) -> None:
        if not isinstance(what, str):
            return
        if self._review is not None and self._review.record.id == what:
            return
        desk, dossier = self._work.desk, DossierId(what)
        self._review = None
        self._work.run(
            lambda _progress, _cancelled: open_dossier(desk, dossier), self._opened, failed=self._refused, owner=self
        )

    def finish(self) -> None:
        self.panel.finish()

    def _opened(self, review: Review) -> None:
        self._review = review
        self._opened_at = self._work.desk.clock.now()
        self.panel.show_review(review)
        self._stack.setCurrentIndex(0)
        self._show()
        self.head_changed.emit()
        self.panel.what.setFocus()

    def _refused(self, fault: Fault) -> None:
        self.faulted.emit(fault)
        self.go.emit(Place.DECIDE.value, None)

    def _show(self) -> None:
        if self._review is None:
            return
        self._page.show_review(self._review)
        chinese = self._work.speech.language == CHINESE or not self._review.memo_translation
        self._memo.show_pdf(self._review.memo if chinese else self._review.memo_translation)

    def _turn(self) -> None:
        memo_next = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if memo_next else 0)
        self._swap.set_text(message(N_("Decision page")) if memo_next else message(N_("Whole memo")))

    def _sign(self, passphrase: str) -> None:
        review = self._review
        if review is None:
            return
        choice = replace(self.panel.choice(review), opened_at=self._opened_at)
        desk = self._work.desk
        self.panel.setEnabled(False)
        self._work.run(
            lambda _progress, _cancelled: decide(desk, review, choice, passphrase),
            self._decided,
            failed=self._not_decided,
            owner=self,
        )

    def _decided(self, record: DecisionRecord) -> None:
        self.panel.setEnabled(True)
        self._review = None
        what: Sayable = message(OUTCOMES[Outcome(record.outcome)])
        self.told.emit(
            News(
                "review:done", State.PASSED, message(N_("Signed and queued: {what}. Exchange to send it."), what=what)
            )
        )
        self._work.changed.emit()
        self.go.emit(Place.DECIDE.value, None)

    def _not_decided(self, fault: Fault) -> None:
        self.panel.setEnabled(True)
        self.faulted.emit(fault)
