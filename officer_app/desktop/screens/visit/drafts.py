"""A draft over time: the checklist's newer version, what it changes, and answers whose question is gone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Bilingual, Sayable, message
from officer_app.casework.interruptions import Interruption, interruption
from officer_app.casework.productterms import take_terms
from officer_app.casework.upgrades import Newer, newer_form, without_place
from officer_app.checklists.form import Form
from officer_app.checklists.upgrading import Difference, Homeless, What, asked_in
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.visit.terms import TermsLine
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.case_screen import may_change
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import ElidedText, Kind, Text
from officer_app.desktop.widgets.sections import SectionRow
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row

# In the list of sections, in the place of a section's ref.
WITHOUT_PLACE: Final = "#without_place"
# Of two columns, so that the question keeps its room in the smallest window.
_SECOND: Final = 190
_INSTANCE: Final = re.compile(r"\[\d+\]")


class Line(QWidget):
    """One quiet line over the visit, with one thing that can be done about it. `pressed()`."""

    pressed = Signal()

    def __init__(self, speech: Speech, action: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedText(speech, kind=Kind.MUTED, parent=self)
        self.button = Button(speech, action, Look.QUIET, parent=self)
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, HALF, 3 * SPACE, HALF)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._words)
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()

    def tell(self, words: Sayable, *, offer: bool = True) -> None:
        """Show it; without its button where there is nothing to do."""
        self._words.set_text(words)
        self.button.setVisible(offer)
        self.show()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the disk knows of a draft."""

    newer: Newer | None
    homeless: tuple[Homeless, ...]
    broken_off: Interruption | None


class DraftLines(QWidget):
    """What there is to know about the draft itself.

    `changes_wanted(Newer)`, `back_wanted()`, `place_wanted(ref)`, `read()`.

    `read()` says that what is asked of the disk has come: whether answers are without a place.
    """

    changes_wanted = Signal(object)
    back_wanted = Signal()
    place_wanted = Signal(str)
    read = Signal()

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._newer: Newer | None = None
        self.homeless: tuple[Homeless, ...] = ()
        self.newer = Line(work.speech, message(N_("See what changes")), self)
        self.moved = Line(work.speech, message(N_("Back to the version before")), self)
        self.terms = TermsLine(work.speech, self)
        self.interrupted = Line(work.speech, message(N_("Go there")), self)
        self._broken_off: Interruption | None = None
        self.interrupted.pressed.connect(self._go_there)
        self.newer.pressed.connect(lambda: self.changes_wanted.emit(self._newer))
        self.moved.pressed.connect(self.back_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in (*self._lines(), self.terms):
            column.addWidget(line)
        self.terms.wanted.connect(self._take_terms)

    def show_case(self, opened: OpenCase | None) -> None:
        """Another case is open, or another version of its checklist."""
        self.homeless = ()
        for line in self._lines():
            line.hide()
        self.terms.tell(None)
        if opened is None:
            return
        opened.answered.connect(lambda _changes: self._answered(opened))
        opened.findings_changed.connect(lambda: self._show_terms(opened))
        self._show_terms(opened)
        self._show_moved(opened)
        self._read(opened)

    def row(self) -> tuple[SectionRow, ...]:
        """The entry behind all sections, where an answer lost its question."""
        if not self.homeless:
            return ()
        title = message(N_("Answers without a place"))
        return (SectionRow(WITHOUT_PLACE, title, State.NEUTRAL, len(self.homeless), len(self.homeless)),)

    def _lines(self) -> tuple[Line, ...]:
        return self.interrupted, self.newer, self.moved

    def _answered(self, opened: OpenCase) -> None:
        """Work goes on: nobody has to be told any more where it broke off."""
        self.interrupted.hide()
        self._show_moved(opened)

    def _go_there(self) -> None:
        self.interrupted.hide()
        if self._broken_off is not None:
            self.place_wanted.emit(self._broken_off.ref)

    def _show_terms(self, opened: OpenCase) -> None:
        if self._work.open_case in (None, opened):
            self.terms.tell(opened.findings.newer if may_change(opened) else None)

    def _take_terms(self) -> None:
        """Judge the open case by today's list of products; its figures follow."""
        opened, desk = self._work.open_case, self._work.desk
        if opened is not None:
            case = opened.case_id
            self._work.run(lambda _p, _c: take_terms(desk, case), lambda _nothing: opened.refresh(), owner=self)

    def _show_moved(self, opened: OpenCase) -> None:
        moved = opened.visit.moved
        if moved is None:
            self.moved.hide()
            return
        now, before = opened.visit.record.form_version, moved.record.form_version
        told = N_("The visit follows version {now} of the checklist now; it began with {before}.")
        self.moved.tell(message(told, now=now, before=before))

    def _read(self, opened: OpenCase) -> None:
        desk, visit = self._work.desk, opened.visit
        changing = may_change(opened)

        def read(_progress: object, _cancelled: object) -> _Known:
            if not changing:
                return _Known(None, without_place(desk, visit), None)
            return _Known(newer_form(desk, visit.record), without_place(desk, visit), interruption(desk, visit))

        def show(known: _Known) -> None:
            if self._work.open_case is opened:
                self._show(opened, known)

        self._work.run(read, show, owner=self)

    def _show(self, opened: OpenCase, known: _Known) -> None:
        self._newer, self.homeless, self._broken_off = known.newer, known.homeless, known.broken_off
        if self._newer is not None and opened.visit.moved is None:
            told = N_("A newer version of this checklist is here ({version}).")
            self.newer.tell(message(told, version=self._newer.version))
        if self._broken_off is not None:
            self.interrupted.tell(_where(opened.session.form, self._broken_off), offer=bool(self._broken_off.ref))
        self.read.emit()


def _where(form: Form, broken_off: Interruption) -> Sayable:
    """When and where it broke off, in the words of the checklist."""
    at = local_time(broken_off.at)
    asked = asked_in(form).get(_INSTANCE.sub("", broken_off.ref))
    if asked is None:
        return message(N_("This visit was interrupted on {at:moment}. Everything up to there is kept."), at=at)
    told = N_(
        "This visit was interrupted on {at:moment} at “{section} › {question}”. Everything up to there is kept."
    )
    return message(told, at=at, section=asked.section, question=asked.label)


class ChangesPanel(QWidget):
    """What a newer version of the checklist changes, and the button that moves the visit. `wanted()`, `closed()`."""

    wanted = Signal()
    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(speech, kind=Kind.HEAD, wrap=True, parent=self)
        self._close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._table = DataTable(speech)
        self._table.set_columns(
            (
                Column("question", message(N_("Question")), stretch=True),
                Column("what", message(N_("What is different")), width=_SECOND),
            )
        )
        kept = message(
            N_(
                "Answers to questions that still exist are kept. "
                "Answers whose question is gone can still be read, at the end of the sections."
            )
        )
        self._told = Text(speech, kept, Kind.MUTED, wrap=True, parent=self)
        self.move_up = Button(
            speech, message(N_("Move this visit to it")), Look.PRIMARY, keys="Ctrl+Return", parent=self
        )
        self._close.clicked.connect(self.closed)
        self.move_up.clicked.connect(self.wanted)
        for keys, happens in (("Esc", self.closed), ("Ctrl+Return", self.wanted), ("Ctrl+Enter", self.wanted)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(happens)
        self._arrange()
        self.setFocusProxy(self._table)

    def show_newer(self, newer: Newer) -> None:
        """Show every change, in the order of the newer version."""
        told = N_("Version {version} of the checklist: {count:count} changes")
        self._title.set_text(message(told, version=newer.version, count=len(newer.changes)))
        self._table.show_rows(tuple(_change_row(place, one) for place, one in enumerate(newer.changes)))

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        foot.setSpacing(2 * SPACE)
        foot.addWidget(self._told, 1)
        foot.addWidget(self.move_up, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        nest(column, head)
        column.addWidget(self._table, 1)
        nest(column, foot)


class WithoutPlace(QWidget):
    """Answers whose question the checklist no longer has, to be read."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = Text(speech, message(N_("Answers without a place")), Kind.HEAD, parent=self)
        why = message(
            N_("The checklist no longer asks for these. They were given in this visit and stay on file as they are.")
        )
        told = Text(speech, why, Kind.MUTED, wrap=True, parent=self)
        self._table = DataTable(speech)
        self._table.set_columns(
            (
                Column("question", message(N_("Question")), stretch=True),
                Column("answer", message(N_("Answer")), width=_SECOND),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(title)
        column.addWidget(told)
        column.addWidget(self._table, 1)
        self.setFocusProxy(self._table)

    def show_homeless(self, homeless: tuple[Homeless, ...]) -> None:
        """Show them in the words of the version that asked."""
        rows = (
            Row(one.ref, (Cell(one.question, below=one.section, tip=one.question), Cell(one.value, tip=one.value)))
            for one in homeless
        )
        self._table.show_rows(tuple(rows))


def _change_row(place: int, one: Difference) -> Row:
    below = _before(one)
    question = Cell(one.question, below=one.section, tip=one.question)
    return Row(str(place), (question, Cell(message(one.what.value), below=below, tip=below)))


def _before(one: Difference) -> Sayable | None:
    """What it was; the newer words of a question stand before it anyway."""
    if one.before is None or one.now is None:
        return None
    if one.what is What.REWORDED:
        return message(N_("before: {before}"), before=one.before)
    return message(N_("{before} → {now}"), before=_or_dash(one.before), now=_or_dash(one.now))


def _or_dash(words: Bilingual) -> Bilingual:
    return words if words.english or words.chinese else Bilingual("—", "—")
