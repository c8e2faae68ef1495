"""Lists that stand in the page's place: what is missing, what comes before leaving, and what is not asked now."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from officer_app.casework.why_hidden import why_hidden
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.questions.section_view import HIDDEN_KEYS, SectionView
from officer_app.desktop.screens.visit.hidden import HiddenList
from officer_app.desktop.screens.visit.missing import CLOSING_KEYS, MissingList
from officer_app.desktop.screens.visit.visits import VisitStrip


class LackingPart(QObject):
    """`panel_wanted(widget)`, `page_wanted()`; `gap_chosen(kind, ref)` and `question_chosen(ref)` lead to a place."""

    panel_wanted = Signal(object)
    page_wanted = Signal()
    gap_chosen = Signal(str, str)
    question_chosen = Signal(str)

    def __init__(self, work: Workplace, page: SectionView, visits: VisitStrip, screen: QWidget) -> None:
        super().__init__(screen)
        self._work, self._page, self._visits = work, page, visits
        self._section = ""
        self._closing = False
        self.missing = MissingList(work.speech)
        self.hidden = HiddenList(work.speech)
        self.missing.chosen.connect(self.gap_chosen)
        self.missing.closing_wanted.connect(self.turn)
        self.hidden.chosen.connect(self.question_chosen)
        self.hidden.closed.connect(self.page_wanted)
        page.hidden_wanted.connect(self.toggle_hidden)
        QShortcut(QKeySequence(HIDDEN_KEYS), screen).activated.connect(self.toggle_hidden)
        QShortcut(QKeySequence(CLOSING_KEYS), screen).activated.connect(self.turn)

    def panels(self) -> tuple[QWidget, ...]:
        """What can stand in place of the page."""
        return self.missing, self.hidden

    def show_section(self, section: str) -> None:
        """Which section the page shows: what it does not ask is told of this one."""
        self._section = section

    def refresh(self) -> None:
        """The findings are others: so may be what is missing, while that is shown."""
        if self.missing.isVisible():
            self._fill()

    def toggle(self) -> None:
        """What is missing; again: back to the page, which from now on tells of each answer that lacks."""
        if self._work.open_case is None:
            return
        self._page.finish()
        if self.missing.isVisible():
            self.panel_wanted.emit(self._page)
            return
        self._page.set_strict(True)
        self._closing = False
        self._show()

    def turn(self) -> None:
        """What must be done before one leaves, or, when that is shown, everything that is missing."""
        if self._work.open_case is None:
            return
        self._closing = not (self._closing and self.missing.isVisible())
        self._page.finish()
        self._show()

    def toggle_hidden(self) -> None:
        """What this section does not ask now, and why; again: back to the page."""
        opened = self._work.open_case
        if opened is None or self.hidden.isVisible():
            self.page_wanted.emit()
            return
        self._page.finish()
        self.panel_wanted.emit(self.hidden)
        self.hidden.show_hidden(why_hidden(self._visits.session(opened), self._section))

    def _show(self) -> None:
        self.panel_wanted.emit(self.missing)
        self._fill()
        self.missing.setFocus()

    def _fill(self) -> None:
        opened = self._work.open_case
        if opened is not None and self._closing:
            self.missing.show_leaving(opened.before_leaving())
        elif opened is not None:
            self.missing.show_gaps(opened.gaps())
