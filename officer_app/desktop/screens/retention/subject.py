"""The case at hand: a legal hold or its lifting, or that the borrower's consent has ended, each with its reason."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.retention import Item, Standing
from officer_app.credit.retention import RecordClass
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.retention.rows import why
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import LineField


class SubjectCard(Card):
    """`held`, `lifted` and `ended` carry the case and the reason. Who may do which is said by the screen."""

    held = Signal(str, str)
    lifted = Signal(str, str)
    ended = Signal(str, str)

    def __init__(self, speech: Speech, *, holds: bool, consents: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._item: Item | None = None
        self._holds, self._consents = holds, consents
        self._title = Text(speech, None, Kind.SECTION, parent=self)
        self._why = Text(speech, None, wrap=True, parent=self)
        self.reason = LineField(speech, message(N_("Reason, in words that name nobody else")))
        self.hold = Button(speech, message(N_("Keep it until further notice")))
        self.lift = Button(speech, message(N_("Lift the hold")))
        self.end = Button(speech, message(N_("The consent was withdrawn")))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.reason, 1)
        for button in (self.hold, self.lift, self.end):
            row.addWidget(button)
        self.body.addWidget(self._title)
        self.body.addWidget(self._why)
        nest(self.body, row)
        hint = message(
            N_("Signed, and sent to everybody who has the file: nobody deletes a copy while a hold stands.")
            if holds
            else N_("Signed, and sent to everybody who has the file. What the law keeps is kept nevertheless.")
        )
        self.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True, parent=self))
        speech.name(self.reason.line, message(N_("Reason, in words that name nobody else")))
        self.reason.line.textChanged.connect(self._able)
        self.hold.clicked.connect(lambda: self._tell(self.held))
        self.lift.clicked.connect(lambda: self._tell(self.lifted))
        self.end.clicked.connect(lambda: self._tell(self.ended))
        self.show_item(None)

    def show_item(self, item: Item | None) -> None:
        """The case that it is about; without one there is nothing to say."""
        if item is None or self._item is None or item.case != self._item.case:
            self.reason.turn_to("")
        self._item = item
        self.setVisible(item is not None and (self._holds or self._consents))
        if item is None:
            return
        self._title.set_text(message(N_("Case {number}, {applicant}"), number=item.number, applicant=item.applicant))
        self._why.set_text(why(item))
        held = item.standing is Standing.HELD
        self.hold.setVisible(self._holds and not held)
        self.lift.setVisible(self._holds and held)
        self.end.setVisible(self._consents)
        self._able()

    def _able(self, _text: str = "") -> None:
        told = bool(self.reason.line.text().strip())
        for button in (self.hold, self.lift):
            button.setEnabled(told)
        ended = self._item is not None and self._item.kind is RecordClass.CONSENT_ENDED
        self.end.setEnabled(told and not ended)

    def _tell(self, what: SignalInstance) -> None:
        if self._item is not None:
            what.emit(self._item.case, self.reason.line.text().strip())
