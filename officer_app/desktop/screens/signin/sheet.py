"""The sheet that lies over the window before one works: the product on the left, one matter on the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.meanings import Kind as FaultKind
from officer_app.base.paths import resource_folder
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import lay_out, nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Mode, Role, Type, colour, font
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.tab_order import stops_of

_LEFT: Final = 340
COLUMN: Final = 420  # pixels: what is asked stands in a column of this width
_MARK: Final = 72


class Sheet(QWidget):
    """One column to fill (`body`), with language and light or dark below it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.speech = appearance.speech
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE)
        self._foot = Text(self.speech, None, Kind.HINT, wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_Mark(self.speech, self))
        row.addWidget(self._right(), 1)

    def set_help(self, page: str) -> None:
        """The page that F1 opens from here."""
        self.setProperty("help", page)

    def set_foot(self, what: Sayable | None) -> None:
        """The remark below the column."""
        self._foot.set_text(what)

    def _right(self) -> QWidget:
        page = _Column(self)
        column = page.body
        column.setSpacing(0)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 2 * SPACE)
        column.addStretch(2)
        middle = QWidget(page)
        middle.setFixedWidth(COLUMN)
        lay_out(middle, self.body)
        self.body.setContentsMargins(0, 0, 0, 0)
        # Between two stretches, not by alignment: only so a text that wraps gets the height it wants.
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(middle)
        centred.addStretch(1)
        nest(column, centred)
        column.addStretch(3)
        nest(column, self._lower(page))
        return page

    def _lower(self, page: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self._foot.setParent(page)
        row.addWidget(self._foot, 1)
        # Takes the room while there is no remark: the two buttons stay at the right.
        row.addStretch()
        language = Button(self.speech, OTHER_LANGUAGE, Look.QUIET, icon=Icon.LANGUAGE, parent=page)
        language.setObjectName("language")
        language.clicked.connect(self.appearance.other_language)
        self._look = Button(self.speech, None, Look.QUIET, parent=page)
        self._look.clicked.connect(self._other_look)
        self.appearance.changed.connect(self._say_look)
        self._say_look()
        row.addWidget(language)
        row.addWidget(self._look)
        return row

    def _say_look(self) -> None:
        dark = self.appearance.mode is Mode.DARK
        self._look.set_text(message(N_("Light")) if dark else message(N_("Dark")))

    def _other_look(self) -> None:
        self.appearance.set_mode(Mode.LIGHT if self.appearance.mode is Mode.DARK else Mode.DARK)


class _Column(Page):
    """Tab goes as the eye does: through what is asked, on and back, the foot, and round again."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        stops = [stop for stop in stops_of(self) if stop.isVisible() and stop.isEnabled()]
        here: QWidget | None = QApplication.focusWidget()
        if here not in stops:
            return super().focusNextPrevChild(forward)
        after = stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]
        after.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True


# The name of the language one would change to, in itself.
OTHER_LANGUAGE: Final = Verbatim("中文 / English")


class FaultCard(Card):
    """What went wrong and what to do about it, where one looks anyway."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(State.LOOK, margin=SPACE + HALF, parent=parent)
        self.body.setSpacing(2)
        self._sentence = Text(speech, None, Kind.STRONG, wrap=True, parent=self)
        self._remedy = Text(speech, None, wrap=True, parent=self)
        self.body.addWidget(self._sentence)
        self.body.addWidget(self._remedy)
        self.hide()

    def show_fault(self, fault: Fault) -> None:
        """Sentence and remedy of a fault."""
        self.set_tone(State.STOP if fault.code.value.kind is FaultKind.BUG else State.LOOK)
        self.say(fault.sentence, fault.remedy)

    def say(self, sentence: Sayable, remedy: Sayable | None = None) -> None:
        """Words of one's own."""
        self._sentence.set_text(sentence)
        self._remedy.set_text(remedy)
        self.show()

    def words(self) -> str:
        """What stands there now."""
        return "" if self.isHidden() else self._sentence.text()


class _Mark(QWidget):
    """Who we are, on the rail's ground."""

    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(_LEFT)
        picture = QLabel(self)
        drawn = QPixmap(str(resource_folder() / "icons" / "app.png"))
        ratio = self.devicePixelRatioF()
        drawn = drawn.scaledToWidth(round(_MARK * ratio), Qt.TransformationMode.SmoothTransformation)
        drawn.setDevicePixelRatio(ratio)
        picture.setPixmap(drawn)
        name = Text(speech, message(N_("Firsthand")), parent=self)
        name.setFont(font(Type.TITLE, bold=True))
        name.setProperty("on", "rail")
        line = Text(speech, message(N_("Write down what you saw, and prove it.")), wrap=True, parent=self)
        line.setProperty("on", "rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        column.setSpacing(SPACE)
        column.addStretch(2)
        column.addWidget(picture)
        column.addSpacing(SPACE)
        column.addWidget(name)
        column.addWidget(line)
        column.addStretch(3)
        for text in (name, line):
            text.setStyleSheet("color: #e6f1ef; background: transparent;")
        name.setStyleSheet("color: #ffffff; font-size: 22px; font-weight: 700; background: transparent;")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.RAIL))
        painter.end()
