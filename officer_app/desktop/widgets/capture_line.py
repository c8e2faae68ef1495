"""A slim line over the page: what was said goes in, up to five places come out; empty, it shows the tray."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import ElidedText, Kind, Text, rule
from officer_app.desktop.widgets.table import Column, DataTable, Row

KEYS: Final = "Ctrl+K"
_PAUSE_MS: Final = 120
_VALUE_WIDTH: Final = 330
_MOST: Final = 6


class CaptureLine(QWidget):
    """`sought(text)` after a short pause; `filed(key)` by Enter; `kept(text)` into the tray by Ctrl+Enter.

    Another place: arrows or Tab mark it, Ctrl+2 files there at once. Where a line says several things the rows are
    its parts: Enter files all, Tab gives the marked part its next place (`place_wanted(key, by)`), Ctrl+2 its second.
    On the tray: `taken(key)` by Enter, `dropped(key)` by Delete, `noted(key)` by Ctrl+Enter. `undone()` by Ctrl+Z on
    an empty line, `days_turned()` by Ctrl+D, `left()` by Esc.
    """

    sought = Signal(str)
    filed = Signal(str)
    kept = Signal(str)
    taken = Signal(str)
    dropped = Signal(str)
    noted = Signal(str)
    place_wanted = Signal(str, int)
    undone = Signal()
    days_turned = Signal()
    left = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._on_tray = True
        self._several = False
        self.line = QLineEdit(self)
        hint = message(N_("As it was said: rent 9,800 a month; owes his brother 60k, not told"))
        speech.put(self.line, hint, "setPlaceholderText")
        speech.name(self.line, message(N_("Quick capture")))
        self.later = Button(speech, message(N_("Keep for later")), keys="Ctrl+Return", parent=self)
        self.days = Button(speech, None, Look.QUIET, keys="Ctrl+D", parent=self)
        self.close_button = Button(speech, message(N_("Close")), Look.QUIET, keys="Esc", parent=self)
        self.table = DataTable(speech, self)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.horizontalHeader().hide()
        self.table.set_columns(
            (
                Column("where", message(N_("Question")), stretch=True),
                Column("value", message(N_("To be filed")), width=_VALUE_WIDTH),
            )
        )
        self._told = ElidedText(speech, kind=Kind.MUTED, parent=self)
        self._keys = Text(speech, kind=Kind.HINT, parent=self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._seek)
        self._arrange()
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.installEventFilter(self)
        self.table.opened.connect(self._enter)
        self.table.clicked.connect(lambda _index: self._enter())
        self.later.clicked.connect(self._keep)
        self.days.clicked.connect(self.days_turned)
        self.close_button.clicked.connect(self.left)
        self.setFocusProxy(self.line)

    # --- what the presenter does -----------------------------------------------------------------------------------

    def show_rows(
        self,
        rows: tuple[Row, ...],
        *,
        tray: bool,
        several: bool = False,
        marked: int = 0,
        nothing: Sayable | None = None,
    ) -> None:
        """Places to file under, the parts of a line, or the tray; one is marked."""
        self._on_tray, self._several = tray, several
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.setCurrentIndex(self.table.model().index(min(marked, len(rows) - 1), 0))
            tall = self.table.verticalHeader().defaultSectionSize()
            self.table.setFixedHeight(tall * min(len(rows), _MOST) + 2)
        self.later.setVisible(bool(self.line.text().strip()) or (tray and bool(rows)))
        typed = bool(self.line.text().strip())
        self._keys.set_text(_PARTS if several else _keys(tray=tray, any_rows=bool(rows), typed=typed))
        if nothing is not None:
            self.tell(nothing)

    def show_days(self, what: Sayable | None) -> None:
        """Which month was used for what comes daily, to be turned by a press; None when it was not used."""
        if what is not None:
            self.days.set_text(what)
        self.days.setVisible(what is not None)

    def tell(self, what: Sayable | None) -> None:
        """One quiet sentence: where the last line went."""
        self._told.set_text(what)

    def put(self, text: str) -> None:
        """A line to be read, as if it had been typed."""
        self.line.setText(text)
        self._seek()

    # --- inside ----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.line or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._act(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            return True
        return with_control and (event.key() in (Qt.Key.Key_D, Qt.Key.Key_Z) or _digit(event) > 0)

    def _act(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        empty = not self.line.text()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._keep() if control else self._enter()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab if not empty and self._shows_places():
                self._turn(1 if event.key() == Qt.Key.Key_Tab else -1)
            case _ if control and _digit(event) and not empty:
                self._pick(_digit(event))
            case Qt.Key.Key_D if control:
                self.days_turned.emit()
            case Qt.Key.Key_Delete if empty and self._on_tray:
                self._emit(self.dropped)
            case _ if empty and event.matches(QKeySequence.StandardKey.Undo):
                self.undone.emit()
            case _:
                return False
        return True

    def _seek(self) -> None:
        self._pause.stop()
        self.sought.emit(self.line.text().strip())

    def _enter(self, _key: str = "") -> None:
        if self._pause.isActive():
            self._seek()
        if self._on_tray:
            self._emit(self.taken)
        elif self.table.current_key() is not None and not self.table.isHidden():
            self._emit(self.filed)
        else:
            self._keep()

    def _keep(self) -> None:
        text = self.line.text().strip()
        if text:
            self._pause.stop()
            self.kept.emit(text)
        elif self._on_tray:
            self._emit(self.noted)

    def _emit(self, signal: object) -> None:
        key = self.table.current_key()
        if key is not None and not self.table.isHidden():
            signal.emit(key)  # type: ignore[attr-defined]  # PySide's bound signals have no type of their own

    def _move(self, by: int) -> None:
        if self._pause.isActive():
            self._seek()
        rows = self.table.model().rowCount()
        if rows and not self.table.isHidden():
            place = (self.table.currentIndex().row() + by) % rows
            self.table.setCurrentIndex(self.table.model().index(place, 0))

    def _shows_places(self) -> bool:
        if self._pause.isActive():
            self._seek()
        return not self._on_tray and not self.table.isHidden()

    def _turn(self, by: int) -> None:
        """The next place of the marked part, or the next place."""
        if self._several:
            self.place_wanted.emit(self.table.current_key() or "", by)
        else:
            self._move(by)

    def _pick(self, nth: int) -> None:
        """The nth place at once."""
        if not self._shows_places():
            return
        if self._several:
            self.place_wanted.emit(self.table.current_key() or "", 0)
            self.place_wanted.emit(self.table.current_key() or "", nth - 1)
        elif nth <= self.table.model().rowCount():
            self.table.setCurrentIndex(self.table.model().index(nth - 1, 0))
            self._emit(self.filed)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.line, 1)
        for button in (self.days, self.later, self.close_button):
            head.addWidget(button)
        foot = QHBoxLayout()
        foot.setSpacing(2 * SPACE)
        foot.addWidget(self._told, 1)
        foot.addWidget(self._keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        column.setSpacing(HALF)
        nest(column, head)
        column.addWidget(self.table)
        nest(column, foot)
        column.addWidget(rule())
        for part in (self.table, self.days, self._told):
            part.hide()


_PARTS: Final = message(N_("↑↓ choose a part, Tab its next place, Enter files all, Ctrl+Enter keeps for later"))


def _digit(event: QKeyEvent) -> int:
    """1 to 9 of a digit key, 0 of any other."""
    return max(0, event.key() - Qt.Key.Key_0) if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 else 0


def _keys(*, tray: bool, any_rows: bool, typed: bool) -> Sayable:
    if tray and any_rows:
        return message(N_("The tray: Enter takes a line up, Ctrl+Enter keeps it as a note, Delete drops it"))
    if typed and any_rows:
        return message(N_("↑↓ or Tab choose, Enter files, Ctrl+2 files under the second, Ctrl+Enter keeps for later"))
    if typed:
        return message(N_("Enter keeps it in the tray"))
    return message(N_("Type what was said; the number and the question are found"))
