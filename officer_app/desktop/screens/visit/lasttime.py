"""As last time: over the page what an earlier file of the same person holds for it, taken by the officer's act."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Verbatim, message
from officer_app.casework.lasttime import (
    LastTime,
    Offer,
    lane_ahead,
    last_time,
    loan_to_note,
    offer,
    own_questions,
    taken,
)
from officer_app.credit.lanes import Lane
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.questions.summaries import shown_answer
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row
from officer_app.desktop.widgets.topbar import Chip

KEYS: Final = "Ctrl+R"
_NOTE_FIRST: Final = N_(
    "Was a client before: {on:date}, file {case}. Note that loan first, then answers of last time can be taken."
)
_LOANS: Final = "borrower.history_loans[].contract"
_OFFERED: Final = N_("{count:count} answers of last time: {on:date}, file {case}")


class LastTimeStrip(QWidget):
    """How many answers of last time may stand in the section shown, or that the earlier loan is to be noted first.

    `wanted()`, `looked()`, `loan_wanted()`.
    """

    wanted = Signal()
    looked = Signal()
    loan_wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text(speech, kind=Kind.SMALL, wrap=True, parent=self)
        self._take = take = Button(speech, message(N_("Take as last time")), keys=KEYS, parent=self)
        self._look = look = Button(speech, message(N_("Look through")), Look.QUIET, parent=self)
        self.loan = Button(speech, message(N_("Note the earlier loan")), parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, SPACE, 3 * SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(look)
        row.addWidget(take)
        row.addWidget(self.loan)
        self.loan.clicked.connect(self.loan_wanted)
        take.clicked.connect(self.wanted)
        look.clicked.connect(self.looked)

    def show_offer(self, before: LastTime, some: Offer) -> None:
        """From which file, and how many."""
        self._turn(to_loan=False)
        source = before.source
        told = message(_OFFERED, on=source.on, case=Verbatim(source.case), count=len(some.answers))
        self._words.set_text(told)

    def show_loan(self, before: LastTime) -> None:
        """That the loan of the earlier file is noted first, and what comes of it."""
        self._turn(to_loan=True)
        source = before.source
        self._words.set_text(message(_NOTE_FIRST, on=source.on, case=Verbatim(source.case)))

    def _turn(self, *, to_loan: bool) -> None:
        self.loan.setVisible(to_loan)
        for part in (self._take, self._look):
            part.setVisible(not to_loan)


class LastTimePanel(QWidget):
    """The answers one by one, to be looked through before they are taken. `wanted()`, `closed()`."""

    wanted = Signal()
    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(speech, kind=Kind.HEAD, wrap=True, parent=self)
        close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._table = DataTable(speech, self)
        question = Column("question", message(N_("Question")), stretch=True)
        self._table.set_columns((question, Column("answer", message(N_("Answer of last time")), width=220)))
        rest = message(N_("Ask whether it is still so. What is not listed here is asked anew."))
        take = Button(speech, message(N_("Take as last time")), Look.PRIMARY, keys=KEYS, parent=self)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        foot = QHBoxLayout()
        foot.addWidget(Text(speech, rest, Kind.MUTED, wrap=True, parent=self), 1)
        foot.addWidget(take)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        nest(column, head)
        column.addWidget(self._table, 1)
        nest(column, foot)
        take.clicked.connect(self.wanted)
        close.clicked.connect(self.closed)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)
        self.setFocusProxy(self._table)

    def show_offer(self, before: LastTime, some: Offer, language: str) -> None:
        """Each question with what was answered then."""
        source = before.source
        told = message(_OFFERED, on=source.on, case=Verbatim(source.case), count=len(some.answers))
        self._title.set_text(told)
        asked = [before.session.question(ref, language) for ref in some.answers]
        self._table.show_rows(
            tuple(
                Row(one.ref, (Cell(Verbatim(one.label), tip=Verbatim(one.label)), Cell(Verbatim(shown_answer(one)))))
                for one in asked
            )
        )


class LastTimePart(QObject):
    """What the screen of the visit needs for it: strip, panel, and the count of questions in a lane that limits them.

    `panel_wanted()` when the list is to stand in place of the page, `page_wanted()` when the page is to come back;
    `counted()` when the count may be another; `fact_wanted(path)` when its question is to be opened.
    """

    panel_wanted = Signal()
    page_wanted = Signal()
    counted = Signal()
    fact_wanted = Signal(str)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self.strip = LastTimeStrip(work.speech)
        self.panel = LastTimePanel(work.speech)
        self._before: LastTime | None = None
        self._offer = Offer((), {})
        self._chips: tuple[Chip, ...] = ()
        self._section, self._on_page = "", False
        for wanted in (self.strip.wanted, self.panel.wanted):
            wanted.connect(self.take)
        self.strip.looked.connect(self._look)
        self.strip.loan_wanted.connect(lambda: self.fact_wanted.emit(_LOANS))
        self.panel.closed.connect(self.page_wanted)

    def show_case(self, opened: OpenCase | None) -> None:
        """Another case is open: look for an earlier file of the person, for a first visit that may be changed."""
        self._before, self._chips, self._section = None, (), ""
        if opened is None or opened.visit.earlier or not may_change(opened):
            return
        desk, case = self._work.desk, opened.case

        def show(found: LastTime | None) -> None:
            if self._work.open_case is opened:
                self._before = found
                self._offer_again()
                self.count()

        self._work.run(lambda _progress, _cancelled: last_time(desk, case), show, owner=self)
        opened.findings_changed.connect(self._offer_again)
        # Counting looks at the whole checklist: in the calm moment in which questions are weighed, too.
        opened.questions_changed.connect(self.count)
        opened.captures_changed.connect(self.count)

    def show_section(self, ref: str, *, on_page: bool) -> None:
        """Offer what may stand in the section shown, while its page can be filled."""
        self._section, self._on_page = ref, on_page
        opened, before = self._work.open_case, self._before
        self._offer = Offer((), {})
        if ref and opened is not None and before is not None and self._lane() is not None:
            self._offer = offer(opened.session, before, ref)
            self.strip.show_offer(before, self._offer)
        noted_first = (
            opened is not None and before is not None and bool(ref) and loan_to_note(opened.findings, before)
        )
        if noted_first and before is not None:
            self.strip.show_loan(before)
        self.strip.setVisible(on_page and (bool(self._offer.answers) or noted_first))

    def _offer_again(self) -> None:
        self.show_section(self._section, on_page=self._on_page)

    def chips(self) -> tuple[Chip, ...]:
        """How many questions are the officer's own, of how many at most."""
        return self._chips

    def count(self) -> None:
        """Count again, since answers came or the lane in sight may be another."""
        opened, lane = self._work.open_case, self._lane()
        chips: tuple[Chip, ...] = ()
        if opened is not None and lane is not None and lane.questions is not None:
            own = len(own_questions(opened.visit, opened.findings, lane))
            state = State.NEUTRAL if own <= lane.questions else State.LOOK
            told = message(N_("{count:count} of at most {most:count} questions"), count=own, most=lane.questions)
            chips = (Chip(state, told),)
        self._chips = chips
        self.counted.emit()

    def take(self) -> None:
        """Enter what is offered as one change, each answer with where it comes from."""
        opened, before = self._work.open_case, self._before
        if opened is None or before is None or not (self.strip.isVisible() or self.panel.isVisible()):
            return
        # The page keeps what is being typed first: the offer then leaves it alone.
        self.page_wanted.emit()
        some = self._offer
        if not some.answers:
            return
        opened.take_over(some.adds, some.answers, taken(self._work.desk, opened.visit, before, some))

    def _lane(self) -> Lane | None:
        opened = self._work.open_case
        return lane_ahead(opened.findings, self._before) if opened is not None else None

    def _look(self) -> None:
        if self._before is not None:
            self.panel.show_offer(self._before, self._offer, self._work.speech.language)
            self.panel_wanted.emit()
