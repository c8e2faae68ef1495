"""The questions drawn for a visit: a line in the section where one asks again, and a panel to answer them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.drawn import Drawn, again_refs, answering, drawn, note_of
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.screens.visit.drafts import Line
from officer_app.desktop.screens.visit.titled import titled
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.text_field import LineField
from officer_app.vault.records import CaptureState

_WIDEST = 720


class DrawnLine(Line):
    """How many were drawn and how many answered; shown in the section that holds the figures asked once more."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(speech, message(N_("Put them now")), parent)

    def show_section(self, opened: OpenCase, section: str) -> None:
        """Look whether the section is the one."""
        if not any(ref.startswith(section + "/") for ref in again_refs(opened.session.form).values()):
            self.hide()
            return
        found = drawn(opened.visit)
        told = N_("Drawn for this visit: {drawn:count} questions, {done:count} answered")
        self.tell(message(told, drawn=len(found), done=sum(bool(one.answer) for one in found)))


class DrawnPanel(QWidget):
    """The drawn questions, each with its field. `closed()`."""

    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._opened: OpenCase | None = None
        self.fields: dict[str, Field] = {}
        self._title = Text(speech, message(N_("Drawn for this visit")), Kind.HEAD, wrap=True, parent=self)
        self._close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._close.clicked.connect(self._leave)
        shortcut = QShortcut(QKeySequence("Esc"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._leave)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(HALF)
        self._arrange()

    def show_drawn(self, opened: OpenCase) -> None:
        """The questions of the visit that is worked on."""
        self._opened = opened
        clear(self._rows)
        self.fields = {}
        for one in drawn(opened.visit):
            self._add(one)
        first = next(iter(self.fields.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def finish(self) -> None:
        """Keep what is still being typed."""
        for field in self.fields.values():
            field.finish()

    def _add(self, one: Drawn) -> None:
        field: Field = NumberField(self._speech) if one.ref else LineField(self._speech)
        field.setMaximumWidth(_WIDEST)
        field.show_value(one.answer)
        field.committed.connect(partial(self._keep, one))
        self._speech.name(field, one.question.words)
        self._rows.addWidget(Text(self._speech, one.question.words, Kind.BODY, wrap=True, parent=self))
        self._rows.addWidget(field)
        if self.fields:
            list(self.fields.values())[-1].left.connect(field.setFocus)
        self.fields[one.question.id] = field

    def _keep(self, one: Drawn, text: str) -> None:
        opened = self._opened
        if opened is None:
            return
        if one.ref:
            opened.answer_all(answering(opened.session, one.ref, text))
            return
        words, ref = note_of(one.question, text)
        opened.put_line(opened.capture(words), CaptureState.NOTED, ref=ref, value=text)

    def _leave(self) -> None:
        self.finish()
        self.closed.emit()

    def _arrange(self) -> None:
        inner = titled(self, self._title, self._close)
        why = message(
            N_("Case and visit decide which come: nobody can choose them. What was not put is named in the memo.")
        )
        inner.addWidget(Text(self._speech, why, Kind.MUTED, wrap=True, parent=self))
        nest(inner, self._rows)
        inner.addStretch(1)
