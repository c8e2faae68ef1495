"""A list as a spreadsheet: a row for each entry, cells to type into, rows pasted in as they were copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.checklists.view import Question, QuestionType, RepeatBlock, ViolationKind
from officer_app.desktop.kit.theme import HALF, SPACE, Role, font
from officer_app.desktop.questions import cell_reading, summaries
from officer_app.desktop.questions.noting import NoteLine
from officer_app.desktop.questions.reports import Reports
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.sheet import Entry, SheetCell, SheetGrid, SheetRow
from officer_app.desktop.widgets.table import Column, ColumnKind

Index = QModelIndex | QPersistentModelIndex
SPARE: Final = "+"
_STATE: Final = "state"
_NARROWEST: Final = 108
_KEYS: Final = N_(
    "Type to write, Enter goes down, Tab right. Ctrl+V takes rows from Excel, Ctrl+− removes a row, F5 notes."
)
_WIDEST: Final = 190


class EntryGrid(SheetGrid):
    """Gives out what was typed and pasted as it is: the questions say what fits. `pasted(row, column, text)`."""

    pasted = Signal(int, int, str)
    moved = Signal()

    def take(self, index: Index, text: str) -> None:
        """What was typed, unless it is what stands there."""
        if index.isValid() and text.strip() != self.cell(index).value:
            self.edited.emit(self.row_key(index), self.column(index).key, text.strip())

    def paste(self, text: str) -> None:
        """A block from a spreadsheet, from the cursor on."""
        here = self.currentIndex()
        if here.isValid() and text.strip():
            self.pasted.emit(here.row(), here.column(), text)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()
        area = _page_around(self)
        page = area.widget() if area is not None else None
        if current.isValid() and area is not None and page is not None and self.hasFocus():
            at = self.viewport().mapTo(page, QPoint(self.visualRect(current).center()))
            area.ensureVisible(at.x(), at.y(), 0, 8 * SPACE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """As high as its rows; a bar below when the columns are wider than the page."""
        header = self.horizontalHeader()
        wide = sum(header.sectionSize(place) for place in range(header.count())) > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        rows = self.verticalHeader().length()
        self.setFixedHeight(rows + header.sizeHint().height() + bar + 2)


class EntryTable(QWidget):
    """The list of a repeat whose entries have no lists of their own. Reports what was done by `Reports`.

    What was typed or pasted and is no answer stays in its cell, marked, until it is changed; it is never stored.
    """

    def __init__(self, reports: Reports, parent: QWidget) -> None:
        super().__init__(parent)
        self._reports = reports
        self._block: RepeatBlock | None = None
        self._asked: tuple[Question, ...] = ()
        self._untaken: dict[str, str] = {}
        self._pasted: Mapping[str, str] = {}
        self._beyond = 0
        self.grid = EntryGrid(reports.speech, self)
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.grid.horizontalHeader().setMinimumSectionSize(_NARROWEST)
        self._told = Text(reports.speech, None, Kind.ERROR, wrap=True, parent=self)
        self._noted = Text(reports.speech, None, Kind.SMALL, wrap=True, parent=self)
        self._note_line = NoteLine(reports.speech, self)
        self._note_line.hide()
        self._note_ref = ""
        self._keys = Text(reports.speech, message(_KEYS), Kind.HINT, wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        for part in (self.grid, self._told, self._noted, self._note_line, self._keys):
            column.addWidget(part)
        self.setFocusProxy(self.grid)
        self.grid.edited.connect(self._typed)
        self.grid.pasted.connect(self._paste)
        self.grid.removed.connect(self._remove)
        self.grid.left.connect(self._leave)
        self.grid.moved.connect(self._show_noted)
        self._note_line.kept.connect(lambda words, unseen: reports.note_kept.emit(self._note_ref, words, unseen))
        self._note_line.closed.connect(self._close_note)

    def show_block(self, block: RepeatBlock) -> None:
        """Show the entries, and one that waits for the next."""
        if self._block is None or self._block.ref != block.ref:
            self._untaken, self._pasted = {}, {}
        self._block = block
        self._asked = cell_reading.asked_in_cells(block)
        self._forget_what_was_taken_back(block)
        self._reports.speech.name(self.grid, Verbatim(block.label))
        rows = [self._row(block, at) for at in range(len(block.instances))]
        editable = any(cell.entry is not Entry.FIXED for row in rows for cell in row.cells) or not rows
        if editable and not block.fixed and self._asked:
            rows.append(self._spare())
        self.grid.show_sheet(self._columns(), tuple(rows), editable=editable)
        self.grid.fit()
        self._keys.setVisible(editable)
        self._told.set_text(self._not_taken())
        self._show_noted()

    def current_ref(self) -> str:
        """The question whose cell the cursor is on, or nothing."""
        index = self.grid.currentIndex()
        if self._block is None or not index.isValid() or not index.column() < len(self._asked):
            return ""
        at = index.row()
        if at >= len(self._block.instances):
            return ""  # an entry that is still to come has no question yet
        return cell_reading.question_at(self._block, self._asked[index.column()], at).ref

    def open_note(self, ref: str) -> None:
        """The line for a note at the question of a cell, under the table."""
        self._note_line.finish()
        self._note_ref = ref
        self._note_line.open_note(self._reports.around.noted(ref), not_seen=False)

    def finish(self) -> None:
        """Keep the note that is being written."""
        if not self._note_line.isHidden():
            self._note_line.finish()

    def noted(self) -> str:
        """The note at the question whose cell the cursor is on, as it is shown."""
        return "" if self._noted.isHidden() else self._noted.text()

    def _close_note(self) -> None:
        self._note_line.hide()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_noted(self) -> None:
        ref = self.current_ref()
        found = self._reports.around.noted(ref) if ref else None
        self._noted.set_text(found.sentence if found is not None else None)
        self._noted.setVisible(found is not None)
        self._noted.set_tone(Role.LOOK if found is not None and found.not_seen else None)

    def complaint(self) -> str:
        """What stands under the table in red."""
        return self._told.text()

    def open_at(self, ref: str) -> bool:
        """The cursor on a question's cell; False when it has none."""
        if self._block is None:
            return False
        for at in range(len(self._block.instances)):
            for place, column in enumerate(self._asked):
                if cell_reading.question_at(self._block, column, at).ref == ref:
                    self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
                    self.grid.setCurrentIndex(self.grid.model().index(at, place))
                    return True
        return False

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column, ...]:
        made = tuple(_column(question, first=place == 0) for place, question in enumerate(self._asked))
        return (*made, Column(_STATE, message(N_("State")), width=_NARROWEST))

    def _row(self, block: RepeatBlock, at: int) -> SheetRow:
        instance = block.instances[at]
        cells = [self._cell(cell_reading.question_at(block, column, at)) for column in self._asked]
        state = SheetCell(words=summaries.state_words(instance))
        return SheetRow(str(at), (*cells, state), removable=not block.fixed)

    def _cell(self, question: Question) -> SheetCell:
        left = self._untaken.get(question.ref)
        if left is not None:
            why = cell_reading.why_not(question, left) if question.relevant else cell_reading.NOT_ASKED
            return SheetCell(
                left, words=Verbatim(left), entry=_entry(question), choices=_choices(question), wrong=why
            )
        if not question.relevant:
            if question.value and self._pasted.get(question.ref) == question.value:
                words = Verbatim(summaries.shown_answer(question))
                return SheetCell(question.value, words=words, wrong=cell_reading.NOT_ASKED)
            return SheetCell(words=Verbatim("—"), tip=cell_reading.NOT_ASKED)
        several = question.type is QuestionType.SELECT_MULTIPLE
        noted = self._reports.around.noted(question.ref)
        return SheetCell(
            question.value,
            words=Verbatim(summaries.shown_answer(question)) if several else None,
            entry=_entry(question),
            choices=_choices(question),
            wrong=_wrong(question),
            tip=noted.sentence if noted is not None else Verbatim(question.hint) if question.hint else None,
            noted=noted is not None,
        )

    def _spare(self) -> SheetRow:
        tip = message(N_("Type here for another row"))
        cells = [SheetCell(entry=_entry(one), choices=_choices(one), tip=tip) for one in self._asked]
        return SheetRow(SPARE, (*cells, SheetCell()), spare=True)

    def _not_taken(self) -> Sayable | None:
        told: list[Sayable] = []
        left = len(self._untaken)
        if left == 1:
            told.append(message(N_("One cell is no answer. It is marked ■ and not saved.")))
        elif left:
            told.append(message(N_("{n:count} cells are no answers. They are marked ■ and not saved."), n=left))
        if self._beyond:
            told.append(message(N_("{n:count} cells lay outside the table and were left out."), n=self._beyond))
        return message("{things}", things=tuple(told)) if told else None

    def _forget_what_was_taken_back(self, block: RepeatBlock) -> None:
        """A paste that was undone leaves no cell behind that was not taken."""
        values = {q.ref: q.value for one in block.instances for q in summaries.questions_of(one.items)}
        if self._pasted and not any(values.get(ref) == text for ref, text in self._pasted.items()):
            self._pasted, self._untaken, self._beyond = {}, {}, 0
        self._untaken = {ref: text for ref, text in self._untaken.items() if ref in values}

    # --- what is done ----------------------------------------------------------------------------------------------

    def _typed(self, key: str, column: str, text: str) -> None:
        question = next((one for one in self._asked if one.name == column), None)
        if self._block is None or question is None:
            return
        at = len(self._block.instances) if key == SPARE else int(key)
        own = cell_reading.question_at(self._block, question, at)
        stored = cell_reading.read_cell(own, text, self._reports.around.today)
        ref = cell_reading.ref_at(self._block, question, at)
        had = self._untaken.pop(ref, None)
        if stored is None:
            self._untaken[ref] = text
        if key == SPARE:
            if stored != "":
                self._reports.rows_entered.emit(self._block.ref, 1, {} if stored is None else {ref: stored})
        elif stored is not None and stored != own.value:
            self._reports.answered.emit(ref, stored)
        elif stored is None or had is not None:
            self.show_block(self._block)

    def _paste(self, row: int, column: int, text: str) -> None:
        block = self._block
        if block is None:
            return
        lines = cell_reading.lines_of(text)[: cell_reading.MOST_ROWS]
        today = self._reports.around.today
        found = cell_reading.placed(block, lines, row, column, today, grows=not block.fixed)
        self._untaken = {ref: left for ref, left in self._untaken.items() if ref not in found.answers}
        self._untaken |= found.untaken
        self._pasted, self._beyond = found.answers, found.beyond
        if found.adds or found.answers:
            self._reports.rows_entered.emit(block.ref, found.adds, found.answers)
        else:
            self.show_block(block)

    def _remove(self, key: str) -> None:
        if self._block is not None:
            # What was not taken stands by the number of its row, and the rows move up.
            self._untaken = {}
            self._reports.repeat_removed.emit(self._block.ref, int(key) + 1)

    def _leave(self, forward: bool) -> None:
        if forward:
            self._reports.left.emit(self)


def is_flat(block: RepeatBlock) -> bool:
    """Whether a list can be a table: its entries have no lists of their own."""
    return all(not isinstance(item, RepeatBlock) for one in block.instances for item in one.items)


def _column(question: Question, *, first: bool) -> Column:
    kind = ColumnKind.MONEY if question.type in summaries.NUMBERS else ColumnKind.TEXT
    wanted = QFontMetrics(font()).horizontalAdvance(question.label) + 3 * SPACE
    return Column(question.name, Verbatim(question.label), kind, min(_WIDEST, max(_NARROWEST, wanted)), stretch=first)


def _entry(question: Question) -> Entry:
    if question.readonly or not question.relevant or question.type is QuestionType.SELECT_MULTIPLE:
        return Entry.FIXED
    if question.type is QuestionType.SELECT_ONE:
        return Entry.CHOICE
    return Entry.NUMBER if question.type in summaries.NUMBERS else Entry.TEXT


def _choices(question: Question) -> tuple[tuple[str, str], ...]:
    return tuple((choice.name, choice.label) for choice in question.choices)


def _wrong(question: Question) -> Sayable | None:
    violation = question.violation
    if violation is None or violation.kind is not ViolationKind.CONSTRAINT:
        return None
    told: Sayable = Verbatim(violation.text) if violation.text else violation.message
    return told


def _page_around(widget: QWidget) -> QScrollArea | None:
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above
