"""A section of a checklist as a page: every question in reach, Enter leads through all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, Verbatim, message
from officer_app.checklists.view import Block, Item, Section
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.questions.entry_table import EntryTable
from officer_app.desktop.questions.items import ItemsView
from officer_app.desktop.questions.kinds import Surroundings
from officer_app.desktop.questions.question_row import QuestionRow
from officer_app.desktop.questions.repeats import TABLE_KEYS, repeat_view
from officer_app.desktop.questions.reports import Reports
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Said
from officer_app.desktop.widgets.tab_order import neighbour

NOTE_KEYS: Final = "F5"
READ_KEYS: Final = "F11"
HIDDEN_KEYS: Final = "Ctrl+H"
_WIDEST: Final = 880
_MARGIN: Final = 3 * SPACE


class SectionView(QScrollArea):
    """Shows one section and tells what was done to it.

    `answered(ref, text)`, `repeat_added(ref)`, `repeat_removed(ref, index)`, `rows_entered(ref, more, answers)` (one
    change), `attach_wanted(ref)` (F4), `note_wanted(ref)` (F5), `read_wanted(ref)` (F11), `note_kept(ref, words, not
    seen)`, `done()` after Enter on the last question. After each of them show the section again: only what is
    different is touched. `turned()` when another instance of a repeat stands open; `stood_on(ref)` when the keyboard
    came into a question, "" when it left the page. `hidden_wanted()`: what the section does not ask, and why.

    Enter goes on to the next question; Ctrl+Enter to the next that must be answered and is not, `required_wanted()`
    when there is none behind it here; Ctrl+↓ and Ctrl+↑ go to the question beside, and answer nothing on the way.
    """

    answered = Signal(str, str)
    repeat_added = Signal(str)
    repeat_removed = Signal(str, int)
    rows_entered = Signal(str, int, object)
    attach_wanted = Signal(str)
    note_wanted = Signal(str)
    read_wanted = Signal(str)
    note_kept = Signal(str, str, bool)
    hidden_wanted = Signal()
    done = Signal()
    required_wanted = Signal()
    turned = Signal()
    stood_on = Signal(str)

    def __init__(self, speech: Speech, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ref = ""
        self._stands = ""
        self._reports = Reports(speech, around, repeat_view, self)
        page = QWidget()
        self._title = Text(speech, kind=Kind.HEAD, wrap=True, parent=page)
        self._count = Text(speech, kind=Kind.HINT, parent=page)
        self._closed = Button(speech, message(N_("Not asked")), Look.QUIET, keys=HIDDEN_KEYS, parent=page)
        self._closed.clicked.connect(self.hidden_wanted)
        self._closed.hide()
        self._items = ItemsView(self._reports, framed=True, parent=page)
        self._arrange(page)
        for signal, ours in (
            (self._reports.answered, self.answered),
            (self._reports.repeat_added, self.repeat_added),
            (self._reports.repeat_removed, self.repeat_removed),
            (self._reports.rows_entered, self.rows_entered),
            (self._reports.attach_wanted, self.attach_wanted),
            (self._reports.note_wanted, self.note_wanted),
            (self._reports.note_kept, self.note_kept),
            (self._reports.turned, self.turned),
        ):
            signal.connect(ours)
        self._reports.left.connect(self._go_on)
        self._reports.focus_wanted.connect(self._focus)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self._bind("F4", self.attach_wanted)
        self._bind(NOTE_KEYS, self.note_wanted)
        self._bind(READ_KEYS, self.read_wanted)
        for keys, act in (
            ("Ctrl+Return", self._to_required),
            ("Ctrl+Enter", self._to_required),
            ("Ctrl+Down", partial(self._beside, 1)),
            ("Ctrl+Up", partial(self._beside, -1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        tables = QShortcut(QKeySequence(TABLE_KEYS), self)
        tables.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        tables.activated.connect(self._reports.turn_tables)

    def show_section(self, section: Section) -> None:
        """Show a section, or what has become of the one shown."""
        fresh = section.ref != self._ref
        if fresh:
            self.finish()
        self._ref = section.ref
        self._title.set_text(Verbatim(section.label) if section.label else None)
        counts = section.counts
        self._count.set_text(message("{done:count} / {all:count}", done=counts.answered, all=counts.total))
        self._closed.setVisible(any(_closes(item) for item in section.items))
        self._items.show_items(section.items)
        if fresh:
            self.verticalScrollBar().setValue(0)

    def set_strict(self, strict: bool) -> None:
        """After a check: tell missing answers under their fields, too. Show the section again afterwards."""
        self._reports.strict = strict
        for row in self.rows():
            row.set_strict(strict)

    def show_picture(self, ref: str, picture: QImage | None) -> None:
        """The thumbnail of an attached picture."""
        for row in self.rows():
            if row.question.ref == ref:
                row.show_picture(picture)

    def focus_first(self) -> None:
        """The keyboard on the first question that has no answer yet, else on the first."""
        stops = [stop for stop in self._items.stops() if _takes_keys(stop)]
        blank = [stop for stop in stops if isinstance(stop, QuestionRow) and not stop.question.value]
        for stop in (blank or stops)[:1]:
            self._focus(stop)

    def stay(self, focus: Callable[[], object]) -> None:
        """Keep the question that has the keyboard in sight; by `focus` where none on the page has it yet."""
        here = QApplication.focusWidget()
        if here is None or not self.isAncestorOf(here):
            focus()
        elif (stop := self._stop_here()) is not None:
            self.ensureWidgetVisible(stop, 0, 2 * _MARGIN)

    def focus_required(self) -> bool:
        """The keyboard on the first question that must be answered and is not; False when there is none."""
        stop = next((stop for stop in self._items.stops() if _lacks_answer(stop)), None)
        self._focus(stop)
        return stop is not None

    def focus_question(self, ref: str) -> bool:
        """The keyboard on a question; False when it is not shown here."""
        if self._items.open_at(ref):
            return True
        found = [row for row in self.rows() if row.question.ref == ref]
        # A page that has just come back, or grown, lays itself out only now; before, nothing is where it will be.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for row in found[:1]:
            self._focus(row)
        return bool(found)

    def open_note(self, ref: str) -> None:
        """The line for a note at a question."""
        for row in self.rows():
            if row.question.ref == ref:
                row.open_note()
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
                self.ensureWidgetVisible(row, 0, 2 * _MARGIN)
        table = self._current_table()
        if table is not None and table.current_ref() == ref:
            table.open_note(ref)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            self.ensureWidgetVisible(table, 0, 2 * _MARGIN)

    def rows(self) -> list[QuestionRow]:
        """The rows that stand on the page, in order."""
        return [stop for stop in self._items.stops() if isinstance(stop, QuestionRow)]

    def current_row(self) -> QuestionRow | None:
        """The row that the keyboard is in."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        return next((row for row in self.rows() if row is focus or row.isAncestorOf(focus)), None)

    def said(self, ref: str) -> Said | None:
        """What was typed as it was said in the field of a question."""
        return next((row.said() for row in self.rows() if row.question.ref == ref), None)

    def current_ref(self) -> str:
        """The question that the keyboard is in, as a row or as a cell of a table, or nothing."""
        row, table = self.current_row(), self._current_table()
        if row is not None:
            return row.question.ref
        return table.current_ref() if table is not None else ""

    def finish(self) -> None:
        """Keep what is being typed, before the page goes away."""
        for stop in self._items.stops():
            if isinstance(stop, QuestionRow | EntryTable):
                stop.finish()

    def _current_table(self) -> EntryTable | None:
        """The table that the keyboard is in."""
        focus = QApplication.focusWidget()
        tables = (stop for stop in self._items.stops() if isinstance(stop, EntryTable))
        return next((table for table in tables if focus is not None and table.isAncestorOf(focus)), None)

    def focusNextPrevChild(self, forward: bool) -> bool:  # Qt's name: Tab and Shift+Tab
        here: QWidget | None = QApplication.focusWidget()
        after = neighbour(self, here, forward=forward) if here is not None and self.isAncestorOf(here) else None
        if after is None:
            return super().focusNextPrevChild(forward)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        after.setFocus(reason)
        if self.isAncestorOf(after):
            self.ensureWidgetVisible(after, 0, 2 * _MARGIN)
        return True

    def _follow(self) -> None:
        # Cells of a table are no questions that one stands on: their rows are filled by pasting as well.
        row = self.current_row()
        here = row.question.ref if row is not None else ""
        if here != self._stands:
            self._stands = here
            self.stood_on.emit(here)

    def _go_on(self, row: object) -> None:
        after = self._behind(row) if row in self._items.stops() else []
        following = next((stop for stop in after if _takes_keys(stop)), None)
        if following is None:
            self.done.emit()
        else:
            self._focus(following)

    def _to_required(self) -> None:
        row = self.current_row()
        if row is not None and isinstance(QApplication.focusWidget(), QPlainTextEdit):
            row.finish()
            self._go_on(row)  # where Enter breaks the line, this is the key that goes on
            return
        self.finish()
        after = self._behind(self._stop_here())
        following = next((stop for stop in after if _lacks_answer(stop)), None)
        if following is None:
            self.required_wanted.emit()
        else:
            self._focus(following)

    def _beside(self, by: int) -> None:
        self.finish()
        stops = [stop for stop in self._items.stops() if _takes_keys(stop)]
        here = self._stop_here()
        place = stops.index(here) + by if here in stops else 0
        if 0 <= place < len(stops):
            self._focus(stops[place])

    def _stop_here(self) -> QWidget | None:
        """Where the keyboard is: a question, or the button that adds to a list."""
        focus = QApplication.focusWidget()
        if focus is None:
            return None
        return next((stop for stop in self._items.stops() if stop is focus or stop.isAncestorOf(focus)), None)

    def _behind(self, here: object) -> list[QWidget]:
        stops = self._items.stops()
        return stops[stops.index(here) + 1 :] if here in stops else stops

    def _focus(self, stop: object) -> None:
        if isinstance(stop, QWidget):
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(stop, 0, 2 * _MARGIN)

    def _bind(self, keys: str, signal: SignalInstance) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: signal.emit(self.current_ref()) if self.current_ref() else None)

    def _arrange(self, page: QWidget) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._closed)
        head.addWidget(self._count)
        inner = QWidget(page)
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + 4)
        nest(column, head)
        column.addWidget(self._items)
        column.addStretch(1)
        centred = QHBoxLayout(page)
        centred.setContentsMargins(_MARGIN, 2 * SPACE, _MARGIN, 2 * SPACE)
        centred.addWidget(inner)
        self.setWidget(page)


def _closes(item: Item) -> bool:
    """Whether something of an item is not asked now."""
    if isinstance(item, Block):
        return not item.relevant or any(not question.relevant for question in item.questions)
    return not item.relevant or any(_closes(inner) for one in item.instances for inner in one.items)


def _lacks_answer(stop: QWidget) -> bool:
    """Whether a stop is a question that must be answered and has no answer."""
    return _takes_keys(stop) and isinstance(stop, QuestionRow) and stop.question.required and not stop.question.value


def _takes_keys(stop: QWidget) -> bool:
    if isinstance(stop, QuestionRow):
        return stop.can_be_typed_in
    return not stop.isHidden()
