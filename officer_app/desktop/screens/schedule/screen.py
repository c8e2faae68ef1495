"""Repayment schedule of the open case."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.files import write_whole
from officer_app.base.words import CHINESE, ENGLISH, N_, Language, Verbatim, message
from officer_app.casework import disclosure
from officer_app.casework.visits import resume_visit
from officer_app.credit.figures import Missing
from officer_app.credit.loanplans import LoanPlan, Wish
from officer_app.credit.vocabulary import label_of
from officer_app.desktop.kit.dialogs import save_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.schedule import rows
from officer_app.desktop.screens.schedule.early import EarlyPayment
from officer_app.desktop.screens.schedule.terms import Terms
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.case_screen import CaseScreen
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.statement import Statement
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Row
from officer_app.plots.repayment import repayment

_SHEET = "schedule:sheet"
_COPIED = "schedule:copied"


class ScheduleScreen(CaseScreen):
    """The loan as a contract, laid out as the case asks or otherwise; nothing here changes the case."""

    place = Place.SCHEDULE

    def __init__(self, work: Workplace) -> None:
        super().__init__(work)
        speech = work.speech
        self._panel = self.panel()
        self._plan: LoanPlan | None = None
        self._waits = ""
        self._next = Button(speech, message(N_("On to the memo")), Look.PRIMARY, keys="Ctrl+Enter", parent=self)
        self._next.clicked.connect(self.go_on)
        self.sheet = Button(speech, message(N_("Disclosure sheet")), icon=Icon.PDF, keys="Ctrl+S", parent=self)
        self.sheet.clicked.connect(partial(self._ask_sheet, CHINESE))
        self.translation = Button(
            speech, message(N_("Disclosure sheet in English")), Look.QUIET, icon=Icon.PDF, parent=self
        )
        self.translation.clicked.connect(partial(self._ask_sheet, ENGLISH))
        self.copy = Button(speech, message(N_("Copy for Excel")), Look.QUIET, icon=Icon.EXCEL, parent=self)
        self.copy.clicked.connect(self.copy_rows)
        self.terms = Terms(speech)
        self.figures = Statement(speech, rows.FIGURES)
        self.limits = Statement(speech, rows.LIMITS)
        self.payments = Statement(speech, rows.PAYMENTS)
        self.early = EarlyPayment(speech, local_time(work.desk.clock.now()).date())
        self.canvas = PlotCanvas(speech)
        self.empty = EmptyState(speech)
        self._page = Page()
        self._arrange()
        self.terms.changed.connect(self.refresh)
        self.empty.acted.connect(lambda: self.ask_fact(self._waits))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(partial(self._ask_sheet, CHINESE))
        self.stand(self._page)

    # --- CaseScreen ------------------------------------------------------------------------------------------------

    def side(self) -> QWidget:
        return self._panel

    def own_actions(self) -> tuple[QWidget, ...]:
        return (self.sheet, self._next)

    def entered(self, what: object) -> None:
        super().entered(what)
        self._page.verticalScrollBar().setValue(0)
        (self.terms.amount if self._plan is not None else self.empty).setFocus()

    def finish(self) -> None:
        self.terms.finish()
        self.early.finish()

    def left_case(self) -> None:
        self._plan = None
        self.terms.begin()

    def go_on(self) -> None:
        self.go.emit(Place.MEMO.value, None)

    def show_case(self, opened: OpenCase) -> None:
        self._panel.show_findings(opened.findings, opened.before)
        desk, wish = self.work.desk, self.terms.wish()
        found = disclosure.plan(desk, opened.findings, wish)
        self._plan = found if isinstance(found, LoanPlan) else None
        self._whole.setVisible(self._plan is not None)
        self.empty.setVisible(self._plan is None)
        self.sheet.setEnabled(self._plan is not None)
        if isinstance(found, Missing):
            self._show_empty(found)
            return
        other = disclosure.plan(desk, opened.findings, self._other(found)) if self.terms.other() else None
        self._show_plan(opened, found, other if isinstance(other, LoanPlan) else None)

    # --- what it shows ---------------------------------------------------------------------------------------------

    def _show_empty(self, missing: Missing) -> None:
        self._waits = missing.paths[0] if missing.paths else ""
        words = message(
            N_("The schedule is made of amount, term, rate and way of paying back. Still needed: {facts}"),
            facts=tuple(label_of(path) for path in missing.paths),
        )
        self.empty.show_empty(Icon.CALENDAR, words, message(N_("Go to the question")) if self._waits else None)

    def _show_plan(self, opened: OpenCase, plan: LoanPlan, other: LoanPlan | None) -> None:
        self.terms.show_plan(plan)
        self.figures.show_rows(rows.figure_rows(plan, other))
        self.limits.show_rows((*rows.limit_rows(plan), *_price(opened, plan)))
        self.payments.show_rows(rows.payment_rows(plan))
        self.canvas.show_plot(lambda width, em: repayment(plan.rows, width=width, em=em))
        self.early.show_plan(plan)

    def _other(self, plan: LoanPlan) -> Wish:
        return Wish(plan.terms.principal, len(plan.rows), self.terms.other())

    def copy_rows(self) -> None:
        """The whole schedule to the clipboard, as Excel takes it."""
        self.payments.selectAll()
        QGuiApplication.clipboard().setText(self.payments.copied())
        self.payments.setFocus()
        words = message(N_("{count:count} payments are copied."), count=self.payments.model().rowCount())
        self.told.emit(News(_COPIED, State.PASSED, words))

    # --- the sheet -------------------------------------------------------------------------------------------------

    def _ask_sheet(self, language: Language) -> None:
        opened = self.opened
        if opened is None or self._plan is None:
            return
        name = f"{opened.case.number}-disclosure.pdf"
        file = save_file(self, self.work.speech, message(N_("Save the disclosure sheet")), name)
        if file is not None:
            self.save_sheet(file, language)

    def save_sheet(self, file: Path, language: Language) -> None:
        """Write the sheet of what is laid out."""
        opened = self.opened
        if opened is None:
            return
        desk, visit, findings, wish = self.work.desk, opened.visit.record.id, opened.findings, self.terms.wish()

        def write(_progress: object, _cancelled: object) -> None:
            write_whole(file, disclosure.disclosure(desk, resume_visit(desk, visit), findings, language, wish))

        self.work.run(write, lambda _nothing: self._tell_saved(file), owner=self)

    def _tell_saved(self, file: Path) -> None:
        words = message(N_("Saved as {file}"), file=Verbatim(str(file)))
        hint = message(N_("A copy outside is no longer encrypted: it is yours to guard."))
        self.told.emit(News(_SHEET, State.PASSED, words, detail=hint))

    # --- building --------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        speech = self.work.speech
        speech.name(self.figures, message(N_("What it costs")))
        speech.name(self.limits, message(N_("Limit of the price")))
        speech.name(self.payments, message(N_("Repayment schedule")))
        chart = Card()
        chart.body.addWidget(Text(speech, message(N_("Payments by due date")), Kind.SECTION, parent=chart))
        chart.body.addWidget(self.canvas)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self.terms)
        column.addWidget(Text(speech, message(N_("What it costs")), Kind.SECTION, parent=self._whole))
        column.addWidget(self.figures)
        column.addWidget(self.limits)
        column.addWidget(chart)
        top = QHBoxLayout()
        top.addWidget(Text(speech, message(N_("Repayment schedule")), Kind.SECTION, parent=self._whole), 1)
        top.addWidget(self.copy)
        top.addWidget(self.translation)
        nest(column, top)
        column.addWidget(self.payments)
        column.addWidget(self.early)
        self._page.body.addWidget(self._whole)
        self._page.body.addWidget(self.empty, 1)
        self._page.body.addStretch(0)


def _price(opened: OpenCase, plan: LoanPlan) -> tuple[Row, ...]:
    """The product's price for the grade, where there is one."""
    grade = opened.findings.assessment.risk_index.grade
    price = plan.product.price_for(grade) if plan.product is not None else None
    return () if price is None or not isinstance(grade, str) else (rows.price_row(plan, grade, price),)
