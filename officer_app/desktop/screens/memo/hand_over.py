"""The officer's statement, the passphrase, and the signature."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Sayable, message
from officer_app.casework.gate import Gap
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.memo.missing import Missing
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.text_field import TextArea


class HandOver(QWidget):
    """`noted(words)` when the statement was typed, `signed(passphrase)`, `gap_chosen(gap)`, `cancelled()`."""

    noted = Signal(str)
    signed = Signal(str)
    gap_chosen = Signal(object)
    cancelled = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = False
        self.missing = Missing(speech)
        statement = message(N_("Your statement, printed in the memo"))
        hint = message(N_("What you recommend and why; who pays what is missing."))
        self.statement = TextArea(speech, hint)
        speech.name(self.statement.text, statement)
        self.box = PassphraseBox(speech, message(N_("Your password")))
        self._error = Text(speech, None, Kind.ERROR, wrap=True, parent=self)
        self._what = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self.sign = Button(
            speech, message(N_("Sign and hand over")), Look.PRIMARY, icon=Icon.SIGN, keys="Ctrl+Enter", parent=self
        )
        self.progress = ProgressStrip(speech)
        self._statement_name = Text(speech, statement, Kind.SECTION, wrap=True, parent=self)
        self._arrange()
        self.statement.committed.connect(self.noted)
        self.statement.left.connect(self.box.setFocus)
        self.box.entered.connect(self.try_signing)
        self.box.edited.connect(lambda: self._error.set_text(None))
        self.sign.clicked.connect(self.try_signing)
        self.missing.chosen.connect(self.gap_chosen)
        self.progress.cancelled.connect(self.cancelled)

    def show_case(self, gaps: tuple[Gap, ...], note: str, what: Sayable) -> None:
        """What is missing, the statement as kept, and what will be signed."""
        self._ready = not gaps
        self.missing.show_gaps(gaps)
        self.statement.show_value(note)
        waiting = message(N_("It can be signed as soon as nothing is missing."))
        self._what.set_text(what if self._ready else waiting)
        self.box.setVisible(self._ready)
        self.sign.setEnabled(self._ready)

    def try_signing(self) -> None:
        """Hand the passphrase over and forget it here; what is missing comes first."""
        if not self._ready:
            self.missing.table.setFocus()
            if self.missing.table.current_key() is None:
                self.missing.table.selectRow(0)
            return
        passphrase = self.box.passphrase()
        if not passphrase:
            self.box.setFocus()
            return
        self.statement.finish()
        self.signed.emit(passphrase)

    def begin(self) -> None:
        """Signing has begun: nothing is typed meanwhile."""
        self.box.clear()
        self._error.set_text(None)
        self._allow(typing=False)
        self.progress.start(message(N_("Signing and sealing")))

    def over(self) -> None:
        """Signing has ended."""
        self.progress.finish()
        self._allow(typing=True)

    def refuse(self, fault: Fault) -> None:
        """Say why it was not signed; the passphrase is asked again."""
        self.over()
        self._error.set_text(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
        self.box.setFocus()

    def error(self) -> str:
        """What went wrong, or nothing."""
        return "" if self._error.isHidden() else self._error.text()

    def _allow(self, *, typing: bool) -> None:
        for part in (self.statement, self.box, self.missing):
            part.setEnabled(typing)
        self.sign.setEnabled(typing and self._ready)

    def _arrange(self) -> None:
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        column.addWidget(self.missing, 1)
        column.addSpacing(SPACE)
        column.addWidget(self._statement_name)
        column.addWidget(self.statement)
        column.addSpacing(SPACE)
        for part in (self._what, self.box, self._error, self.progress, self.sign):
            column.addWidget(part)
