"""The evening entry: what was written on the paper field sheet, typed in its order and by its numbers.

A page of it is one part of the sheet. Enter goes from line to line and on to the next page; a number typed into the
box above leads to the question that has it on the paper. The log of the visit says that it was typed from paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIntValidator, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.fieldsheets import order_of
from officer_app.checklists.onpaper import Asked, Part, Several
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Item, RepeatBlock
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.questions.kinds import Surroundings
from officer_app.desktop.questions.repeats import repeat_view
from officer_app.desktop.questions.reports import Reports
from officer_app.desktop.screens.visit.evening_rows import EveningLine, EveningList
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import NumberField, Said

KEYS: Final = "Ctrl+E"
_JUMP_KEYS: Final = "Ctrl+G"
_WIDEST: Final = 980
_MARGIN: Final = 3 * SPACE
_PLACES: Final = {
    "shop": N_("At the shop"),
    "home": N_("At the home"),
    "desk": N_("At the table"),
    "": N_("Anywhere"),
}


class EveningPanel(QWidget):
    """Stands in place of the page. It reports what is done as the page does; `closed()` when one wants back to it."""

    answered = Signal(str, str)
    repeat_added = Signal(str)
    repeat_removed = Signal(str, int)
    rows_entered = Signal(str, int, object)
    attach_wanted = Signal(str)
    note_wanted = Signal(str)
    note_kept = Signal(str, str, bool)
    closed = Signal()

    def __init__(self, work: Workplace, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        speech = work.speech
        self._parts: tuple[Part, ...] = ()
        self._of = ""  # which visit's sheet it is
        self._page = 0
        self._opened: OpenCase | None = None
        self._lines: list[EveningLine | EveningList] = []
        self._reports = Reports(speech, around, repeat_view, self)
        self._title = Text(speech, kind=Kind.HEAD, wrap=True, parent=self)
        self._where = Text(speech, kind=Kind.HINT, parent=self)
        self._told = Text(speech, None, Kind.SMALL, wrap=True, parent=self)
        self.jump = QLineEdit(self)
        self._close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._scroll = QScrollArea(self)
        self._inner = QWidget(self)
        self._column = QVBoxLayout(self._inner)
        self._arrange()
        self._connect()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_visit(self, opened: OpenCase) -> None:
        """The sheet of the open visit, at the first line that has no answer."""
        desk, record = self._work.desk, opened.visit.record

        def show(parts: tuple[Part, ...]) -> None:
            self._of, self._parts = str(record.id), parts
            self._turn_to(self._first_open(opened.session))
            QTimer.singleShot(0, self, self.focus_first)

        if self._of == record.id:
            show(self._parts)
        else:
            self._work.run(lambda _progress, _cancelled: order_of(desk, record), show, owner=self)

    def refresh(self) -> None:
        """Show what has become of the questions on this page."""
        opened = self._work.open_case
        if opened is None or self.isHidden():
            return
        language = self._work.speech.language
        for line in self._lines:
            if isinstance(line, EveningLine):
                line.show_question(opened.session.question(line.ref, language))
            else:
                block = list_at(opened.session, line.ref, language)
                if block is not None:
                    line.show_block(block)
        self._tell()

    def step(self, by: int) -> None:
        """Another page of the sheet."""
        page = min(len(self._parts) - 1, max(0, self._page + by))
        if page != self._page:
            self._turn_to(page)
            self.focus_first()

    def jump_to(self, number: int) -> bool:
        """The keyboard on the question with this number; False when the paper has none."""
        for page, part in enumerate(self._parts):
            for item in part.items:
                first, last = _span(item)
                if first <= number <= last:
                    if page != self._page:
                        self._turn_to(page)
                    self._focus(next(line for line in self._lines if line.number == first))
                    return True
        return False

    def focus_first(self) -> None:
        """The keyboard on the first line without an answer, else on the first."""
        lines = [line for line in self._lines if line.takes_keys]
        blank = [line for line in lines if not line.is_answered]
        for line in (blank or lines)[:1]:
            self._focus(line)

    def finish(self) -> None:
        """Keep what is being typed."""
        for line in self._lines:
            line.finish()

    def said(self, ref: str) -> Said | None:
        """What was typed as it was said in the field of a question."""
        fields = (line.field for line in self._lines if isinstance(line, EveningLine) and line.ref == ref)
        return next((field.said(field.value()) for field in fields if isinstance(field, NumberField)), None)

    def open_note(self, ref: str) -> None:
        """A note at a cell of a list; at a line of its own it is written on the page of the checklist."""
        for line in self._lines:
            if isinstance(line, EveningList) and line.table.current_ref() == ref:
                line.table.open_note(ref)

    def lines(self) -> tuple[EveningLine | EveningList, ...]:
        """What stands on this page, in order."""
        return tuple(self._lines)

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._opened = self._work.open_case
        if self._opened is not None and not event.spontaneous():
            self._opened.from_paper(begins=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._opened is not None and not event.spontaneous():
            self._opened.from_paper(begins=False)
            self._opened = None

    # --- inside -----------------------------------------------------------------------------------------------------

    def _first_open(self, session: FormSession) -> int:
        """The page to begin with: the first that has a line without an answer."""
        for page, part in enumerate(self._parts):
            for item in part.items:
                if isinstance(item, Asked):
                    question = session.question(item.ref, self._work.speech.language)
                    if question.relevant and not question.readonly and not question.value:
                        return page
        return 0

    def _turn_to(self, page: int) -> None:
        opened = self._work.open_case
        if opened is None or not self._parts:
            return
        self.finish()
        self._page = page
        clear(self._column)
        self._lines = list(self._made(opened.session, self._parts[page]))
        for line in self._lines:
            line.left.connect(lambda line=line: self._go_on(line))
            self._column.addWidget(line)
            line.show()
        self._column.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self._tell()

    def _made(self, session: FormSession, part: Part) -> Iterator[EveningLine | EveningList]:
        language, page = self._work.speech.language, self._inner
        for item in part.items:
            if isinstance(item, Asked):
                yield EveningLine(self._reports, item.number, session.question(item.ref, language), page)
                continue
            block = list_at(session, item.ref, language)
            if block is not None:
                yield EveningList(self._reports, *_span(item), block, page)

    def _tell(self) -> None:
        part = self._parts[self._page]
        place = message(_PLACES.get(part.place, _PLACES[""]))
        self._title.set_text(message(N_("{place} · {section}"), place=place, section=part.section))
        asked = [line for line in self._lines if line.takes_keys and isinstance(line, EveningLine)]
        done = sum(line.is_answered for line in asked)
        words = N_("Page {page:count} of {pages:count} · {done:count} / {all:count}")
        self._where.set_text(message(words, page=self._page + 1, pages=len(self._parts), done=done, all=len(asked)))

    def _go_on(self, line: EveningLine | EveningList) -> None:
        after = [one for one in self._lines[self._lines.index(line) + 1 :] if one.takes_keys]
        if after:
            self._focus(after[0])
        else:
            self.step(1)

    def _focus(self, line: EveningLine | EveningList) -> None:
        # A page that has just been made lays itself out only now; before, nothing is where it will be.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        line.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(line, 0, 2 * _MARGIN)

    def _jump(self) -> None:
        text = self.jump.text()
        found = bool(text) and self.jump_to(int(text))
        self.jump.setText("")
        self._told.set_text(
            None if found or not text else message(N_("The paper has no number {n:count}."), n=int(text))
        )

    def _list_left(self, table: object) -> None:
        for line in self._lines:
            if isinstance(line, EveningList) and line.table is table:
                self._go_on(line)
                return

    def _connect(self) -> None:
        for signal, ours in (
            (self._reports.answered, self.answered),
            (self._reports.repeat_added, self.repeat_added),
            (self._reports.repeat_removed, self.repeat_removed),
            (self._reports.rows_entered, self.rows_entered),
            (self._reports.attach_wanted, self.attach_wanted),
            (self._reports.note_wanted, self.note_wanted),
            (self._reports.note_kept, self.note_kept),
        ):
            signal.connect(ours)
        self._reports.left.connect(self._list_left)
        self._close.clicked.connect(self.closed)
        self.jump.returnPressed.connect(self._jump)
        self._work.speech.changed.connect(self.refresh)
        for keys, action in (("Esc", self.closed.emit), (_JUMP_KEYS, self._go_jumping)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _go_jumping(self) -> None:
        self.jump.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.jump.selectAll()

    def _arrange(self) -> None:
        speech = self._work.speech
        self._told.hide()
        self.jump.setValidator(QIntValidator(1, 9999, self))
        self.jump.setFixedWidth(132)
        speech.put(self.jump, message(N_("No., Enter")), "setPlaceholderText")
        speech.name(self.jump, message(N_("Number on the paper")))
        speech.tip(self.jump, message(N_("Type the number that a question has on the paper (Ctrl+G)")))
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        ways = QHBoxLayout()
        ways.setSpacing(SPACE)
        ways.addWidget(self._where, 1)
        ways.addWidget(self.jump)
        honest = message(
            N_("From the paper field sheet. What you type here is recorded as entered later, with the time.")
        )
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 2 * SPACE, _MARGIN, SPACE)
        top.setSpacing(SPACE)
        nest(top, head)
        nest(top, ways)
        top.addWidget(Text(speech, honest, Kind.SMALL, wrap=True, parent=self))
        top.addWidget(self._told)
        page = QWidget()
        self._inner.setParent(page)
        self._inner.setMaximumWidth(_WIDEST)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        centred = QHBoxLayout(page)
        centred.setContentsMargins(_MARGIN - SPACE, SPACE, _MARGIN, 2 * SPACE)
        centred.addWidget(self._inner)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, top)
        column.addWidget(self._scroll, 1)


def _span(item: Asked | Several) -> tuple[int, int]:
    """The first and last number of a line."""
    if isinstance(item, Asked):
        return item.number, item.number
    numbers = [one.number for one in item.questions]
    return (min(numbers), max(numbers)) if numbers else (0, -1)


def list_at(session: FormSession, ref: str, language: str) -> RepeatBlock | None:
    """A list of the checklist; None while the entry that holds it is not there."""
    return next(
        (found for section in session.sections(language) for found in _lists(section.items) if found.ref == ref), None
    )


def _lists(items: tuple[Item, ...]) -> Iterator[RepeatBlock]:
    for item in items:
        if isinstance(item, RepeatBlock):
            yield item
            for one in item.instances:
                yield from _lists(one.items)
