"""Repeats: a table of what there is, and the one instance that is being filled under it."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from officer_app.base.words import N_, Verbatim, message
from officer_app.checklists.view import Instance, RepeatBlock
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.questions import summaries
from officer_app.desktop.questions.entry_table import EntryTable, is_flat
from officer_app.desktop.questions.items import ItemsView
from officer_app.desktop.questions.question_row import QuestionRow
from officer_app.desktop.questions.reports import RepeatView, Reports, shown_whole
from officer_app.desktop.questions.sheets import heading
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text, rule
from officer_app.desktop.widgets.table import Column, DataTable

TABLE_KEYS: Final = "F7"
_ROWS_SHOWN: Final = 6


class RepeatTable(RepeatView):
    """Instances in a table; the current one opens under it."""

    def __init__(self, reports: Reports, parent: QWidget) -> None:
        super().__init__(parent)
        self._reports = reports
        self._block: RepeatBlock | None = None
        self._current = 0
        self._columns: tuple[Column, ...] = ()
        speech = reports.speech
        card = Card(parent=self)
        self._heading = heading(reports, card)
        self._count = Text(speech, kind=Kind.HINT, parent=card)
        self._none = Text(speech, message(N_("None yet.")), Kind.MUTED, parent=card)
        self._table = DataTable(speech, card)
        self._which = Text(speech, kind=Kind.SECTION, parent=card)
        self._editor = ItemsView(reports, framed=False, parent=card)
        self._entries = EntryTable(reports, card)
        self._entries.hide()
        self._turn = Button(speech, message(N_("As a table")), Look.QUIET, keys=TABLE_KEYS, parent=card)
        self.add = Button(speech, message(N_("Add another")), icon=Icon.ADD, parent=card)
        self.remove = Button(speech, message(N_("Remove this one")), Look.QUIET, icon=Icon.REMOVE, parent=card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self._arrange(card)
        self._table.chosen.connect(self._turn_to)
        self._table.opened.connect(lambda _key: self._focus_editor())
        self._turn.clicked.connect(reports.turn_tables)
        reports.tables_turned.connect(self._turn_table)
        self.add.clicked.connect(self._ask_for_more)
        self.remove.clicked.connect(self._ask_for_less)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def ref(self) -> str:
        """Which repeat it shows."""
        return self._block.ref if self._block is not None else ""

    @property
    def current(self) -> int:
        """The instance that is open, counted from one; nought while there is none."""
        return self._current

    @property
    def table(self) -> DataTable:
        """One line for each instance; hidden while there is only one."""
        return self._table

    def show_block(self, block: RepeatBlock) -> None:
        """Show the instances; a new last one is opened, and takes the keyboard from the list that it belongs to."""
        if not block.relevant and self._block is None:
            self.hide()
            return
        grown = (
            self._block is not None
            and self._block.ref == block.ref
            and len(block.instances) > len(self._block.instances)
        )
        self._block = block
        self.setVisible(block.relevant)
        count = len(block.instances)
        self._current = count if grown else min(max(self._current, 1), count)
        self._show_words(block)
        self._show_table(block)
        self._show_editor()
        self._show_entries(block)
        # A row that quick capture adds, or an undo, must not take the keyboard from where the officer types.
        if grown and not self._is_table() and self._holds_keyboard():
            self._focus_editor()

    def stops(self) -> list[QWidget]:
        """The open instance's questions, then the button for one more; as a table, its cells."""
        if self.isHidden():
            return []
        if self._is_table():
            return [self._entries]
        more = [self.add] if not self.add.isHidden() else []
        return [*(self._editor.stops() if self._current else []), *more]

    def open_at(self, ref: str) -> bool:
        """Open the entry that holds a question; True when the keyboard is in its cell already."""
        found = re.match(r"\[(\d+)\]", ref.removeprefix(self.ref)) if self.ref and ref.startswith(self.ref) else None
        if self.isHidden() or found is None or self._block is None:
            return False
        if self._is_table() and self._entries.open_at(ref):
            return True
        if self._is_table():
            self._reports.turn_tables()  # what is no cell, such as a picture, stands in the form of its entry
        if self._current != int(found[1]) <= len(self._block.instances):
            self._current = int(found[1])
            self._show_table(self._block)
            self._show_editor()
            self._reports.turned.emit()
        return self._editor.open_at(ref)

    def _is_table(self) -> bool:
        return self._reports.as_tables and self._block is not None and self._current > 0 and is_flat(self._block)

    def _turn_table(self) -> None:
        if self._block is None or self.isHidden():
            return
        held = self._turn.hasFocus() or self._entries.grid.hasFocus() or self._holds_keyboard()
        if self._reports.as_tables:
            for stop in self._editor.stops():
                if isinstance(stop, QuestionRow):
                    stop.finish()
        self.show_block(self._block)
        if held:
            self._reports.focus_wanted.emit(self._entries) if self._is_table() else self._focus_editor()

    def _holds_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _show_entries(self, block: RepeatBlock) -> None:
        """The table in place of the form of one entry, or beside nothing."""
        table = self._is_table()
        self._turn.setVisible(self._current > 0 and is_flat(block))
        self._turn.set_text(message(N_("One at a time")) if table else message(N_("As a table")))
        self._entries.setVisible(table)
        if table:
            for part in (self._table, self._which, self._editor, self.add, self.remove):
                part.hide()
            self._entries.show_block(block)

    def _show_words(self, block: RepeatBlock) -> None:
        count = len(block.instances)
        self._heading.set_text(Verbatim(block.label) if block.label else None)
        self._count.set_text(message("{n:count}", n=count) if count > 1 else None)
        self._none.setVisible(count == 0)
        for button in (self.add, self.remove):
            button.setVisible(not block.fixed)
        self.remove.setVisible(not block.fixed and count > 0)

    def _show_table(self, block: RepeatBlock) -> None:
        # One instance needs no table: its questions stand there.
        self._table.setVisible(len(block.instances) > 1)
        columns = summaries.columns(block)
        self._table.blockSignals(True)
        if columns != self._columns:
            self._columns = columns
            self._table.set_columns(columns)
        self._table.show_rows(summaries.rows(block))
        if self._current:
            self._table.setCurrentIndex(self._table.model().index(self._current - 1, 0))
        self._table.blockSignals(False)
        shown = min(len(block.instances), _ROWS_SHOWN)
        self._table.setFixedHeight(shown * 40 + 34)

    def _show_editor(self) -> None:
        instance = self._instance()
        self._editor.setVisible(instance is not None)
        many = self._block is not None and len(self._block.instances) > 1
        title = message(N_("No. {n:count}"), n=self._current)
        self._which.set_text(title if many and instance is not None else None)
        if instance is not None:
            self._editor.show_items(instance.items)

    def _instance(self) -> Instance | None:
        if self._block is None or not self._current:
            return None
        return self._block.instances[self._current - 1]

    def _turn_to(self, key: str) -> None:
        self._current = int(key)
        self._show_editor()
        self._reports.turned.emit()

    def _focus_editor(self) -> None:
        stops = self._editor.stops()
        if stops:
            self._reports.focus_wanted.emit(stops[0])

    def _ask_for_more(self) -> None:
        if self._block is not None:
            self._reports.repeat_added.emit(self._block.ref)

    def _ask_for_less(self) -> None:
        if self._block is not None and self._current:
            self._reports.repeat_removed.emit(self._block.ref, self._current)

    def _arrange(self, card: Card) -> None:
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._turn)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.add)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        card.body.setSpacing(SPACE + 4)
        nest(card.body, head)
        for part in (self._none, self._table, self._entries, self._which, self._editor):
            card.body.addWidget(part)
        nest(card.body, foot)


class RepeatList(RepeatView):
    """A fixed repeat, whole: each instance's questions under its own words."""

    def __init__(self, reports: Reports, parent: QWidget) -> None:
        super().__init__(parent)
        self._reports = reports
        self._card = Card(parent=self)
        self._heading = heading(reports, self._card)
        self._card.body.addWidget(self._heading)
        self._card.body.setSpacing(SPACE + 4)
        self._views: list[tuple[ItemsView, QWidget | None]] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_block(self, block: RepeatBlock) -> None:
        """Show every instance."""
        self.setVisible(block.relevant and bool(block.instances))
        if not block.relevant and not self._views:
            return
        self._heading.set_text(Verbatim(block.label) if block.label else None)
        while len(self._views) > len(block.instances):
            self._drop(*self._views.pop())
        for place, instance in enumerate(block.instances):
            if place == len(self._views):
                self._views.append(self._make(first=place == 0))
            self._views[place][0].show_items(instance.items)

    def stops(self) -> list[QWidget]:
        """All questions, in order."""
        if self.isHidden():
            return []
        return [stop for view, _line in self._views for stop in view.stops()]

    def _make(self, *, first: bool) -> tuple[ItemsView, QWidget | None]:
        line = None if first else rule(parent=self._card)
        if line is not None:
            self._card.body.addWidget(line)
        view = ItemsView(self._reports, framed=False, parent=self._card)
        self._card.body.addWidget(view)
        # At once, not with the next event: the keyboard may be on its way to the first question.
        for part in (line, view):
            if part is not None:
                part.show()
        return view, line

    def _drop(self, view: ItemsView, line: QWidget | None) -> None:
        for part in (view, line):
            if part is not None:
                self._card.body.removeWidget(part)
                part.hide()
                part.deleteLater()


def repeat_view(reports: Reports, block: RepeatBlock, parent: QWidget) -> RepeatView:
    """The way to show a repeat: whole when it is fixed and short, else as a table."""
    if shown_whole(block):
        return RepeatList(reports, parent)
    return RepeatTable(reports, parent)
