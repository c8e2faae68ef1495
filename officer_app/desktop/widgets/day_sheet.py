"""Where the pictures were taken: the sketch with its hours, what comes of it, and each picture in a line."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework.days import Day, Entry
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.evidence.findings import Verdict
from officer_app.plots.primitives import Drawing
from officer_app.plots.sketch import sketch

STATES: Final = {
    Verdict.PASS: State.PASSED,
    Verdict.CANNOT_TELL: State.CANNOT_TELL,
    Verdict.LOOK_CLOSER: State.LOOK,
    Verdict.STOP: State.STOP,
}
_ASIDE: Final = 316
_LEAST_HIGH: Final = 220
_COLUMNS: Final = (
    Column("number", message(N_("Order")), ColumnKind.COUNT, width=48),
    Column("what", message(N_("Picture")), stretch=True),
    Column("state", message(N_("Fits")), width=104),
)
_WAY: Final = N_("{at:time} · {far:metres}, {speed:count} km/h")
_FIRST: Final = N_("{at:time}")
_NO_PLACE: Final = N_("{at:time} · no place")
_HONEST: Final = N_("Times and places are the camera's own claims; whoever forges them can make them match.")
_FAST: Final = 99_999


class DaySheet(QWidget):
    """`opened(photo)` for a picture, `closed()` by Esc, `asked(which)` for another day or the other view."""

    opened = Signal(str)
    closed = Signal()
    asked = Signal(str)

    def __init__(
        self,
        speech: Speech,
        back: Sayable,
        views: tuple[tuple[str, Message, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self._day: Day | None = None
        self.title = Text(speech, kind=Kind.SECTION, wrap=True, parent=self)
        self.views = {which: Button(speech, words, keys=keys, parent=self) for which, words, keys in views}
        for which, _words, keys in views:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # the table would search by letters
            shortcut.activated.connect(partial(self._ask, which))
        self.back = Button(speech, back, keys="Esc", parent=self)
        self.canvas = PlotCanvas(speech)
        self.table = DataTable(speech, self)
        self.table.set_columns(_COLUMNS)
        speech.name(self.table, message(N_("Pictures by time")))
        self._told = QWidget(self)
        self._sentences = QVBoxLayout(self._told)
        self._arrange()
        self._connect()

    def show_day(self, day: Day) -> None:
        """Show a visit or a day; the keyboard goes to the first picture."""
        self._day = day
        self.title.set_text(day.title)
        self._draw()
        clear(self._sentences)
        for one in day.told:
            self._sentences.addWidget(Pill(self._speech, STATES[one.verdict], parent=self._told))
            self._sentences.addWidget(Text(self._speech, one.sentence, Kind.SMALL, wrap=True, parent=self._told))
        if day.untimed:
            words = message(N_("{count:count} pictures tell no time and are not shown."), count=day.untimed)
            self._sentences.addWidget(Text(self._speech, words, Kind.SMALL, wrap=True, parent=self._told))
        self._sentences.addWidget(Text(self._speech, message(_HONEST), Kind.HINT, wrap=True, parent=self._told))
        self.table.show_rows(tuple(_row(entry) for entry in day.entries))
        if day.entries and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.model().index(0, 0))

    def offer(self, which: str, *, on: bool) -> None:
        """Whether one of the other views can be asked for."""
        self.views[which].setEnabled(on)

    def begin(self) -> None:
        """The keyboard begins in the list."""
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self, which: str) -> None:
        if self.views[which].isEnabled():
            self.asked.emit(which)

    def _draw(self) -> None:
        day = self._day
        if day is None:
            return
        room = float(max(self._ground.height() - 2, _LEAST_HIGH))

        def draw(width: float, em: float) -> Drawing | None:
            return sketch(day.ground, width=width, em=em, height=room)

        self.canvas.show_plot(draw)

    def _pressed(self, which: str, _checked: bool = False) -> None:
        self._ask(which)

    def _pointed(self, photo: str) -> None:
        """A click on a mark marks its line; the line's picture opens by Enter."""
        for row in range(self.table.model().rowCount()):
            index = self.table.model().index(row, 0)
            if self._day is not None and str(self._day.entries[row].taken.photo) == photo:
                self.table.setCurrentIndex(index)
                self.table.setFocus()

    def _opened(self, photo: str) -> None:
        entries = self._day.entries if self._day is not None else ()
        if any(str(one.taken.photo) == photo and one.taken.named for one in entries):
            self.opened.emit(photo)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.table.opened.connect(self._opened)
        self.canvas.source_chosen.connect(self._pointed)
        for which, button in self.views.items():
            button.clicked.connect(partial(self._pressed, which))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.title, 1)
        for button in (*self.views.values(), self.back):
            head.addWidget(button)
        self._ground = _Ground(self)
        self._ground.resized.connect(self._draw)
        ground = QVBoxLayout(self._ground)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(self.canvas)
        ground.addStretch(1)
        self._sentences.setContentsMargins(0, 0, 0, 0)
        self._sentences.setSpacing(HALF)
        told = Page(self)
        told.body.setContentsMargins(0, 0, SPACE, 0)
        told.body.addWidget(self._told)
        told.body.addStretch(1)
        aside = QWidget(self)
        aside.setFixedWidth(_ASIDE)
        side = QVBoxLayout(aside)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(SPACE)
        side.addWidget(told, 2)
        side.addWidget(self.table, 3)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self._ground, 1)
        row.addWidget(aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        nest(column, head)
        nest(column, row, 1)


class _Ground(QWidget):
    """The room that the sketch has: as high as the window leaves it."""

    resized = Signal()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _LEAST_HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def _row(entry: Entry) -> Row:
    words = entry.taken.words
    what = Cell(words, below=_when(entry), muted=not entry.taken.named, tip=words)
    number = Cell(number=Decimal(entry.number))
    return Row(str(entry.taken.photo), (number, what, Cell(state=STATES[entry.verdict])))


def _when(entry: Entry) -> Sayable:
    at = local_time(entry.taken.at) if entry.taken.at is not None else None
    if entry.taken.place is None:
        return message(_NO_PLACE, at=at)
    way = entry.way
    if way is None:
        return message(_FIRST, at=at)
    far, speed = way.metres.quantize(Decimal(1)), min(round(way.kmh), _FAST)
    return message(_WAY, at=at, far=far, speed=speed)
