"""Before something that cannot be taken back: what it does, from when, why, and a tick that one knows it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.date_field import DateField
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import CheckRow
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField


class Confirm(Card):
    """`confirmed(why, day)`: the reason as it was typed, and a day or None for now; `left()` when thought better of.

    Esc leaves. Without the tick the button stays shut; without a reason it says so. With a `secret` a passphrase is
    asked for besides, which `passphrase` gives once.
    """

    confirmed = Signal(str, object)
    left = Signal()

    def __init__(
        self,
        speech: Speech,
        today: date,
        *,
        knows: Sayable,
        does: Sayable,
        dated: bool = False,
        secret: Sayable | None = None,
    ) -> None:
        super().__init__(State.STOP)
        self._speech = speech
        self._dated = dated
        self._head = Text(speech, kind=Kind.STRONG, wrap=True, parent=self)
        self._detail = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self.day = DateField(speech, today)
        self.why = LineField(speech, message(N_("A few words; they stand in the journal")))
        self.box = PassphraseBox(speech, secret, self) if secret is not None else None
        self.knows = CheckRow(speech, knows, self)
        self.do = Button(speech, does, Look.DANGER, parent=self)
        self.back = Button(speech, message(N_("Back to the list")), Look.QUIET, keys="Esc", parent=self)
        self._day_row, self._why_row = FieldRow(speech, self.day), FieldRow(speech, self.why)
        self._arrange()
        self.knows.toggled.connect(self.do.setEnabled)
        self.do.clicked.connect(self._confirm)
        self.back.clicked.connect(self.left)
        if self.box is not None:
            self.box.entered.connect(self.do.click)

    def passphrase(self) -> str:
        """What was typed, and is forgotten here."""
        if self.box is None:
            return ""
        typed = self.box.passphrase()
        self.box.clear()
        return typed

    def ask(self, head: Sayable, detail: Sayable) -> None:
        """About what it is; begins empty each time."""
        self._head.set_text(head)
        self._detail.set_text(detail)
        self.day.turn_to("")
        self.why.turn_to("")
        self._why_row.show_error(None)
        self.knows.setChecked(False)
        if self.box is not None:
            self.box.clear()
        self.do.setEnabled(False)
        (self.day if self._dated else self.why).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        self.day.finish()
        self.why.finish()
        missing = not self.why.value().strip()
        self._why_row.show_error(message(N_("Say why.")) if missing else None)
        if missing:
            self.why.setFocus()
        elif self.day.read()[0] is None:
            self.day.setFocus()
        elif self.box is not None and not self.box.passphrase():
            self.box.setFocus()
        else:
            day = self.day.value() if self._dated else ""
            self.confirmed.emit(self.why.value().strip(), date.fromisoformat(day) if day else None)

    def _arrange(self) -> None:
        self._day_row.show_words(message(N_("From when")), message(N_("A day to come; left empty: from now on")))
        self._why_row.show_words(message(N_("Why")), required=True)
        box = (self.box,) if self.box is not None else ()
        for part in (self._head, self._detail, self._day_row, self._why_row, *box, self.knows):
            self.body.addWidget(part)
        # Only now: what is shown before it has its place opens a window of its own, which takes the keyboard away.
        self._day_row.setVisible(self._dated)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.do)
        nest(self.body, row)
